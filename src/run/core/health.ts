import type { AgentFailure } from '../../agents/agent.ts';
import { ExitCode, ToolError } from '../../errors.ts';

/** Watches whether the agent is there at all, so that a dead endpoint stops the run instead of failing every slot. */
export interface Health {
  addAnswer(): void;
  /** The reason to stop the run, once there is one. */
  addFailure(failure: Pick<AgentFailure, 'phase' | 'status' | 'message' | 'kind'>): HealthProblem | undefined;
  /** The reason to stop when no slot is left and none was answered. */
  conclude(): HealthProblem | undefined;
  /** Whether a slot with this final failure should not be recorded yet: it belongs to a row that may end in a stop. */
  isSuspect(failure: Pick<AgentFailure, 'phase' | 'status' | 'kind'>): boolean;
}

export interface HealthProblem {
  reason: 'agent-unreachable' | 'agent-refused-credentials' | 'user-model-unreachable' | 'task-unavailable';
  error: ToolError;
}

const unreachableAtStart = 5;
const refusedAtStart = 3;

/**
 * Stops after 5 calls in a row that could not be sent when nothing was ever answered; once something was answered,
 * after `20` or four times the concurrency, whichever is more. The same holds for a model that plays the user and gives no
 * answer and for a task controller that is not reached. Stops when the first 3 answers are all 401 or 403, and when a task has had no
 * free worker for as long as is waited for one.
 */
export function createHealth(concurrency: number): Health {
  let hasAnswer = false;
  let unsentInRow = 0;
  let userlessInRow = 0;
  let lastUserless = '';
  let refused = 0;
  let last: string | undefined;
  return {
    addAnswer() {
      hasAnswer = true;
      unsentInRow = 0;
      userlessInRow = 0;
    },
    addFailure(failure) {
      // It says nothing about the agent.
      if (failure.kind === 'user-refused') return undefined;
      last = failure.message;
      const limit = hasAnswer ? Math.max(20, 4 * concurrency) : unreachableAtStart;
      // It was waited for as long as may be: every other sample would wait as long.
      if (failure.kind === 'task-unavailable') return taskless(failure.message);
      if (isUserless(failure)) {
        userlessInRow++;
        lastUserless = failure.kind;
        return userlessInRow >= limit ? unplayed(failure.kind, userlessInRow, failure.message) : undefined;
      }
      if (isUnsent(failure)) {
        unsentInRow++;
        return unsentInRow >= limit ? unreachable(unsentInRow, failure.message) : undefined;
      }
      unsentInRow = 0;
      if (!isRefusal(failure)) {
        hasAnswer ||= failure.phase === 'answered';
        return undefined;
      }
      refused++;
      return !hasAnswer && refused >= refusedAtStart ? refusedCredentials(refused, failure.message) : undefined;
    },
    conclude() {
      if (hasAnswer || last === undefined) return undefined;
      if (userlessInRow > 0) return unplayed(lastUserless, userlessInRow, last);
      return refused > 0 ? refusedCredentials(refused, last) : unreachable(unsentInRow, last);
    },
    isSuspect: (failure) => isUnsent(failure) || isUserless(failure) || (!hasAnswer && isRefusal(failure)),
  };
}

function isUserless({ kind }: { kind: string }): boolean {
  return kind === 'user-model' || kind === 'task-network';
}

function isUnsent(failure: { phase: string; kind: string }): boolean {
  return failure.phase === 'not-sent' && failure.kind !== 'aborted';
}

function isRefusal(failure: { phase: string; status?: number | undefined }): boolean {
  return failure.phase === 'answered' && (failure.status === 401 || failure.status === 403);
}

function unreachable(calls: number, message: string): HealthProblem {
  return {
    reason: 'agent-unreachable',
    error: new ToolError({
      code: 'agent-unreachable',
      message: `the agent could not be reached, ${calls === 1 ? 'in the only call' : `${calls} times in a row`}: ${message}`,
      remedy: 'check that the agent runs and that its address is right, then go on with --resume: no slot was lost',
      exitCode: ExitCode.incomplete,
    }),
  };
}

function refusedCredentials(calls: number, message: string): HealthProblem {
  return {
    reason: 'agent-refused-credentials',
    error: new ToolError({
      code: 'agent-refused-credentials',
      message: `the agent refused the credentials of the first ${calls === 1 ? 'call' : `${calls} calls`}: ${message}`,
      remedy: 'check the key or token in the headers of the agent, then go on with --resume: no slot was lost',
      exitCode: ExitCode.incomplete,
    }),
  };
}

function userless(conversations: number, message: string): HealthProblem {
  return {
    reason: 'user-model-unreachable',
    error: new ToolError({
      code: 'user-model-unreachable',
      message: `no user could be played, ${conversations === 1 ? 'in the only conversation' : `${conversations} times in a row`}: ${message}`,
      remedy: 'check the model, address and key under `user`, then go on with --resume: no slot was lost, and nothing was counted against the agent',
      exitCode: ExitCode.incomplete,
    }),
  };
}

function unplayed(kind: string, conversations: number, message: string): HealthProblem {
  return kind === 'user-model' ? userless(conversations, message) : taskless(message);
}

function taskless(message: string): HealthProblem {
  return {
    reason: 'task-unavailable',
    error: new ToolError({
      code: 'task-unavailable',
      message: `the task cannot be run: ${message}`,
      remedy:
        'check that the controller and a worker of the task run, then go on with --resume: no slot was lost, and nothing was counted against the agent',
      exitCode: ExitCode.incomplete,
    }),
  };
}
