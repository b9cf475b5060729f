import type { Agent } from '../agents/agent.ts';
import type { ToolError } from '../errors.ts';
import type { Outcome, RunLogRecord } from '../records/run-log.ts';
import type { Sample } from '../records/sample.ts';
import type { Trajectory } from '../records/trajectory.ts';
import type { User } from '../users/user.ts';
import { type Answer, type AnsweredSlot, type Asker, createAsker } from './ask-slot.ts';
import type { TraceNamer } from './attempt.ts';
import type { Budget } from './core/budget.ts';
import type { RunEvent, StopReason } from './core/events.ts';
import type { Clock, CompiledChecker, RecordWriter } from './core/ports.ts';
import type { Redactor } from './core/redact.ts';
import type { PlannedSlot } from './core/slots.ts';
import { scoreSlot } from './score-slot.ts';
import { createStop, type Stop } from './stop.ts';

export interface RunSlotsOptions {
  /** Pulled a few at a time, so it may be longer than memory. */
  slots: Iterable<PlannedSlot> | AsyncIterable<PlannedSlot>;
  agent: Agent;
  /** False: asking costs nothing and is not recorded as an attempt. Default true. */
  isPaid?: boolean;
  /** `signal`: aborted with the attempt. */
  createUser(sample: Sample, signal: AbortSignal): User;
  /** Names the trace of an attempt, which the agent is told of and the response records; absent: there is none. */
  traceIdOf?: TraceNamer;
  /** Undefined: slots are only asked, and scored by a later run. */
  checkersOf?: (sample: Sample) => readonly CompiledChecker[] | Promise<readonly CompiledChecker[]>;
  journal: RecordWriter;
  /** What is scored is what is recorded: without secrets. */
  redactor: Redactor;
  runId: string;
  clock: Clock;
  /** 0..1, for the jitter of waits. */
  random(): number;
  /** Aborted: the run stops as `interrupted`. */
  signal: AbortSignal;
  /** Slots at once, at least 1. */
  concurrency: number;
  /** Of one attempt, milliseconds. */
  timeoutMs: number;
  maxRetries: number;
  onAmbiguous: 'retry' | 'fail';
  budget: Budget;
  onEvent(event: RunEvent): void;
}

export interface RunSlotsResult {
  /** Absent when every slot was run. The caller writes the `stop` or `end` record. */
  stop?: { reason: StopReason; error?: ToolError };
  /** Of this call. `answered`: recorded but not scored. */
  counts: Record<Outcome | 'answered', number>;
  /** Attempts of this call. */
  agentCalls: number;
}

/**
 * Asks, records and scores slots, `concurrency` at a time. One slot's failure never ends the run. An answer is in the
 * journal before it is scored, and a slot is told only when it is on disk. On a stop nothing new starts, calls under
 * way are aborted and left to a resume, and the result says why. Rejects only for a bug.
 */
export async function runSlots(options: RunSlotsOptions): Promise<RunSlotsResult> {
  const stop = createStop(options);
  const announce = createAnnouncer(options, stop);
  const counts = { pass: 0, fail: 0, error: 0, unscored: 0, skipped: 0, answered: 0 };
  const asker = createAsker({ ...options, stop });
  const run = { options, stop, counts, announce, asker, turn: createTurns() };
  try {
    await forEachSlot(options, stop, (slot, leaveSeat) => runSlot(run, slot, leaveSeat));
    if (!stop.reason) for (const answered of asker.releaseSuspects()) await finishSlot(run, answered, []);
    await announce.flush();
  } catch (error) {
    stop.fail(error);
  } finally {
    stop.dispose();
  }
  const { reason, error } = stop;
  return { counts, agentCalls: asker.calls, ...(reason ? { stop: { reason, ...(error ? { error } : {}) } } : {}) };
}

interface Run {
  options: RunSlotsOptions;
  stop: Stop;
  counts: RunSlotsResult['counts'];
  announce: ReturnType<typeof createAnnouncer>;
  asker: Asker;
  turn(): Promise<void>;
}

type SlotWork = (slot: PlannedSlot, leaveSeat: () => void) => Promise<void>;

/** As many seats as slots at once. One slot is pulled ahead, and starts as soon as a seat is left. */
async function forEachSlot(options: RunSlotsOptions, stop: Stop, work: SlotWork): Promise<void> {
  let seats = options.concurrency;
  let unfinished = 0;
  let wake = (): void => {};
  const change = () =>
    new Promise<void>((resolve) => {
      wake = resolve;
    });
  const start = async (slot: PlannedSlot): Promise<void> => {
    let isSeated = true;
    const leaveSeat = (): void => {
      if (!isSeated) return;
      isSeated = false;
      seats++;
      wake();
    };
    seats--;
    unfinished++;
    try {
      await work(slot, leaveSeat);
    } catch (error) {
      stop.fail(error);
    }
    unfinished--;
    leaveSeat();
    wake();
  };
  for await (const slot of options.slots) {
    while (seats === 0) await change();
    if (stop.reason) break;
    void start(slot);
  }
  while (unfinished > 0) await change();
}

/** The seat is left with the answer: the next request goes out, and this process has the time to score until its answer comes. */
async function runSlot(run: Run, slot: PlannedSlot, leaveSeat: () => void): Promise<void> {
  if (slot.recorded) return scoreRecorded(run, slot, slot.recorded);
  for (const answered of await run.asker.ask(slot)) {
    const checkers = await checkersFor(run, answered);
    if (checkers.every(isScoredHere)) leaveSeat();
    await finishSlot(run, answered, checkers);
  }
}

/** None where there is nothing to score. */
async function checkersFor({ options }: Run, { slot, answer }: Pick<AnsweredSlot, 'slot' | 'answer'>): Promise<readonly CompiledChecker[]> {
  return answer.trajectory && options.checkersOf ? options.checkersOf(slot.sample) : [];
}

/** Checkers that wait for others, such as a judge, keep the seat: what the suite asks at once is limited by its concurrency. */
function isScoredHere({ isPure }: CompiledChecker): boolean {
  return isPure === true;
}

/** Resolves in the next turn of the event loop: after all that is ready to be sent now. */
function createTurns(): () => Promise<void> {
  let next: Promise<void> | undefined;
  return () => {
    next ??= new Promise((resolve) => {
      setImmediate(() => {
        next = undefined;
        resolve();
      });
    });
    return next;
  };
}

/** What is on disk costs no call, but a judge does: a budget that is used up stops it like a call. */
async function scoreRecorded(run: Run, slot: PlannedSlot, recorded: NonNullable<PlannedSlot['recorded']>): Promise<void> {
  const answered = { slot, answer: recordedAnswer(recorded) };
  const checkers = await checkersFor(run, answered);
  const spent = checkers.every(isScoredHere) ? undefined : run.options.budget.exhausted();
  if (spent && spent !== 'budget-calls') return run.stop.request(spent);
  return finishSlot(run, answered, checkers);
}

function recordedAnswer(recorded: NonNullable<PlannedSlot['recorded']>): Answer {
  const { attempts, trajectory, error } = recorded;
  return trajectory ? { attempts, trajectory } : { attempts, error: error ?? { kind: 'bad-response', message: 'the log has no answer' } };
}

async function finishSlot(
  run: Run,
  { slot, answer, recorded }: Pick<AnsweredSlot, 'slot' | 'answer'> & Partial<AnsweredSlot>,
  checkers: readonly CompiledChecker[],
): Promise<void> {
  const { options, counts, announce } = run;
  const { sample, epoch } = slot;
  await recorded;
  await run.turn();
  const { attempts } = answer;
  if (!options.checkersOf) {
    counts.answered++;
    announce.add({ kind: 'answered', sample: sample.id, epoch, isError: answer.error !== undefined, attempts });
    return;
  }
  const result = answer.trajectory ? await scoreUnlessStopped(run, slot, answer.trajectory, checkers) : { records: [], outcome: 'error' as const };
  if (!result) return;
  const { records, outcome } = result;
  options.journal.append(...records, { type: 'done', sample: sample.id, epoch, outcome, attempts });
  counts[outcome]++;
  announce.add({ kind: 'slot', sample: sample.id, epoch, outcome, attempts });
}

/** A checker that hangs must not hold up a stop: its slot has its answer on disk, and a resume only scores it. */
async function scoreUnlessStopped(
  run: Run,
  slot: PlannedSlot,
  trajectory: Trajectory,
  checkers: readonly CompiledChecker[],
): Promise<{ records: RunLogRecord[]; outcome: Outcome } | undefined> {
  const { sample, epoch } = slot;
  const result = await run.stop.unlessStopped(scoreSlot({ sample, trajectory, epoch, checkers }));
  if (!result) return undefined;
  for (const { score } of result.scores) run.options.budget.addUsage(score.judge);
  const records = result.scores.map(
    ({ checker, fingerprint, score }): RunLogRecord => ({ type: 'score', sample: sample.id, epoch, checker, fingerprint, ...score }),
  );
  return { records, outcome: result.outcome };
}

/** Tells about slots after the sync that made them durable, one wait for all that came together. */
function createAnnouncer(options: RunSlotsOptions, stop: Stop) {
  let waiting: RunEvent[] = [];
  let isDelivering = false;
  let delivered = Promise.resolve();
  const deliver = async () => {
    isDelivering = true;
    try {
      while (waiting.length > 0) {
        const events = waiting;
        waiting = [];
        await options.journal.synced();
        for (const event of events) options.onEvent(event);
      }
    } catch (error) {
      stop.fail(error);
    } finally {
      isDelivering = false;
    }
  };
  return {
    add(event: RunEvent): void {
      waiting.push(event);
      if (!isDelivering) delivered = deliver();
    },
    flush: () => delivered,
  };
}
