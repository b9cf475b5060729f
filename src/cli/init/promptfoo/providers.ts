import { posix } from 'node:path';
import type { Json, JsonObject } from '../../../records/json.ts';
import { echoAdapter, execAdapter, fileAdapter } from './adapters.ts';
import { type At, isMap, mapTexts, type Noter, rewrite } from './notes.ts';
import type { Prompt } from './prompts.ts';

/** How variables are called in requests: the one that is the input, or those of an input that is an object. */
export interface VariableNames {
  single: string | undefined;
  reference(path: string): string;
}

export interface ProviderRequest {
  provider: Json;
  at: At;
  field: string;
  prompt: Prompt;
  names: VariableNames;
  note: Noter;
  /** Adapters that are written beside the samples, by path. */
  files: Record<string, string>;
  /** Where they go. */
  folder: string;
}

/** A provider with one prompt as an agent entry; undefined, and noted, when there is none like it. */
export function convertProvider(request: ProviderRequest): { name: string; agent: JsonObject } | undefined {
  const { provider, at, field, note } = request;
  const [id, config, label] = idOf(provider);
  if (id === undefined) {
    note(at, field, 'the provider is left out: it has no id');
    return undefined;
  }
  if (isMap(provider)) {
    const known = ['id', 'label', 'config'];
    const keyed = Object.entries(provider)[0]?.[1];
    for (const key of Object.keys(provider.id === undefined && isMap(keyed) ? keyed : provider))
      if (!known.includes(key)) note(at, `${field}.${key}`, `"${key}" of the provider is left out`);
  }
  const agent = agentOf(id, config, request);
  if (agent === 'told') return undefined;
  if (!agent) note(at, field, `the provider "${id}" is left out: there is no agent like it; "http", "command" or "module" may reach it`);
  return agent && { name: label ?? id, agent };
}

/** A text is an id; a mapping has one, or is a mapping from id to the rest. */
function idOf(provider: Json): [id: string | undefined, config: JsonObject, label: string | undefined] {
  if (typeof provider === 'string') return [provider, {}, undefined];
  if (!isMap(provider)) return [undefined, {}, undefined];
  const [only, ...more] = Object.entries(provider);
  const isKeyed = provider.id === undefined && only !== undefined && more.length === 0 && isMap(only[1]);
  const rest = isKeyed && isMap(only[1]) ? { id: only[0], ...only[1] } : provider;
  return [
    typeof rest.id === 'string' ? rest.id : undefined,
    isMap(rest.config) ? rest.config : {},
    typeof rest.label === 'string' ? rest.label : undefined,
  ];
}

/** `told`: there is none, and a note says why. */
function agentOf(id: string, config: JsonObject, request: ProviderRequest): JsonObject | 'told' | undefined {
  if (/^https?(:\/\/|$)/.test(id)) return httpAgent(id, config, request);
  const model = /^openai:(?:chat:)?(?!completion|embedding|assistant|realtime|responses|image|moderation)(.+)$/.exec(id)?.[1];
  if (model !== undefined) return openaiAgent(model, config, request);
  const responses = /^openai:responses:(.+)$/.exec(id)?.[1];
  if (responses !== undefined) return responsesAgent(responses, config, request);
  const adapter = { prompt: request.prompt.text, single: request.names.single, config };
  if (id === 'echo') return writeAdapter('echo', echoAdapter(adapter), request);
  if (id.startsWith('exec:'))
    return { ...writeAdapter('exec', execAdapter(id.slice('exec:'.length).trim(), adapter), request), permissions: { childProcesses: true } };
  const file = /^(?:file:\/\/)?([^:]+\.(?:js|mjs|cjs))$/.exec(id)?.[1];
  return file === undefined ? undefined : writeAdapter('provider', fileAdapter(fromFolder(file, request.folder), adapter), request);
}

/** A path of the config's folder as a module of the output folder imports it. */
export function fromFolder(file: string, folder: string): string {
  const path = posix.relative(folder, posix.normalize(file.replaceAll('\\', '/')));
  return path.startsWith('.') ? path : `./${path}`;
}

function writeAdapter(kind: string, text: string, { files, folder }: ProviderRequest): JsonObject {
  const same = Object.entries(files).find(([, content]) => content === text)?.[0];
  let path = same ?? `${folder}/promptfoo-${kind}.mjs`;
  for (let number = 2; same === undefined && Object.hasOwn(files, path); number++) path = `${folder}/promptfoo-${kind}-${number}.mjs`;
  files[path] = text;
  return { type: 'module', path };
}

/** Environment variables in our spelling, the prompt and variables as templates of the request. */
function template(value: Json, { prompt, names }: ProviderRequest): Json {
  return mapTexts(value, (text) => rewrite(text, (path) => templateOf(path, prompt, names)));
}

function templateOf(path: string, prompt: Prompt, names: VariableNames): string {
  if (path === 'prompt') return rewrite(prompt.text, names.reference);
  const variable = /^env\.(\w+)$/.exec(path)?.[1];
  return variable === undefined ? names.reference(path) : `\${env:${variable}}`;
}

const httpKeys = new Set(['url', 'method', 'headers', 'body', 'transformResponse', 'responseParser', 'queryParams']);

function httpAgent(id: string, config: JsonObject, request: ProviderRequest): JsonObject {
  const { note, at, field } = request;
  for (const key of Object.keys(config)) if (!httpKeys.has(key)) note(at, `${field}.config.${key}`, `"${key}" of the HTTP provider is left out`);
  const query = isMap(config.queryParams)
    ? new URLSearchParams(Object.entries(config.queryParams).map(([key, value]) => [key, String(value)] as [string, string])).toString()
    : '';
  const url = `${typeof config.url === 'string' ? config.url : id}${query === '' ? '' : `?${query.replaceAll('%7B%7B', '{{').replaceAll('%7D%7D', '}}')}`}`;
  const method = typeof config.method === 'string' ? config.method.toUpperCase() : config.body === undefined ? 'GET' : 'POST';
  const agent: JsonObject = { type: 'http', url: template(url, request), ...(method === 'POST' ? {} : { method }) };
  const headers = isMap(config.headers) ? Object.entries(config.headers).filter(([name]) => name.toLowerCase() !== 'content-type') : [];
  if (headers.length > 0) agent.headers = template(Object.fromEntries(headers), request);
  if (config.body !== undefined && method !== 'GET') agent.body = template(jsonOf(config.body), request);
  const transform = config.transformResponse ?? config.responseParser;
  const output = typeof transform === 'string' ? pointerOf(transform) : undefined;
  if (output !== undefined) agent.reply = { output };
  else if (transform !== undefined && transform !== 'text')
    note(
      at,
      `${field}.config.transformResponse`,
      'the answer is taken as it is: only paths such as json.choices[0].text are understood; set agent.reply',
    );
  return agent;
}

function jsonOf(body: Json): Json {
  if (typeof body !== 'string') return body;
  try {
    return JSON.parse(body) as Json;
  } catch {
    return body;
  }
}

/** `json.choices[0].message` as a JSON pointer; undefined for anything that is no path. */
function pointerOf(code: string): string | undefined {
  const path = /^\s*(?:\(?\s*json\b[\w\s,]*\)?\s*=>\s*)?json((?:\??\.\w+|\[\d+\]|\[(?:'[^']*'|"[^"]*")\])+)\s*;?\s*$/.exec(code)?.[1];
  if (path === undefined) return undefined;
  const keys = [...path.matchAll(/\.(\w+)|\[(\d+)\]|\['([^']*)'\]|\["([^"]*)"\]/g)].map(
    (match) => match.slice(1).find((key) => key !== undefined) ?? '',
  );
  return keys.map((key) => `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

const ownKeys = new Set(['apiKey', 'apiKeyEnvar', 'apiBaseUrl', 'apiHost', 'temperature', 'max_tokens', 'organization']);

/** Where an OpenAI provider is, and with which key. */
function openaiEndpoint(config: JsonObject, request: ProviderRequest): { baseUrl: Json; apiKey: Json } {
  const { note, at, field } = request;
  const host = typeof config.apiHost === 'string' ? `https://${config.apiHost}/v1` : 'https://api.openai.com/v1';
  const variable = typeof config.apiKeyEnvar === 'string' ? config.apiKeyEnvar : 'OPENAI_API_KEY';
  if (config.organization !== undefined) note(at, `${field}.config.organization`, '"organization" is left out: add a header OpenAI-Organization');
  return { baseUrl: template(config.apiBaseUrl ?? host, request), apiKey: template(config.apiKey ?? `{{env.${variable}}}`, request) };
}

/** The system prompt of a prompt that is the input and nothing else, with or without fixed words before it; undefined for any other. */
function plainPrompt({ prompt, names }: ProviderRequest): { system?: string } | undefined {
  const [first, second] = prompt.messages;
  const isInput = (text: string | undefined): boolean => names.single !== undefined && text?.trim() === `{{${names.single}}}`;
  if (prompt.messages.length === 1 && isInput(first?.content)) return {};
  const isFixed = first?.role === 'system' && !first.content.includes('{{');
  return prompt.messages.length === 2 && isFixed && isInput(second?.content) ? { system: first.content } : undefined;
}

const responsesKeys = new Set([...ownKeys, 'max_output_tokens', 'instructions', 'store']);

function responsesAgent(model: string, config: JsonObject, request: ProviderRequest): JsonObject | 'told' {
  const { note, at, field } = request;
  const plain = plainPrompt(request);
  if (!plain) {
    note(at, field, `the provider "openai:responses:${model}" is left out: its prompt is more than the one variable after a fixed system prompt`);
    return 'told';
  }
  for (const key of Object.keys(config)) {
    if (!responsesKeys.has(key)) note(at, `${field}.config.${key}`, `"${key}" of the provider is left out`);
  }
  const system = [config.instructions, plain.system].filter((text) => typeof text === 'string').join('\n\n');
  const maxTokens = config.max_output_tokens ?? config.max_tokens;
  return {
    ...{ type: 'openai-responses', ...openaiEndpoint(config, request), model },
    ...(system === '' ? {} : { system }),
    ...(config.temperature === undefined ? {} : { temperature: config.temperature }),
    ...(maxTokens === undefined ? {} : { maxTokens }),
    ...(typeof config.store === 'boolean' ? { store: config.store } : {}),
  };
}

/** The agent of its own where the prompt is the input, or a fixed system prompt and the input; else the request itself. */
function openaiAgent(model: string, config: JsonObject, request: ProviderRequest): JsonObject {
  const { prompt, names } = request;
  const { baseUrl: base, apiKey: key } = openaiEndpoint(config, request);
  const more = Object.entries(config).filter(([name]) => !ownKeys.has(name));
  const plain = more.length === 0 ? plainPrompt(request) : undefined;
  const sampling: JsonObject = { ...(config.temperature === undefined ? {} : { temperature: config.temperature }) };
  if (plain) {
    const limit: JsonObject = config.max_tokens === undefined ? {} : { maxTokens: config.max_tokens };
    return { type: 'openai-chat', baseUrl: base, apiKey: key, model, ...plain, ...sampling, ...limit };
  }
  const messages = prompt.messages.map(({ role, content }) => ({ role, content: rewrite(content, names.reference) }));
  const limit: JsonObject = config.max_tokens === undefined ? {} : { max_tokens: config.max_tokens };
  return {
    type: 'http',
    url: `${String(base).replace(/\/$/, '')}/chat/completions`,
    headers: { authorization: `Bearer ${String(key)}` },
    body: { model, messages, ...sampling, ...limit, ...(template(Object.fromEntries(more), request) as JsonObject) },
    reply: { output: '/choices/0/message/content', toolCalls: '/choices/0/message/tool_calls', usage: '/usage' },
  };
}
