import { join } from 'node:path';
import type { SuiteConfig } from '../config/suite-config.ts';
import { messageOf } from '../errors.ts';
import { uploadRunFolder } from '../github/artifact.ts';
import type { PublishResult } from '../github/publish-result.ts';
import { partialNameOf } from '../github/suite-slug.ts';
import { holdsAnswers } from '../io/journal.ts';
import { readRunLog, runLogName } from '../io/run-log-file.ts';
import type { Shard, WorkflowRecord } from '../records/run-log.ts';
import type { ActionHost } from './host.ts';
import type { RunContext } from './run-context.ts';

/** What is read by later attempts of the same run only need not be kept longer. */
const retentionDays = 7;

/** Runs that have begun and are not accounted for, for the step after the job: JSON, a list of `UnsettledRun`. */
export const unsettledRunsState = 'unsettled-runs';

/** A run of a suite, or of a shard of it, whose log lies in a folder. */
export interface UnsettledRun {
  suite: string;
  shard?: Shard | undefined;
  /** Absolute. */
  folder: string;
}

const unsettled = new Map<string, UnsettledRun>();

/**
 * Has the step after the job store the log of a run, unless what this returns is called: when the log is stored, or nobody needs it.
 * That step runs however the job ended, and has more time than a cancelled job has.
 */
export function startPartial({ host, inputs }: RunContext, { suite, shard }: Pick<SuiteConfig, 'suite' | 'shard'>, folder: string): () => void {
  if (inputs.mode !== 'run' || inputs.resume === 'off') return () => {};
  const remember = () => host.saveState(unsettledRunsState, JSON.stringify([...unsettled.values()]));
  unsettled.set(folder, { suite, shard, folder });
  remember();
  return () => {
    unsettled.delete(folder);
    remember();
  };
}

/**
 * Stores the log of a run that did not come to its end under a name that is no baseline's. Undefined: there is nothing worth it, no
 * log of this attempt or none with an answer. Never throws.
 */
export async function storePartial(partial: {
  host: ActionHost;
  /** The input `artifact-name`. */
  prefix: string;
  run: UnsettledRun;
  of: WorkflowRecord;
  runUrl: string;
}): Promise<PublishResult | undefined> {
  const { host, run, of, runUrl } = partial;
  const name = partialNameOf(partial.prefix, { ...run, attempt: of.attempt });
  try {
    const runLog = join(run.folder, runLogName);
    if (!(await isOf(runLog, of)) || !(await holdsAnswers(runLog))) return undefined;
    const days = Math.min(retentionDays, Number(host.env.GITHUB_RETENTION_DAYS) || Number.POSITIVE_INFINITY);
    const only = { only: [runLogName], subfolders: ['baseline-agent'] };
    const common = { folder: run.folder, ...only, retentionDays: days, runAttempt: of.attempt, mayReplace: false, env: host.env, runUrl };
    const stored = await uploadRunFolder({ ...common, name });
    if (stored.kind === 'published') host.info(`${run.suite}: the answers so far are stored as "${name}"; a re-run of this job goes on from them`);
    return stored;
  } catch (error) {
    return { kind: 'failed', message: `the answers so far could not be stored as "${name}": ${messageOf(error)}`, remedy: 're-run the job' };
  }
}

/** A folder that stayed on the machine may hold the log of any other run. */
async function isOf(runLog: string, { repository, runId, attempt, job }: WorkflowRecord): Promise<boolean> {
  try {
    for await (const record of readRunLog(runLog)) {
      const found = record.type === 'run' ? record.workflow : undefined;
      return found?.repository === repository && found.runId === runId && found.attempt === attempt && found.job === job;
    }
  } catch {
    // Not a log, or none at all.
  }
  return false;
}
