import { isDeeper, type Json } from '../../records/json.ts';
import { pythonLiteral } from './python-text.ts';

/** What an agent answered over HTTP, whole. */
export interface HttpAnswer {
  contentType: string;
  body: string;
  /** Member of JSON chunks of an event stream that holds the text; absent: the chunks themselves. */
  chunkField?: string | undefined;
  /** The same for any place in a chunk; undefined where a chunk has it not. */
  pick?: ((chunk: Json) => Json | undefined) | undefined;
}

/** What it says. */
export interface SolutionReply {
  /** It was a stream of events. */
  sse: boolean;
  /** Text of a stream; else the JSON value, or the body as it is where it is no JSON. */
  output: Json;
}

/**
 * A reply as the AgentLoop SDK reads it: a stream of events by its content type or by a body that begins with `data:`, whose chunks are
 * trimmed and joined with nothing between them; else JSON, else text.
 */
export function readHttpReply({
  contentType,
  body,
  chunkField,
  pick = chunkField === undefined ? undefined : member(chunkField),
}: HttpAnswer): SolutionReply {
  if (contentType.toLowerCase().includes('text/event-stream') || body.trimStart().startsWith('data:')) {
    return { sse: true, output: joinChunks(body, pick) };
  }
  return { sse: false, output: parsed(body) ?? (isNull(body) ? null : body) };
}

/**
 * The trace that an agent reports in the headers of its reply: 32 letters or digits of `eagleeye-traceId`, else of `traceId`.
 * Undefined: none. Names of headers in any case.
 */
export function traceIdOf(headers: Readonly<Record<string, string | readonly string[] | undefined>>): string | undefined {
  const byName = new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  for (const name of ['eagleeye-traceid', 'traceid']) {
    const value = byName.get(name);
    if (typeof value === 'string' && /^[\w-]{32}$/.test(value)) return value;
  }
  return undefined;
}

/** Line breaks of Python's `splitlines`. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: file, group and record separators end a line there
const lineBreak = /\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]/;

function joinChunks(body: string, pick: HttpAnswer['pick']): string {
  let text = '';
  for (const line of body.split(lineBreak)) {
    const stripped = line.trim();
    if (!stripped.startsWith('data:')) continue;
    const payload = stripped.slice(5).trim();
    if (payload === '' || payload === '[DONE]') continue;
    text += pick ? chunkText(payload, pick) : payload;
  }
  return text;
}

/** A chunk that is no JSON object is kept as it is; an empty, zero, false or missing member adds nothing. */
function chunkText(payload: string, pick: NonNullable<HttpAnswer['pick']>): string {
  const chunk = parsed(payload);
  if (chunk === null || typeof chunk !== 'object' || Array.isArray(chunk)) return payload;
  const value = pick(chunk);
  if (value === undefined || value === null || value === '' || value === 0 || value === false) return '';
  return typeof value === 'object' && Object.keys(value).length === 0 ? '' : pythonLiteral(value);
}

function member(field: string): (chunk: Json) => Json | undefined {
  return (chunk) => (chunk !== null && typeof chunk === 'object' && !Array.isArray(chunk) && Object.hasOwn(chunk, field) ? chunk[field] : undefined);
}

const maxDepth = 200;

/** Null for what is no JSON, or too deep to be written again. */
function parsed(text: string): Json {
  try {
    const value = JSON.parse(text) as Json;
    return isDeeper(value, maxDepth) ? null : value;
  } catch {
    return null;
  }
}

function isNull(body: string): boolean {
  return body.trim() === 'null';
}
