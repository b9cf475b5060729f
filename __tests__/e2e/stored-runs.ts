import { finishRun, type JobContext, pushRun } from '../github/stand-in/runs.ts';
import { addArtifact, artifactFiles } from '../github/stand-in/seed.ts';
import type { Artifact } from '../github/stand-in/state.ts';
import { logOf, openScenario, type Scenario } from './action-scenario.ts';

export const artifactName = 'agent-regress-support-bot';

type Record = { type: string; [key: string]: unknown };

/** A run that the built action has stored, to be stored again as often as a test needs it. */
export interface StoredRun {
  /** The records of its run.jsonl. */
  records: readonly Record[];
}

let recorded: Promise<StoredRun> | undefined;

/** The built action on a push, with an agent that passes every sample: run once for all tests of a process. */
export function recordRun(): Promise<StoredRun> {
  recorded ??= runOnPush();
  return recorded;
}

/** What a push to the base branch has left, as if the action had run on it: the baseline of what follows. */
export async function storeBaseline(scenario: Scenario): Promise<void> {
  const recording = await recordRun();
  storeRun(scenario, recording, pushRun(scenario.github));
}

async function runOnPush(): Promise<StoredRun> {
  const scenario = await openScenario();
  try {
    const run = await scenario.run(pushRun(scenario.github));
    const [artifact] = scenario.github.state.artifacts;
    if (!artifact) throw new Error(`nothing was stored\n${logOf(run)}`);
    const lines = artifactFiles(artifact).get('run.jsonl')!.toString('utf8').trimEnd().split('\n');
    return { records: lines.map((line) => JSON.parse(line) as Record) };
  } finally {
    await scenario.close();
  }
}

export type StoreOptions = Partial<Parameters<typeof addArtifact>[1]> & {
  /** What the stored log holds instead. */
  edit?: (records: Record[]) => Record[];
};

/** Ends a run and stores the recorded one as its artifact, as if it had asked the agent itself. */
export function storeRun(scenario: Scenario, recorded: StoredRun, job: JobContext, options: StoreOptions = {}): Artifact {
  const { edit = (records: Record[]) => records, ...rest } = options;
  finishRun(scenario.github, job);
  const records = structuredClone([...recorded.records]).map(({ crc: _crc, ...record }): Record => ({ ...record, type: record.type }));
  const [header = { type: 'run' }, ...more] = records;
  const { checksums: _checksums, ...own } = header;
  const log = edit([{ ...own, type: 'run', runId: `run-${job.run.id}`, git: { sha: job.sha } }, ...more]);
  const files = { 'run.jsonl': `${log.map((record) => JSON.stringify(record)).join('\n')}\n` };
  return addArtifact(scenario.github, { runId: job.run.id, name: artifactName, files, expiresInDays: 90, ...rest });
}

/** Operations that were called, each with how often; without those of the artifact service and the blob host. */
export function apiCalls({ github }: Scenario): { [operation: string]: number } {
  const counts: { [operation: string]: number } = {};
  for (const { operationId } of github.calls) {
    if (!/^(artifact|blob)\//.test(operationId)) counts[operationId] = (counts[operationId] ?? 0) + 1;
  }
  return counts;
}
