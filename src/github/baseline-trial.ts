import { join } from 'node:path';
import { readHistory } from '../compare/history.ts';
import { messageOf, ToolError } from '../errors.ts';
import type { BaselineKind } from '../records/assessment.ts';
import type { HistoryRow } from '../records/history.ts';
import type { RunIndex } from '../records/run-index.ts';
import type { GitHubClient } from './client.ts';
import { baselineEvents, type GitHubEvent } from './event.ts';
import { PublishError } from './publish-error.ts';
import { openArtifact, type StoredArtifact, type StoredRun } from './stored-runs.ts';

/** A stored run that may serve, and why it is looked at. */
export interface Candidate {
  artifact: StoredArtifact;
  kind: BaselineKind;
  /** Commits between it and the commit to compare with, along first parents. */
  distance?: number;
  /** Not of the branch that the pull request goes into. */
  isOtherBranch?: true;
}

/** A candidate that serves. */
export interface Accepted extends Candidate {
  run: StoredRun;
  /** Of its run.jsonl. */
  path: string;
  /** Earlier runs, as this one tells them; oldest first. */
  history: readonly HistoryRow[];
  /** What of that could not be read. */
  historyNotes: readonly string[];
}

/** Why a candidate does not serve. `gone`: it expired or was deleted meanwhile. */
export interface Rejected {
  sort: 'untrusted' | 'unreadable' | 'unfinished' | 'other-suite' | 'gone';
  why: string;
  /** Its bytes are not those that were uploaded. */
  damaged?: ToolError;
}

type Outcome = { accepted: Accepted; rejected?: undefined } | { accepted?: undefined; rejected: Rejected };

export interface Trial {
  client: GitHubClient;
  event: GitHubEvent;
  suite: string;
  /** Private folder for the downloaded run logs; must exist. */
  tmpDir: string;
  /** Reads a run log whole. @throws for one that is damaged or of a newer version. */
  readRunIndex: (path: string) => Promise<RunIndex>;
  /** Milliseconds since 1970. */
  now?: () => number;
}

/**
 * Downloads a candidate and tells whether it serves. `isSearched`: nobody named it, so it must be of the workflow that asks.
 * @throws PublishError only where the token may not read artifacts; all else is a rejection.
 */
export async function tryCandidate(
  trial: Trial,
  candidate: Candidate,
  readRun: (runId: number) => Promise<StoredRun>,
  isSearched: boolean,
): Promise<Outcome> {
  const { client, event, suite, tmpDir } = trial;
  const { artifact } = candidate;
  const runId = artifact.workflow_run?.id ?? 0;
  const rejected = (sort: Rejected['sort'], why: string, damaged?: ToolError): Outcome => ({
    rejected: { sort, why: `run ${runId} was left out: ${why}`, ...(damaged ? { damaged } : {}) },
  });
  const path = join(tmpDir, `baseline-${artifact.id}.jsonl`);
  try {
    const run = await readRun(runId);
    const distrust = whyNotTrusted(run, event, isSearched);
    if (distrust) return rejected('untrusted', distrust);
    const { files, texts } = await openArtifact(client, artifact, { files: { 'run.jsonl': path }, texts: ['history.jsonl'] });
    if (!files.has('run.jsonl')) return rejected('unreadable', 'it has no run.jsonl');
    const index = await trial.readRunIndex(path);
    if (!index.header || index.header.suite !== suite) return rejected('other-suite', 'it is of another suite');
    if (!index.end) return rejected('unfinished', 'it did not finish');
    const told = readHistory(texts.get('history.jsonl') ?? '', { source: `run ${runId}`, now: (trial.now ?? Date.now)(), suite });
    return { accepted: { ...candidate, run, path, history: told.rows, historyNotes: told.notes } };
  } catch (error) {
    if (isRefused(error)) throw error;
    if (error instanceof PublishError && [404, 410].includes(error.status ?? 0)) return rejected('gone', 'it has expired or was deleted');
    const why = messageOf(error).replaceAll(path, 'its run.jsonl');
    const remedy = error instanceof ToolError && error.code === 'run-log-newer' ? `; ${error.remedy}` : '';
    return rejected('unreadable', `${why}${remedy}`, error instanceof ToolError && error.code === 'artifact-digest' ? error : undefined);
  }
}

/** The token may not read what it asks for, so no other candidate can be read either. */
function isRefused(error: unknown): boolean {
  return error instanceof PublishError && [401, 403].includes(error.status ?? 0);
}

/** A run is trusted when its code was on a branch of this repository and it is of the workflow that now asks. */
export function whyNotTrusted(run: StoredRun, event: GitHubEvent, isSearched: boolean): string | undefined {
  if (!run.repository || run.head_repository?.id !== run.repository.id) return 'it ran code of a fork';
  if (!isSearched) return undefined;
  if (!baselineEvents.has(run.event)) return `a run on ${run.event} is never a baseline`;
  const path = run.path?.split('@')[0];
  if (event.workflowPath !== undefined && path !== event.workflowPath) {
    return `it is of another workflow file (${path ?? 'unknown'}, not ${event.workflowPath})`;
  }
  return undefined;
}
