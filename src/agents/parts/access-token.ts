import type { TokenSource } from '../../io/oauth.ts';
import { AgentFailure } from '../agent.ts';

/** Sends with an access token. One that the agent refuses with 401 is replaced once. @throws AgentFailure, of the token or of `send`. */
export async function withAccessToken<R>(
  tokens: TokenSource,
  signal: AbortSignal,
  send: (headers: Record<string, string>) => Promise<R>,
): Promise<R> {
  const token = await tokens.token(signal);
  try {
    return await send({ authorization: `Bearer ${token}` });
  } catch (error) {
    if (!(error instanceof AgentFailure) || error.status !== 401) throw error;
    tokens.discard(token);
    return send({ authorization: `Bearer ${await tokens.token(signal)}` });
  }
}

/** The value with every text of it changed, keys too: an agent may repeat what it was sent. */
export function concealed<T>(value: T, hide: (text: string) => string): T {
  return walk(value, hide) as T;
}

function walk(value: unknown, hide: (text: string) => string): unknown {
  if (typeof value === 'string') return hide(value);
  if (Array.isArray(value)) return value.map((item) => walk(item, hide));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [hide(key), walk(item, hide)]));
}

/** The same failure with its message changed, and without its cause. */
export function concealedFailure(failure: AgentFailure, hide: (text: string) => string): AgentFailure {
  const { kind, phase, isTransient, status, retryAfterMs } = failure;
  return new AgentFailure(kind, hide(failure.message), {
    phase,
    isTransient,
    ...(status === undefined ? {} : { status }),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  });
}
