import type { CheckInput } from '../../checkers/checker.ts';
import type { RunIndex } from '../../records/run-index.ts';
import type { RunLogRecord } from '../../records/run-log.ts';
import type { Score } from '../../records/score.ts';

/** Time, passed in so that a test can hold it. */
export interface Clock {
  /** Wall time, for records only: it may jump. */
  now(): Date;
  /** Milliseconds that only grow, for durations and limits. */
  monotonicMs(): number;
  /** Resolves after `ms`, or early when the signal aborts; never rejects. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** The one writer of a run log. */
export interface RecordWriter {
  /** The fold of all that was written, earlier sessions included. */
  readonly index: RunIndex;
  /**
   * Redacts and writes in one go: when it returns, the records survive the death of this process; scores and outcomes
   * alone may wait for the next record or sync. @throws ToolError `journal-write-failed`.
   */
  append(...records: RunLogRecord[]): void;
  /**
   * Redacts at once and writes soon: all that comes in one turn of the event loop shares one write. Resolves when the
   * records survive the death of this process. @throws ToolError `journal-write-failed`.
   */
  appendSoon(...records: RunLogRecord[]): Promise<void>;
  /** Resolves when everything appended before the call is on disk. @throws ToolError `journal-write-failed`. */
  synced(): Promise<void>;
}

/** A checker of the suite or of a sample, ready to use. */
export interface CompiledChecker {
  /** Unique among the checkers of a sample. */
  name: string;
  required: boolean;
  weight: number;
  fingerprint: string;
  /** True: it needs nothing but time of this process, so the agent may be asked for the next slot meanwhile. */
  isPure?: boolean;
  check(input: CheckInput): Score | Promise<Score>;
}
