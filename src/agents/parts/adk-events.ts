import { excerptOf } from '../../io/failure.ts';
import { isJsonObject, type Json, type JsonObject } from '../../records/json.ts';
import type { Step, ToolCallStep, Usage } from '../../records/trajectory.ts';
import type { AgentFailure } from '../agent.ts';
import { describeShape } from './pointer.ts';
import { badReply, readUsage, reportedError } from './reply.ts';

/** What the events of one invocation amount to. */
export interface AdkTurn {
  output: string;
  steps: Step[];
  usage: Usage | undefined;
  /** Keys of the session's state that the invocation set; without the `temp:` ones, which ADK does not keep. */
  stateDelta: JsonObject;
}

/**
 * The events of one invocation as a turn, by the rules of ADK's own evaluation: the output is the text of the last final
 * event, its parts joined by line breaks; partial events are left out. Final is an event that is not partial, neither calls
 * a tool nor brings a result and does not end with the result of executed code, or one that skips the summary or starts
 * something long-running. Thoughts are no text. Texts of the other events are message steps.
 * @throws AgentFailure `agent-error` for an error that no answer followed; `bad-response` for what are no events.
 */
export function adkTurn(value: Json): AdkTurn {
  const events = eventsOf(value);
  const turn: AdkTurn = { output: '', steps: [], usage: undefined, stateDelta: {} };
  let failure: AgentFailure | undefined;
  for (const event of events) {
    const actions = isJsonObject(event.actions) ? event.actions : {};
    const error = errorOf(event);
    if (error !== undefined) {
      failure = reportedError(error);
      turn.steps.push({ kind: 'error', message: excerptOf(error, 500) });
    }
    if (event.partial === true) continue;
    addState(turn.stateDelta, actions.stateDelta);
    const parts = partsOf(event);
    const text = parts
      .map(textOf)
      .filter((part) => part !== '')
      .join('\n');
    const isFinal = isFinalEvent(event, actions, parts);
    if (isFinal && parts.length > 0) {
      turn.output = text;
      if (error === undefined) failure = undefined;
    } else if (text !== '') turn.steps.push({ kind: 'message', text, ...(typeof event.author === 'string' ? { author: event.author } : {}) });
    for (const part of parts) addTool(turn.steps, part);
    turn.usage = plus(turn.usage, readUsage(event.usageMetadata));
  }
  if (failure) throw failure;
  return turn;
}

function eventsOf(value: Json): JsonObject[] {
  if (isJsonObject(value) && value.error !== undefined && value.error !== null) throw reportedError(value.error);
  if (!Array.isArray(value)) throw badReply(`a list of ADK events is expected, found ${describeShape(value)}`);
  if (value.length === 0) throw badReply('the agent gave no event');
  return value.map((event) => {
    if (!isJsonObject(event)) throw badReply(`an ADK event is expected, found ${describeShape(event)}`);
    if (event.error !== undefined && event.error !== null) throw reportedError(event.error);
    if (!['content', 'actions', 'author', 'errorCode'].some((key) => event[key] !== undefined && event[key] !== null))
      throw badReply(`an ADK event is expected, found ${describeShape(event)}`);
    return event;
  });
}

function errorOf({ errorCode, errorMessage }: JsonObject): string | undefined {
  const pieces = [errorCode, errorMessage].filter((piece) => (typeof piece === 'string' && piece !== '') || typeof piece === 'number');
  return pieces.length === 0 ? undefined : pieces.join(': ');
}

function partsOf({ content }: JsonObject): JsonObject[] {
  return isJsonObject(content) && Array.isArray(content.parts) ? content.parts.filter((part) => isJsonObject(part)) : [];
}

function textOf({ text, thought }: JsonObject): string {
  return typeof text === 'string' && thought !== true ? text : '';
}

function isFinalEvent({ longRunningToolIds }: JsonObject, actions: JsonObject, parts: readonly JsonObject[]): boolean {
  if (actions.skipSummarization === true || (Array.isArray(longRunningToolIds) && longRunningToolIds.length > 0)) return true;
  return !parts.some((part) => part.functionCall || part.functionResponse) && !parts.at(-1)?.codeExecutionResult;
}

function addTool(steps: Step[], { functionCall: call, functionResponse: response }: JsonObject): void {
  if (isJsonObject(call)) {
    if (typeof call.name !== 'string') throw badReply(`a tool call without a name: ${describeShape(call)}`);
    steps.push({ kind: 'toolCall', name: call.name, args: call.args ?? {}, ...(typeof call.id === 'string' ? { id: call.id } : {}) });
  }
  if (isJsonObject(response)) addResult(steps, response);
}

/** By the id of the call; without one, to the first call of that tool that has no result. A long-running tool may answer again: the last one counts. */
function addResult(steps: readonly Step[], { id, name, response }: JsonObject): void {
  const calls = steps.filter((step): step is ToolCallStep => step.kind === 'toolCall');
  const call =
    calls.find((step) => typeof id === 'string' && step.id === id) ?? calls.find((step) => step.name === name && !Object.hasOwn(step, 'result'));
  if (!call) return;
  call.result = response ?? null;
  if (isAdkFailure(response)) call.isError = true;
}

/** Whether the response of a tool says that it failed: `isError`, or a text in `error`, as ADK writes what a tool threw. */
export function isAdkFailure(response: Json | undefined): boolean {
  return isJsonObject(response) && (response.isError === true || (typeof response.error === 'string' && response.error !== ''));
}

function addState(state: JsonObject, delta: Json | undefined): void {
  if (!isJsonObject(delta)) return;
  for (const [key, value] of Object.entries(delta)) {
    if (!key.startsWith('temp:')) Object.defineProperty(state, key, { value, enumerable: true, configurable: true, writable: true });
  }
}

function plus(total: Usage | undefined, usage: Usage | undefined): Usage | undefined {
  if (!total || !usage) return total ?? usage;
  const sum: Usage = { ...total };
  for (const key of ['inputTokens', 'outputTokens'] as const) if (usage[key] !== undefined) sum[key] = (sum[key] ?? 0) + usage[key];
  return sum;
}
