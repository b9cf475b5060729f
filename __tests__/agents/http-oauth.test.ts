import type { ServerResponse } from 'node:http';
import { describe, expect, it } from 'vitest';
import { agents } from '../../src/agents/registry.ts';
import type { Json } from '../../src/records/json.ts';
import { failureOf, json, makeRequest, makeSample, openAgent, type Seen, serve } from './support.ts';

const secret = 'client-secret-0123456789';

/** A token endpoint and an agent behind it, on one server. */
async function guarded(
  options: {
    oauth?: Record<string, Json>;
    token?: (response: ServerResponse, n: number) => void;
    agent?: (response: ServerResponse, seen: Seen, n: number) => void;
  } = {},
) {
  let [tokens, calls] = [0, 0];
  const server = await serve((response, seen) => {
    if (seen.url === '/token')
      return (options.token ?? ((to, n) => json(to, { access_token: `token-number-${n}`, token_type: 'Bearer', expires_in: 3600 })))(
        response,
        ++tokens,
      );
    (options.agent ?? ((to) => to.end('ok')))(response, seen, ++calls);
  });
  const oauth = { tokenUrl: `${server.url}/token`, clientId: 'my client', clientSecret: secret, ...options.oauth };
  const agent = await openAgent('http', { url: `${server.url}/ask`, oauth });
  const seenAt = (url: string) => server.seen.filter((entry) => entry.url === url);
  return { agent, asked: () => seenAt('/ask').map(({ headers }) => headers.authorization), tokens: () => seenAt('/token') };
}

describe('OAuth client credentials', () => {
  it('fetches one token for all slots and turns', async () => {
    const { agent, asked, tokens } = await guarded({ oauth: { scope: 'a b', params: { audience: 'https://x' } } });
    const sample = makeSample({ turns: [{ input: '1' }, { input: '2' }] });
    await Promise.all([agent.ask(makeRequest({ sample })), agent.ask(makeRequest()), agent.ask(makeRequest())]);
    expect(asked()).toEqual(Array(4).fill('Bearer token-number-1'));
    expect(tokens().map(({ body }) => Object.fromEntries(new URLSearchParams(body)))).toEqual([
      { grant_type: 'client_credentials', scope: 'a b', audience: 'https://x', client_id: 'my client', client_secret: secret },
    ]);
  });

  it('can prove itself in a header', async () => {
    const { agent, tokens } = await guarded({ oauth: { auth: 'basic' } });
    await agent.ask(makeRequest());
    expect(tokens()[0]?.headers.authorization).toBe(`Basic ${Buffer.from(`my+client:${secret}`).toString('base64')}`);
    expect(tokens()[0]?.body).not.toContain(secret);
  });

  it('replaces a token that is refused once, and one that has run out', async () => {
    const refusing = await guarded({
      agent: (response, { headers }) => void (headers.authorization?.endsWith('1') ? response.writeHead(401).end() : response.end('ok')),
    });
    expect((await refusing.agent.ask(makeRequest())).turns[0]?.output).toBe('ok');
    expect(refusing.asked()).toEqual(['Bearer token-number-1', 'Bearer token-number-2']);
    const always = await guarded({ agent: (response) => void response.writeHead(401).end() });
    expect(await failureOf(always.agent.ask(makeRequest()))).toMatchObject({ status: 401, isTransient: false });
    expect(always.tokens()).toHaveLength(2);
    const short = await guarded({ token: (response, n) => json(response, { access_token: `token-number-${n}`, expires_in: 0.1 }) });
    await short.agent.ask(makeRequest());
    await new Promise((resolve) => setTimeout(resolve, 120));
    await short.agent.ask(makeRequest());
    expect(short.asked()).toEqual(['Bearer token-number-1', 'Bearer token-number-2']);
  });

  it('shows no token that the agent repeats, in an answer or an error', async () => {
    const good = await guarded({ agent: (response, { headers }) => void response.end(`you sent ${headers.authorization}`) });
    expect((await good.agent.ask(makeRequest())).turns[0]?.output).toBe('you sent Bearer [redacted:access token]');
    const bad = await guarded({ agent: (response, { headers }) => void response.writeHead(400).end(`bad: ${headers.authorization}`) });
    const failure = await failureOf(bad.agent.ask(makeRequest()));
    expect(failure.message).toContain('[redacted:access token]');
    expect(JSON.stringify([failure.message, String(failure.cause)])).not.toContain('token-number');
  });

  it.each<[string, (response: ServerResponse) => void, object]>([
    [
      'a refusal',
      (to) => void to.writeHead(401).end(`{"error":"invalid_client","secret":"${secret}"}`),
      { kind: 'http-status', status: 401, isTransient: false },
    ],
    ['a busy server', (to) => void to.writeHead(503).end(), { status: 503, isTransient: true }],
    ['a redirect', (to) => void to.writeHead(302, { location: '/elsewhere' }).end(), { kind: 'redirect', isTransient: false }],
    ['no JSON', (to) => void to.end('<html>'), { kind: 'bad-response' }],
    ['no token', (to) => json(to, { access_token: '' }), { kind: 'bad-response' }],
    ['a token that breaks a header', (to) => json(to, { access_token: 'a\r\nx: 1' }), { kind: 'bad-response' }],
    ['another type', (to) => json(to, { access_token: 'abcdefgh', token_type: 'mac' }), { kind: 'bad-response' }],
  ])('fails unsent, without a secret, on %s', async (_, token, expected) => {
    const { agent, asked } = await guarded({ token });
    const failure = await failureOf(agent.ask(makeRequest()));
    expect(failure).toMatchObject({ phase: 'not-sent', message: expect.stringContaining('no access token from'), ...expected });
    expect(failure.message).not.toMatch(/client-secret|abcdefgh/);
    expect(asked()).toEqual([]);
  });

  it('lets one slot stop waiting for a token without the others', async () => {
    let give: (() => void) | undefined;
    const { agent } = await guarded({
      token: (response) => {
        give = () => json(response, { access_token: 'token-number-1' });
      },
    });
    const controller = new AbortController();
    const stopped = failureOf(agent.ask(makeRequest({ signal: controller.signal })));
    const other = agent.ask(makeRequest());
    setTimeout(() => controller.abort(), 50);
    expect(await stopped).toMatchObject({ kind: 'aborted', phase: 'not-sent' });
    give?.();
    expect((await other).turns[0]?.output).toBe('ok');
  });

  it('keeps the secret out of the identity, and refuses a second authorization header', () => {
    const { options, identity } = agents.get('http');
    const oauth = { tokenUrl: 'https://t.example', clientId: 'c', clientSecret: secret };
    expect(JSON.stringify(identity(options.parse({ url: 'https://a.example', oauth })))).not.toContain(secret);
    expect(options.safeParse({ url: 'https://a.example', oauth, headers: { Authorization: 'x' } }).success).toBe(false);
  });
});
