import type { Outcome } from '../../records/run-log.ts';

/** Why a run ended before its last slot. */
export type StopReason =
  | 'interrupted'
  | 'budget-calls'
  | 'budget-cost'
  | 'budget-tokens'
  | 'budget-minutes'
  | 'rate-limited'
  | 'agent-unreachable'
  | 'agent-refused-credentials'
  | 'user-model-unreachable'
  | 'task-unavailable'
  | 'journal-write-failed';

/** What happens while slots run. A slot is told only when its records are safely on disk. */
export type RunEvent =
  | { kind: 'slot'; sample: string; epoch: number; outcome: Outcome; attempts: number }
  /** An answer (or a final error) without a score, in a run that only asks. */
  | { kind: 'answered'; sample: string; epoch: number; isError: boolean; attempts: number }
  | { kind: 'retry'; sample: string; epoch: number; attempt: number; waitMs: number; reason: string }
  /** No slot asks the agent for so long. */
  | { kind: 'paused'; waitMs: number; reason: string }
  | { kind: 'stopping'; reason: StopReason };
