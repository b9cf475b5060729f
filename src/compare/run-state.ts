import type { Assessment } from '../records/assessment.ts';
import type { IndexedSample, RunIndex } from '../records/run-index.ts';
import type { Outcome } from '../records/run-log.ts';
import { addUsage, type JudgeUsage } from '../records/score.ts';
import { byId, countOf, firstStage, plannedRepeats } from './counts.ts';

/** What a run came to by itself, before any comparison. */
export interface RunState {
  /** Slots by outcome, confirmation re-runs included. */
  outcomes: Record<Outcome, number>;
  /** First-stage slots with a verdict, of samples that are judged, and all that were planned. */
  withVerdict: number;
  planned: number;
  /** Planned slots that were not done or were skipped. */
  missing: number;
  /** Samples with a verdict in at least half of the planned repeats, and all of them; the waived ones count in neither. */
  measuredSamples: number;
  samples: number;
  /** Why the run stopped before its end. */
  stopReason?: string;
  /** Every planned slot has an outcome and nothing stopped the run. */
  isComplete: boolean;
  /** Critical samples that did not mostly pass, and those of which nothing is known, by id. */
  criticalFailed: string[];
  criticalUnknown: string[];
}

/** Summary of a run, of which `waived` samples do not count as critical ones; an empty index gives zeros and is not complete. */
export function runState(current: RunIndex, stopReason: string | undefined, waived: ReadonlySet<string> = new Set()): RunState {
  const repeats = plannedRepeats(current);
  const samples = [...current.samples.values()];
  const outcomes: Record<Outcome, number> = { pass: 0, fail: 0, error: 0, unscored: 0, skipped: 0 };
  let withVerdict = 0;
  let done = 0;
  let measuredSamples = 0;
  for (const sample of samples) {
    for (const slot of sample.slots) outcomes[slot.outcome]++;
    const first = firstStage(sample, repeats);
    done += first.filter(({ outcome }) => outcome !== 'skipped').length;
    if (waived.has(sample.id)) continue;
    const valid = countOf(first).repeats;
    withVerdict += valid;
    if (valid > 0 && valid * 2 >= repeats) measuredSamples++;
  }
  const planned = Math.max(current.header?.planned.slots ?? 0, samples.length * repeats);
  const stopped = stopReason ?? (current.end ? undefined : current.stop?.reason);
  const critical = samples
    .filter(({ id, critical }) => critical && !waived.has(id))
    .map((sample) => ({ id: sample.id, ...allRepeats(sample) }))
    .sort(byId);
  return {
    outcomes,
    withVerdict,
    planned,
    missing: planned - done,
    measuredSamples,
    samples: samples.filter(({ id }) => !waived.has(id)).length,
    ...(stopped === undefined ? {} : { stopReason: stopped }),
    isComplete: stopped === undefined && planned > 0 && done >= planned,
    criticalFailed: critical.filter(({ passes, repeats: valid }) => valid > 0 && passes * 2 <= valid).map(({ id }) => id),
    criticalUnknown: critical.filter(({ repeats: valid }) => valid === 0).map(({ id }) => id),
  };
}

/** Median milliseconds of the planned slots that were answered; undefined when no slot has a time. */
export function medianLatency(current: RunIndex): number | undefined {
  const repeats = plannedRepeats(current);
  const times: number[] = [];
  for (const sample of current.samples.values())
    for (const { latencyMs } of firstStage(sample, repeats)) if (latencyMs !== undefined) times.push(latencyMs);
  const sorted = Float64Array.from(times).sort();
  const middle = sorted.length >> 1;
  const upper = sorted[middle];
  const lower = sorted.length % 2 === 0 ? sorted[middle - 1] : upper;
  return upper === undefined || lower === undefined ? undefined : (lower + upper) / 2;
}

/**
 * Calls, tokens and money of this run, those of its judge, of its user model, of a `second` agent and of `comparing` with the baseline among
 * them; what nobody reported is left out.
 */
export function costOf(current: RunIndex, second?: RunIndex, comparing?: JudgeUsage): Assessment['cost'] {
  const judging = addUsage(current.judging, comparing);
  const cost = costOfLog(judging ? { ...current, judging } : current);
  if (!second) return cost;
  const other = costOfLog(second);
  for (const key of ['inputTokens', 'outputTokens', 'costUsd'] as const) {
    const value = other[key];
    if (value !== undefined) cost[key] = (cost[key] ?? 0) + value;
  }
  const userCalls = (cost.userCalls ?? 0) + (other.userCalls ?? 0);
  return { ...cost, ...(userCalls > 0 ? { userCalls } : {}), judgeCalls: cost.judgeCalls + other.judgeCalls, baselineAgentCalls: other.agentCalls };
}

function costOfLog(current: RunIndex): Assessment['cost'] {
  const { judging, simulating } = current;
  const { inputTokens, outputTokens, costUsd } = addUsage(judging, simulating) ?? {};
  const cost: Assessment['cost'] = {
    agentCalls: 0,
    judgeCalls: judging?.calls ?? 0,
    ...(simulating ? { userCalls: simulating.calls } : {}),
    ...(inputTokens === undefined ? {} : { inputTokens }),
    ...(outputTokens === undefined ? {} : { outputTokens }),
    ...(costUsd === undefined ? {} : { costUsd }),
  };
  for (const sample of current.samples.values()) {
    for (const slot of sample.slots) {
      cost.agentCalls += slot.attempts;
      for (const key of ['inputTokens', 'outputTokens', 'costUsd'] as const) {
        const value = slot[key];
        if (value !== undefined) cost[key] = (cost[key] ?? 0) + value;
      }
    }
  }
  if (current.end) cost.agentCalls = current.end.totals.agentCalls;
  return cost;
}

function allRepeats(sample: IndexedSample): { passes: number; repeats: number } {
  return countOf(sample.slots);
}
