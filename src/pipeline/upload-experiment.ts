import type { AgentloopUpload } from '../config/suite-config.ts';
import type { SelectedSamples } from '../datasets/select.ts';
import { messageOf } from '../errors.ts';
import type { ExportedSlot } from '../importers/result-format.ts';
import { openAgentloopService } from '../io/agentloop-service.ts';
import { readRunIndex } from '../io/run-log-file.ts';
import type { Json, JsonObject } from '../records/json.ts';
import { createRedactor, type Secret } from '../run/core/redact.ts';
import { agentSpaceRecord, type Experiment, experimentLogstore, type LogContents, workspaceRecord } from '../systems/agentloop/log-record.ts';
import { solutionOf } from '../systems/agentscope/solution.ts';
import { exportedSlots } from './exported-slots.ts';

export interface UploadRequest {
  /** Path of a run log. */
  runLog: string;
  upload: AgentloopUpload;
  /** Of the suite, for the rows of the dataset; absent: a row is its id. */
  samples?: SelectedSamples;
  /** Hidden in everything that is sent. */
  secrets: readonly Secret[];
  signal: AbortSignal;
}

/** One request holds so many logs, and about so many characters, at most. */
const batchLogs = 100;
const batchCharacters = 1_000_000;

/**
 * Sends a record of every answer of a run to its experiment in AgentLoop. The experiment is the run: sent again, it has the same id.
 * @returns how many were sent. @throws ToolError `agentloop-failed`, with how many were sent before.
 */
export async function uploadExperiment({ runLog, upload, samples, secrets, signal }: UploadRequest): Promise<number> {
  const index = await readRunIndex(runLog);
  const service = openAgentloopService({ ...upload, signal });
  const { text: hide } = createRedactor(secrets);
  let sent = 0;
  try {
    const project = upload.project ?? (await service.project());
    const experiment = experimentOf(upload, { id: index.header?.runId ?? '', startedAt: index.header?.startedAt, project });
    const send = async (logs: readonly LogContents[]) => {
      const time = Math.trunc(Date.now() / 1000);
      const hidden = logs.map((contents) => ({ time, contents: contents.map(([name, value]) => [hide(name), hide(value)] as const) }));
      await service.putLogs({ project, logstore: experimentLogstore, logs: hidden });
      sent += logs.length;
    };
    let batch: LogContents[] = [];
    let characters = 0;
    for await (const slot of exportedSlots(runLog, index, samples)) {
      if (slot.outcome === 'skipped') continue;
      const contents = recordOf(upload, experiment, slot);
      const size = contents.reduce((sum, [name, value]) => sum + name.length + value.length, 0);
      if (batch.length === batchLogs || (batch.length > 0 && characters + size > batchCharacters)) {
        await send(batch);
        batch = [];
        characters = 0;
      }
      batch.push(contents);
      characters += size;
    }
    if (batch.length > 0) await send(batch);
    return sent;
  } catch (error) {
    if (sent > 0 && error instanceof Error) error.message = `${messageOf(error)} (${sent} records were sent before)`;
    throw error;
  } finally {
    service.close();
  }
}

function experimentOf(
  upload: AgentloopUpload,
  { id, startedAt = '', project }: { id: string; startedAt: string | undefined; project: string },
): Experiment {
  const { dataset, experimentName: name, experimentType: type, experimentMetadata: metadata, experimentConfig: config } = upload;
  const startedAtMs = Date.parse(startedAt);
  return {
    id,
    type,
    project,
    dataset,
    startedAtMs: Number.isNaN(startedAtMs) ? 0 : startedAtMs,
    ...(name === undefined ? {} : { name }),
    ...(metadata === undefined ? {} : { metadata }),
    ...(config === undefined ? {} : { config }),
  };
}

function recordOf({ api }: AgentloopUpload, experiment: Experiment, slot: ExportedSlot): LogContents {
  const solution = solutionOf(slot);
  const item = { taskId: slot.id, repeatId: String(slot.epoch - 1), row: (slot.sample?.row ?? { id: slot.id }) as JsonObject };
  if (api === '2024-03-30') return workspaceRecord(experiment, { ...item, solution });
  const input = slot.trajectory?.turns[0]?.input as Json | undefined;
  const meta = { ...solution.meta, ...(input === undefined ? {} : { experiment_input: input }) };
  return agentSpaceRecord(experiment, { ...item, solution: { ...solution, meta } });
}
