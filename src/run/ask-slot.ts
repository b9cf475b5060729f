import { AgentFailure } from '../agents/agent.ts';
import { ExitCode, ToolError } from '../errors.ts';
import type { ModelUsage } from '../records/model.ts';
import { slotKey } from '../records/run-index.ts';
import type { AgentErrorRecord } from '../records/run-log.ts';
import { addUsage } from '../records/score.ts';
import type { Trajectory } from '../records/trajectory.ts';
import { type Attempt, type AttemptOptions, createAttempt } from './attempt.ts';
import type { Budget } from './core/budget.ts';
import type { RunEvent } from './core/events.ts';
import { createHealth, type Health } from './core/health.ts';
import type { Clock, RecordWriter } from './core/ports.ts';
import { createRetryAllowance, decideRetry, type RetryAllowance, type RetryDecision } from './core/retry.ts';
import { idempotencyKey, type PlannedSlot } from './core/slots.ts';

/** What a slot's last attempt came to: one of the two. */
export interface Answer {
  attempts: number;
  trajectory?: Trajectory;
  error?: AgentErrorRecord;
  /** What the user's model took in all attempts; absent: none was asked. */
  user?: ModelUsage;
}

/** A slot with its final answer; once `recorded` resolves, no death of this process loses it. */
export interface AnsweredSlot {
  slot: PlannedSlot;
  answer: Answer;
  recorded: Promise<void>;
}

export interface AskerOptions extends AttemptOptions {
  isPaid?: boolean;
  journal: RecordWriter;
  runId: string;
  clock: Clock;
  random(): number;
  concurrency: number;
  maxRetries: number;
  onAmbiguous: 'retry' | 'fail';
  budget: Budget;
  onEvent(event: RunEvent): void;
}

/** Asks the agent for slots: attempts, retries, pauses, and the record of the final answer. */
export interface Asker {
  /** Attempts made. */
  readonly calls: number;
  /**
   * The slots that are answered now: usually this one. None when the run stops or when the failure may turn out to be
   * the agent's absence; then also the earlier ones, once it turns out not to be.
   */
  ask(slot: PlannedSlot): Promise<AnsweredSlot[]>;
  /** Records the failures that were held back; for the end of a run that was not stopped. */
  releaseSuspects(): AnsweredSlot[];
}

/** The state of all the asking of one run. */
interface Asking {
  options: AskerOptions;
  attempt: Attempt;
  health: Health;
  retries: RetryAllowance;
  calls: number;
  pausedUntilMs: number;
  suspects: { slot: PlannedSlot; answer: Answer }[];
}

/** Asks slots of one run: attempts, retries and pauses; counts the calls. */
export function createAsker(options: AskerOptions): Asker {
  const asking: Asking = {
    options,
    attempt: createAttempt(options),
    health: createHealth(options.concurrency),
    retries: createRetryAllowance(),
    calls: 0,
    pausedUntilMs: Number.NEGATIVE_INFINITY,
    suspects: [],
  };
  return {
    get calls() {
      return asking.calls;
    },
    ask: (slot) => askSlot(asking, slot),
    releaseSuspects() {
      // The slots ran out before the row was long enough: an agent that answered none of them is just as absent.
      const problem = asking.suspects.length > 0 ? asking.health.conclude() : undefined;
      if (problem) options.stop.request(problem.reason, problem.error);
      return problem ? [] : releaseSuspects(asking);
    },
  };
}

async function askSlot(asking: Asking, slot: PlannedSlot): Promise<AnsweredSlot[]> {
  const { options, health } = asking;
  const { sample, epoch } = slot;
  const earlier = options.journal.index.attempts.get(slotKey(sample.id, epoch)) ?? 0;
  if (earlier > 0 && options.onAmbiguous === 'fail') return [record(asking, slot, { attempts: earlier, error: ambiguousEarlier })];
  const key = idempotencyKey(options.runId, sample, epoch);
  let ambiguousAttempts = earlier > 0 ? 1 : 0;
  let user: ModelUsage | undefined;
  for (let tries = 1; ; tries++) {
    const attempt = earlier + tries;
    if (!(await mayAsk(asking, slot, attempt, key))) return [];
    if (tries === 1) asking.retries.addCall();
    const { result, userUsage } = await asking.attempt({ slot, attempt, key });
    user = addUsage(user, userUsage);
    options.budget.addUsage(userUsage);
    const made = { attempts: attempt, ...(user ? { user } : {}) };
    if (!(result instanceof AgentFailure)) {
      health.addAnswer();
      options.budget.addUsage(result.usage);
      return [...releaseSuspects(asking), record(asking, slot, { ...made, trajectory: result })];
    }
    const failure = withoutSecrets(result, options);
    if (options.stop.signal.aborted && failure.phase !== 'answered') return [];
    if (failure.phase === 'ambiguous') ambiguousAttempts++;
    const next = afterFailure(asking, failure, tries, ambiguousAttempts);
    if (next === 'stop') return [];
    if (next === 'give-up') return failed(asking, slot, made, failure);
    await waitForRetry(asking, slot, attempt, failure, next);
  }
}

/** Waits until the host may be asked, and records the attempt; false when the run stops instead. */
async function mayAsk(asking: Asking, slot: PlannedSlot, attempt: number, key: string): Promise<boolean> {
  const { clock, stop, budget, journal, isPaid } = asking.options;
  while (!stop.reason && asking.pausedUntilMs > clock.monotonicMs()) await clock.sleep(asking.pausedUntilMs - clock.monotonicMs(), stop.signal);
  const spent = stop.reason ? undefined : budget.exhausted();
  if (spent) stop.request(spent);
  if (stop.reason) return false;
  budget.addCall();
  asking.calls++;
  if (isPaid === false) return true;
  const at = clock.now().toISOString();
  await journal.appendSoon({ type: 'attempt', sample: slot.sample.id, epoch: slot.epoch, attempt, idempotencyKey: key, at });
  return true;
}

type Wait = Extract<RetryDecision, { retry: true }>;

function afterFailure(asking: Asking, failure: AgentFailure, attempt: number, ambiguousAttempts: number): Wait | 'stop' | 'give-up' {
  const { maxRetries, onAmbiguous, random, budget, stop } = asking.options;
  const problem = asking.health.addFailure(failure);
  if (problem) {
    stop.request(problem.reason, problem.error);
    return 'stop';
  }
  const decision = decideRetry({
    failure,
    attempt,
    ambiguousAttempts,
    maxRetries,
    onAmbiguous,
    random: random(),
    remainingMs: budget.remainingMs(),
    retries: asking.retries,
  });
  if (decision.retry) return decision;
  if (decision.pauseMs !== undefined) pauseHost(asking, decision.pauseMs, failure.message);
  if (!decision.stopRun) return 'give-up';
  stop.request(decision.stopRun, rateLimited(failure));
  return 'stop';
}

/** A pause of the host is waited for with everybody else, before the next attempt. */
async function waitForRetry(asking: Asking, slot: PlannedSlot, attempt: number, failure: AgentFailure, wait: Wait): Promise<void> {
  const { waitMs, pauseHost: isForAll } = wait;
  const { clock, stop, onEvent } = asking.options;
  const reason = failure.message;
  onEvent({ kind: 'retry', sample: slot.sample.id, epoch: slot.epoch, attempt: attempt + 1, waitMs, reason });
  if (!isForAll) return clock.sleep(waitMs, stop.signal);
  pauseHost(asking, waitMs, reason);
}

/** Nobody asks before the time is over. */
function pauseHost(asking: Asking, waitMs: number, reason: string): void {
  const { clock, onEvent } = asking.options;
  const untilMs = clock.monotonicMs() + waitMs;
  if (untilMs <= asking.pausedUntilMs) return;
  asking.pausedUntilMs = untilMs;
  onEvent({ kind: 'paused', waitMs, reason });
}

/** A failure that may be one of an absent agent waits until that is known. */
function failed(asking: Asking, slot: PlannedSlot, made: Pick<Answer, 'attempts' | 'user'>, failure: AgentFailure): AnsweredSlot[] {
  const answer = { ...made, error: errorRecord(failure) };
  if (!asking.health.isSuspect(failure)) {
    return [...releaseSuspects(asking), record(asking, slot, answer)];
  }
  asking.suspects.push({ slot, answer });
  return [];
}

function releaseSuspects(asking: Asking): AnsweredSlot[] {
  const released = asking.suspects;
  asking.suspects = [];
  return released.map(({ slot, answer }) => record(asking, slot, answer));
}

function record(asking: Asking, slot: PlannedSlot, answer: Answer): AnsweredSlot {
  const { attempts, ...response } = answer;
  const { traceIdOf, runId } = asking.options;
  const recorded = asking.options.journal.appendSoon({
    type: 'response',
    sample: slot.sample.id,
    epoch: slot.epoch,
    attempt: attempts,
    ...(slot.isTopUp ? { topUp: true } : {}),
    ...(traceIdOf ? { traceId: traceIdOf(idempotencyKey(runId, slot.sample, slot.epoch), attempts) } : {}),
    ...response,
  });
  return { slot, answer, recorded };
}

const ambiguousEarlier: AgentErrorRecord = {
  kind: 'ambiguous',
  message: 'an earlier session ended while the agent was asked, and on-ambiguous is "fail"',
};

const maxMessageLength = 4000;

function withoutSecrets(failure: AgentFailure, { agent, redactor }: AskerOptions): AgentFailure {
  const { kind, phase, isTransient, status, retryAfterMs } = failure;
  const message = redactor.text(agent.conceal ? agent.conceal(failure.message) : failure.message).slice(0, maxMessageLength);
  return new AgentFailure(kind, message, {
    phase,
    isTransient,
    ...(status === undefined ? {} : { status }),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  });
}

function errorRecord({ kind, message, status }: AgentFailure): AgentErrorRecord {
  return { kind, message, ...(Number.isInteger(status) ? { status } : {}) };
}

function rateLimited(failure: AgentFailure): ToolError {
  const wait = failure.retryAfterMs === undefined ? '' : ` (it asks to wait ${Math.ceil(failure.retryAfterMs / 1000)} s)`;
  return new ToolError({
    code: 'rate-limited',
    message: `the agent's server limits the rate for longer than this run waits${wait}: ${failure.message}`,
    remedy: 'go on later with --resume, lower the concurrency, or raise the limit: no slot was lost',
    exitCode: ExitCode.incomplete,
  });
}
