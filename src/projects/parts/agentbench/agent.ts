import { type Located, type Path, placeAt } from '../../../config/located.ts';
import type { Problem } from '../../../errors.ts';
import { isJsonObject, type Json, type JsonObject } from '../../../records/json.ts';
import type { Instance } from '../../../systems/agentbench/assignments.ts';
import { compilePrompter } from '../../../systems/agentbench/prompter.ts';
import { compileFormat, FormatProblem } from '../../../systems/agentbench/return-format.ts';
import type { ProjectNote } from '../../project.ts';
import { faultAt } from './load.ts';

/** An agent of AgentBench as one of ours; no `agent` where it cannot run here, as the problems say. */
export interface AgentConversion {
  agent?: JsonObject;
  /** What is wrong in the config. */
  problems: Problem[];
  /** Why the class cannot run here: no mistake, and no reason to leave others out. */
  unfit: Problem[];
  notes: ProjectNote[];
}

export interface AgentSource {
  instance: Instance;
  /** Where it is written. */
  root: Located;
  path: Path;
  /** The config goes into a file of the repository: credentials stay out of it. */
  isWritten: boolean;
  /** As `ProjectRequest.variable`. */
  variable(name: string): string;
}

/** HTTPAgent, DoNothingAgent and OpenAIChatCompletion; every other class is Python that cannot run here. */
export function convertAgent(source: AgentSource): AgentConversion {
  const name = source.instance.module.split('.').at(-1);
  const state: State = { ...source, problems: [], unfit: [], notes: [] };
  const agent =
    name === 'HTTPAgent'
      ? httpAgent(state)
      : name === 'DoNothingAgent'
        ? doNothing(state)
        : name === 'OpenAIChatCompletion'
          ? chat(state)
          : other(state);
  const { problems, unfit, notes } = state;
  return { ...(agent && problems.length === 0 ? { agent } : {}), problems, unfit, notes };
}

interface State extends AgentSource {
  problems: Problem[];
  unfit: Problem[];
  notes: ProjectNote[];
}

/** Keys that every agent class takes and ignores. */
const common = ['name', 'src'];

function httpAgent(state: State): JsonObject | undefined {
  const { url, headers, body, prompter, return_format: returnFormat, proxies, ...rest } = state.instance.parameters;
  noteUnknown(state, rest);
  if (typeof url !== 'string' || !/^(https?:\/\/|\$\{env:)/.test(url))
    return fault(state, ['url'], 'an HTTPAgent needs an http or https url', 'write where the service listens, such as http://localhost:8000/chat');
  if (!isFormat(returnFormat)) fault(state, ['return_format'], 'expected a format string, such as "{response[text]}"');
  else check(state, ['return_format'], () => compileFormat(returnFormat ?? '{response}', ['response']));
  const chosen =
    prompter === undefined || prompter === null || isJsonObject(prompter)
      ? (prompter ?? undefined)
      : fault(state, ['prompter'], 'expected {name, args}');
  if (isJsonObject(chosen))
    check(state, ['prompter', 'args'], () => compilePrompter({ name: textOr(chosen.name), args: isJsonObject(chosen.args) ? chosen.args : {} }));
  return {
    type: 'agentbench-http',
    url: withVariables(state, url),
    headers: headersOf(state, mappingAt(state, headers, 'headers')),
    body: mappingAt(state, body, 'body'),
    ...(isJsonObject(chosen) ? { prompter: { name: textOr(chosen.name) ?? null, args: isJsonObject(chosen.args) ? chosen.args : {} } } : {}),
    ...(typeof returnFormat === 'string' ? { returnFormat } : {}),
    ...(proxies === undefined || proxies === null ? {} : { proxies: withVariables(state, mappingAt(state, proxies, 'proxies')) }),
  };
}

/** v0.1's code answers "AAAAA"; its text says an empty answer. */
function doNothing(state: State): JsonObject {
  const { sleep, ...rest } = state.instance.parameters;
  noteUnknown(state, rest);
  if (sleep !== undefined && sleep !== null && !(typeof sleep === 'number' && sleep >= 0 && sleep < 2_000_000)) {
    fault(state, ['sleep'], 'expected a number of seconds');
    return {};
  }
  return { type: 'do-nothing', output: 'AAAAA', ...(typeof sleep === 'number' ? { sleepMs: Math.round(sleep * 1000) } : {}) };
}

function chat(state: State): JsonObject | undefined {
  const { api_args: args, ...rest } = state.instance.parameters;
  noteUnknown(state, rest);
  const { key, base, model, temperature, max_tokens: maxTokens, timeout: _, ...more } = mappingAt(state, args, 'api_args');
  if (typeof model !== 'string') return fault(state, ['api_args', 'model'], 'expected the name of a model');
  for (const name of Object.keys(more)) note(state, ['api_args', name], 'openai-chat does not send it; left out');
  const isSecret = typeof key === 'string' && state.isWritten;
  if (isSecret) note(state, ['api_args', 'key'], 'a key does not belong into a file of the repository: set OPENAI_API_KEY');
  return {
    type: 'openai-chat',
    model,
    apiKey: typeof key === 'string' && !isSecret ? withVariables(state, key) : state.variable('OPENAI_API_KEY'),
    ...(typeof base === 'string' ? { baseUrl: withVariables(state, base) } : {}),
    ...(typeof temperature === 'number' ? { temperature } : {}),
    ...(typeof maxTokens === 'number' ? { maxTokens } : {}),
  };
}

function other(state: State): undefined {
  const { root, path, instance } = state;
  const remedy =
    'put the agent behind an HTTP service and describe it as src.agents.HTTPAgent, or write an agent of agent-regress (command, module, openai-chat)';
  state.unfit.push(faultAt(root, [...path, 'module'], { message: `the Python class ${instance.module} cannot run here`, remedy }));
  return undefined;
}

function noteUnknown(state: State, rest: JsonObject): void {
  for (const key of Object.keys(rest)) {
    if (!common.includes(key)) note(state, [key], 'the agent takes no such parameter; left out');
  }
}

const secretHeader = /^(proxy-)?authorization$|^cookie$|key$|token$|secret$/i;
const placeholder = /<%+\s*(?:PUT[- ]?YOUR[- ])?([A-Za-z0-9 _-]{1,60}?)(?:[- ]?HERE)?\s*%+>/i;

/** A place to fill in becomes a variable of the environment; so does a credential that would be written into a file. */
function headersOf(state: State, headers: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => {
      const text = typeof value === 'string' ? value : JSON.stringify(value);
      const [found, wanted = ''] = placeholder.exec(text) ?? [];
      if (found !== undefined) {
        const variable = variableOf(wanted);
        note(state, ['headers', name], `${found} is a place to fill in: set ${variable}`);
        return [name, withVariables(state, text).replace(found, () => state.variable(variable))];
      }
      if (!state.isWritten || !secretHeader.test(name) || text.includes('${env:')) return [name, withVariables(state, text)];
      const variable = variableOf(`agent ${name}`);
      note(state, ['headers', name], `a credential does not belong into a file of the repository: set ${variable} to its value`);
      return [name, state.variable(variable)];
    }),
  );
}

/** The agent's own file names variables where its requests go and what proves who asks, and nowhere else. */
function withVariables<T extends Json>({ variable }: State, value: T): T {
  const text = JSON.stringify(value).replace(/\$\{env:([A-Za-z_]\w*)\}/g, (_, name: string) => variable(name));
  return JSON.parse(text) as T;
}

function variableOf(words: string): string {
  const name = words
    .trim()
    .toUpperCase()
    .replace(/[^A-Z0-9]+/g, '_');
  return name === 'OPENAI_KEY' ? 'OPENAI_API_KEY' : name;
}

function isFormat(value: Json | undefined): value is string | null | undefined {
  return value === undefined || value === null || typeof value === 'string';
}

function mappingAt(state: State, value: Json | undefined, key: string): JsonObject {
  if (value === undefined || value === null) return {};
  if (isJsonObject(value)) return value;
  fault(state, [key], 'expected a mapping');
  return {};
}

function check(state: State, path: Path, compile: () => unknown): void {
  try {
    compile();
  } catch (error) {
    if (!(error instanceof FormatProblem)) throw error;
    fault(state, path, error.message);
  }
}

function fault(state: State, path: Path, message: string, remedy?: string): undefined {
  state.problems.push(faultAt(state.root, [...state.path, 'parameters', ...path], { message, remedy }));
}

function note(state: State, path: Path, message: string): void {
  const full = [...state.path, 'parameters', ...path];
  const at = placeAt(state.root, full);
  state.notes.push({ file: 'file' in at ? at.file : at.source, line: 'file' in at ? at.line : 1, field: full.join('.'), message });
}

function textOr(value: Json | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
