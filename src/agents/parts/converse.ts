import { messageOf } from '../../errors.ts';
import { abortFailure } from '../../io/failure.ts';
import type { ChatMessage, Input, Sample } from '../../records/sample.ts';
import type { Trajectory, Turn, Usage } from '../../records/trajectory.ts';
import type { User } from '../../users/user.ts';
import { AgentFailure, type AgentRequest } from '../agent.ts';
import type { TurnReply } from './reply.ts';

export interface NextTurn {
  input: Input;
  /** What was said before. */
  history: readonly Turn[];
  /** All of it and the input, as the other side wants it shown; absent: as it was said. */
  messages?: readonly ChatMessage[];
  /** From 1. */
  number: number;
}

/**
 * Speaks with the agent turn by turn until the user has nothing more to say, and adds up latency and usage.
 * A failure after the first turn is never `not-sent`: the turns before it were served.
 * @throws AgentFailure, whatever `sendTurn` throws.
 */
export async function converse(request: AgentRequest, sendTurn: (turn: NextTurn) => Promise<TurnReply>): Promise<Trajectory> {
  const { user, signal } = request;
  const turns: Turn[] = [];
  const trajectory: Trajectory = { turns, latencyMs: 0 };
  for (;;) {
    const number = turns.length + 1;
    if (signal.aborted) throw abortFailure(signal, number === 1 ? 'not-sent' : 'ambiguous');
    try {
      const input = await user.next(turns);
      if (input === undefined) return trajectory;
      const startedAt = performance.now();
      const { messages } = user;
      const reply = await sendTurn({ input, history: turns, number, ...(messages ? { messages } : {}) }).catch((error: unknown) =>
        tooLong(user, error),
      );
      trajectory.latencyMs = (trajectory.latencyMs ?? 0) + (reply.latencyMs ?? performance.now() - startedAt);
      if (number === 1 && reply.firstByteMs !== undefined) trajectory.firstByteMs = reply.firstByteMs;
      if (reply.usage) trajectory.usage = addUsage(trajectory.usage, reply.usage);
      if (reply.finalState !== undefined) trajectory.finalState = reply.finalState;
      turns.push(turnOf(input, reply));
    } catch (error) {
      throw turnFailure(error, number);
    }
  }
}

/** A conversation that the agent cannot read any further goes on where the other side wants to know of it. @throws what it is given, else. */
function tooLong(user: User, error: unknown): TurnReply {
  if (!(error instanceof AgentFailure) || error.kind !== 'context-limit' || !user.tellContextLimit) throw error;
  user.tellContextLimit();
  return { output: '', steps: [{ kind: 'error', message: error.message }], finishReason: error.kind };
}

function turnOf(input: Input, { output, steps, finishReason, logProbs, nodes, traceId }: TurnReply): Turn {
  return {
    input,
    output,
    steps,
    ...(finishReason === undefined ? {} : { finishReason }),
    ...(logProbs ? { logProbs } : {}),
    ...(nodes ? { nodes } : {}),
    ...(traceId === undefined ? {} : { traceId }),
  };
}

/**
 * The name of the conversation at the agent. A one-message slot keeps it for every attempt, so that a repeated request
 * is byte-equal and its idempotency key holds; a longer one starts a new session, as the old one has turns in it.
 */
export function sessionOf(request: AgentRequest): string {
  const { sample, attempt, idempotencyKey } = request;
  return attempt > 1 && sample.turns.length !== 1 ? `${idempotencyKey}-${attempt}` : idempotencyKey;
}

/** All user messages of a slot, for drivers that hand over the whole conversation at once. */
export function inputsOf(sample: Sample): Input[] {
  return sample.turns.length > 0 ? sample.turns.map((turn) => turn.input) : [sample.input];
}

/** The conversation as OpenAI-style messages, the system prompt first. */
export function messagesOf(turn: NextTurn, system: string | undefined): { role: string; content: string }[] {
  const messages = system === undefined ? [] : [{ role: 'system', content: system }];
  if (turn.messages) return [...messages, ...turn.messages.map(({ role, content }) => ({ role, content }))];
  for (const { input, output } of turn.history) messages.push(...userMessages(input), { role: 'assistant', content: output });
  messages.push(...userMessages(turn.input));
  return messages;
}

/** What the user said as messages; an object as its JSON text. */
export function userMessages(input: Input): { role: string; content: string }[] {
  if (typeof input === 'string') return [{ role: 'user', content: input }];
  if (Array.isArray(input)) return input.map(({ role, content }) => ({ role, content }));
  return [{ role: 'user', content: JSON.stringify(input) }];
}

/** The sum of what is known of both. */
export function addUsage(total: Usage | undefined, usage: Usage): Usage {
  const sum: Usage = { ...total };
  for (const key of ['inputTokens', 'outputTokens', 'costUsd'] as const) {
    const number = usage[key];
    if (number !== undefined) sum[key] = (sum[key] ?? 0) + number;
  }
  return sum;
}

function turnFailure(error: unknown, number: number): AgentFailure {
  if (!(error instanceof AgentFailure)) {
    return new AgentFailure('agent-error', messageOf(error), { phase: number === 1 ? 'not-sent' : 'ambiguous', isTransient: false, cause: error });
  }
  if (number === 1) return error;
  const { kind, phase, isTransient, status, retryAfterMs } = error;
  return new AgentFailure(kind, `turn ${number}: ${error.message}`, {
    phase: phase === 'not-sent' ? 'ambiguous' : phase,
    isTransient,
    ...(status === undefined ? {} : { status }),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    cause: error,
  });
}
