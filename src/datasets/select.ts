import { type Problem, ToolError } from '../errors.ts';
import type { JsonObject } from '../records/json.ts';
import type { Sample } from '../records/sample.ts';
import { nearestNames } from '../registry.ts';
import type { DatasetFormat } from './dataset.ts';
import { datasetError } from './parts/problem.ts';
import { makeSampleMaker } from './to-sample.ts';

/** A dataset file that can be opened again. */
export interface DatasetSource {
  /** As shown to people and recorded: relative, with `/`. */
  file: string;
  format: DatasetFormat;
  open(): AsyncIterable<string>;
}

export interface SelectOptions {
  map?: JsonObject;
  /** `any`: names that may be a tag or an id. */
  where?: { tags?: readonly string[]; ids?: readonly string[]; any?: readonly string[] };
  offset: number;
  limit?: number;
  /** Chooses a random subset before offset and limit, the same for the same seed and data. */
  seed?: number;
  digest: (text: string) => string;
  callNames?: readonly string[];
}

/** The chosen samples: counted, checked and named before the first call; read again, as a stream, for the run. */
export interface SelectedSamples {
  count: number;
  /** Rows in all files, chosen or not. */
  total: number;
  /** Of the ordered (id, hash) pairs. */
  samplesDigest: string;
  warnings: string[];
  /** In dataset order. @throws ToolError `dataset-changed` when a file is no longer what was checked. */
  stream(): AsyncIterable<Sample>;
}

const maxProblems = 50;
/** Below this many samples they are kept instead of read again. */
const keptSamples = 5000;

/**
 * Reads every row once: all problems in one error, duplicate ids refused, then where, seed, offset, limit.
 * @throws ToolError `dataset-invalid`, `dataset-empty`.
 */
export async function selectSamples(sources: readonly DatasetSource[], options: SelectOptions): Promise<SelectedSamples> {
  const maker = makeSampleMaker(options);
  const scan = await scanRows(sources, maker.toSample, options);
  throwProblems(scan.problems, scan.problemCount);
  const chosen = choose(scan.matching, options);
  if (chosen.length === 0) throw emptyError(sources, scan, options);
  const samplesDigest = options.digest(chosen.map((entry) => `${JSON.stringify(entry.id)} ${entry.hash}`).join('\n'));
  return {
    count: chosen.length,
    total: scan.total,
    samplesDigest,
    warnings: maker.warnings,
    stream: () => stream(sources, options, chosen, scan.kept),
  };
}

/** What is kept of a matching row between the two readings. */
interface Entry {
  ordinal: number;
  id: string;
  hash: string;
}

interface Scan {
  total: number;
  matching: Entry[];
  kept: Map<number, Sample> | undefined;
  ids: string[];
  problems: Problem[];
  problemCount: number;
}

async function scanRows(
  sources: readonly DatasetSource[],
  toSample: ReturnType<typeof makeSampleMaker>['toSample'],
  options: SelectOptions,
): Promise<Scan> {
  const scan: Scan = { total: 0, matching: [], kept: new Map(), ids: [], problems: [], problemCount: 0 };
  const origins = new Map<string, string>();
  const note = (error: unknown) => {
    if (!(error instanceof ToolError) || error.code !== 'dataset-invalid') throw error;
    scan.problemCount += 1;
    if (scan.problems.length < maxProblems) scan.problems.push(...error.problems);
  };
  for (const source of sources) {
    try {
      for await (const row of source.format.rows(source.open(), source.file)) {
        const ordinal = scan.total++;
        try {
          const sample = toSample(row, source.file);
          refuseDuplicate(sample, origins);
          if (matches(sample, options.where)) keep(scan, ordinal, sample);
        } catch (error) {
          note(error);
        }
      }
    } catch (error) {
      note(error); // the file cannot be read further
    }
  }
  scan.ids = [...origins.keys()];
  return scan;
}

function keep(scan: Scan, ordinal: number, sample: Sample): void {
  scan.matching.push({ ordinal, id: sample.id, hash: sample.hash });
  scan.kept?.set(ordinal, sample);
  if (scan.kept && scan.kept.size > keptSamples) scan.kept = undefined;
}

function refuseDuplicate(sample: Sample, origins: Map<string, string>): void {
  const first = origins.get(sample.id);
  const here = `${sample.file}:${sample.line}`;
  if (first !== undefined) {
    const isGiven = Object.hasOwn(sample.row, 'id');
    throw datasetError(
      sample.file,
      sample.line,
      isGiven ? `the id "${sample.id}" was used before at ${first}` : `the same sample stands at ${first}`,
      isGiven ? 'give every sample an id of its own' : 'remove one of them, or give each an "id"',
    );
  }
  origins.set(sample.id, here);
}

function matches(sample: Sample, where: SelectOptions['where']): boolean {
  if (where?.ids && !where.ids.includes(sample.id)) return false;
  if (where?.any && !where.any.some((name) => name === sample.id || sample.tags.includes(name))) return false;
  return !where?.tags || where.tags.some((tag) => sample.tags.includes(tag));
}

function choose(matching: readonly Entry[], { seed, offset, limit }: SelectOptions): Entry[] {
  const end = limit === undefined ? undefined : offset + limit;
  if (seed === undefined) return matching.slice(offset, end);
  return shuffle(matching, seed)
    .slice(offset, end)
    .sort((a, b) => a.ordinal - b.ordinal);
}

/** Fisher–Yates over a 32-bit linear generator (mulberry32): the same everywhere, good enough to pick a subset. */
function shuffle<T>(items: readonly T[], seed: number): T[] {
  const result = [...items];
  let state = seed >>> 0;
  const random = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t = (t + Math.imul(t ^ (t >>> 7), t | 61)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  for (let i = result.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [result[i], result[j]] = [result[j] as T, result[i] as T];
  }
  return result;
}

async function* stream(
  sources: readonly DatasetSource[],
  options: SelectOptions,
  chosen: readonly Entry[],
  kept: Map<number, Sample> | undefined,
): AsyncIterable<Sample> {
  if (kept) {
    for (const { ordinal } of chosen) yield kept.get(ordinal) as Sample;
    return;
  }
  const { toSample } = makeSampleMaker(options);
  let ordinal = -1;
  let next = 0;
  for (const source of sources) {
    for await (const row of source.format.rows(source.open(), source.file)) {
      ordinal += 1;
      const entry = chosen[next];
      if (!entry) return;
      if (entry.ordinal !== ordinal) continue;
      next += 1;
      const sample = toSample(row, source.file);
      if (sample.id !== entry.id || sample.hash !== entry.hash) throw changedError(source.file);
      yield sample;
    }
  }
  if (next < chosen.length) throw changedError(sources.at(-1)?.file ?? '');
}

function changedError(file: string): ToolError {
  return new ToolError({
    code: 'dataset-changed',
    message: `${file} changed while the run was reading it`,
    remedy: 'start the run again when the file is complete',
  });
}

function throwProblems(problems: Problem[], count: number): void {
  if (count === 0) return;
  const [first] = problems;
  const more = count > problems.length ? ` (the first ${problems.length} are listed)` : '';
  throw new ToolError({
    code: 'dataset-invalid',
    message: count === 1 ? 'the dataset has a problem' : `the dataset has ${count} problems${more}`,
    problems: first ? problems : [],
  });
}

function emptyError(sources: readonly DatasetSource[], scan: Scan, options: SelectOptions): ToolError {
  const files = sources.map((source) => source.file).join(', ');
  if (scan.total === 0)
    return new ToolError({ code: 'dataset-empty', message: `${files}: no samples`, remedy: 'add at least one row, such as {"input": "…"}' });
  if (scan.matching.length === 0) {
    const wanted = [...(options.where?.ids ?? []), ...(options.where?.any ?? [])];
    const unknown = wanted.find((id) => !scan.ids.includes(id));
    const near = unknown === undefined ? [] : nearestNames(unknown, scan.ids);
    return new ToolError({
      code: 'dataset-empty',
      message: `none of the ${scan.total} samples matches the filter`,
      remedy:
        near.length > 0 ? `did you mean the id ${near.map((id) => `"${id}"`).join(' or ')}?` : 'check the tags and ids of --filter or samples.where',
    });
  }
  return new ToolError({
    code: 'dataset-empty',
    message: `offset ${options.offset} and limit ${options.limit ?? 'none'} leave none of the ${scan.matching.length} samples`,
    remedy: 'lower --offset or raise --limit',
  });
}
