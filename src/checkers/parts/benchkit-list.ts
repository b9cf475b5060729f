import type { Json, JsonObject } from '../../records/json.ts';
import * as z from '../../records/schema.ts';
import type { Score } from '../../records/score.ts';
import { resultName } from '../../systems/benchkit/sample.ts';
import { standardize } from '../../systems/benchkit/standardize.ts';
import { itemName, scoreOfResult } from '../../systems/benchkit/verdict.ts';
import type { CheckInput } from '../checker.ts';

/** Where the agent, or BenchKit, kept the files that each run left. */
export const environmentsOption = z.described(
  z.optional(z.string().check(z.minLength(1))),
  'folder that holds DATA_ID_env, the files that the run of a sample left, relative to the config file; absent: only final_state is known',
);

/** Share of each check by the names that it may have in `check_details`: its number, check_id or description. */
export function checkWeights(list: readonly Json[] | Json | undefined): Record<string, number> {
  if (!Array.isArray(list)) return {};
  const weights = list.flatMap((item, index): [string, number][] => {
    if (typeof item !== 'object' || item === null || Array.isArray(item)) return [];
    const { weight, check_id: id, description } = item;
    if (typeof weight !== 'number' || !(weight >= 0) || weight > 1e6) return [];
    const named = [id, description].filter((name) => typeof name === 'string' && name !== '');
    return [itemName(index), ...named].map((name) => [String(name), weight]);
  });
  return Object.fromEntries(weights);
}

/** For a check that goes on where an earlier one ended. */
export const casesOption = z.described(
  z.optional(z.string().check(z.minLength(1))),
  'folder with check_DATA_ID.json of an earlier check, relative to the config file: those stand and are not made again; absent: everything is checked',
);

/** The score that an earlier check gave; undefined where there is none, or its file is broken. */
export function keptCase(
  { sample, epoch }: CheckInput,
  cases: string | undefined,
  readText: ((path: string) => string) | undefined,
): Score | undefined {
  if (cases === undefined || !readText) return undefined;
  try {
    const value = JSON.parse(readText(`${cases.replace(/[\\/]+$/, '')}/check_${resultName(sample.id, epoch)}.json`)) as Json;
    if (typeof value !== 'object' || value === null || Array.isArray(value) || String(value.data_id) !== sample.id) return undefined;
    const { data_id: _, execution_status: __, epoch: ___, ...result } = value as JsonObject;
    return scoreOfResult(standardize(result), checkWeights(sample.row.check_list));
  } catch {
    return undefined;
  }
}
