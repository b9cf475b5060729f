import type { RunIndex } from '../../records/run-index.ts';

/** Limits of a whole run, resumed sessions included, except `minutes`, which is of this session. Absent: no limit. */
export interface Caps {
  calls?: number;
  costUsd?: number;
  minutes?: number;
}

export type SpentReason = 'budget-calls' | 'budget-cost' | 'budget-minutes';

/** What was used so far. */
export interface Spending {
  calls: number;
  costUsd: number;
}

export interface Budget {
  readonly spent: Readonly<Spending>;
  /** The limit that is reached, asked before each call. */
  exhausted(): SpentReason | undefined;
  addCall(): void;
  /** Ignores a cost that is not known. */
  addCost(costUsd: number | undefined): void;
  /** Milliseconds until the session's time is up; Infinity without a limit, never below 0. */
  remainingMs(): number;
}

/** Counts what a run spends against its caps; the minutes start now. */
export function createBudget(options: { caps: Caps; spent?: Spending; monotonicMs: () => number }): Budget {
  const { caps, monotonicMs } = options;
  const spent = { calls: 0, costUsd: 0, ...options.spent };
  const endsAt = caps.minutes === undefined ? Number.POSITIVE_INFINITY : monotonicMs() + caps.minutes * 60_000;
  return {
    spent,
    exhausted() {
      if (caps.costUsd !== undefined && spent.costUsd >= caps.costUsd) return 'budget-cost';
      if (caps.calls !== undefined && spent.calls >= caps.calls) return 'budget-calls';
      return monotonicMs() >= endsAt ? 'budget-minutes' : undefined;
    },
    addCall() {
      spent.calls++;
    },
    addCost(costUsd) {
      if (costUsd !== undefined && Number.isFinite(costUsd)) spent.costUsd += costUsd;
    },
    remainingMs: () => Math.max(0, endsAt - monotonicMs()),
  };
}

/** What the sessions recorded so far have used: every attempt counts, the cost only where agent, judge or user model told it. */
export function spentIn(index: RunIndex): Spending {
  const spent = { calls: 0, costUsd: (index.judging?.costUsd ?? 0) + (index.simulating?.costUsd ?? 0) };
  for (const sample of index.samples.values()) {
    for (const slot of sample.slots) {
      spent.calls += slot.attempts;
      spent.costUsd += slot.costUsd ?? 0;
    }
  }
  for (const attempts of index.attempts.values()) spent.calls += attempts;
  for (const pending of index.pending.values()) spent.costUsd += pending.costUsd ?? 0;
  return spent;
}
