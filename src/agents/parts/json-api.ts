import { excerptOf } from '../../io/failure.ts';
import { createHttpClient, parseTarget } from '../../io/http.ts';
import type { Json } from '../../records/json.ts';
import * as z from '../../records/schema.ts';
import type { AgentPorts } from '../agent.ts';
import { collectEvents, type EventCollector, type StreamEvent } from './events.ts';
import { badReply, checkDepth } from './reply.ts';
import { hasTraceparent } from './traceparent.ts';

export const BaseUrl = z.string().check(z.minLength(1));
export const Headers = z.record(z.string().check(z.regex(/^[\w!#$%&'*+.^`|~-]+$/, 'not a header name')), z.string());

export interface JsonCall {
  /** Default: POST. */
  method?: 'GET' | 'POST';
  /** Below the path of the base URL, with its `/` at the start; pieces from elsewhere go through `segment`. */
  path: string;
  /** True: the path, with its query, starts at the host and not below the base URL. */
  isFromRoot?: boolean;
  body?: Json;
  /** Sent beside those of the options. */
  headers?: Record<string, string>;
  idempotencyKey?: string;
  signal: AbortSignal;
}

/** A reply: one JSON value, or the events of a stream, whose data is JSON. */
export interface JsonReply {
  value: Json;
  /** Absent when the reply was no event stream; `value` is null when it was. */
  events: (StreamEvent & { json: Json })[] | undefined;
  firstByteMs: number;
}

export interface JsonApi {
  /** Scheme, host and path of the base URL without a slash at the end. */
  readonly endpoint: string;
  /** False: the headers of the options hold a traceparent. */
  readonly isTraced: boolean;
  /** One request. @throws AgentFailure; `bad-response` for anything but JSON that is not too deep. */
  call(call: JsonCall): Promise<JsonReply>;
  close(): void;
}

/** A JSON API below one base URL, whose query goes with every request. @throws ToolError for a base URL that is none. */
export function createJsonApi(options: { baseUrl: string; headers: Record<string, string> }, ports: AgentPorts): JsonApi {
  const { deadlines, concurrency, maxReplyBytes } = ports;
  const client = createHttpClient({ maxConnections: concurrency, maxReplyBytes, deadlines });
  const target = parseTarget(options.baseUrl);
  const endpoint = target.endpoint.replace(/\/+$/, '');
  const [, query = ''] = target.path.split(/(?=\?)/, 2);
  const basePath = target.path.replace(/\?.*$/s, '').replace(/\/+$/, '');
  const own = Object.fromEntries(Object.entries(options.headers).map(([name, value]) => [name.toLowerCase(), value]));
  return {
    endpoint,
    isTraced: !hasTraceparent(options.headers),
    async call({ method = 'POST', path, isFromRoot, body, headers, idempotencyKey, signal }) {
      let collector: EventCollector | undefined;
      const answer = await client.request({
        target,
        method,
        path: isFromRoot ? path : basePath + path + query,
        headers: {
          accept: 'application/json, text/event-stream;q=0.9',
          'accept-encoding': 'gzip, br',
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...(idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey }),
          ...headers,
          ...own,
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        signal,
        onText(text) {
          collector ??= collectEvents({ endMark: undefined, maxChars: maxReplyBytes });
          return collector.feed(text);
        },
      });
      const { firstByteMs, contentType } = answer;
      if (contentType !== 'text/event-stream') return { value: jsonOf(answer.body), events: undefined, firstByteMs };
      return { value: null, events: (collector?.finish() ?? []).map((event) => ({ ...event, json: jsonOf(event.data) })), firstByteMs };
    },
    close: () => client.close(),
  };
}

function jsonOf(text: string): Json {
  if (text.trim() === '') throw badReply('the reply is empty');
  let value: Json;
  try {
    value = JSON.parse(text) as Json;
  } catch {
    throw badReply(`the reply is not JSON: ${excerptOf(text, 120)}`);
  }
  checkDepth(value);
  return value;
}

/** One part of a path. @throws AgentFailure for a name that an agent gave and that would lead to another place. */
export function segment(name: string): string {
  if (name === '' || name === '.' || name === '..') throw badReply(`"${name}" cannot be part of an address`);
  return encodeURIComponent(name);
}
