import { messageOf } from '../errors.ts';
import type { WorkflowRecord } from '../records/run-log.ts';
import * as z from '../records/schema.ts';
import { type ActionHost, createHost } from './host.ts';
import { readInputs } from './inputs.ts';
import { storePartial, type UnsettledRun, unsettledRunsState } from './partial-run.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Stores the logs of runs that were killed, or had no time left to store theirs. Never throws and never fails the job. */
export async function storePartials(env: Environment): Promise<0> {
  const host = await createHost(env);
  const runs = readRuns(host.state(unsettledRunsState));
  if (runs.length === 0) return 0;
  try {
    const { 'artifact-name': prefix } = readInputs(host.input);
    const of: WorkflowRecord = {
      repository: env.GITHUB_REPOSITORY ?? '',
      runId: env.GITHUB_RUN_ID ?? '',
      attempt: Number(env.GITHUB_RUN_ATTEMPT || 1),
      job: env.GITHUB_JOB ?? '',
    };
    const runUrl = `${env.GITHUB_SERVER_URL || 'https://github.com'}/${of.repository}/actions/runs/${of.runId}`;
    for (const run of runs) tell(host, run, await storePartial({ host, prefix, run, of, runUrl }));
  } catch (error) {
    host.warning(`the answers so far could not be stored: ${messageOf(error)}`);
  }
  return 0;
}

function tell(host: ActionHost, { suite }: UnsettledRun, stored: Awaited<ReturnType<typeof storePartial>>): void {
  if (stored?.kind === 'failed') host.warning(`${suite}: ${stored.message}. ${stored.remedy}`);
  else if (stored?.kind === 'skipped') host.info(`${suite}: the answers so far are not stored: ${stored.reason}`);
}

const part = z.int().check(z.minimum(1));
const Runs = z.array(z.object({ suite: z.string(), shard: z.optional(z.object({ index: part, count: part })), folder: z.string() }));

function readRuns(text: string): UnsettledRun[] {
  try {
    return Runs.safeParse(JSON.parse(text)).data ?? [];
  } catch {
    return [];
  }
}
