import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { ToolError } from '../errors.ts';
import type { SlotEvidence } from '../records/evidence.ts';
import { createRunAudit } from '../records/run-audit.ts';
import { emptyRunIndex, foldRecord, type RunIndex } from '../records/run-index.ts';
import { type AttemptRecord, type DoneRecord, ResponseRecord, type RunLogRecord, type ScoreRecord } from '../records/run-log.ts';
import type { Score } from '../records/score.ts';
import { scanRunLog } from './run-log-scan.ts';

export const runLogName = 'run.jsonl';

/**
 * Every record of a run log in order, validated; records of types that are not known yet are left out, and so is a
 * final line that a crash has cut. The file may grow meanwhile.
 * @throws ToolError `run-log-damaged`, `run-log-newer`, `run-log-empty`, `file-unreadable`.
 */
export async function* readRunLog(path: string): AsyncGenerator<RunLogRecord> {
  for await (const { records } of scanRunLog(path, { depth: 'whole' })) yield* records;
}

/** The numbers of a run log without its trajectories, in memory that grows with the slots only. @throws ToolError as readRunLog. */
export async function readRunIndex(path: string): Promise<RunIndex> {
  const index = emptyRunIndex(path);
  const audit = createRunAudit(index);
  for await (const { records } of scanRunLog(path, { depth: 'numbers' })) {
    for (const record of records) {
      audit.see(record);
      foldRecord(index, record);
    }
  }
  return index;
}

/** The recorded answers and final errors in order, for scoring them. @throws ToolError as readRunLog. */
export async function* readResponses(path: string): AsyncGenerator<ResponseRecord> {
  for await (const { records } of scanRunLog(path, { depth: 'whole', types: ['run', 'response'] })) {
    for (const record of records) if (record.type === 'response') yield record;
  }
}

/**
 * All that was recorded of the slots of some samples, by sample id, by epoch; a slot without an outcome is `skipped`.
 * A sample that the log lacks has no entry. `maxEpochs`: only that many slots per sample, the first ones of the log.
 * `hasDetails`: scores with what their checker recorded beside them.
 * @throws ToolError as readRunLog.
 */
export async function readEvidence(
  path: string,
  ids: ReadonlySet<string>,
  options: { maxEpochs?: number; hasTimes?: boolean; hasDetails?: boolean } = {},
): Promise<Map<string, SlotEvidence[]>> {
  const bySample = new Map<string, Map<number, SlotEvidence>>();
  if (ids.size === 0) return new Map();
  const types = ['run', 'response', 'score', 'done', ...(options.hasTimes ? (['attempt'] as const) : [])] as const;
  for await (const { records } of scanRunLog(path, { depth: 'numbers', types })) {
    for (const record of records) {
      if (!isSlotRecord(record) || !ids.has(record.sample)) continue;
      const slot = evidenceOf(bySample, record, options.maxEpochs ?? Number.POSITIVE_INFINITY);
      if (slot) addEvidence(slot, record.type === 'response' ? wholeResponse(path, record) : record, options.hasDetails ?? false);
    }
  }
  return new Map([...bySample].map(([id, slots]) => [id, [...slots.values()].sort((a, b) => a.epoch - b.epoch)]));
}

/** A `run.jsonl` or a folder that holds one, as the path of the file. @throws ToolError `run-log-not-found`. */
export async function resolveRunLog(pathOrFolder: string): Promise<string> {
  const kind = await kindOf(pathOrFolder);
  if (kind === 'file') return pathOrFolder;
  const inside = join(pathOrFolder, runLogName);
  if (kind === 'folder' && (await kindOf(inside)) === 'file') return inside;
  throw new ToolError({
    code: 'run-log-not-found',
    message: kind === 'folder' ? `the folder ${pathOrFolder} has no ${runLogName}` : `there is no run log at ${pathOrFolder}`,
    remedy: `name a ${runLogName} or the output folder of a run`,
  });
}

const slotTypes: readonly RunLogRecord['type'][] = ['attempt', 'response', 'score', 'done'];

function isSlotRecord(record: RunLogRecord): record is SlotRecord {
  return slotTypes.includes(record.type);
}

type SlotRecord = AttemptRecord | ResponseRecord | ScoreRecord | DoneRecord;

function evidenceOf(bySample: Map<string, Map<number, SlotEvidence>>, record: SlotRecord, maxEpochs: number): SlotEvidence | undefined {
  const slots = bySample.get(record.sample) ?? new Map<number, SlotEvidence>();
  bySample.set(record.sample, slots);
  const known = slots.get(record.epoch);
  if (known || slots.size >= maxEpochs) return known;
  const slot: SlotEvidence = { epoch: record.epoch, outcome: 'skipped', scores: [] };
  slots.set(record.epoch, slot);
  return slot;
}

function addEvidence(slot: SlotEvidence, record: SlotRecord, hasDetails: boolean): void {
  if (record.type === 'attempt') slot.startedAt ??= record.at;
  else if (record.type === 'done') slot.outcome = record.outcome;
  else if (record.type === 'response') {
    if (record.trajectory) slot.trajectory = record.trajectory;
    if (record.error) slot.error = record.error;
    if (record.traceId !== undefined) slot.traceId = record.traceId;
  } else {
    // A later score of the same checker is a re-scoring.
    const score = hasDetails ? wholeScore(record) : scoreOf(record);
    slot.scores = [...slot.scores.filter(({ checker }) => checker !== record.checker), { checker: record.checker, score }];
  }
}

function scoreOf(record: ScoreRecord): Score {
  if (record.kind === 'unscored') return { kind: 'unscored', reason: record.reason };
  const { kind, value, pass, reason, perTurn } = record;
  return { kind, value, pass, reason, ...(perTurn ? { perTurn } : {}) };
}

/** With what its checker recorded beside it. */
function wholeScore(record: ScoreRecord): Score {
  const { type: _, sample: __, epoch: ___, checker: ____, fingerprint: _____, ...score } = record;
  return score;
}

function wholeResponse(path: string, record: ResponseRecord): ResponseRecord {
  try {
    return ResponseRecord.parse(record);
  } catch (error) {
    throw new ToolError({
      code: 'run-log-damaged',
      message: `${path}: the recorded answer of "${record.sample}" is not a trajectory`,
      remedy: 'the file was edited; use another run',
      cause: error,
    });
  }
}

async function kindOf(path: string): Promise<'file' | 'folder' | 'nothing'> {
  try {
    return (await stat(path)).isDirectory() ? 'folder' : 'file';
  } catch {
    return 'nothing';
  }
}
