import { AgentFailure } from '../agents/agent.ts';
import { messageOf } from '../errors.ts';
import { isDeeper, isJsonObject, type Json } from '../records/json.ts';
import { Trajectory } from '../records/trajectory.ts';
import type { Redactor } from './core/redact.ts';

/** Deeper values could be written, and then break every reader of the log. Drivers take 200 levels of an answer, which are here inside others. */
const maxDepth = 220;

/**
 * What a reader of the log will get: JSON, in shape, without secrets. Checkers see the same, so that scoring the
 * record again gives the same scores. A failure `bad-response` says what is not in shape.
 */
export function soundTrajectory(answer: Trajectory, redactor: Redactor): Trajectory | AgentFailure {
  try {
    const text = JSON.stringify(answer);
    const value: unknown = JSON.parse(text);
    if (isDeeper(value as Json, maxDepth)) throw new Error(`it is nested deeper than ${maxDepth} levels`);
    // The schema costs more than the rest of the slot. It is needed to say what is wrong, and to drop keys `__proto__`.
    if (!text.includes('__proto__') && isTrajectory(value)) return redactor.json(value);
    const parsed = Trajectory.safeParse(value);
    if (parsed.success) return redactor.json(parsed.data);
    const { path, message } = parsed.error.issues[0] ?? { path: [], message: 'not a trajectory' };
    return new AgentFailure('bad-response', `the agent's driver gave no trajectory: ${path.join('.')}: ${message}`, { phase: 'answered' });
  } catch (error) {
    return new AgentFailure('bad-response', `the agent's answer cannot be recorded: ${messageOf(error)}`, { phase: 'answered', cause: error });
  }
}

/** True only for what the schema `Trajectory` takes; false for it too where it is in doubt. `value` is parsed JSON. */
export function isTrajectory(value: unknown): value is Trajectory {
  if (!isJsonObject(value)) return false;
  const { turns, usage, latencyMs, firstByteMs } = value;
  if (!Array.isArray(turns) || !turns.every(isTurn) || !isAmount(latencyMs) || !isAmount(firstByteMs)) return false;
  return usage === undefined || (isJsonObject(usage) && isAmount(usage.inputTokens) && isAmount(usage.outputTokens) && isAmount(usage.costUsd));
}

function isTurn(turn: Json): boolean {
  if (!isJsonObject(turn) || typeof turn.output !== 'string' || !Array.isArray(turn.steps)) return false;
  return (typeof turn.input === 'string' || isJsonObject(turn.input)) && turn.steps.every(isStep);
}

function isStep(step: Json): boolean {
  if (!isJsonObject(step)) return false;
  switch (step.kind) {
    case 'toolCall':
      return (
        typeof step.name === 'string' && isText(step.id) && isText(step.server) && (step.isError === undefined || typeof step.isError === 'boolean')
      );
    case 'message':
      return typeof step.text === 'string' && isText(step.author);
    case 'error':
      return typeof step.message === 'string';
    default:
      return false;
  }
}

function isText(value: Json | undefined): boolean {
  return value === undefined || typeof value === 'string';
}

function isAmount(value: Json | undefined): boolean {
  return value === undefined || (typeof value === 'number' && value >= 0);
}
