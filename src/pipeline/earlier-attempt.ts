import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { messageOf, ToolError } from '../errors.ts';
import { systemClock } from '../io/clock.ts';
import { openJournal } from '../io/journal.ts';
import { readRunIndex, readRunLog } from '../io/run-log-file.ts';
import { type RunIndex, slotKey } from '../records/run-index.ts';
import type { Outcome, RunLogRecord, RunRecord, WorkflowRecord } from '../records/run-log.ts';
import type { Redactor } from '../run/core/redact.ts';
import { experimentDifferences } from '../run/core/resume.ts';
import { liveRunLog } from './live-baseline.ts';
import type { OpenSuite } from './open-suite.ts';
import type { EarlierLog, EvaluateRequest } from './ports.ts';
import { writeSamples } from './stages.ts';

/** A run that starts, and may go on from what an earlier attempt of its job has left. */
interface StartingRun {
  request: Pick<EvaluateRequest, 'outputDir' | 'earlier' | 'workflow' | 'onEvent'>;
  suite: OpenSuite;
  header: RunRecord;
  redactor: Redactor;
}

/** The header of a run that a job of a workflow asks for. */
export function headerIn(workflow: WorkflowRecord | undefined, header: RunRecord): RunRecord {
  return workflow ? { ...header, workflow } : header;
}

/**
 * Puts the answers of an earlier, unfinished attempt of the same job into the run log of this run, so that a resume asks only what
 * is missing. Of several attempts, the one that has most answers; one that came to its end has served, and is not gone on from, nor
 * is what is older. What was an error, skipped or not scored is tried again. Says what it took, and why it took nothing.
 * @returns whether there is a log to resume now. @throws ToolError as `openJournal`.
 */
export async function goOnFromEarlier(run: StartingRun): Promise<boolean> {
  const best = await findBest(run);
  if (!best) return false;
  const { suite, header, redactor } = run;
  const { outputDir, onEvent } = run.request;
  const logs: Log[] = [{ index: best.head, suite, header, to: join(outputDir, 'run.jsonl') }];
  if (best.second && suite.baselineSuite) {
    logs.push({ index: best.second, suite: suite.baselineSuite, header: secondHeader(run, suite.baselineSuite), to: liveRunLog(outputDir) });
  }
  for (const log of logs) await copyAnswers(log, redactor);
  onEvent({ kind: 'continued', attempt: best.attempt, slots: suite.samples.count * suite.config.repeats * logs.length, resumed: best.answers });
  return true;
}

interface Found {
  attempt: number;
  head: RunIndex;
  second?: RunIndex;
  /** Planned slots that need not be asked. */
  answers: number;
}

async function findBest(run: StartingRun): Promise<Found | undefined> {
  const { earlier, onEvent } = run.request;
  let best: Found | undefined;
  for await (const log of earlier?.() ?? []) {
    const found = await readEarlier(run, log);
    if (found === 'finished') {
      if (log.storedAs === 'run') break;
    } else if (typeof found === 'string') {
      onEvent({ kind: 'notice', level: 'info', message: `${log.name} is not continued: ${found.slice(0, maxReason)}` });
    } else if (found.answers > (best?.answers ?? 0)) best = found;
  }
  return best;
}

/** Characters of a reason, which may quote a hostile log. */
const maxReason = 300;

/** @returns why it cannot be gone on from, otherwise; `finished` when it has come to its end. */
async function readEarlier(run: StartingRun, log: EarlierLog): Promise<Found | string> {
  const { suite, header, redactor } = run;
  try {
    const head = await readRunIndex(log.runLog);
    const attempt = head.header?.workflow?.attempt ?? 0;
    const strange = strangeness(head, redactor.json(header));
    if (strange !== undefined) return strange;
    if (head.end && log.storedAs !== 'partial') return 'finished';
    const found = { attempt, head, answers: answersIn(head, suite) };
    if (!suite.baselineSuite) return found;
    const path = liveRunLog(dirname(log.runLog));
    if (!existsSync(path)) return 'the answers of the second agent are not there';
    const second = await readRunIndex(path);
    const differs = strangeness(second, redactor.json(secondHeader(run, suite.baselineSuite)));
    if (differs !== undefined) return `the second agent: ${differs}`;
    return { ...found, second, answers: found.answers + answersIn(second, suite.baselineSuite) };
  } catch (error) {
    if (!(error instanceof ToolError)) throw error;
    return messageOf(error).replaceAll(dirname(log.runLog), '').slice(0, maxReason);
  }
}

function secondHeader({ header }: StartingRun, suite: OpenSuite): RunRecord {
  return headerIn(header.workflow, suite.header(undefined, systemClock.now()));
}

/** Why a log is not of an earlier attempt at the same thing; `today` is redacted, as the log is. */
function strangeness({ header }: RunIndex, today: RunRecord): string | undefined {
  const [then, now] = [header?.workflow, today.workflow];
  if (!header || !then || !now) return 'it does not say which run it is of';
  if (then.repository !== now.repository || then.runId !== now.runId) return 'it is of another workflow run';
  if (then.job !== now.job) return `it is of another job, ${JSON.stringify(then.job.slice(0, 100))}`;
  if (then.attempt >= now.attempt) return `it is of attempt ${then.attempt}, and this is attempt ${now.attempt}`;
  if (header.git?.sha !== today.git?.sha) return 'it is of another commit';
  if (header.shard?.index !== today.shard?.index || header.shard?.count !== today.shard?.count) return 'it is of another shard';
  const fields = experimentDifferences(header, today);
  return fields.length === 0 ? undefined : `${fields.join(', ')} changed`;
}

/** What a slot came to that is worth keeping; the rest is asked, or scored, again. */
const kept: ReadonlySet<Outcome> = new Set(['pass', 'fail', 'unscored']);

function answersIn({ samples, pending }: RunIndex, { config }: OpenSuite): number {
  let answers = pending.size;
  for (const { slots } of samples.values()) answers += slots.filter(({ epoch, outcome }) => epoch <= config.repeats && kept.has(outcome)).length;
  return answers;
}

interface Log {
  index: RunIndex;
  suite: OpenSuite;
  header: RunRecord;
  to: string;
}

/**
 * Under the header of today, but as the same run: its id is in the keys that tell an agent that it is asked again. Only what can
 * belong to the samples of today is copied, each record validated and redacted anew.
 */
async function copyAnswers({ index, suite, header, to }: Log, redactor: Redactor): Promise<void> {
  const recorded = index.header;
  const identity = recorded && isId(recorded.runId) ? { runId: recorded.runId, startedAt: recorded.startedAt } : {};
  const journal = await openJournal({ path: to, resume: false, redactor, header: { ...header, ...identity } });
  try {
    await writeSamples(suite.samples, journal);
    const outcomes = outcomesOf(index);
    let isWhole = true;
    let batch: RunLogRecord[] = [];
    for await (const record of readRunLog(index.source)) {
      if (record.type !== 'attempt' && record.type !== 'response' && record.type !== 'score' && record.type !== 'done') continue;
      if (!journal.index.samples.has(record.sample) || !isKept(record, outcomes, suite.config.onAmbiguous)) {
        isWhole = false;
        continue;
      }
      batch.push(record);
      if (batch.length < 200) continue;
      journal.append(...batch);
      batch = [];
    }
    journal.append(...batch, ...(isWhole && index.end ? [index.end] : []));
  } finally {
    await journal.close();
  }
}

/** Calls that came to nothing are kept for the budget, unless they would keep the slot from being asked again. */
function isKept(
  record: { type: string; sample: string; epoch: number },
  outcomes: ReadonlyMap<string, Outcome>,
  onAmbiguous: OpenSuite['config']['onAmbiguous'],
): boolean {
  const outcome = outcomes.get(slotKey(record.sample, record.epoch));
  if (outcome === undefined) return true;
  if (outcome === 'unscored') return record.type === 'attempt' || record.type === 'response';
  return record.type === 'attempt' && onAmbiguous !== 'fail';
}

/** Of the slots that are not kept as they are. */
function outcomesOf({ samples }: RunIndex): Map<string, Outcome> {
  const outcomes = new Map<string, Outcome>();
  for (const { id, slots } of samples.values()) {
    for (const { epoch, outcome } of slots) if (outcome !== 'pass' && outcome !== 'fail') outcomes.set(slotKey(id, epoch), outcome);
  }
  return outcomes;
}

function isId(text: string): boolean {
  return /^[0-9a-f-]{36}$/.test(text);
}
