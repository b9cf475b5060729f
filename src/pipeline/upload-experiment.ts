import type { AgentloopUpload } from '../config/suite-config.ts';
import type { SelectedSamples } from '../datasets/select.ts';
import { ExitCode, messageOf, ToolError } from '../errors.ts';
import type { ExportedSlot } from '../importers/result-format.ts';
import { openAgentloopService } from '../io/agentloop-service.ts';
import { readText, writeFileWhole } from '../io/files.ts';
import { sha256 } from '../io/hash.ts';
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

/** Records of a run: sent now, and sent by an earlier command. */
export interface Uploaded {
  sent: number;
  before: number;
}

/** The same for a person. */
export function uploadText({ sent, before }: Uploaded): string {
  const already = before === 0 ? '' : `; ${before} had been sent before`;
  return `${sent} record${sent === 1 ? '' : 's'} sent to AgentLoop${already}`;
}

/**
 * Sends a record of every answer of a run to its experiment in AgentLoop. The experiment is the run: sent again, it has the same id.
 * What was sent is noted beside the run log, so that a resumed run, or a second try, sends only what is missing.
 * @throws ToolError `agentloop-failed`, with how many were sent and how many were not.
 */
export async function uploadExperiment({ runLog, upload, samples, secrets, signal }: UploadRequest): Promise<Uploaded> {
  const index = await readRunIndex(runLog);
  const service = openAgentloopService({ ...upload, signal });
  const { text: hide } = createRedactor(secrets);
  const receipt = await openReceipt(`${runLog}.sent`);
  const count = { sent: 0, before: 0, unsent: 0 };
  try {
    const project = upload.project ?? (await service.project());
    const experiment = experimentOf(upload, { id: index.header?.runId ?? '', startedAt: index.header?.startedAt, project });
    let failure: unknown;
    const send = async (batch: readonly OutgoingRecord[]) => {
      const time = Math.trunc(Date.now() / 1000);
      const logs = batch.map(({ contents }) => ({ time, contents }));
      if (failure === undefined) await service.putLogs({ project, logstore: experimentLogstore, logs }).catch((error: unknown) => (failure = error));
      if (failure === undefined) for (const { digest } of batch) receipt.add(digest);
      count[failure === undefined ? 'sent' : 'unsent'] += batch.length;
    };
    let batch: OutgoingRecord[] = [];
    let characters = 0;
    for await (const slot of exportedSlots(runLog, index, samples)) {
      if (slot.outcome === 'skipped') continue;
      const contents = recordOf(upload, experiment, slot).map(([name, value]) => [hide(name), hide(value)] as const);
      const digest = sha256(JSON.stringify([upload.logEndpoint, project, contents]));
      if (receipt.has(digest)) {
        count.before += 1;
        continue;
      }
      const size = contents.reduce((sum, [name, value]) => sum + name.length + value.length, 0);
      if (batch.length === batchLogs || (batch.length > 0 && characters + size > batchCharacters)) {
        await send(batch);
        batch = [];
        characters = 0;
      }
      batch.push({ contents, digest });
      characters += size;
    }
    if (batch.length > 0) await send(batch);
    if (failure !== undefined) throw incomplete(failure, count);
    return count;
  } finally {
    service.close();
    if (count.sent > 0) await receipt.write();
  }
}

interface OutgoingRecord {
  contents: LogContents;
  digest: string;
}

/** Most characters of a list of digests: half a million of them. */
const maxReceiptCharacters = 64 * 1024 * 1024;

interface Receipt {
  has(digest: string): boolean;
  add(digest: string): void;
  write(): Promise<void>;
}

/** Digests of the records of this run that the service took, one a line. Where it cannot be written, everything is sent again. */
async function openReceipt(path: string): Promise<Receipt> {
  const text = await readText(path, maxReceiptCharacters).catch(() => '');
  const before = new Set(text.split('\n'));
  const digests = new Set<string>();
  return {
    has(digest) {
      if (before.has(digest)) digests.add(digest);
      return before.has(digest);
    },
    add: (digest) => void digests.add(digest),
    write: () => writeFileWhole(path, [...digests, ''].join('\n')).catch(() => undefined),
  };
}

function incomplete(failure: unknown, { sent, before, unsent }: Uploaded & { unsent: number }): ToolError {
  const message = `${messageOf(failure)} (${unsent} of ${sent + before + unsent} records were not sent)`;
  const { remedy = 'try again later', exitCode = ExitCode.incomplete } = failure instanceof ToolError ? failure : {};
  return new ToolError({ code: 'agentloop-failed', message, remedy, exitCode, problems: [{ message, remedy }], cause: failure });
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
