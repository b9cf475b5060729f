import { isJsonObject, type Json, type JsonObject } from '../../records/json.ts';
import type { Input } from '../../records/sample.ts';
import type { MessageStep, Step, ToolCallStep, Trajectory, Turn } from '../../records/trajectory.ts';
import { recordedResult, resultOf } from './tool-result.ts';

/** One tool call of a `conversation_history`. */
export interface HistoryCall {
  /** As the model sees it: SERVER__TOOL. */
  name: string;
  /** Undefined: what stands there is no JSON object. */
  args: JsonObject | undefined;
  /** Index of the message: calls of one message are in no order. */
  message: number;
}

/** Of the histories that are in use: every entry of a check list asks for the same. */
const known = new WeakMap<readonly JsonObject[], readonly HistoryCall[]>();

/** The tool calls of a history, in order. What is no call is left out. The history must not change afterwards. */
export function callsOf(history: readonly JsonObject[]): readonly HistoryCall[] {
  const found = known.get(history) ?? readCalls(history);
  known.set(history, found);
  return found;
}

function readCalls(history: readonly JsonObject[]): HistoryCall[] {
  return history.flatMap(({ role, tool_calls: calls }, message) => {
    if (role !== 'assistant' || !Array.isArray(calls)) return [];
    return calls.flatMap((call) => {
      const called = isJsonObject(call) && isJsonObject(call.function) ? call.function : undefined;
      if (typeof called?.name !== 'string') return [];
      const args = typeof called.arguments === 'string' ? parsed(called.arguments) : (called.arguments ?? {});
      return [{ name: called.name, args: isJsonObject(args) ? args : undefined, message }];
    });
  });
}

/** The messages of a trajectory as BenchKit records them: system, user, assistant with its tool calls, and one tool message for each result. */
export function historyOf(trajectory: Trajectory, system: string | undefined): JsonObject[] {
  const messages: JsonObject[] = system === undefined || system === '' ? [] : [{ role: 'system', content: system }];
  for (const [index, turn] of trajectory.turns.entries()) {
    messages.push(...userMessages(turn.input), ...turnMessages(turn, `call_${index + 1}`));
  }
  return messages;
}

/** `tool_call_list` of a trajectory: arguments and results are JSON text. */
export function callListOf(trajectory: Trajectory): JsonObject[] {
  return trajectory.turns.flatMap(({ steps }) =>
    steps.flatMap((step) => {
      if (step.kind !== 'toolCall') return [];
      const { server, name } = splitName(step);
      return [{ server_name: server, name, arguments: JSON.stringify(step.args ?? {}), result: JSON.stringify(recordedResult(step)) }];
    }),
  );
}

function userMessages(input: Input): JsonObject[] {
  if (Array.isArray(input)) return input.map((message): JsonObject => ({ ...message }));
  return [{ role: 'user', content: typeof input === 'string' ? input : JSON.stringify(input) }];
}

/** A text right before calls was said with them. */
function turnMessages({ steps, output }: Turn, idStart: string): JsonObject[] {
  const messages: JsonObject[] = [];
  for (let at = 0; at < steps.length; ) {
    const texts: string[] = [];
    for (let step = steps[at]; step && step.kind !== 'toolCall'; step = steps[++at]) if (step.kind === 'message') texts.push(step.text);
    const calls = groupAt(steps, at);
    at += calls.length;
    for (const text of calls.length > 0 ? texts.slice(0, -1) : texts) messages.push({ role: 'assistant', content: text });
    if (calls.length > 0) messages.push(...callMessages(calls, texts.at(-1), `${idStart}_${messages.length}`));
  }
  return endsUnfinished(steps) ? messages : [...messages, { role: 'assistant', content: output }];
}

/** Calls from an index on that came in one reply. */
function groupAt(steps: readonly Step[], at: number): ToolCallStep[] {
  const group: ToolCallStep[] = [];
  for (let step = steps[at]; step?.kind === 'toolCall'; step = steps[at + group.length]) {
    if (group.length > 0 && (step.reply === undefined || step.reply !== group[0]?.reply)) break;
    group.push(step);
  }
  return group;
}

function callMessages(calls: readonly ToolCallStep[], text: string | undefined, idStart: string): JsonObject[] {
  const named = calls.map((call, index) => ({ call, id: call.id ?? `${idStart}_${index}` }));
  return [
    {
      role: 'assistant',
      content: text ?? null,
      tool_calls: named.map(({ call, id }) => ({
        id,
        type: 'function',
        function: { name: fullName(call), arguments: JSON.stringify(call.args ?? {}) },
      })),
    },
    ...named.flatMap(({ call, id }): JsonObject[] =>
      call.result === undefined ? [] : [{ role: 'tool', tool_call_id: id, content: JSON.stringify(recordedResult(call)) }],
    ),
  ];
}

/** What BenchKit gives as the reply where the agent was still calling tools at the last turn allowed. */
export const unfinishedResponse = '任务未完成：达到最大推理轮数限制';

/** Whether the turn was stopped while the agent was still calling tools. */
export function endsUnfinished(steps: readonly Step[]): boolean {
  const last = steps.at(-1);
  return last?.kind === 'error' && last.message.startsWith('still calling tools');
}

function fullName({ name, server }: ToolCallStep): string {
  return server === undefined || name.startsWith(`${server}__`) || name.includes('__') ? name : `${server}__${name}`;
}

function splitName(step: ToolCallStep): { server: string | null; name: string } {
  const full = fullName(step);
  const at = full.indexOf('__');
  return at === -1 ? { server: null, name: full } : { server: full.slice(0, at), name: full.slice(at + 2) };
}

/**
 * The turns of a recorded history: every user message begins one. `response` is the output of the last turn; `calls` are the entries of
 * `tool_call_list`, which stand in for a history without messages. Messages in no known shape are left out.
 */
export function turnsOf(recorded: { history: readonly JsonObject[]; calls: readonly JsonObject[]; query: string; response: string }): {
  turns: Turn[];
  system?: string;
} {
  const { history, calls, query, response } = recorded;
  const turns: Turn[] = [];
  let system: string | undefined;
  let reply = 0;
  for (const [index, message] of history.entries()) {
    const turn = turns.at(-1);
    if (message.role === 'system') system ??= contentOf(message);
    else if (message.role === 'user') {
      turns.push({ input: contentOf(message), output: '', steps: [] });
      reply = 0;
    } else if (message.role === 'assistant') {
      const current = turn ?? addTurn(turns, query);
      addReply(current, message, { reply: ++reply, results: resultsAfter(history, index) });
    }
  }
  const last = turns.at(-1) ?? addTurn(turns, query);
  if (history.length === 0) last.steps.push(...calls.flatMap((call) => listedCall(call)));
  if (response !== unfinishedResponse || last.output === '') last.output = response;
  return { turns, ...(system === undefined ? {} : { system }) };
}

function addTurn(turns: Turn[], input: string): Turn {
  const turn: Turn = { input, output: '', steps: [] };
  turns.push(turn);
  return turn;
}

/** The text of a reply is the output of its turn, until a later one takes its place. */
function addReply(turn: Turn, message: JsonObject, { reply, results }: { reply: number; results: readonly JsonObject[] }): void {
  const said = contentOf(message);
  if (turn.output !== '') turn.steps.push({ kind: 'message', text: turn.output } satisfies MessageStep);
  turn.output = '';
  const calls = callsIn(message);
  if (calls.length === 0) turn.output = said;
  else if (said !== '') turn.steps.push({ kind: 'message', text: said });
  const byId = resultsById(results);
  for (const [index, call] of calls.entries()) {
    const nameless = typeof results[index]?.tool_call_id === 'string' ? undefined : results[index];
    const answer = (call.id === '' ? results[index] : byId.get(call.id)?.shift()) ?? nameless;
    const server = serverOf(call.name);
    turn.steps.push({
      kind: 'toolCall',
      name: call.name,
      args: call.args,
      ...(call.id === '' ? {} : { id: call.id }),
      ...(server === undefined ? {} : { server }),
      ...(answer === undefined ? {} : resultOf(jsonValue(contentOf(answer)))),
      ...(calls.length > 1 ? { reply } : {}),
    });
  }
}

/** Two calls with one id have their results in order. */
function resultsById(results: readonly JsonObject[]): Map<string, JsonObject[]> {
  const byId = new Map<string, JsonObject[]>();
  for (const result of results) {
    const id = typeof result.tool_call_id === 'string' ? result.tool_call_id : '';
    const earlier = byId.get(id);
    if (earlier) earlier.push(result);
    else byId.set(id, [result]);
  }
  return byId;
}

function callsIn({ tool_calls: calls }: JsonObject): { id: string; name: string; args: Json }[] {
  if (!Array.isArray(calls)) return [];
  return calls.flatMap((call) => {
    const called = isJsonObject(call) && isJsonObject(call.function) ? call.function : undefined;
    if (!isJsonObject(call) || typeof called?.name !== 'string') return [];
    const given = called.arguments ?? {};
    return [{ id: typeof call.id === 'string' ? call.id : '', name: called.name, args: typeof given === 'string' ? jsonValue(given) : given }];
  });
}

/** The messages of tools that follow a reply, up to the next message of somebody else. */
function resultsAfter(history: readonly JsonObject[], index: number): JsonObject[] {
  const results: JsonObject[] = [];
  for (let next = history[index + 1]; next?.role === 'tool'; next = history[index + 1 + results.length]) results.push(next);
  return results;
}

function listedCall({ server_name: server, name, arguments: args, result }: JsonObject): ToolCallStep[] {
  if (typeof name !== 'string') return [];
  const of = typeof server === 'string' && server !== '' ? { server } : {};
  return [
    {
      kind: 'toolCall',
      name: of.server === undefined ? name : `${of.server}__${name}`,
      ...of,
      args: typeof args === 'string' ? jsonValue(args) : (args ?? {}),
      ...(result === undefined ? {} : resultOf(typeof result === 'string' ? jsonValue(result) : result)),
    },
  ];
}

function serverOf(name: string): string | undefined {
  const at = name.indexOf('__');
  return at > 0 ? name.slice(0, at) : undefined;
}

function contentOf({ content }: JsonObject): string {
  return typeof content === 'string' ? content : content === null || content === undefined ? '' : JSON.stringify(content);
}

/** The value of a JSON text; the text itself where it is none. */
function jsonValue(text: string): Json {
  const value = parsed(text);
  return value === undefined ? text : value;
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}
