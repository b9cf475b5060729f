import type { Json } from '../../records/json.ts';
import * as z from '../../records/schema.ts';
import { itemName } from '../../systems/benchkit/verdict.ts';

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
