import { unlink } from 'node:fs/promises';
import { ExitCode, ToolError } from '../errors.ts';
import { type Journal, openJournal } from '../io/journal.ts';
import { readRunIndex, readRunLog } from '../io/run-log-file.ts';
import { canonicalJson } from '../records/json.ts';
import { type RunIndex, slotAt, slotKey } from '../records/run-index.ts';
import type { ResponseRecord, RunLogRecord, RunRecord } from '../records/run-log.ts';
import type { Sample } from '../records/sample.ts';
import { createRedactor } from '../run/core/redact.ts';
import { scoreSlot } from '../run/score-slot.ts';
import { createInOrder } from './in-order.ts';
import type { OpenSuite } from './open-suite.ts';
import { samplesById } from './slots.ts';

/** Answers that were scored, and those of samples that the suite no longer has. */
export interface Rescored {
  slots: number;
  leftOut: number;
}

export interface RescoreOptions {
  from: string;
  to: string;
  suite: OpenSuite;
  /** What is at `to` was left by a process that died in this work: what it has scored, and a judge was paid for, is not scored again. */
  isLeftover?: boolean;
}

/**
 * Writes a run log with the recorded answers of another and the scores of today's checkers; the agent is not asked.
 * Answers of samples that the suite no longer has are left out of `to`, as are their sample records.
 * @throws ToolError `interrupted` when the command is stopped before the last score.
 */
export async function rescoreRunLog({ from, to, suite, isLeftover = false }: RescoreOptions): Promise<Rescored> {
  const samples = await samplesById(suite.samples);
  const redactor = createRedactor(suite.config.secrets);
  let journal: Journal | undefined;
  const counts: Rescored = { slots: 0, leftOut: 0 };
  const scoring = createInOrder<RunLogRecord[]>(suite.config.concurrency, (records) => {
    refuseStopped(suite.signal);
    journal?.append(...records);
  });
  try {
    for await (const record of readRunLog(from)) {
      refuseStopped(suite.signal);
      if (record.type === 'run') {
        const header = scoredToday(record, suite);
        const resume = isLeftover && (await isBegun(to, header, samples));
        if (isLeftover && !resume) await unlink(to).catch(() => {});
        journal = await openJournal({ path: to, resume, redactor, header });
        continue;
      }
      if (!journal) continue;
      if (record.type === 'sample') {
        const sample = samples.get(record.sample);
        // A sample that asks something else today cannot be scored with today's expectation.
        if (sample?.hash !== record.hash) samples.delete(record.sample);
        else if (!journal.index.samples.has(record.sample)) journal.append({ ...record, scoreHash: sample.scoreHash });
      } else if (record.type === 'response') {
        const sample = samples.get(record.sample);
        if (!sample) {
          counts.leftOut += 1;
          continue;
        }
        counts.slots += 1;
        if (!isScored(journal.index, record)) await scoring.add(scoreRecorded(record, sample, suite, journal.index));
      } else if (record.type === 'end' || record.type === 'stop' || record.type === 'acceptance') {
        await scoring.drain();
        if (!journal.index[record.type]) journal.append(record);
      }
    }
    await scoring.drain();
  } finally {
    await journal?.close();
  }
  return counts;
}

/** Whether a log holds a part of this very work. One with an answer that no checker could score is better begun anew. */
async function isBegun(path: string, header: RunRecord, samples: ReadonlyMap<string, Sample>): Promise<boolean> {
  const index = await readRunIndex(path).catch(() => undefined);
  if (index?.header?.runId !== header.runId || canonicalJson(index.header.fingerprints) !== canonicalJson(header.fingerprints)) return false;
  return [...index.samples.values()].every(({ id, hash, scoreHash, slots }) => {
    const sample = samples.get(id);
    return sample?.hash === hash && sample.scoreHash === scoreHash && slots.every(({ outcome }) => outcome !== 'unscored');
  });
}

function isScored({ samples }: RunIndex, { sample, epoch }: ResponseRecord): boolean {
  const known = samples.get(sample);
  return known !== undefined && slotAt(known, epoch) !== undefined;
}

/** Scores that say no more than that the command was stopped must not take the place of earlier ones. */
function refuseStopped(signal: AbortSignal): void {
  if (!signal.aborted) return;
  throw new ToolError({
    code: 'interrupted',
    message: 'stopped before every recorded answer was scored again',
    remedy: 'run it again; the recorded answers and their scores are as they were',
    exitCode: ExitCode.incomplete,
  });
}

function scoredToday(header: RunRecord, suite: OpenSuite): RunRecord {
  const { checksums, crc, ...rest } = header;
  void checksums;
  void crc;
  const today = suite.header(undefined, new Date(0));
  return { ...rest, fingerprints: { ...header.fingerprints, score: suite.fingerprints.score }, checkers: today.checkers };
}

async function scoreRecorded(record: ResponseRecord, sample: Sample, suite: OpenSuite, written: RunIndex): Promise<RunLogRecord[]> {
  const slot = { sample: record.sample, epoch: record.epoch };
  const answer = written.pending.has(slotKey(record.sample, record.epoch)) ? [] : [record];
  if (!record.trajectory) return [...answer, { type: 'done', ...slot, outcome: 'error', attempts: record.attempt }];
  const checkers = await suite.checkersOf(sample);
  const { scores, outcome } = await scoreSlot({ sample, trajectory: record.trajectory, epoch: record.epoch, checkers });
  return [
    ...answer,
    ...scores.map(({ checker, fingerprint, score }): RunLogRecord => ({ type: 'score', ...slot, checker, fingerprint, ...score })),
    { type: 'done', ...slot, outcome, attempts: record.attempt },
  ];
}
