import { ExitCode, type Problem, ToolError } from '../../errors.ts';
import { type RunIndex, slotAt, slotKey } from '../../records/run-index.ts';
import type { RunRecord, Shard, ShardRecord } from '../../records/run-log.ts';
import { differences } from './resume.ts';
import { nameOfShard } from './shards.ts';

/** A shard that should be there and cannot be had. */
export interface LostShard extends Shard {
  /** Such as `its artifact has expired`. */
  reason: string;
}

/** Characters of a reason that a log or a server gave. */
const maxReason = 300;

/** What the shards of one run come to. */
export interface ShardsTogether {
  count: number;
  /** In words, shard by shard: what keeps the run from being complete. Empty: every planned slot has its answer. */
  missing: string[];
}

/**
 * Shards are parts of one run when they are of the same suite and commit, asked and scored the same things and split the same
 * samples into as many parts, each of which is there once.
 * @param today header of an undivided run of the same config. @param samples all of its samples, by id.
 * @throws ToolError `shards-mismatch` with everything that does not fit, `shards-missing` when there is none at all.
 */
export function joinShards(options: {
  today: RunRecord;
  samples: ReadonlyMap<string, { hash: string; scoreHash: string }>;
  shards: readonly RunIndex[];
  lost: readonly LostShard[];
}): ShardsTogether {
  const { today, shards, lost } = options;
  const [first] = [...shards.flatMap(({ header }) => header?.shard ?? []), ...lost];
  if (!first) throw noShards(today.suite);
  const sha = today.git?.sha ?? shards[0]?.header?.git?.sha;
  const problems = [...shards.flatMap((shard) => strangeness(shard, { ...options, first, sha })), ...repeated(shards), ...overlaps(shards)];
  if (problems.length > 0) {
    throw new ToolError({
      code: 'shards-mismatch',
      message: `the shards of ${today.suite} are not parts of one run`,
      remedy: 'run all shards and the merge at one commit, with the same config, overrides and environment; re-run all jobs',
      problems,
    });
  }
  const missing = Array.from({ length: first.count }, (_, place) => place + 1).flatMap((index) => {
    const name = nameOfShard({ index, count: first.count });
    const shard = shards.find(({ header }) => header?.shard?.index === index);
    if (shard) return unfinished(shard, name);
    const reason = lost.find((one) => one.index === index)?.reason;
    return [`${name} is missing${reason === undefined ? '' : `: ${reason.slice(0, maxReason)}`}`];
  });
  const shared = new Set(shards.flatMap((shard) => [...shard.samples.keys()]));
  const left = options.samples.size - shared.size;
  if (missing.length === 0 && left > 0) missing.push(left === 1 ? '1 sample is in no shard' : `${left} samples are in no shard`);
  return { count: first.count, missing };
}

function noShards(suite: string): ToolError {
  return new ToolError({
    code: 'shards-missing',
    message: `there is no shard of ${suite}`,
    remedy: 'run the suite with `shard: 1/N` to `shard: N/N` first, in jobs that the merge needs',
    exitCode: ExitCode.incomplete,
  });
}

/** What is not as in the config of today, or not as in the first shard. */
function strangeness(
  index: RunIndex,
  { today, samples, first, sha }: Parameters<typeof joinShards>[0] & { first: Shard; sha: string | undefined },
): Problem[] {
  const { header, source } = index;
  const problem = (message: string): Problem => ({ file: source, message });
  const shard = header?.shard;
  if (!header || !shard) return [problem('it is a whole run, not a shard')];
  const name = nameOfShard(shard);
  if (header.suite !== today.suite) return [problem(`it is a shard of the suite "${header.suite}"`)];
  const differing = [
    ...(shard.count === first.count && shard.index <= shard.count ? [] : [`the split (${name}${splitOf(shard, first)})`]),
    ...(header.git?.sha === sha ? [] : [`the commit (${shortSha(header.git?.sha)}, not ${shortSha(sha)})`]),
    ...(header.planned.repeats === today.planned.repeats ? [] : [`repeats (${header.planned.repeats}, not ${today.planned.repeats})`]),
    ...(isSameWhole(shard, today) ? [] : ['the samples']),
    ...differences('call', header.fingerprints.call, today.fingerprints.call),
    ...differences('score', header.fingerprints.score, today.fingerprints.score),
  ];
  if (differing.length > 0) return [problem(`${name} differs from the run that it is merged into: ${differing.join(', ')}`)];
  const foreign = [...index.samples.values()].filter(({ id, hash, scoreHash }) => {
    const known = samples.get(id);
    return known?.hash !== hash || known.scoreHash !== scoreHash;
  });
  return foreign.length === 0 ? [] : [problem(`${name} has samples with other content or expectations: ${namesOf(foreign)}`)];
}

function splitOf({ count }: Shard, first: Shard): string {
  return count === first.count ? '' : `, another is of ${first.count}`;
}

function isSameWhole(shard: ShardRecord, today: RunRecord): boolean {
  return shard.samplesDigest === today.samplesDigest && shard.samples === today.planned.samples;
}

function repeated(shards: readonly RunIndex[]): Problem[] {
  const seen = new Map<number, string>();
  return shards.flatMap(({ header, source }) => {
    if (!header?.shard) return [];
    const other = seen.get(header.shard.index);
    seen.set(header.shard.index, source);
    return other === undefined ? [] : [{ file: source, message: `${nameOfShard(header.shard)} is there twice, also as ${other}` }];
  });
}

function overlaps(shards: readonly RunIndex[]): Problem[] {
  const owners = new Map<string, RunIndex>();
  const isShard = ({ header }: RunIndex) => header?.shard !== undefined;
  return shards.filter(isShard).flatMap((shard) => {
    const common = [...shard.samples.values()].filter(({ id }) => {
      const other = owners.get(id);
      return other !== undefined && other.header?.shard?.index !== shard.header?.shard?.index;
    });
    const other = owners.get(common[0]?.id ?? '');
    for (const id of shard.samples.keys()) owners.set(id, shard);
    return other && common.length > 0 ? [{ file: shard.source, message: `it overlaps with ${other.source}: ${namesOf(common)}` }] : [];
  });
}

/** Planned slots that have neither an outcome nor an answer; the samples of a log that was cut early are not all listed. */
function unfinished({ header, samples, pending, stop, end }: RunIndex, name: string): string[] {
  const planned = header?.planned;
  if (!planned) return [];
  let answered = 0;
  for (const sample of samples.values()) {
    for (let epoch = 1; epoch <= planned.repeats; epoch++) {
      if (slotAt(sample, epoch) || pending.has(slotKey(sample.id, epoch))) answered += 1;
    }
  }
  if (answered >= planned.slots) return [];
  const why = end ? 'its log lacks answers' : stop ? `it stopped (${stop.reason.slice(0, maxReason)})` : 'it was killed';
  return [`${name} is not finished: ${why}, ${planned.slots - answered} of ${planned.slots} slots are missing`];
}

function namesOf(samples: readonly { id: string }[]): string {
  const shown = samples.slice(0, 3).map(({ id }) => JSON.stringify(id));
  return `${shown.join(', ')}${samples.length > shown.length ? ` and ${samples.length - shown.length} more` : ''}`;
}

function shortSha(sha: string | undefined): string {
  return sha?.slice(0, 7) ?? 'unknown';
}
