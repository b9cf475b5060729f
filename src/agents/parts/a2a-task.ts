import { excerptOf } from '../../io/failure.ts';
import { isJsonObject, type Json, type JsonObject } from '../../records/json.ts';
import type { Step, ToolCallStep } from '../../records/trajectory.ts';
import { AgentFailure } from '../agent.ts';
import { isAdkFailure } from './adk-events.ts';
import { describeShape } from './pointer.ts';
import { badReply, type TurnReply } from './reply.ts';

interface Artifact {
  name: string | undefined;
  parts: JsonObject[];
}

/** What is known of the answer to one message, from one reply or from many events. */
export interface TaskView {
  taskId: string | undefined;
  contextId: string | undefined;
  /** As in 0.3, such as `input-required`; of a plain message: `message`. Undefined until the first word. */
  state: string | undefined;
  /** That of the status, or the plain message. */
  said: JsonObject | undefined;
  /** By id, in order of appearance: what the agent said on the way. */
  messages: Map<string, JsonObject>;
  artifacts: Map<string, Artifact>;
}

/** Nothing is known yet. */
export function emptyView(): TaskView {
  return { taskId: undefined, contextId: undefined, state: undefined, said: undefined, messages: new Map(), artifacts: new Map() };
}

/** Adds a task, a message, or an update of either version to the view. @throws AgentFailure `bad-response` for anything else. */
export function addResult(view: TaskView, result: Json): void {
  if (!isJsonObject(result)) throw badReply(`a task or a message is expected, found ${describeShape(result)}`);
  const { kind, task, message, statusUpdate, artifactUpdate } = result;
  if (isJsonObject(task)) addTask(view, task);
  else if (isJsonObject(message)) addMessage(view, message);
  else if (isJsonObject(statusUpdate)) addStatus(view, statusUpdate);
  else if (isJsonObject(artifactUpdate)) addArtifactUpdate(view, artifactUpdate);
  else if (kind === 'status-update') addStatus(view, result);
  else if (kind === 'artifact-update') addArtifactUpdate(view, result);
  else if (kind === 'message' || Array.isArray(result.parts)) addMessage(view, result);
  else if (kind === 'task' || isJsonObject(result.status)) addTask(view, result);
  else throw badReply(`a task or a message is expected, found ${describeShape(result)}`);
}

function addTask(view: TaskView, task: JsonObject): void {
  note(view, task.id, task.contextId);
  const history = listOf(task.history);
  const lastAsked = history.findLastIndex(({ role }) => !isAgent(role));
  for (const message of history.slice(lastAsked + 1)) keepMessage(view, message);
  if (Array.isArray(task.artifacts)) view.artifacts.clear();
  for (const artifact of listOf(task.artifacts)) addArtifact(view, artifact, false);
  setStatus(view, task.status);
}

function addMessage(view: TaskView, message: JsonObject): void {
  note(view, message.taskId, message.contextId);
  view.state = 'message';
  view.said = message;
}

function addStatus(view: TaskView, update: JsonObject): void {
  note(view, update.taskId, update.contextId);
  setStatus(view, update.status);
}

function setStatus(view: TaskView, status: Json | undefined): void {
  if (!isJsonObject(status) || typeof status.state !== 'string')
    throw badReply(`a status {state, …} is expected, found ${describeShape(status ?? null)}`);
  // The one before was said on the way.
  if (view.said) keepMessage(view, view.said);
  view.said = isJsonObject(status.message) ? status.message : undefined;
  view.state = status.state
    .replace(/^TASK_STATE_/, '')
    .toLowerCase()
    .replaceAll('_', '-')
    .replace('cancelled', 'canceled');
}

function keepMessage(view: TaskView, message: JsonObject): void {
  const id = typeof message.messageId === 'string' ? message.messageId : JSON.stringify(message.parts ?? null);
  view.messages.set(id, message);
}

function addArtifactUpdate(view: TaskView, update: JsonObject): void {
  note(view, update.taskId, update.contextId);
  if (!isJsonObject(update.artifact)) throw badReply(`an artifact is expected, found ${describeShape(update.artifact ?? null)}`);
  addArtifact(view, update.artifact, update.append === true);
}

/** Appended text continues the text before it. */
function addArtifact(view: TaskView, artifact: JsonObject, isAppended: boolean): void {
  const id = typeof artifact.artifactId === 'string' ? artifact.artifactId : `#${view.artifacts.size}`;
  const parts = listOf(artifact.parts);
  const before = isAppended ? view.artifacts.get(id) : undefined;
  if (!before) {
    view.artifacts.set(id, { name: typeof artifact.name === 'string' && artifact.name !== '' ? artifact.name : undefined, parts });
    return;
  }
  for (const part of parts) {
    const last = before.parts.at(-1);
    if (typeof last?.text === 'string' && typeof part.text === 'string')
      before.parts[before.parts.length - 1] = { ...last, text: last.text + part.text };
    else before.parts.push(part);
  }
}

function note(view: TaskView, taskId: Json | undefined, contextId: Json | undefined): void {
  if (typeof taskId === 'string') view.taskId = taskId;
  if (typeof contextId === 'string') view.contextId = contextId;
}

const answered = new Set(['message', 'completed', 'input-required']);
const failed = new Set(['failed', 'canceled', 'rejected', 'auth-required']);

/** Whether the agent is done with the message, well or not. */
export function isOver({ state = '' }: TaskView): boolean {
  return answered.has(state) || failed.has(state);
}

/**
 * The answer of a view that is over. The output is the text of the artifacts, else the message of the status, else the last
 * message on the way, else the data. `known` holds the artifacts of earlier turns of the same task, and is added to.
 * @throws AgentFailure `agent-error` for a task that failed, `bad-response` for one without any content.
 */
export function turnOf(view: TaskView, known: Set<string>): TurnReply {
  const { state = '', said } = view;
  if (failed.has(state)) {
    const why = excerptOf(said ? textOf(listOf(said.parts)) : '', 400);
    throw new AgentFailure('agent-error', `the agent reports: the task is ${state}${why === '' ? '' : `: ${why}`}`, { phase: 'answered' });
  }
  const artifacts = [...view.artifacts]
    .filter(([id, { parts }]) => isNew(known, `${view.taskId} ${id} ${JSON.stringify(parts)}`))
    .map(([, artifact]) => artifact);
  const saidId = typeof said?.messageId === 'string' ? said.messageId : undefined;
  const messages = [...view.messages].filter(([id]) => id !== saidId).map(([, message]) => listOf(message.parts));
  const texts = [
    artifacts
      .map(({ parts }) => textOf(parts, separatorOf(parts)))
      .filter((text) => text !== '')
      .join('\n'),
    textOf(listOf(said?.parts)),
    textOf(messages.at(-1) ?? []),
  ];
  // A question of the agent is what it answers with, whatever it has made so far.
  const source = state === 'input-required' && texts[1] !== '' ? 1 : texts.findIndex((text) => text !== '');
  const steps: Step[] = [];
  // Servers that keep every message in the history give the answer twice, there and as the artifact.
  const isSaidTwice = texts[2] === texts[source];
  for (const [index, parts] of messages.entries()) addSteps(steps, parts, { isOutput: isSaidTwice && index === messages.length - 1 });
  if (said) addSteps(steps, listOf(said.parts), { isOutput: source === 1 });
  for (const { name, parts } of artifacts) addSteps(steps, parts, { isOutput: source === 0, author: name });
  const output = source === -1 ? dataOf([...artifacts.flatMap(({ parts }) => parts), ...listOf(said?.parts)]) : texts[source];
  if (output === undefined) throw badReply(`the task is ${state} without text or data`);
  return { output, steps };
}

function isNew(known: Set<string>, key: string): boolean {
  const before = known.size;
  return known.add(key).size > before;
}

/** Texts of the output are no steps; data always is, as it tells how the answer came about. */
function addSteps(steps: Step[], parts: readonly JsonObject[], { isOutput, author }: { isOutput: boolean; author?: string | undefined }): void {
  const by = author === undefined ? {} : { author };
  for (const part of parts) {
    if (typeof part.text === 'string') {
      if (!isOutput && part.text !== '') steps.push({ kind: 'message', text: part.text, ...by });
      continue;
    }
    if (part.data === undefined) continue;
    const type = isJsonObject(part.metadata) ? part.metadata.adk_type : undefined;
    if (type === 'function_call' && isJsonObject(part.data) && typeof part.data.name === 'string') {
      const { name, args, id } = part.data;
      steps.push({ kind: 'toolCall', name, args: args ?? {}, ...(typeof id === 'string' ? { id } : {}) });
    } else if (type === 'function_response' && isJsonObject(part.data)) addToolResult(steps, part.data);
    else steps.push({ kind: 'message', text: JSON.stringify(part.data), ...by });
  }
}

function addToolResult(steps: readonly Step[], { id, name, response }: JsonObject): void {
  const calls = steps.filter((step): step is ToolCallStep => step.kind === 'toolCall');
  const call =
    calls.find((step) => typeof id === 'string' && step.id === id) ?? calls.find((step) => step.name === name && !Object.hasOwn(step, 'result'));
  if (!call) return;
  call.result = response ?? null;
  if (isAdkFailure(response)) call.isError = true;
}

function dataOf(parts: readonly JsonObject[]): string | undefined {
  const data = parts.filter(({ data: value, metadata }) => value !== undefined && !(isJsonObject(metadata) && typeof metadata.adk_type === 'string'));
  return data.length === 0 ? undefined : JSON.stringify(data.length === 1 ? data[0]?.data : data.map(({ data: value }) => value ?? null));
}

function textOf(parts: readonly JsonObject[], separator = '\n'): string {
  return textsOfParts(parts).join(separator);
}

/** What is streamed piece by piece is kept as one part per piece: white space where two of them meet tells pieces from texts of their own. */
function separatorOf(parts: readonly JsonObject[]): string {
  const texts = textsOfParts(parts);
  return texts.some((text, index) => index > 0 && /\s/.test(`${texts[index - 1]?.at(-1)}${text[0]}`)) ? '' : '\n';
}

function textsOfParts(parts: readonly JsonObject[]): string[] {
  return parts.map(({ text }) => (typeof text === 'string' ? text : '')).filter((text) => text !== '');
}

function isAgent(role: Json | undefined): boolean {
  return role === 'agent' || role === 'ROLE_AGENT';
}

function listOf(value: Json | undefined): JsonObject[] {
  return Array.isArray(value) ? value.filter((item) => isJsonObject(item)) : [];
}
