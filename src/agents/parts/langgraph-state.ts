import { isJsonObject, type Json, type JsonObject } from '../../records/json.ts';
import type { Step, ToolCallStep } from '../../records/trajectory.ts';
import type { AgentFailure } from '../agent.ts';
import { compilePointer, describeShape, missingPlace, type Pointer } from './pointer.ts';
import { badReply, jsonOrText, outputText, readToolCalls, readUsage, reportedError, type TurnReply } from './reply.ts';

/** What a run left behind. */
export interface GraphTurn {
  reply: TurnReply;
  /** The graph waits for an answer of the user: the next turn resumes it. */
  isInterrupted: boolean;
}

/**
 * The state after a run as a turn. Messages that were there before (`known`, which is added to) are left out, as are the user's;
 * without ids, those after the last message of the user count. The output is what `output` points at, what an interrupt asks,
 * or the last text of the model. The final state is every other key of the state.
 * @throws AgentFailure `agent-error` for `__error__`, `bad-response` for a state without an answer.
 */
export function graphTurn(state: Json, options: { output: Pointer | undefined; known: Set<string> }): GraphTurn {
  if (!isJsonObject(state)) throw badReply(`the state of a graph is expected, found ${describeShape(state)}`);
  if (state.__error__ !== undefined && state.__error__ !== null) throw graphError(state.__error__);
  const { messages, __interrupt__: interrupts, ...rest } = state;
  const said = newMessages(Array.isArray(messages) ? messages : [], options.known);
  const asked = Array.isArray(interrupts) ? interrupts.filter((item) => isJsonObject(item)).at(-1) : undefined;
  const texts = textsOf(said);
  const output = options.output === undefined ? (asked ? outputText(asked.value ?? null) : texts.at(-1)?.text) : pointed(state, options.output);
  if (output === undefined) {
    const isSilent = Array.isArray(messages) && said.length > 0;
    throw badReply(
      isSilent
        ? 'the graph gave no text of the model'
        : `the state has no new messages: ${describeShape(state)}; say where the answer is with "output"`,
    );
  }
  const isLastText = options.output === undefined && !asked;
  const usage = usageOf(said);
  return {
    reply: {
      output,
      steps: stepsOf(said, isLastText ? texts.at(-1)?.message : undefined),
      ...(usage ? { usage } : {}),
      ...(Object.keys(rest).length > 0 ? { finalState: rest } : {}),
    },
    isInterrupted: asked !== undefined,
  };
}

/** The error of a run, `{error, message}`; the development server writes that as JSON text into the message of another one. */
export function graphError(error: Json): AgentFailure {
  if (!isJsonObject(error)) return reportedError(error);
  if (typeof error.message !== 'string') return reportedError(outputText(error.error ?? error));
  const inner = jsonOrText(error.message);
  return reportedError(isJsonObject(inner) && typeof inner.message === 'string' ? inner : error);
}

function pointed(state: JsonObject, pointer: Pointer): string {
  const found = compilePointer(pointer)(state);
  if (found === undefined) throw badReply(missingPlace('output', pointer, state));
  return outputText(found);
}

function newMessages(messages: readonly Json[], known: Set<string>): JsonObject[] {
  const all = messages.map((message) => {
    if (isJsonObject(message)) return message;
    throw badReply(`a message {type, content} is expected, found ${describeShape(message)}`);
  });
  const hasIds = all.every(({ id }) => typeof id === 'string' && id !== '');
  const fresh = hasIds ? all.filter(({ id }) => !known.has(String(id))) : all.slice(all.findLastIndex((message) => isFrom(message, 'human')) + 1);
  if (hasIds) for (const { id } of all) known.add(String(id));
  return fresh.filter((message) => !isFrom(message, 'human') && !isFrom(message, 'system'));
}

const roles: Record<string, readonly unknown[]> = {
  human: ['human', 'user', 'HumanMessage', 'HumanMessageChunk'],
  system: ['system', 'developer', 'SystemMessage'],
  ai: ['ai', 'assistant', 'AIMessage', 'AIMessageChunk'],
  tool: ['tool', 'ToolMessage'],
};

function isFrom({ type, role }: JsonObject, who: string): boolean {
  return roles[who]?.includes(type ?? role) ?? false;
}

/** Content is text, or a list of texts and blocks. */
function textOf({ content }: JsonObject): string {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return '';
  return content
    .map((block) => (typeof block === 'string' ? block : isJsonObject(block) && typeof block.text === 'string' ? block.text : ''))
    .join('');
}

function textsOf(messages: readonly JsonObject[]): { message: JsonObject; text: string }[] {
  return messages
    .filter((message) => isFrom(message, 'ai'))
    .map((message) => ({ message, text: textOf(message) }))
    .filter(({ text }) => text !== '');
}

function stepsOf(messages: readonly JsonObject[], answer: JsonObject | undefined): Step[] {
  const steps: Step[] = [];
  for (const message of messages) {
    if (isFrom(message, 'tool')) {
      addResult(steps, message);
      continue;
    }
    const text = textOf(message);
    const author = typeof message.name === 'string' ? { author: message.name } : {};
    if (text !== '' && message !== answer) steps.push({ kind: 'message', text, ...author });
    steps.push(...readToolCalls(message.tool_calls ?? null));
  }
  return steps;
}

function addResult(steps: readonly Step[], message: JsonObject): void {
  const { tool_call_id: id, name, status } = message;
  const calls = steps.filter((step): step is ToolCallStep => step.kind === 'toolCall');
  const call =
    calls.find((step) => typeof id === 'string' && step.id === id) ?? calls.find((step) => step.name === name && !Object.hasOwn(step, 'result'));
  if (!call) return;
  call.result = resultOf(message);
  if (status === 'error') call.isError = true;
}

/** Tools that return an object have it here as JSON text. */
function resultOf(message: JsonObject): Json {
  const text = textOf(message);
  return /^\s*[{[]/.test(text) ? jsonOrText(text) : text;
}

function usageOf(messages: readonly JsonObject[]): TurnReply['usage'] {
  let total: TurnReply['usage'];
  for (const { usage_metadata: metadata } of messages) {
    const usage = readUsage(metadata);
    for (const key of ['inputTokens', 'outputTokens'] as const) {
      if (usage?.[key] !== undefined) total = { ...total, [key]: (total?.[key] ?? 0) + usage[key] };
    }
  }
  return total;
}
