import { excerptOf } from '../../io/failure.ts';
import { isDeeper, isJsonObject, type Json, type JsonObject } from '../../records/json.ts';
import type { Input } from '../../records/sample.ts';
import { Step, type TokenLogProbs, type ToolCallStep, Trajectory, type Turn, type Usage } from '../../records/trajectory.ts';
import { AgentFailure } from '../agent.ts';
import { finishReasonOf } from './finish-reason.ts';
import { describeShape } from './pointer.ts';

/** What came back for one user message. */
export interface TurnReply {
  output: string;
  steps: Step[];
  /** As `finishReasonOf` gives it. */
  finishReason?: string;
  logProbs?: TokenLogProbs;
  /** Nodes of a graph that ran, as they ended. */
  nodes?: string[];
  usage?: Usage;
  finalState?: Json;
  /** Only when the reply itself knows it better than a clock around the call. */
  latencyMs?: number;
  firstByteMs?: number;
  /** Of its own trace, where it names one. */
  traceId?: string;
}

/** Deeper values break JSON.stringify and recursive readers further on. */
const maxDepth = 200;

/** @throws AgentFailure `bad-response` that names what is wrong with an answer that came. */
export function badReply(message: string, cause?: unknown): AgentFailure {
  return new AgentFailure('bad-response', message, { phase: 'answered', cause });
}

/** @throws AgentFailure when the value is nested deeper than 200 levels. */
export function checkDepth(value: Json): void {
  if (isDeeper(value, maxDepth)) throw badReply(`the reply is nested deeper than ${maxDepth} levels`);
}

/** Output text of a reply's value: text as it is, null is empty, anything else as JSON text. */
export function outputText(value: Json): string {
  return typeof value === 'string' ? value : value === null ? '' : JSON.stringify(value);
}

/**
 * Tool calls in the common spellings: a name alone, `{name, args | arguments | input, result | output, id, isError}`, and
 * OpenAI's `{id, function: {name, arguments: JSON text}}`; one call or a list; null is none.
 * @throws AgentFailure with the shape of what is not a tool call.
 */
export function readToolCalls(value: Json): ToolCallStep[] {
  if (value === null) return [];
  return (Array.isArray(value) ? value : [value]).map((item) => readToolCall(item));
}

function readToolCall(item: Json): ToolCallStep {
  if (typeof item === 'string' && item !== '') return { kind: 'toolCall', name: item };
  if (item === null || typeof item !== 'object' || Array.isArray(item)) throw badReply(`a tool call is expected, found ${describeShape(item)}`);
  const inner = isJsonObject(item.function) ? item.function : item;
  const name = first(inner, ['name', 'tool', 'toolName', 'tool_name']);
  if (typeof name !== 'string' || name === '') throw badReply(`a tool call without a name: ${describeShape(item)}`);
  const step: ToolCallStep = { kind: 'toolCall', name };
  const args = first(inner, ['args', 'arguments', 'input', 'parameters']);
  const result = first(item, ['result', 'output', 'response']);
  const id = first(item, ['id', 'call_id', 'callId', 'tool_call_id']);
  const isError = first(item, ['isError', 'is_error']);
  if (args !== undefined && args !== null) step.args = typeof args === 'string' ? jsonOrText(args) : args;
  if (result !== undefined) step.result = result;
  if (typeof id === 'string') step.id = id;
  if (typeof isError === 'boolean') step.isError = isError;
  if (typeof item.server === 'string') step.server = item.server;
  return step;
}

/** Steps in our own form. @throws AgentFailure naming the first one that is not. */
export function readSteps(value: Json): Step[] {
  if (value === null) return [];
  return (Array.isArray(value) ? value : [value]).map((item) => {
    const parsed = Step.safeParse(item);
    if (parsed.success) return parsed.data;
    throw badReply(`a step {kind: toolCall | message | error, …} is expected, found ${describeShape(item)}`);
  });
}

const usageKeys = {
  inputTokens: ['inputTokens', 'input_tokens', 'promptTokens', 'prompt_tokens', 'promptTokenCount'],
  outputTokens: ['outputTokens', 'output_tokens', 'completionTokens', 'completion_tokens', 'candidatesTokenCount'],
  costUsd: ['costUsd', 'cost_usd', 'cost'],
} as const;

/** Token counts and cost in the common spellings. Undefined when there is none; negative or odd numbers are left out. */
export function readUsage(value: Json | undefined): Usage | undefined {
  if (!isJsonObject(value)) return undefined;
  const usage: Usage = {};
  for (const key of ['inputTokens', 'outputTokens', 'costUsd'] as const) {
    const number = first(value, usageKeys[key]);
    if (typeof number === 'number' && Number.isFinite(number) && number >= 0) usage[key] = number;
  }
  return Object.keys(usage).length > 0 ? usage : undefined;
}

/**
 * An answer for a whole conversation: a trajectory, the short form `{output, toolCalls?, steps?, usage?, finalState?,
 * latencyMs?}`, or plain text. The short forms answer one user message; a conversation of several needs `turns`.
 * @throws AgentFailure `bad-response`, or `agent-error` for `{error}`.
 */
export function toTrajectory(value: Json, inputs: readonly Input[]): Trajectory {
  checkDepth(value);
  if (isJsonObject(value) && Array.isArray(value.turns))
    return fullTrajectory({ ...value, turns: value.turns.map((turn, i) => fullTurn(turn, inputs[i])) });
  if (isJsonObject(value) && value.error !== undefined && value.error !== null && value.output === undefined) throw reportedError(value.error);
  if (inputs.length > 1) {
    throw badReply(`the sample has ${inputs.length} turns: answer with {turns: [{output, toolCalls?}, …]}, found ${describeShape(value)}`);
  }
  const short = isJsonObject(value) ? value : { output: value };
  if (short.output === undefined) throw badReply(`an answer is text, {output, …} or {turns: […]}, found ${describeShape(value)}`);
  const { finalState, latencyMs, firstByteMs } = short;
  const usage = readUsage(short.usage);
  return fullTrajectory({
    turns: [fullTurn(short, inputs[0])],
    ...(finalState === undefined ? {} : { finalState }),
    ...(usage ? { usage } : {}),
    ...(latencyMs === undefined ? {} : { latencyMs }),
    ...(firstByteMs === undefined ? {} : { firstByteMs }),
  });
}

/** The agent's own report of a failure. */
export function reportedError(error: Json): AgentFailure {
  const own = isJsonObject(error) ? error.message : undefined;
  const text =
    typeof own === 'string' ? own : isDeeper(error, maxDepth) ? `an error that is nested deeper than ${maxDepth} levels` : outputText(error);
  return new AgentFailure('agent-error', `the agent reports: ${excerptOf(text, 500)}`, { phase: 'answered' });
}

function fullTurn(turn: Json, input: Input | undefined): Turn {
  if (!isJsonObject(turn)) throw badReply(`a turn is {output, toolCalls? or steps?}, found ${describeShape(turn)}`);
  const { output, steps, toolCalls, tool_calls: calls, ...rest } = turn;
  if (output === undefined) throw badReply(`a turn without an output: ${describeShape(turn)}`);
  const isWhole = 'input' in turn && steps !== undefined;
  const finishReason = finishReasonOf(turn.finishReason);
  return {
    ...(isWhole ? rest : {}),
    input: (turn.input as Input | undefined) ?? input ?? '',
    output: outputText(output),
    steps: steps === undefined ? readToolCalls(toolCalls ?? calls ?? null) : readSteps(steps),
    ...(finishReason === undefined ? {} : { finishReason }),
  };
}

function fullTrajectory(value: { [key: string]: unknown }): Trajectory {
  const parsed = Trajectory.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw badReply(`the trajectory is not valid: ${issue ? `${issue.path.join('.')}: ${issue.message}` : 'unknown problem'}`);
}

function first(value: JsonObject, keys: readonly string[]): Json | undefined {
  const key = keys.find((candidate) => Object.hasOwn(value, candidate) && value[candidate] !== null);
  return key === undefined ? undefined : value[key];
}

/** @throws AgentFailure when it is JSON that is nested too deep to be recorded. */
export function jsonOrText(text: string): Json {
  let value: Json;
  try {
    value = JSON.parse(text) as Json;
  } catch {
    return text;
  }
  checkDepth(value);
  return value;
}
