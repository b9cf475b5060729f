import { createHash } from 'node:crypto';

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

/** What a run leaves of suites that it did not evaluate: no suite's run is ever stored under this name. */
export function notEvaluatedNameOf(prefix: string): string {
  return `${prefix}.not-evaluated`;
}

/** The one name that every run of a suite stores under, so that a baseline is found with one request. */
export function artifactNameOf(prefix: string, suite: string): string {
  return `${prefix}-${suiteSlug(suite)}`;
}
