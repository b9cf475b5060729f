import type { Candidate } from './baseline-trial.ts';
import type { GitHubClient } from './client.ts';
import type { GitHubEvent } from './event.ts';
import { listRuns, readRun, type StoredRun } from './stored-runs.ts';

/** Facts about the runs behind artifacts: event, workflow file, repository of the code. One list answers for many. */
export interface RunFacts {
  /** A list was asked for. */
  readonly isListed: boolean;
  /** Asks for the runs of several candidates with one list; one alone is left to `read`. @throws PublishError */
  learn(candidates: readonly Candidate[]): Promise<void>;
  /** Asks for the newest runs of a branch on one event. @throws PublishError */
  learnEvent(branch: string, event: string): Promise<void>;
  known(runId: number): StoredRun | undefined;
  /** A list of this workflow's runs goes back far enough and does not have it: it is of another workflow. */
  isElsewhere(candidate: Candidate): boolean;
  /** @throws PublishError */
  read(runId: number): Promise<StoredRun>;
}

interface Listed {
  branch: string | undefined;
  newest: number;
  oldest: number;
  isWhole: boolean;
}

/** Knows nothing yet and asks nothing. */
export function createRunFacts(client: GitHubClient, { workflowPath }: GitHubEvent): RunFacts {
  const runs = new Map<number, StoredRun>();
  const lists = new Map<string, Listed>();
  const list = async (filter: { branch?: string | undefined; event?: string }): Promise<void> => {
    const key = JSON.stringify([filter.branch, filter.event]);
    if (lists.has(key)) return;
    const { runs: found, isWhole } = await listRuns(client, { workflowPath, ...filter });
    for (const run of found) runs.set(run.id, run);
    const ids = found.map(({ id }) => id);
    // A list of one event says nothing about the runs of others.
    const [newest, oldest] = filter.event === undefined && ids.length > 0 ? [Math.max(...ids), Math.min(...ids)] : [-1, Number.POSITIVE_INFINITY];
    lists.set(key, { branch: filter.branch, newest, oldest, isWhole: isWhole && newest >= 0 });
  };
  return {
    get isListed() {
      return lists.size > 0;
    },
    async learn(candidates) {
      const unknown = candidates.filter(({ artifact }) => !runs.has(artifact.workflow_run?.id ?? 0));
      if (unknown.length < 2) return;
      const branches = new Set(unknown.map(({ artifact }) => artifact.workflow_run?.head_branch ?? undefined));
      const [branch] = branches;
      await list({ branch: branches.size === 1 ? branch : undefined });
    },
    learnEvent: (branch, event) => list({ branch, event }),
    known: (runId) => runs.get(runId),
    isElsewhere({ artifact: { workflow_run: run } }) {
      if (!run || runs.has(run.id)) return false;
      // The newest runs may not be listed yet, so nothing is said about one that is newer than all of them.
      const reaches = ({ branch, newest, oldest, isWhole }: Listed) =>
        (branch === undefined || branch === run.head_branch) && run.id < newest && (isWhole || run.id > oldest);
      return [...lists.values()].some(reaches);
    },
    async read(runId) {
      const run = runs.get(runId) ?? (await readRun(client, runId));
      runs.set(runId, run);
      return run;
    },
  };
}
