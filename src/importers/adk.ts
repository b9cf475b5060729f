import type { JsonObject } from '../records/json.ts';
import * as z from '../records/schema.ts';
import { notApplicable, type Score, scored } from '../records/score.ts';
import { type RecordedCase, type RecordedMetric, type RecordedRun, readResults, resultEnding } from '../systems/adk/results.ts';
import { freePath, isDeviceName, withinBytes } from '../systems/file-names.ts';
import { caseResult } from './parts/adk-write.ts';
import {
  defineResultFormat,
  type ExportedFile,
  type ExportedRun,
  type ExportedSlot,
  type ImportedRun,
  type ImportedSlot,
  type ResultFiles,
} from './result-format.ts';

const AdkOptions = z.strictObject({
  app: z.described(z.optional(z.string().check(z.minLength(1))), 'name of the app, the folder of the agent; default: the name of the suite'),
  thresholds: z.described(
    z._default(z.record(z.string(), z.coerce.number()), {}),
    'lowest score that passes by checker, where the scores do not say it',
  ),
  encoding: z.described(
    z._default(z.enum(['object', 'text']), 'object'),
    'text: the object as a text inside the file, for versions of ADK before 2026; default object',
  ),
});
type AdkOptions = z.infer<typeof AdkOptions>;

/** Result files of the Agent Development Kit, `APP/.adk/eval_history/*.evalset_result.json`. */
export const adk = defineResultFormat<AdkOptions>({
  type: 'adk',
  summary: 'results of adk eval, adk web and AgentEvaluator: APP/.adk/eval_history/*.evalset_result.json, of 2025 and 2026',
  options: AdkOptions as z.ZodMiniType<AdkOptions>,
  recognises: (paths) => paths.some((path) => path.endsWith(resultEnding)),
  read: readFiles,
  write: writeFiles,
});

async function readFiles(files: ResultFiles): Promise<ImportedRun> {
  const [only] = files.paths;
  // A single file may be called as its user likes.
  const paths = files.paths.length === 1 && only !== undefined ? [only] : files.paths.filter((path) => path.endsWith(resultEnding));
  const warnings: string[] = [];
  const runs: (RecordedRun & { path: string })[] = [];
  for (const path of paths) runs.push({ ...readResults(await files.read(path), path), path });
  runs.sort((a, b) => (a.createdAt ?? 0) - (b.createdAt ?? 0));
  const [first] = runs;
  const startedAt = first?.createdAt === undefined ? undefined : timeText(first.createdAt);
  const isOneSet = new Set(runs.map(({ evalSetId }) => evalSetId)).size === 1;
  return {
    suite:
      (isOneSet
        ? first?.evalSetId
            .split(/[\\/]/)
            .at(-1)
            ?.replace(/(\.test|\.evalset)?\.json$/i, '')
        : undefined) || 'adk',
    ...(startedAt === undefined ? {} : { startedAt }),
    slots: slotsOf(runs, warnings),
    warnings,
  };
}

function timeText(seconds: number): string | undefined {
  const date = new Date(seconds * 1000);
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
}

/** Case by case: a case that stands in the files again is its next repeat. */
async function* slotsOf(runs: readonly (RecordedRun & { path: string })[], warnings: string[]): AsyncIterable<ImportedSlot> {
  const byId = new Map<string, { one: RecordedCase; path: string }[]>();
  for (const { cases, path } of runs) for (const one of cases) byId.set(one.id, [...(byId.get(one.id) ?? []), { one, path }]);
  const left = new Set<string>();
  for (const repeats of byId.values()) {
    for (const [index, { one, path }] of repeats.entries()) yield slotOf(one, { epoch: index + 1, file: path, left });
  }
  for (const name of left) warnings.push(`${name} only informs: it is no score, and was left out`);
}

function slotOf(one: RecordedCase, { epoch, file, left }: { epoch: number; file: string; left: Set<string> }): ImportedSlot {
  const { id, turns, trajectory, metrics, status, line } = one;
  const row: ImportedSlot['row'] = { id, ...(turns.length > 0 ? { turns } : { input: '' }) };
  const at = { row, epoch, file, line };
  if (trajectory.turns.length === 0) {
    const error = { kind: 'agent-error', message: 'the results hold no answer: ADK could not run the agent for this case' };
    return { ...at, error, scores: [], outcome: 'error' };
  }
  const scores = metrics.flatMap((metric) => {
    if (metric.status === 'INFORMATIONAL') left.add(metric.name);
    return metric.status === 'INFORMATIONAL' ? [] : [{ checker: metric.name, score: scoreOf(metric) }];
  });
  return { ...at, trajectory, scores, outcome: status === 'PASSED' ? 'pass' : status === 'FAILED' ? 'fail' : 'unscored' };
}

/** A score beyond 0..1 counts as passed or not, and its reason says what it was. */
function scoreOf({ name, score, status, threshold, perTurn }: RecordedMetric): Score {
  if (score === null || status === 'NOT_EVALUATED') return notApplicable(`ADK did not evaluate ${name}`);
  const pass = status === 'PASSED';
  const reason = `ADK recorded ${score}${threshold === undefined ? '' : `, threshold ${threshold}`}`;
  const isShare = [score, ...perTurn].every((value) => value === null || (value >= 0 && value <= 1));
  if (!isShare) return scored(pass ? 1 : 0, reason, { pass });
  return {
    ...scored(score, reason, { pass, ...(perTurn.some((value) => value !== null) ? { perTurn } : {}) }),
    ...(threshold === undefined ? {} : { threshold }),
  };
}

/** A file per eval set, named as ADK names it. */
async function* writeFiles(run: ExportedRun, options: AdkOptions): AsyncIterable<ExportedFile> {
  const app = segment(options.app ?? run.suite);
  const seconds = Date.parse(run.startedAt) / 1000;
  const sets = new Set<string>();
  const taken = new Set<string>();
  for await (const slot of run.slots()) if (slot.outcome !== 'skipped') sets.add(setOf(slot, run));
  for (const set of sets) {
    const evalSetId = freePath(segment(set), taken);
    const id = `${app}_${evalSetId}_${seconds}`;
    const results: JsonObject[] = [];
    for await (const slot of run.slots()) {
      if (slot.outcome !== 'skipped' && setOf(slot, run) === set)
        results.push(caseResult(slot, { app, evalSetId, runId: run.runId, thresholds: options.thresholds }));
    }
    const content = {
      eval_set_result_id: id,
      eval_set_result_name: id,
      eval_set_id: evalSetId,
      eval_case_results: results,
      creation_timestamp: seconds,
    };
    const text = JSON.stringify(content, null, 2);
    yield { path: `${app}/.adk/eval_history/${id}${resultEnding}`, text: `${options.encoding === 'text' ? JSON.stringify(text) : text}\n` };
  }
}

function setOf({ id, sample }: ExportedSlot, { suite }: ExportedRun): string {
  const { eval_set_id } = sample?.row ?? {};
  if (typeof eval_set_id === 'string') return eval_set_id;
  const colon = id.indexOf(':');
  return colon > 0 ? id.slice(0, colon) : suite;
}

/** As a part of a path: nothing that a file system or ADK would take for more. */
function segment(name: string): string {
  const plain = name.replace(/[^\p{L}\p{N}_.-]+/gu, '_').replace(/^\.+/, '_');
  const ended = withinBytes(plain, longestSegment).replace(/\.$/, '_');
  return isDeviceName(ended) ? `_${ended}` : ended || 'adk';
}

/** Bytes in UTF-8: two of them, a time and an ending make a name that every file system takes. */
const longestSegment = 90;
