import type { ServerResponse } from 'node:http';
import { describe, expect, it } from 'vitest';
import { agents } from '../../src/agents/registry.ts';
import { failureOf, makeRequest, makeSample, openAgent, serve } from '../agents/support.ts';
import { hostileTexts } from '../helpers/hostile.ts';

const key = 'agent-key-0123456789abcdef';

/** Options of every agent that asks a server of the user, by the server's address. */
const cases: Record<string, (url: string) => object> = {
  http: (url) => ({ url, headers: { 'x-api-key': key }, reply: { output: '/answer' } }),
  a2a: (url) => ({ url, headers: { 'x-api-key': key } }),
  langgraph: (url) => ({ baseUrl: url, assistant: 'a', headers: { 'x-api-key': key } }),
  'agentbench-http': (url) => ({ url, headers: { 'x-api-key': key }, returnFormat: '{response[answer]}' }),
  adk: (url) => ({ baseUrl: url, app: 'a', headers: { 'x-api-key': key } }),
  'openai-chat': (url) => ({ baseUrl: url, model: 'm', apiKey: key }),
  'openai-responses': (url) => ({ baseUrl: url, model: 'm', apiKey: key }),
};

type Reply = (response: ServerResponse) => void;
const asJson =
  (text: string): Reply =>
  (response) =>
    void response.setHeader('content-type', 'application/json').end(text);
const deep = `${'['.repeat(3000)}${']'.repeat(3000)}`;

/** Replies that are no answer, whatever the protocol. */
const broken: Record<string, Reply> = {
  'an empty body': (response) => void response.end(),
  'an HTML page': (response) => void response.setHeader('content-type', 'text/html').end('<!doctype html><title>Log in</title>'),
  'cut JSON': asJson('{"answer": "x'),
  null: asJson('null'),
  'a number': asJson('5'),
  'an empty list': asJson('[]'),
  'an empty object': asJson('{}'),
  'a deep list': asJson(deep),
  'keys of the prototype': asJson('{"__proto__": {"answer": "x"}, "constructor": {"name": "y"}}'),
  'not UTF-8': (response) => void response.setHeader('content-type', 'application/json').end(Buffer.from([0x22, 0xff, 0xfe, 0x22])),
  'too much': (response) => void response.setHeader('content-type', 'application/json').end(`"${'x'.repeat(200_000)}"`),
  'an empty stream': (response) => void response.setHeader('content-type', 'text/event-stream').end(': nothing\n\n'),
  'a stream of junk': (response) => void response.setHeader('content-type', 'text/event-stream').end('data: junk\n\ndata: 5\n\ndata: {}\n\n'),
  'a redirect': (response) => void response.writeHead(302, { location: 'http://169.254.169.254/' }).end(),
  'a refusal': (response) => void response.writeHead(403).end(`{"error": "bad key"}`),
  'a busy server': (response) => void response.writeHead(503).end(),
  'a broken server': (response) => void response.writeHead(500).end('stack trace'),
  'a closed connection': (response) => void response.destroy(),
};

describe.each(Object.keys(cases))('agent %s', (type) => {
  const optionsAt = (url: string) => cases[type]?.(url) ?? {};

  it.each(Object.keys(broken))('classifies %s as a failure, without a secret', async (name) => {
    const server = await serve((response) => broken[name]?.(response));
    const agent = await openAgent(type, optionsAt(server.url));
    const failure = await failureOf(agent.ask(makeRequest()));
    expect(failure.message).not.toContain(key);
    expect(failure.kind).not.toBe('aborted');
    expect(server.seen.length).toBeGreaterThan(0);
    expect(failure.message.length).toBeLessThan(1500);
  });

  it('is never broken by hostile text in an error', async () => {
    let text = '';
    const server = await serve((response) => response.writeHead(400).end(JSON.stringify({ error: text })));
    const agent = await openAgent(type, optionsAt(server.url));
    for (text of hostileTexts) {
      const { message } = await failureOf(agent.ask(makeRequest()));
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what a message must not hold
      expect(message).not.toMatch(/[\u0000-\u001f\u007f\u200b\u202a-\u202e\u2066-\u2069]/);
    }
  });

  it('ends at each of its deadlines', async () => {
    const silent = await serve(() => {});
    const deadlines = { connectMs: 1000, firstByteMs: 60, idleMs: 1000 };
    const failure = await failureOf((await openAgent(type, optionsAt(silent.url), { deadlines })).ask(makeRequest()));
    expect(failure).toMatchObject({ kind: 'timeout', phase: 'ambiguous' });
    const halting = await serve((response) => void response.writeHead(200, { 'content-type': 'application/json' }).write('{'));
    const halted = await openAgent(type, optionsAt(halting.url), { deadlines: { connectMs: 1000, firstByteMs: 1000, idleMs: 60 } });
    expect(await failureOf(halted.ask(makeRequest()))).toMatchObject({ kind: 'timeout' });
  });

  it('stops in the middle of a reply when the slot is aborted', async () => {
    const halting = await serve((response) => void response.writeHead(200, { 'content-type': 'application/json' }).write('{'));
    const agent = await openAgent(type, optionsAt(halting.url));
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 100);
    const startedAt = performance.now();
    expect(await failureOf(agent.ask(makeRequest({ signal: controller.signal })))).toMatchObject({ kind: 'aborted' });
    expect(performance.now() - startedAt).toBeLessThan(1000);
  });

  it('says that nothing was sent where nothing listens, and refuses the addresses of cloud metadata', async () => {
    expect(await failureOf((await openAgent(type, optionsAt('http://127.0.0.1:9'))).ask(makeRequest()))).toMatchObject({
      kind: 'refused',
      phase: 'not-sent',
    });
    const metadata = await openAgent(type, optionsAt('http://169.254.169.254'));
    expect(await failureOf(metadata.ask(makeRequest({ sample: makeSample() })))).toMatchObject({ kind: 'refused', isTransient: false });
  });

  it('shows no key in its identity, and takes keys from the environment', () => {
    const definition = agents.get(type);
    const options = definition.options.parse(optionsAt('http://user:password-123@a.example/x?key=query-secret'));
    expect(JSON.stringify(definition.identity(options))).not.toMatch(new RegExp(`${key}|password-123|query-secret`));
    expect(definition.envFields).toContain('headers');
  });
});
