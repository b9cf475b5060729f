import { createHash } from 'node:crypto';
import type { Shard } from '../records/run-log.ts';

/** A name for markers and artifacts, `[a-z0-9._-]`: the suite itself where it fits, else with a digest so that two suites never share one. */
export function suiteSlug(suite: string): string {
  if (/^[a-z0-9][a-z0-9._-]{0,79}$/.test(suite)) return suite;
  const plain = suite
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, '-')
    .replace(/^[-._]+|[-._]+$/g, '')
    .slice(0, 60);
  const digest = createHash('sha256').update(suite).digest('hex').slice(0, 8);
  return plain === '' ? `suite-${digest}` : `${plain}-${digest}`;
}

export const defaultArtifactPrefix = 'agent-regress';

/** What a run leaves of a suite that it did not evaluate: no suite's run is ever stored under such a name. */
export function notEvaluatedNameOf(prefix: string, suite: string): string {
  return notEvaluatedPrefixOf(prefix) + suiteSlug(suite);
}

/** How those names start. */
export function notEvaluatedPrefixOf(prefix: string): string {
  return `${prefix}.not-evaluated-`;
}

/** What one shard of a suite stores under. It begins as no stored run does, so that a shard is never taken for one. */
export function shardArtifactNameOf(prefix: string, suite: string, { index, count }: Shard): string {
  return `${prefix}.shard-${index}-of-${count}-${suiteSlug(suite)}`;
}

/** Which shard of the suite is stored under a name; undefined for any other name. */
export function shardOfArtifact(prefix: string, suite: string, name: string): Shard | undefined {
  const match = /^(\d{1,4})-of-(\d{1,4})-/.exec(name.slice(`${prefix}.shard-`.length));
  const shard = { index: Number(match?.[1]), count: Number(match?.[2]) };
  return match && shard.index >= 1 && shard.index <= shard.count && shardArtifactNameOf(prefix, suite, shard) === name ? shard : undefined;
}

/**
 * What an attempt that was cancelled or killed leaves of a suite, for the next attempt of the same run. It begins as no stored run
 * and no shard does, so that it is taken for neither.
 */
export function partialNameOf(prefix: string, { suite, shard, attempt }: { suite: string; shard?: Shard | undefined; attempt: number }): string {
  return `${prefix}.partial-${attempt}${shard ? `.shard-${shard.index}-of-${shard.count}` : ''}-${suiteSlug(suite)}`;
}

/** Of which attempt at the suite, or at the shard of it, a partial log is stored under a name; undefined for any other name. */
export function attemptOfPartial(prefix: string, of: { suite: string; shard?: Shard | undefined }, name: string): number | undefined {
  const attempt = Number(/^(\d{1,6})[.-]/.exec(name.slice(`${prefix}.partial-`.length))?.[1]);
  return attempt >= 1 && partialNameOf(prefix, { ...of, attempt }) === name ? attempt : undefined;
}

/** The one name that every run of a suite stores under, so that a baseline is found with one request. */
export function artifactNameOf(prefix: string, suite: string): string {
  return `${prefix}-${suiteSlug(suite)}`;
}
