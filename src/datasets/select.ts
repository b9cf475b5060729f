import { type Problem, ToolError } from '../errors.ts';
import type { Shard } from '../records/run-log.ts';
import { isSimulated, type Sample } from '../records/sample.ts';
import { nearestNames } from '../registry.ts';
import type { DatasetFormat, DatasetRow } from './dataset.ts';
import { choose } from './parts/choose.ts';
import { changedError, datasetError } from './parts/problem.ts';
import { type SamplesShard, takeShard } from './parts/take-shard.ts';
import { makeSampleMaker, type SampleHashes, type SampleMakerOptions } from './to-sample.ts';

/** A dataset file that can be opened again. */
export interface DatasetSource {
  /** As shown to people and recorded: relative, with `/`. */
  file: string;
  format: DatasetFormat;
  open(): AsyncIterable<string>;
}

export interface SelectOptions extends SampleMakerOptions {
  /** `any`: names that may be a tag or an id. */
  where?: { tags?: readonly string[]; ids?: readonly string[]; any?: readonly string[] };
  offset: number;
  limit?: number;
  /** Chooses a random subset before offset and limit, the same for the same seed and data. */
  seed?: number;
  /** Only this part of the samples that all of this chooses. */
  shard?: Shard;
}

/** What a run log says of a sample. */
export type ListedSample = Pick<Sample, 'id' | 'hash' | 'scoreHash' | 'file' | 'line' | 'tags' | 'weight' | 'critical'>;

/** The chosen samples: counted, checked and named before the first call; read again, as a stream, for the run. */
export interface SelectedSamples {
  count: number;
  /** Rows in all files, chosen or not. */
  total: number;
  /** Of the ordered (id, hash) pairs. */
  samplesDigest: string;
  /** Of what these samples are a part; absent: of nothing. A part may have no samples. */
  shard?: SamplesShard;
  /** The first sample whose user a model has to play, of all shards. */
  firstSimulated?: Pick<Sample, 'id' | 'file' | 'line'>;
  warnings: string[];
  /** In the dataset, and not chosen. */
  isLeftOut(id: string): boolean;
  /** In dataset order. The first call reads nothing again, and frees the memory of the list. @throws as `stream`. */
  listing(): Iterable<ListedSample> | AsyncIterable<ListedSample>;
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
  const { warnings, listed, ...chosen } = await scanAndChoose(sources, options);
  const { count, total, samplesDigest, shard, firstSimulated, leftOut } = chosen;
  let unread: readonly ListedSample[] | undefined = listed;
  return {
    count,
    total,
    samplesDigest,
    ...(shard ? { shard } : {}),
    ...(firstSimulated ? { firstSimulated } : {}),
    warnings,
    isLeftOut: (id) => leftOut.has(id),
    listing() {
      const first = unread;
      unread = undefined;
      return first ?? stream(sources, options, chosen);
    },
    stream: () => stream(sources, options, chosen),
  };
}

/** What is kept between the readings; with a large dataset a few bytes a row. */
interface Chosen {
  count: number;
  total: number;
  samplesDigest: string;
  shard?: SamplesShard;
  firstSimulated?: Pick<Sample, 'id' | 'file' | 'line'>;
  /** Row numbers over all files, from 0, ascending. */
  ordinals: Uint32Array;
  /** A checksum of each row, to notice a file that changes between the readings. */
  checks: Uint32Array;
  /** Digests of each: the texts themselves are the run index's too. */
  hashes: readonly string[];
  scoreHashes: readonly string[];
  kept: Map<number, Sample> | undefined;
  /** Ids of the samples that were not chosen. */
  leftOut: ReadonlySet<string>;
}

async function scanAndChoose(
  sources: readonly DatasetSource[],
  options: SelectOptions,
): Promise<Chosen & { warnings: string[]; listed: readonly ListedSample[] }> {
  const { toSample, warnings } = makeSampleMaker(options);
  const scan = await scanRows(sources, toSample, options);
  throwProblems(scan.problems, scan.problemCount);
  const whole = choose(scan.matching, options);
  if (whole.length === 0) throw emptyError(sources, scan, options);
  const digestOf = (entries: readonly Entry[]) => options.digest(entries.map((entry) => `${JSON.stringify(entry.id)} ${entry.hash}`).join('\n'));
  const { chosen, shard } = options.shard ? takeShard(whole, options.shard, digestOf) : { chosen: whole };
  const firstSimulated = whole.find(({ isSimulated: isOne }) => isOne);
  const leftOut = new Set(chosen.length < scan.total ? scan.ids.keys() : []);
  for (const { id } of chosen) {
    leftOut.delete(id);
    leftOut.delete(id.normalize('NFC'));
  }
  return {
    warnings: [...warnings, ...unmatchedNames(scan, options.where)],
    leftOut,
    count: chosen.length,
    total: scan.total,
    samplesDigest: digestOf(chosen),
    ...(shard ? { shard } : {}),
    ...(firstSimulated ? { firstSimulated } : {}),
    ordinals: Uint32Array.from(chosen, ({ ordinal }) => ordinal),
    checks: Uint32Array.from(chosen, ({ check }) => check),
    hashes: chosen.map(({ hash }) => hash),
    scoreHashes: chosen.map(({ scoreHash }) => scoreHash),
    listed: chosen,
    kept: scan.kept,
  };
}

/** A matching row, during the first reading. */
interface Entry extends ListedSample {
  ordinal: number;
  check: number;
  /** Calls that one answer takes. */
  turns: number;
  isSimulated?: true;
}

/** FNV-1a, 32 bit, http://www.isthe.com/chongo/tech/comp/fnv/ */
function checkOf({ row, line }: DatasetRow): number {
  const text = `${line} ${JSON.stringify(row)}`;
  let sum = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) sum = Math.imul(sum ^ text.charCodeAt(i), 0x01000193);
  return sum >>> 0;
}

interface Scan {
  total: number;
  matching: Entry[];
  kept: Map<number, Sample> | undefined;
  ids: ReadonlyMap<string, unknown>;
  tags: Set<string>;
  problems: Problem[];
  problemCount: number;
}

async function scanRows(
  sources: readonly DatasetSource[],
  toSample: ReturnType<typeof makeSampleMaker>['toSample'],
  options: SelectOptions,
): Promise<Scan> {
  const origins: Origins = new Map();
  const scan: Scan = { total: 0, matching: [], kept: new Map(), ids: origins, tags: new Set(), problems: [], problemCount: 0 };
  const note = (error: unknown) => {
    if (!(error instanceof ToolError) || error.code !== 'dataset-invalid') throw error;
    scan.problemCount += 1;
    if (scan.problems.length < maxProblems) scan.problems.push(...error.problems);
  };
  for (const [number, source] of sources.entries()) {
    try {
      for await (const row of source.format.rows(source.open(), source.file)) {
        const ordinal = scan.total++;
        try {
          if (row.problem) throw row.problem;
          const sample = toSample(row, source.file);
          for (const tag of sample.tags) scan.tags.add(tag);
          refuseDuplicate(sample, origins, number * maxLines, sources);
          if (matches(sample, options.where)) keep(scan, ordinal, sample, checkOf(row));
        } catch (error) {
          note(error);
        }
      }
    } catch (error) {
      note(error); // the file cannot be read further
    }
  }
  return scan;
}

function keep(scan: Scan, ordinal: number, sample: Sample, check: number): void {
  const { id, hash, scoreHash, file, line, tags, weight, critical, turns } = sample;
  const asked = isSimulated(sample) ? { turns: sample.scenario?.maxTurns ?? usualTurns, isSimulated: true as const } : { turns: turns.length };
  scan.matching.push({ ordinal, check, ...asked, id, hash, scoreHash, file, line, tags, weight, critical });
  scan.kept?.set(ordinal, sample);
  if (scan.kept && scan.kept.size > keptSamples) scan.kept = undefined;
}

/** Of a conversation whose length nobody knows: for the balance of shards only, which every job must split alike. */
const usualTurns = 8;

/** Where each id was used: the line plus `maxLines` times the number of the file, which takes no memory of its own in a first file. */
type Origins = Map<string, number>;

const maxLines = 2 ** 32;

function refuseDuplicate(sample: Sample, origins: Origins, fileStart: number, sources: readonly DatasetSource[]): void {
  // Two spellings of one text look alike in every report, and some file systems take them for one name.
  const composed = sample.id.normalize('NFC');
  const origin = origins.get(sample.id) ?? origins.get(composed);
  if (origin !== undefined) {
    const first = `${sources[Math.floor(origin / maxLines)]?.file}:${origin % maxLines}`;
    const isGiven = Object.hasOwn(sample.row, 'id');
    throw datasetError(
      sample.file,
      sample.line,
      isGiven ? `the id "${sample.id}" was used before at ${first}` : `the same sample stands at ${first}`,
      isGiven ? 'give every sample an id of its own' : 'remove one of them, or give each an "id"',
    );
  }
  origins.set(sample.id, fileStart + sample.line);
  if (composed !== sample.id) origins.set(composed, fileStart + sample.line);
}

function matches(sample: Sample, where: SelectOptions['where']): boolean {
  if (where?.ids && !where.ids.includes(sample.id)) return false;
  if (where?.any && !where.any.some((name) => name === sample.id || sample.tags.includes(name))) return false;
  return !where?.tags || where.tags.some((tag) => sample.tags.includes(tag));
}

/** A filter that finds nothing beside others that do is probably misspelt. */
function unmatchedNames(scan: Scan, where: SelectOptions['where']): string[] {
  const missing = [
    ...(where?.tags ?? []).filter((tag) => !scan.tags.has(tag)).map((tag) => `the tag "${tag}"`),
    ...(where?.ids ?? []).filter((id) => !scan.ids.has(id)).map((id) => `the id "${id}"`),
    ...(where?.any ?? []).filter((name) => !scan.ids.has(name) && !scan.tags.has(name)).map((name) => `the tag or id "${name}"`),
  ];
  return missing.map((name) => `no sample has ${name} of the filter`);
}

async function* stream(
  sources: readonly DatasetSource[],
  options: SelectOptions,
  { ordinals, checks, hashes, scoreHashes, kept }: Chosen,
): AsyncIterable<Sample> {
  if (kept) {
    for (const ordinal of ordinals) yield kept.get(ordinal) as Sample;
    return;
  }
  const { toSample } = makeSampleMaker(options);
  let ordinal = -1;
  let next = 0;
  for (const source of sources) {
    for await (const row of source.format.rows(source.open(), source.file)) {
      ordinal += 1;
      if (next === ordinals.length) return;
      if (ordinals[next] !== ordinal) continue;
      if (checks[next] !== checkOf(row)) throw changedError(source.file);
      const known = { hash: hashes[next], scoreHash: scoreHashes[next] } as SampleHashes;
      next += 1;
      yield toSample(row, source.file, known);
    }
  }
  if (next < ordinals.length) throw changedError(sources.at(-1)?.file ?? '');
}

function throwProblems(problems: Problem[], count: number): void {
  if (count === 0) return;
  const more = count > problems.length ? ` (the first ${problems.length} are listed)` : '';
  throw new ToolError({
    code: 'dataset-invalid',
    message: count === 1 ? 'the dataset has a problem' : `the dataset has ${count} problems${more}`,
    problems,
  });
}

function emptyError(sources: readonly DatasetSource[], scan: Scan, options: SelectOptions): ToolError {
  const files = sources.map((source) => source.file).join(', ');
  if (scan.total === 0)
    return new ToolError({ code: 'dataset-empty', message: `${files}: no samples`, remedy: 'add at least one row, such as {"input": "…"}' });
  if (scan.matching.length === 0) {
    const wanted = [...(options.where?.ids ?? []), ...(options.where?.any ?? [])];
    const unknown = wanted.find((id) => !scan.ids.has(id));
    const near = unknown === undefined ? [] : nearestNames(unknown, [...scan.ids.keys(), ...scan.tags]);
    return new ToolError({
      code: 'dataset-empty',
      message: `none of the ${scan.total} samples matches the filter`,
      remedy: near.length > 0 ? `did you mean ${near.map((id) => `"${id}"`).join(' or ')}?` : 'check the tags and ids of --filter or samples.where',
    });
  }
  return new ToolError({
    code: 'dataset-empty',
    message: `offset ${options.offset} and limit ${options.limit ?? 'none'} leave none of the ${scan.matching.length} samples`,
    remedy: 'lower --offset or raise --limit',
  });
}
