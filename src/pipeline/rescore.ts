import { ExitCode, ToolError } from '../errors.ts';
import { openJournal } from '../io/journal.ts';
import { readRunLog } from '../io/run-log-file.ts';
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

/**
 * Writes a run log with the recorded answers of another and the scores of today's checkers; the agent is not asked.
 * Answers of samples that the suite no longer has are left out of `to`, as are their sample records.
 * @throws ToolError `interrupted` when the command is stopped before the last score.
 */
export async function rescoreRunLog({ from, to, suite }: { from: string; to: string; suite: OpenSuite }): Promise<Rescored> {
  const samples = await samplesById(suite.samples);
  const redactor = createRedactor(suite.config.secrets);
  let journal: Awaited<ReturnType<typeof openJournal>> | undefined;
  const counts: Rescored = { slots: 0, leftOut: 0 };
  const scoring = createInOrder<RunLogRecord[]>(suite.config.concurrency, (records) => {
    refuseStopped(suite.signal);
    journal?.append(...records);
  });
  try {
    for await (const record of readRunLog(from)) {
      refuseStopped(suite.signal);
      if (record.type === 'run') {
        journal = await openJournal({ path: to, resume: false, redactor, header: scoredToday(record, suite) });
        continue;
      }
      if (!journal) continue;
      if (record.type === 'sample') {
        const sample = samples.get(record.sample);
        // A sample that asks something else today cannot be scored with today's expectation.
        if (sample?.hash === record.hash) journal.append({ ...record, scoreHash: sample.scoreHash });
        else samples.delete(record.sample);
      } else if (record.type === 'response') {
        const sample = samples.get(record.sample);
        if (!sample) {
          counts.leftOut += 1;
          continue;
        }
        await scoring.add(scoreRecorded(record, sample, suite));
        counts.slots += 1;
      } else if (record.type === 'end' || record.type === 'stop' || record.type === 'acceptance') {
        await scoring.drain();
        journal.append(record);
      }
    }
    await scoring.drain();
  } finally {
    await journal?.close();
  }
  return counts;
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

async function scoreRecorded(record: ResponseRecord, sample: Sample, suite: OpenSuite): Promise<RunLogRecord[]> {
  const slot = { sample: record.sample, epoch: record.epoch };
  if (!record.trajectory) return [record, { type: 'done', ...slot, outcome: 'error', attempts: record.attempt }];
  const checkers = await suite.checkersOf(sample);
  const { scores, outcome } = await scoreSlot({ sample, trajectory: record.trajectory, epoch: record.epoch, checkers });
  return [
    record,
    ...scores.map(({ checker, fingerprint, score }): RunLogRecord => ({ type: 'score', ...slot, checker, fingerprint, ...score })),
    { type: 'done', ...slot, outcome, attempts: record.attempt },
  ];
}
