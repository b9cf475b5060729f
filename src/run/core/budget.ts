import type { ModelUsage } from '../../records/model.ts';
import type { RunIndex } from '../../records/run-index.ts';

/** Limits of a whole run, resumed sessions included, except `minutes`, which is of this session. Absent: no limit. */
export interface Caps {
  calls?: number;
  costUsd?: number;
  /** Of input and output together. */
  tokens?: number;
  minutes?: number;
}

export type SpentReason = 'budget-calls' | 'budget-cost' | 'budget-tokens' | 'budget-minutes';

/** What was used so far. */
export interface Spending {
  calls: number;
  costUsd: number;
  tokens: number;
}

/** What an agent or a model reports of its own use. */
type Usage = Pick<ModelUsage, 'inputTokens' | 'outputTokens' | 'costUsd'>;

export interface Budget {
  readonly spent: Readonly<Spending>;
  /** The limit that is reached, asked before each call. */
  exhausted(): SpentReason | undefined;
  addCall(): void;
  /** Tokens and dollars; ignores what is not known. */
  addUsage(usage: Usage | undefined): void;
  /** Milliseconds until the session's time is up; Infinity without a limit, never below 0. */
  remainingMs(): number;
}

/** The limits of work that asks models only: calls are those of the agent. */
export function withoutCalls({ calls, ...caps }: Caps): Caps {
  void calls;
  return caps;
}

/** Whether what is under way when a run stops so may come through: it is paid for. */
export function isPaidForBeforeStop(reason: string): boolean {
  return reason === 'budget-calls' || reason === 'budget-cost' || reason === 'budget-tokens';
}

/** Counts what a run spends against its caps; the minutes start now. */
export function createBudget(options: { caps: Caps; spent?: Spending; monotonicMs: () => number }): Budget {
  const { caps, monotonicMs } = options;
  const spent = { calls: 0, costUsd: 0, tokens: 0, ...options.spent };
  const endsAt = caps.minutes === undefined ? Number.POSITIVE_INFINITY : monotonicMs() + caps.minutes * 60_000;
  return {
    spent,
    exhausted() {
      if (caps.costUsd !== undefined && spent.costUsd >= caps.costUsd) return 'budget-cost';
      if (caps.tokens !== undefined && spent.tokens >= caps.tokens) return 'budget-tokens';
      if (caps.calls !== undefined && spent.calls >= caps.calls) return 'budget-calls';
      return monotonicMs() >= endsAt ? 'budget-minutes' : undefined;
    },
    addCall() {
      spent.calls++;
    },
    addUsage: (usage) => addTo(spent, usage),
    remainingMs: () => Math.max(0, endsAt - monotonicMs()),
  };
}

function addTo(spent: Spending, usage: Usage | undefined): void {
  const { costUsd = 0, inputTokens = 0, outputTokens = 0 } = usage ?? {};
  if (Number.isFinite(costUsd)) spent.costUsd += costUsd;
  if (Number.isFinite(inputTokens + outputTokens)) spent.tokens += inputTokens + outputTokens;
}

/** All of several runs; nothing of none. */
export function totalSpent(parts: readonly Spending[]): Spending {
  const total = { calls: 0, costUsd: 0, tokens: 0 };
  for (const { calls, costUsd, tokens } of parts) {
    total.calls += calls;
    total.costUsd += costUsd;
    total.tokens += tokens;
  }
  return total;
}

/** What the sessions recorded so far have used: every attempt counts, tokens and cost only where agent, judge or user model told them. */
export function spentIn(index: RunIndex): Spending {
  const spent = { calls: 0, costUsd: 0, tokens: 0 };
  addTo(spent, index.judging);
  addTo(spent, index.simulating);
  for (const sample of index.samples.values()) {
    for (const slot of sample.slots) {
      spent.calls += slot.attempts;
      addTo(spent, slot);
    }
  }
  for (const attempts of index.attempts.values()) spent.calls += attempts;
  for (const pending of index.pending.values()) addTo(spent, pending);
  return spent;
}
