/** Which run of which suite a comment speaks for. */
export interface CommentMarker {
  /** Slug, `[a-z0-9._-]`. */
  suite: string;
  runId: number;
  attempt: number;
  /** Head of the pull request. */
  sha: string;
}

/** First line of a comment; its end is part of the match, so that suite `a` is never suite `ab`. */
export function renderMarker({ suite, runId, attempt, sha }: CommentMarker): string {
  return `<!-- agent-regress:v1 suite=${suite} run=${runId} attempt=${attempt} sha=${sha} -->`;
}

/** Only a comment that begins with the marker has it: a quotation does not. */
export function parseMarker(body: string): CommentMarker | undefined {
  const match = /^<!-- agent-regress:v1 suite=([a-z0-9._-]+) run=(\d{1,15}) attempt=(\d{1,9}) sha=([0-9a-f]{7,64}) -->(?:\r?\n|$)/.exec(body);
  if (!match) return undefined;
  const [, suite = '', runId, attempt, sha = ''] = match;
  return { suite, runId: Number(runId), attempt: Number(attempt), sha };
}

/** Above 0: `a` is the newer run, or the later attempt of the same run. */
export function compareRuns(a: CommentMarker, b: CommentMarker): number {
  return a.runId - b.runId || a.attempt - b.attempt;
}
