import { isJsonObject, type Json, type JsonObject } from '../../records/json.ts';
import type { Step, ToolCallStep } from '../../records/trajectory.ts';
import { type AdkSource, fieldOf, fieldsOf } from './source.ts';

/** A tool call as ADK records it; no arguments count as none given. */
export interface AdkCall {
  name: string;
  args: JsonObject;
}

/** The texts of a list of parts or of a content {role, parts}, joined by line breaks as ADK joins them; empty without any. */
export function textOfContent(content: Json | undefined): string {
  return partsOf(content)
    .map(({ text }) => (typeof text === 'string' ? text : ''))
    .filter((text) => text !== '')
    .join('\n');
}

/** The parts of a content, or of a list of parts; what is no part is left out. */
export function partsOf(content: Json | undefined): JsonObject[] {
  const parts = Array.isArray(content) ? content : isJsonObject(content) ? content.parts : undefined;
  return Array.isArray(parts) ? parts.filter((part) => isJsonObject(part)) : [];
}

/** @throws ToolError for a content that is no object, or whose parts are no list. */
export function checkContent(content: Json | undefined, path: string, source: AdkSource): void {
  const fields = fieldsOf(content, path, source);
  const parts = fields.list('parts') ?? [];
  for (const [index, part] of parts.entries()) fieldsOf(part, `${path}.parts[${index}]`, source).text('text');
}

/** The tool calls of intermediate data, in both of its shapes. @throws ToolError for a call without a name. */
export function callsOf(data: JsonObject | undefined, path: string, source: AdkSource): AdkCall[] {
  if (!data) return [];
  const fields = fieldsOf(data, path, source);
  const uses = fields.list('tool_uses');
  if (uses) return uses.map((use, index) => callOf(use, `${fields.pathOf('tool_uses')}[${index}]`, source));
  return eventsOf(data).flatMap((event, index) =>
    partsOf(event.content).flatMap((part, at) => {
      const call = fieldOf(part, 'function_call').value;
      return isJsonObject(call) ? [callOf(call, `${fields.pathOf('invocation_events')}[${index}].content.parts[${at}]`, source)] : [];
    }),
  );
}

/** What was said on the way to the final response: author and text, in both shapes of intermediate data. */
export function intermediateTexts(data: JsonObject | undefined): { author: string; text: string }[] {
  if (!data) return [];
  const responses = fieldOf(data, 'intermediate_responses').value;
  const pairs = Array.isArray(responses) ? responses : eventsOf(data).map((event) => [event.author ?? '', event.content ?? null]);
  return pairs.flatMap((pair) => {
    if (!Array.isArray(pair)) return [];
    const [author, content] = pair;
    const text = textOfContent(content);
    return text === '' ? [] : [{ author: typeof author === 'string' ? author : '', text }];
  });
}

/** The result of each tool call by its id, where the data has them. */
export function responsesOf(data: JsonObject | undefined): { id?: string; name?: string; response: Json }[] {
  if (!data) return [];
  const listed = fieldOf(data, 'tool_responses').value;
  const found = Array.isArray(listed)
    ? listed
    : eventsOf(data).flatMap((event) => partsOf(event.content).map((part) => fieldOf(part, 'function_response').value ?? null));
  return found.flatMap((item) => {
    if (!isJsonObject(item)) return [];
    const { id, name, response } = item;
    return [{ ...(typeof id === 'string' ? { id } : {}), ...(typeof name === 'string' ? { name } : {}), response: response ?? null }];
  });
}

function eventsOf(data: JsonObject): JsonObject[] {
  const events = fieldOf(data, 'invocation_events').value;
  return Array.isArray(events) ? events.filter((event) => isJsonObject(event)) : [];
}

function callOf(value: Json, path: string, source: AdkSource): AdkCall {
  const fields = fieldsOf(value, path, source);
  const name = fields.requiredText('name', 'name the tool, such as {"name": "roll_die", "args": {"sides": 6}}');
  return { name, args: fields.child('args') ?? {} };
}

/** What happened in a turn, in order where the data tells: calls with their results, and texts on the way. */
export function stepsOf(data: JsonObject | undefined): Step[] {
  if (!data) return [];
  const steps: Step[] = [];
  const events = eventsOf(data);
  if (events.length > 0) {
    for (const event of events) for (const part of partsOf(event.content)) addPart(steps, part, event.author);
    return steps;
  }
  const uses = fieldOf(data, 'tool_uses').value;
  for (const use of Array.isArray(uses) ? uses : []) addPart(steps, { function_call: use }, undefined);
  for (const { id, name, response } of responsesOf(data))
    addPart(steps, { function_response: { id: id ?? null, name: name ?? null, response } }, undefined);
  for (const { author, text } of intermediateTexts(data)) addPart(steps, { text }, author);
  return steps;
}

function addPart(steps: Step[], part: JsonObject, author: Json | undefined): void {
  const call = fieldOf(part, 'function_call').value;
  const response = fieldOf(part, 'function_response').value;
  if (isJsonObject(call) && typeof call.name === 'string') {
    steps.push({ kind: 'toolCall', name: call.name, args: call.args ?? {}, ...(typeof call.id === 'string' ? { id: call.id } : {}) });
  }
  if (isJsonObject(response)) {
    const calls = steps.filter((step): step is ToolCallStep => step.kind === 'toolCall');
    const asked =
      calls.find((step) => typeof response.id === 'string' && step.id === response.id) ??
      calls.find((step) => step.name === response.name && !Object.hasOwn(step, 'result'));
    if (asked) asked.result = response.response ?? null;
  }
  if (typeof part.text === 'string' && part.text !== '' && part.thought !== true) {
    steps.push({ kind: 'message', text: part.text, ...(typeof author === 'string' && author !== '' ? { author } : {}) });
  }
}

/** The steps of a turn as ADK's events: calls, results and texts, in order. */
export function eventsOfSteps(steps: readonly Step[], agent: string): JsonObject[] {
  return steps.flatMap((step): JsonObject[] => {
    if (step.kind === 'error') return [];
    if (step.kind === 'message') return [{ author: step.author ?? agent, content: { role: 'model', parts: [{ text: step.text }] } }];
    const { name, args, id, result } = step;
    const named = { ...(id === undefined ? {} : { id }), name };
    const call: JsonObject = {
      author: agent,
      content: { role: 'model', parts: [{ function_call: { ...named, args: isJsonObject(args) ? args : {} } }] },
    };
    if (result === undefined) return [call];
    return [
      call,
      {
        author: agent,
        content: { role: 'user', parts: [{ function_response: { ...named, response: isJsonObject(result) ? result : { result } } }] },
      },
    ];
  });
}
