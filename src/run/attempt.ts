import { getEventListeners } from 'node:events';
import { type Agent, AgentFailure } from '../agents/agent.ts';
import { messageOf } from '../errors.ts';
import type { Sample } from '../records/sample.ts';
import type { Trajectory } from '../records/trajectory.ts';
import type { User } from '../users/user.ts';
import type { Redactor } from './core/redact.ts';
import type { PlannedSlot } from './core/slots.ts';
import { soundTrajectory } from './sound-trajectory.ts';
import type { Stop } from './stop.ts';

export interface AttemptOptions {
  agent: Agent;
  createUser(sample: Sample): User;
  redactor: Redactor;
  timeoutMs: number;
  stop: Stop;
  /** Names the trace of an attempt, 32 hex digits; absent: the agent is told of none. */
  traceIdOf?: TraceNamer;
}

/** Of an idempotency key and an attempt from 1; the same for the same two. */
export type TraceNamer = (key: string, attempt: number) => string;

/** Which call is made. */
export interface AttemptCall {
  slot: PlannedSlot;
  /** From 1. */
  attempt: number;
  /** The idempotency key. */
  key: string;
}

/** One call with its deadline. A driver that does not heed its signal is left behind. Never rejects. */
export type Attempt = (call: AttemptCall) => Promise<Trajectory | AgentFailure>;

/** Makes the calls of one run. */
export function createAttempt(options: AttemptOptions): Attempt {
  const { stop } = options;
  const timeoutMs = Math.min(options.timeoutMs, 2 ** 31 - 1);
  // A new controller costs as much as a whole request; one that nobody aborted or still listens to is as good as new.
  const idle: AbortController[] = [];
  return (call) => {
    const controller = idle.pop() ?? new AbortController();
    const { signal } = controller;
    return new Promise((resolve) => {
      let isOver = false;
      let detach = (): void => {};
      const settle = (result: Trajectory | AgentFailure): void => {
        if (isOver) return;
        isOver = true;
        clearTimeout(timer);
        detach();
        resolve(result);
      };
      const giveUp = (failure: AgentFailure): void => {
        settle(failure);
        controller.abort(failure);
      };
      const timer = setTimeout(() => giveUp(tooLate(options.timeoutMs)), timeoutMs);
      detach = stop.onAbort(giveUp);
      if (isOver) return;
      void askAgent(options, call, signal).then((result) => {
        settle(result);
        if (!signal.aborted && getEventListeners(signal, 'abort').length === 0) idle.push(controller);
      });
    });
  };
}

async function askAgent(
  { agent, createUser, redactor, traceIdOf }: AttemptOptions,
  call: AttemptCall,
  signal: AbortSignal,
): Promise<Trajectory | AgentFailure> {
  const { sample, epoch } = call.slot;
  try {
    const user = createUser(sample);
    const { attempt, key } = call;
    const traced = traceIdOf ? { traceId: traceIdOf(key, attempt) } : {};
    const answer = await agent.ask({ sample, epoch, attempt, idempotencyKey: key, ...traced, user, signal });
    return soundTrajectory(answer, redactor);
  } catch (error) {
    return error instanceof AgentFailure ? error : new AgentFailure('agent-error', messageOf(error), { phase: 'answered', cause: error });
  }
}

function tooLate(timeoutMs: number): AgentFailure {
  return new AgentFailure('timeout', `no complete answer within ${timeoutMs / 1000} s`, { phase: 'ambiguous' });
}
