import { getEventListeners } from 'node:events';
import { type Agent, AgentFailure } from '../agents/agent.ts';
import { messageOf } from '../errors.ts';
import type { ModelUsage } from '../records/model.ts';
import type { Sample } from '../records/sample.ts';
import type { Trajectory } from '../records/trajectory.ts';
import type { User } from '../users/user.ts';
import type { Redactor } from './core/redact.ts';
import type { PlannedSlot } from './core/slots.ts';
import { soundTrajectory } from './sound-trajectory.ts';
import type { Stop } from './stop.ts';

export interface AttemptOptions {
  agent: Agent;
  /** `signal`: aborted with the attempt. */
  createUser(sample: Sample, signal: AbortSignal): User;
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

export interface AttemptResult {
  result: Trajectory | AgentFailure;
  /** What the user's model took; absent: none was asked. */
  userUsage?: ModelUsage;
}

/** One call with its deadline. A driver that does not heed its signal is left behind. Never rejects. */
export type Attempt = (call: AttemptCall) => Promise<AttemptResult>;

/** Makes the calls of one run. */
export function createAttempt(options: AttemptOptions): Attempt {
  const { stop } = options;
  const timeoutMs = Math.min(options.timeoutMs, 2 ** 31 - 1);
  // A new controller costs as much as a whole request; one that nobody aborted or still listens to is as good as new.
  const idle: AbortController[] = [];
  return (call) => {
    const controller = idle.pop() ?? new AbortController();
    const { signal } = controller;
    const user = openUser(options, call, signal);
    if (user instanceof AgentFailure) return Promise.resolve({ result: user });
    return new Promise((resolve) => {
      let isOver = false;
      let timer: ReturnType<typeof setTimeout> | undefined;
      let detach = (): void => {};
      const settle = (result: Trajectory | AgentFailure): void => {
        if (isOver) return;
        isOver = true;
        clearTimeout(timer);
        detach();
        user.close?.();
        resolve({ result, ...(user.usage ? { userUsage: user.usage } : {}) });
      };
      const giveUp = (failure: AgentFailure): void => {
        settle(failure);
        controller.abort(failure);
      };
      const ask = (): void => {
        if (isOver) return;
        timer = setTimeout(() => giveUp(tooLate(options.timeoutMs, user)), timeoutMs);
        void askAgent(options, { ...call, user, signal }).then((result) => {
          settle(result);
          if (!signal.aborted && getEventListeners(signal, 'abort').length === 0) idle.push(controller);
        });
      };
      detach = stop.onAbort(giveUp);
      if (user.ready) void user.ready().then(ask, (error: unknown) => settle(failureOf(error)));
      else ask();
    });
  };
}

function openUser({ createUser }: AttemptOptions, { slot }: AttemptCall, signal: AbortSignal): User | AgentFailure {
  try {
    return createUser(slot.sample, signal);
  } catch (error) {
    return new AgentFailure('agent-error', messageOf(error), { phase: 'answered', cause: error });
  }
}

async function askAgent(
  { agent, redactor, traceIdOf }: AttemptOptions,
  { slot, attempt, key, user, signal }: AttemptCall & { user: User; signal: AbortSignal },
): Promise<Trajectory | AgentFailure> {
  try {
    const traced = traceIdOf ? { traceId: traceIdOf(key, attempt) } : {};
    const answer = await agent.ask({ sample: slot.sample, epoch: slot.epoch, attempt, idempotencyKey: key, ...traced, user, signal });
    const sound = soundTrajectory(withStateOf(user, agent.conceal ? agent.conceal(answer) : answer), redactor);
    return user.end && !(sound instanceof AgentFailure) ? { ...sound, end: user.end } : sound;
  } catch (error) {
    return failureOf(error);
  }
}

function failureOf(error: unknown): AgentFailure {
  return error instanceof AgentFailure ? error : new AgentFailure('agent-error', messageOf(error), { phase: 'answered', cause: error });
}

/** Where both report a state, it is that of the agent with what the other side says of it. */
function withStateOf({ finalState }: User, answer: Trajectory): Trajectory {
  if (!finalState) return answer;
  const own = answer.finalState;
  return { ...answer, finalState: { ...(own !== null && typeof own === 'object' && !Array.isArray(own) ? own : {}), ...finalState } };
}

/** The agent is not to blame for a conversation in which it was the user's turn. */
function tooLate(timeoutMs: number, { isThinking, playedBy }: User): AgentFailure {
  if (isThinking && playedBy === 'controller') {
    const message = `the conversation took longer than ${timeoutMs / 1000} s, and it was the turn of the task; raise timeoutMs`;
    return new AgentFailure('task-interact', message, { phase: 'answered', isTransient: false });
  }
  if (!isThinking) return new AgentFailure('timeout', `no complete answer within ${timeoutMs / 1000} s`, { phase: 'ambiguous' });
  const message = `the conversation took longer than ${timeoutMs / 1000} s, and it was the turn of the user model; raise timeoutMs`;
  return new AgentFailure('user-model', message, { phase: 'answered', isTransient: false });
}
