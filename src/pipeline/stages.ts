import type { Agent } from '../agents/agent.ts';
import type { SelectedSamples } from '../datasets/select.ts';
import { systemClock } from '../io/clock.ts';
import { shortDigest } from '../io/hash.ts';
import type { Journal } from '../io/journal.ts';
import type { RunIndex } from '../records/run-index.ts';
import type { SampleRecord } from '../records/run-log.ts';
import { type Budget, createBudget, spentIn, totalSpent } from '../run/core/budget.ts';
import type { RunEvent, StopReason } from '../run/core/events.ts';
import type { Redactor } from '../run/core/redact.ts';
import { type PlannedSlot, sampleRecord } from '../run/core/slots.ts';
import { runSlots } from '../run/run-slots.ts';
import { isTraced } from './open-agent.ts';
import type { OpenSuite } from './open-suite.ts';
import type { PipelineEvent } from './ports.ts';

/** What every stage of one run shares. */
export interface Stage {
  suite: OpenSuite;
  journal: Journal;
  agent: Agent;
  redactor: Redactor;
  budget: Budget;
  signal: AbortSignal;
  onEvent: (event: PipelineEvent) => void;
}

/** Lists every chosen sample in the run log before the first call, so that a missing slot can be named. */
export async function writeSamples(samples: SelectedSamples, journal: Journal): Promise<void> {
  let batch: SampleRecord[] = [];
  for await (const sample of samples.listing()) {
    if (!journal.index.samples.has(sample.id)) batch.push(sampleRecord(sample));
    if (batch.length < 200) continue;
    journal.append(...batch);
    batch = [];
  }
  if (batch.length > 0) journal.append(...batch);
}

/** Whoever starts anew where a run had died, or was stopped, may have wanted to go on with it. */
export function tellKeptPart({ keptPart, path }: Journal, onEvent: (event: PipelineEvent) => void): void {
  if (keptPart === undefined) return;
  const message = `the run that was here had not come to its end; this is a new one. Its answers are kept in ${keptPart}; to go on with it, put that file back in the place of ${path} and add --resume`;
  onEvent({ kind: 'notice', level: 'warning', message });
}

/** Runs slots and reports progress. @returns why it stopped before the last of them, if it did. */
export async function askSlots(stage: Stage, slots: AsyncIterable<PlannedSlot>, options: AskOptions): Promise<StopReason | undefined> {
  const { suite, journal, agent, signal, redactor, budget } = stage;
  const { timeoutMs, maxRetries, onAmbiguous } = suite.config;
  const { stop } = await runSlots({
    slots,
    agent,
    isPaid: suite.definition.isPaid ?? true,
    createUser: (sample, attempt) => suite.user.createUser(sample, { signal: attempt, redact: redactor.json }, suite.definition),
    ...(isTraced(suite.config, suite.definition, agent) ? { traceIdOf: (key: string, attempt: number) => shortDigest(`${key}-${attempt}`, 32) } : {}),
    ...(options.isScored === false ? {} : { checkersOf: suite.checkersOf }),
    journal,
    redactor,
    runId: journal.index.header?.runId ?? '',
    clock: systemClock,
    random: Math.random,
    signal,
    concurrency: options.concurrency ?? suite.config.concurrency,
    timeoutMs,
    maxRetries,
    onAmbiguous,
    budget,
    onEvent: countProgress(stage, options),
  });
  if (stop?.error) stage.onEvent({ kind: 'notice', level: 'warning', message: [stop.error.message, stop.error.remedy].filter(Boolean).join(': ') });
  return stop?.reason;
}

/** Planned repeats, as many again, re-runs of suspicious samples. */
export type AskPhase = 'run' | 'top-up' | 'confirm';

export interface AskOptions {
  phase: AskPhase;
  /** Slots of this phase, for the progress. */
  total: number;
  /** False: the answers are kept for `check`. Default true. */
  isScored?: boolean;
  /** Default: that of the suite. */
  concurrency?: number;
  /** For two stages that count together; default: of this stage alone. */
  counts?: SlotCounts;
  /** As soon as it is known that the run stops, and why. */
  onStopping?: (reason: StopReason) => void;
}

/** Slots by what they came to so far; `answered`: without an outcome. */
export type SlotCounts = Record<'done' | 'pass' | 'fail' | 'error' | 'unscored' | 'skipped' | 'answered', number>;

/** What the stages of one run share, from its journal. The budget counts what earlier sessions of the run, and of a `second` log, have spent. */
export function openStage(parts: Omit<Stage, 'budget'>, second?: RunIndex): Stage {
  const caps = parts.suite.config.budget;
  const spent = totalSpent([parts.journal.index, ...(second ? [second] : [])].map(spentIn));
  return { ...parts, budget: createBudget({ caps, spent, monotonicMs: systemClock.monotonicMs }) };
}

/** Counts as it goes: looking at the whole index for each slot would cost the square of the slots. */
export function startingCounts(stages: readonly Stage[], { phase, isScored }: AskOptions): SlotCounts {
  const counts = { done: 0, pass: 0, fail: 0, error: 0, unscored: 0, skipped: 0, answered: 0 };
  for (const { journal } of stages) {
    for (const sample of phase === 'run' ? journal.index.samples.values() : []) {
      for (const slot of sample.slots) {
        counts.done += 1;
        counts[slot.outcome] += 1;
      }
    }
    if (isScored === false) counts.answered += journal.index.pending.size;
  }
  counts.done += counts.answered;
  return counts;
}

function countProgress(stage: Stage, options: AskOptions): (event: RunEvent) => void {
  const { phase, total, counts = startingCounts([stage], options) } = options;
  return (event) => {
    if (event.kind === 'stopping') options.onStopping?.(event.reason);
    if (event.kind === 'paused')
      stage.onEvent({ kind: 'notice', level: 'warning', message: `${event.reason}; waiting ${Math.ceil(event.waitMs / 1000)} s` });
    else if (event.kind === 'retry')
      stage.onEvent({
        kind: 'notice',
        level: 'info',
        message: `${event.sample} #${event.epoch}: ${event.reason}; asked again in ${event.waitMs} ms`,
      });
    if (event.kind !== 'slot' && event.kind !== 'answered') return;
    counts.done += 1;
    counts[event.kind === 'slot' ? event.outcome : event.isError ? 'error' : 'answered'] += 1;
    const { skipped, ...shown } = counts;
    void skipped;
    stage.onEvent({ kind: 'progress', phase, total, ...shown });
  };
}

/** Slots that have an outcome. */
export function doneSlots(journal: Journal): number {
  let done = 0;
  for (const sample of journal.index.samples.values()) done += sample.slots.length;
  return done;
}

/**
 * Says what a run asks, of all its logs (a live baseline has one of its own), and what it finds done.
 * Call it before anything is asked. @returns the slots of all logs.
 */
export function tellStart(run: {
  suite: OpenSuite;
  logs: readonly Journal[];
  /** Slots of a log that are not asked any more. */
  settled(log: Journal): number;
  onEvent(event: PipelineEvent): void;
}): number {
  const { suite, logs, settled, onEvent } = run;
  const { suite: name, repeats, budget, onAmbiguous } = suite.config;
  const { count } = suite.samples;
  const slots = count * repeats * logs.length;
  const resumed = logs.reduce((sum, log) => sum + settled(log), 0);
  onEvent({ kind: 'started', suite: name, samples: count, repeats, agents: logs.length, slots, resumed, caps: budget });
  for (const log of logs) tellUnanswered(log, onAmbiguous, onEvent);
  return slots;
}

/** Which slots a resumed run finds sent without an answer on record: nobody can know whether they were served, and paid for. */
function tellUnanswered({ index }: Journal, onAmbiguous: 'retry' | 'fail', onEvent: (event: PipelineEvent) => void): void {
  const keys = [...index.attempts.keys()].filter((key) => !index.pending.has(key));
  if (keys.length === 0) return;
  const named = keys.slice(0, maxNamed).map((key) => `${key.slice(key.indexOf('/') + 1)} #${key.slice(0, key.indexOf('/'))}`);
  const more = keys.length > named.length ? ` and ${keys.length - named.length} more` : '';
  const what = keys.length === 1 ? 'one slot was' : `${keys.length} slots were`;
  const next = onAmbiguous === 'retry' ? 'asked again with the same Idempotency-Key' : 'counted as errors, as onAmbiguous says';
  onEvent({
    kind: 'notice',
    level: 'warning',
    message: `${what} sent before the run stopped, without an answer, and will be ${next}: ${named.join(', ')}${more}`,
  });
}

const maxNamed = 8;

/** Marks the run complete, or says why it stopped. */
export function closeRun(journal: Journal, stopReason: string | undefined): void {
  const at = systemClock.now().toISOString();
  if (stopReason !== undefined) {
    journal.append({ type: 'stop', at, reason: stopReason });
    return;
  }
  const totals = { slots: 0, pass: 0, fail: 0, error: 0, unscored: 0, skipped: 0, agentCalls: 0 };
  for (const sample of journal.index.samples.values()) {
    for (const slot of sample.slots) {
      totals.slots += 1;
      totals[slot.outcome] += 1;
      totals.agentCalls += slot.attempts;
    }
  }
  const { startedAt = at, importedFrom } = journal.index.header ?? {};
  // Only the wall clock knows of earlier sessions; within one it does not count, because it may be set meanwhile.
  const ownMs = Math.round(journal.openForMs());
  const wallMs = journal.isResumed ? Date.parse(at) - Date.parse(startedAt) : ownMs;
  const durationMs = importedFrom === undefined ? Math.max(ownMs, wallMs) : 0;
  journal.append({ type: 'end', at, durationMs, totals });
}
