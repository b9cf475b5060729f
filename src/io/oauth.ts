import { AgentFailure } from '../agents/agent.ts';
import { messageOf } from '../errors.ts';
import { createRedactor } from '../run/core/redact.ts';
import { unlessAborted } from './abort.ts';
import { abortFailure } from './failure.ts';
import { type HttpClient, parseTarget } from './http.ts';

export interface OauthClient {
  tokenUrl: string;
  clientId: string;
  clientSecret: string;
  scope?: string | undefined;
  /** How the client proves itself: in the form, or in a basic authorization header. */
  auth: 'body' | 'basic';
  /** Further fields of the form, such as `audience`. */
  params: Record<string, string>;
}

/** Access tokens of one client, fetched when they are needed and shared by all who ask. */
export interface TokenSource {
  /** @throws AgentFailure, never later than `not-sent`: the agent itself was not asked. */
  token(signal: AbortSignal): Promise<string>;
  /** The agent refused this token: the next caller gets a new one. */
  discard(token: string): void;
  /** The text without any token of this source, in any of its forms. */
  hide(text: string): string;
}

/** A token is replaced so long before its end, so that it does not run out on the way. */
const marginMs = 10_000;

interface Held {
  token: string;
  /** By the clock of `performance.now`. */
  endsAt: number;
}

/** OAuth 2.0 client credentials (RFC 6749, section 4.4). @throws ToolError for a token URL that is none. */
export function createTokenSource(http: HttpClient, client: OauthClient): TokenSource {
  const target = parseTarget(client.tokenUrl);
  const issued = new Set<string>();
  let redactor = createRedactor([]);
  let held: Held | undefined;
  let pending: Promise<Held> | undefined;

  const renewed = (): Promise<Held> => {
    pending ??= fetchToken(http, client, target)
      .then((fresh) => {
        if (!issued.has(fresh.token)) {
          issued.add(fresh.token);
          redactor = createRedactor([...issued].map((value) => ({ name: 'access token', value })));
        }
        held = fresh;
        return fresh;
      })
      .finally(() => {
        pending = undefined;
      });
    return pending;
  };
  return {
    async token(signal) {
      if (signal.aborted) throw abortFailure(signal, 'not-sent');
      if (held && performance.now() < held.endsAt) return held.token;
      return (await unlessAborted(renewed(), signal)).token;
    },
    discard(token) {
      if (held?.token === token) held = undefined;
    },
    hide(text) {
      return redactor.text(text);
    },
  };
}

async function fetchToken(http: HttpClient, client: OauthClient, target: ReturnType<typeof parseTarget>): Promise<Held> {
  const { clientId, clientSecret, scope, auth, params } = client;
  const form = new URLSearchParams({ grant_type: 'client_credentials', ...(scope === undefined ? {} : { scope }), ...params });
  const headers: Record<string, string> = { accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded' };
  if (auth === 'basic') headers.authorization = `Basic ${Buffer.from(`${formEncoded(clientId)}:${formEncoded(clientSecret)}`).toString('base64')}`;
  else {
    form.set('client_id', clientId);
    form.set('client_secret', clientSecret);
  }
  const startedAt = performance.now();
  try {
    // The deadlines of the HTTP client end it: no single slot may stop a request that others wait for.
    const { signal } = new AbortController();
    const { body } = await http.request({ target, method: 'POST', headers, body: form.toString(), signal });
    return readToken(body, startedAt);
  } catch (error) {
    throw tokenFailure(error, target.endpoint);
  }
}

/** RFC 6749, section 2.3.1: both are form-encoded before they are joined. */
function formEncoded(text: string): string {
  return new URLSearchParams({ x: text }).toString().slice(2);
}

function readToken(body: string, startedAt: number): Held {
  const value = parse(body);
  const { access_token: token, token_type: type = 'bearer', expires_in: seconds } = value;
  if (typeof token !== 'string' || !/^[\x21-\x7e]{1,16384}$/.test(token)) throw unusable('the reply has no "access_token" that fits a header');
  if (typeof type !== 'string' || type.toLowerCase() !== 'bearer') throw unusable('the token is not of the type "bearer"');
  const lifeMs = Number(seconds) * 1000;
  const endsAt = Number.isFinite(lifeMs) && lifeMs > 0 ? startedAt + Math.max(lifeMs - marginMs, lifeMs / 2) : Number.POSITIVE_INFINITY;
  return { token, endsAt };
}

/** The reply may hold a token: nothing of it is quoted. */
function parse(body: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(body);
    if (value !== null && typeof value === 'object') return value as Record<string, unknown>;
  } catch {
    // Told below, without the text.
  }
  throw unusable('the reply is not a JSON object');
}

function unusable(message: string): AgentFailure {
  return new AgentFailure('bad-response', message, { phase: 'answered' });
}

/** Not the agent failed but the way to it: the agent's request was not sent. */
function tokenFailure(error: unknown, endpoint: string): AgentFailure {
  const failure = error instanceof AgentFailure ? error : unusable(messageOf(error));
  const { kind, phase, status, retryAfterMs } = failure;
  const message = status === undefined ? failure.message : `status ${status}`;
  return new AgentFailure(kind, `no access token from ${endpoint}: ${message}`, {
    phase: 'not-sent',
    isTransient: failure.isTransient || phase === 'ambiguous',
    ...(status === undefined ? {} : { status }),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    cause: error,
  });
}
