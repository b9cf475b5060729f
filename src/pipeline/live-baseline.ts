import { join } from 'node:path';
import { compareFingerprints } from '../baseline/compatible.ts';
import { systemClock } from '../io/clock.ts';
import { type Journal, openJournal } from '../io/journal.ts';
import { emptyRunIndex, type RunIndex } from '../records/run-index.ts';
import type { RunRecord } from '../records/run-log.ts';
import { isPaidForBeforeStop } from '../run/core/budget.ts';
import type { StopReason } from '../run/core/events.ts';
import { lockStep } from '../run/core/lock-step.ts';
import type { Redactor } from '../run/core/redact.ts';
import type { PlannedSlot } from '../run/core/slots.ts';
import { failureNotices } from './failure-notices.ts';
import { askedDifferently, type LoadedBaseline } from './load-baseline.ts';
import type { OpenSuite } from './open-suite.ts';
import type { PipelineEvent } from './ports.ts';
import { isOpen, slotsToAsk, slotsToScore } from './slots.ts';
import { type AskOptions, askSlots, closeRun, type Stage, startingCounts, writeSamples } from './stages.ts';

/** The run log of the second agent, in the output folder of the run. */
export function liveRunLog(outputDir: string): string {
  return join(outputDir, 'baseline-agent', 'run.jsonl');
}

/** A second agent that is asked in the same run, with a run log of its own that can serve as any baseline later. */
export interface LiveBaseline {
  suite: OpenSuite;
  journal: Journal;
  /** Filled as the agent answers. */
  loaded: LoadedBaseline;
}

/** Opens the second agent's run log; undefined for a suite without such an agent. @throws ToolError as `openJournal`. */
export async function openLiveBaseline(run: {
  suite: OpenSuite;
  /** Of the agent under test. */
  header: RunRecord;
  outputDir: string;
  resume: boolean;
  redactor: Redactor;
}): Promise<LiveBaseline | undefined> {
  const suite = run.suite.baselineSuite;
  if (!suite) return undefined;
  // The code under test is not what this agent runs, so its log names no commit.
  const { workflow } = run.header;
  const header = { ...suite.header(undefined, systemClock.now()), ...(workflow ? { workflow } : {}) };
  const notes = askedDifferently(compareFingerprints(run.header, header).call, true);
  const journal = await openJournal({ path: liveRunLog(run.outputDir), resume: run.resume, redactor: run.redactor, header });
  // As it was written: an address may be a secret.
  const { endpoint, type } = (journal.index.header ?? header).agent;
  const info = { kind: 'agent' as const, runs: 1, agent: endpoint ?? type, notes };
  const pool = [journal.index];
  return { suite, journal, loaded: { info, pool, comparison: { baseline: info, pool } } };
}

/**
 * Asks both agents the planned slots in lock-step, so that whatever happens meanwhile happens to both: the same slots in the same
 * order, neither further ahead than the concurrency, which they share. When one stops, so does the other.
 * @returns why they stopped before the last slot, if they did; `baseline-agent-…` when it was the second one.
 */
export async function askBoth(head: Stage, live: LiveBaseline, options: AskOptions): Promise<string | undefined> {
  const { suite, journal } = live;
  const onEvent = (event: PipelineEvent) => head.onEvent(event.kind === 'notice' ? { ...event, message: ofBaselineAgent(event.message) } : event);
  for (const message of apartNotes(head.journal.index, journal.index, suite.config.concurrency)) {
    live.loaded.info.notes?.push(message);
    head.onEvent({ kind: 'notice', level: 'warning', message });
  }
  await writeSamples(suite.samples, journal);
  const agent = await suite.openAgent((message) => onEvent({ kind: 'notice', level: 'warning', message }));
  const stage: Stage = { ...head, suite, journal, agent, onEvent };
  try {
    const early = options.isScored === false ? undefined : await askSlots(stage, slotsToScore(journal.path, suite.samples, journal.index), options);
    const stop = early ? { side: 1, reason: early } : await askInLockStep([head, stage], options);
    for (const message of await failureNotices(journal.path, journal.index)) onEvent({ kind: 'notice', level: 'warning', message });
    const isOver = stop !== undefined || options.isScored !== false;
    if (isOver && !journal.index.end) closeRun(journal, stop && reasonText(stop.reason, stop.side === 1 ? '' : 'other-agent'));
    return stop && reasonText(stop.reason, stop.side === 1 ? 'baseline-agent' : '');
  } finally {
    await agent.close();
  }
}

/** @returns which of the two stopped first, and why. */
async function askInLockStep(stages: readonly [Stage, Stage], options: AskOptions): Promise<{ side: number; reason: StopReason } | undefined> {
  const [head, { suite, journal }] = stages;
  const { concurrency, repeats } = suite.config;
  const isOpenIn =
    (index: RunIndex) =>
    ({ sample, epoch }: PlannedSlot): boolean =>
      isOpen(index, sample.id, epoch);
  const step = lockStep(slotsToAsk(suite.samples, repeats, emptyRunIndex('')), {
    // One is pulled ahead of its turn, and what is under way may overtake: arrivals, too, stay within the concurrency of the two.
    lead: Math.max(0, concurrency - 2),
    isOpen: [isOpenIn(head.journal.index), isOpenIn(journal.index)],
  });
  const counts = startingCounts(stages, options);
  const cancels = [new AbortController(), new AbortController()] as const;
  let first: { side: number; reason: StopReason } | undefined;
  const ask = async (side: 0 | 1): Promise<void> => {
    const stage = stages[side];
    const other = cancels[side === 0 ? 1 : 0];
    const onStopping = (reason: StopReason): void => {
      first ??= { side, reason };
      step.close();
      if (!isPaidForBeforeStop(reason)) other.abort();
    };
    try {
      const signal = AbortSignal.any([stage.signal, cancels[side].signal]);
      await askSlots({ ...stage, signal }, step.sides[side], { ...options, concurrency, counts, onStopping });
    } catch (error) {
      step.close();
      other.abort();
      throw error;
    }
  };
  for (const result of await Promise.allSettled([ask(0), ask(1)])) if (result.status === 'rejected') throw result.reason;
  return first;
}

/** Answers that only one of the two has, more than a crash leaves, were not given at the same time. */
function apartNotes(head: RunIndex, baseline: RunIndex, concurrency: number): string[] {
  const apart = Math.abs(answersIn(head) - answersIn(baseline));
  if (apart <= 4 * concurrency) return [];
  return [
    `${apart} answers of one agent are from an earlier session in which the other was not asked: the two were not always asked at the same time`,
  ];
}

function answersIn(index: RunIndex): number {
  let answers = index.pending.size;
  for (const { slots } of index.samples.values()) answers += slots.length;
  return answers;
}

/** A spent budget and a signal are of both. */
function reasonText(reason: StopReason, whose: string): string {
  if (whose === '' || reason === 'interrupted' || reason.startsWith('budget-')) return reason;
  return `${whose}-${reason.replace(/^agent-/, '')}`;
}

function ofBaselineAgent(message: string): string {
  return message.startsWith('the agent') ? message.replace('the agent', 'the baseline agent') : `the baseline agent: ${message}`;
}
