import { createServer, request } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { agents } from '../../src/agents/registry.ts';
import { createRetryAllowance, decideRetry } from '../../src/run/core/retry.ts';
import { failureOf, makeRequest, makeSample, openAgent, serve } from './support.ts';

const chat = { prompter: { name: 'role_content_dict', args: { agent_role: 'assistant' } }, returnFormat: '{response[choices][0][message][content]}' };
const reply = (content: string) => JSON.stringify({ choices: [{ message: { content } }] });

describe('agentbench-http', () => {
  it('sends the body with the whole history, and reads the answer where return_format says', async () => {
    const server = await serve((response, _, n) => response.end(reply(`answer ${n}`)));
    const agent = await openAgent('agentbench-http', { url: `${server.url}/v1?k=1`, headers: { 'X-Key': 'k' }, body: { model: 'small' }, ...chat });
    const { turns } = await agent.ask(makeRequest({ sample: makeSample({ turns: [{ input: 'one' }, { input: 'two' }] }) }));
    expect(turns.map(({ output }) => output)).toEqual(['answer 1', 'answer 2']);
    expect(server.seen.map(({ method, url, headers }) => [method, url, headers['x-key'], headers['content-type']])).toEqual([
      ['POST', '/v1?k=1', 'k', 'application/json'],
      ['POST', '/v1?k=1', 'k', 'application/json'],
    ]);
    expect(JSON.parse(server.seen[1]?.body ?? '')).toEqual({
      model: 'small',
      messages: [
        { role: 'user', content: 'one' },
        { role: 'assistant', content: 'answer 1' },
        { role: 'user', content: 'two' },
      ],
    });
  });

  it('answers with the whole reply as a Python literal when nothing else is said', async () => {
    const server = await serve((response) => response.end('{"ok": true, "text": "it\'s", "n": null}'));
    const agent = await openAgent('agentbench-http', { url: server.url });
    const { turns } = await agent.ask(makeRequest());
    expect(turns[0]?.output).toBe(`{'ok': True, 'text': "it's", 'n': None}`);
    expect(JSON.parse(server.seen[0]?.body ?? '')).toEqual({ messages: [{ role: 'user', content: 'hello' }] });
  });

  it('is asked again after 2 and 3 seconds for any status but 200, and then no more', async () => {
    const server = await serve((response) => response.writeHead(201).end('later'));
    const agent = await openAgent('agentbench-http', { url: server.url });
    const retries = createRetryAllowance();
    const waits: (number | undefined)[] = [];
    for (const attempt of [1, 2, 3]) {
      const failure = await failureOf(agent.ask(makeRequest({ attempt })));
      const { kind, phase, isTransient, status, retryAfterMs } = failure;
      expect([kind, status, failure.message]).toEqual(['http-status', 201, 'the agent answered with status 201: later']);
      const decision = decideRetry({
        failure: { kind, phase, isTransient, ...(status ? { status } : {}), ...(retryAfterMs ? { retryAfterMs } : {}) },
        attempt,
        ambiguousAttempts: 0,
        maxRetries: 2,
        onAmbiguous: 'retry',
        random: 1,
        remainingMs: 1e9,
        retries,
      });
      waits.push(decision.retry ? decision.waitMs : undefined);
    }
    expect(waits).toEqual([2000, 3000, undefined]);
  });

  it('takes a refusal for length as the end of the conversation, not as an error of the network', async () => {
    const long = `${'-'.repeat(5000)} This model's maximum context length is 4097 tokens`;
    const server = await serve((response) => response.writeHead(400).end(long));
    const failure = await failureOf((await openAgent('agentbench-http', { url: server.url })).ask(makeRequest()));
    expect([failure.kind, failure.isTransient, failure.status]).toEqual(['context-limit', false, 400]);
  });

  it.each([
    [
      '{response[choices][0]}',
      '{"choices": []}',
      '"{response[choices][0]}" does not fit: response[choices] is a list of 0 and has no [0]: {"choices": []}',
    ],
    ['{response}', '<html>', 'the reply is not JSON'],
  ])('does not ask again when %s finds nothing in %s', async (returnFormat, body, message) => {
    const server = await serve((response) => response.end(body));
    const failure = await failureOf((await openAgent('agentbench-http', { url: server.url, returnFormat })).ask(makeRequest()));
    expect([failure.kind, failure.isTransient]).toEqual(['bad-response', false]);
    expect(failure.message).toContain(message);
  });

  it('gives up a request after its own time', async () => {
    const server = await serve(() => {});
    const agent = await openAgent('agentbench-http', { url: server.url, timeoutMs: 50 });
    const failure = await failureOf(agent.ask(makeRequest()));
    expect([failure.kind, failure.phase, failure.retryAfterMs]).toEqual(['timeout', 'ambiguous', 2000]);
  });

  it.each([
    [{ returnFormat: '{answer}' }, '"{answer}" is not understood: expected {response}, with [key] or [0] behind the name for a part of it'],
    [{ returnFormat: 'a } b' }, 'a single "}" at character 3; write "}}" for the character itself'],
    [{ prompter: { name: 'palm', args: { user_role: 'x' } } }, 'there is no argument "user_role"; this prompter takes none'],
    [{ prompter: { name: 'prompt_string', args: { suffix: 3 } } }, 'the argument "suffix" must be text'],
  ])('refuses %j before anything is asked', (options, message) => {
    const parsed = agents.get('agentbench-http').options.safeParse({ url: 'http://localhost:1', ...options });
    expect(parsed.error?.issues.map((issue) => issue.message)).toEqual([message]);
  });
});

describe('agentbench-http behind a proxy', () => {
  it('passes a plain request on by its whole address, with the credentials of the proxy', async () => {
    const server = await serve((response) => response.end('"hi"'));
    const passed: unknown[] = [];
    const proxy = createServer((incoming, outgoing) => {
      passed.push([incoming.url, incoming.headers.host, incoming.headers['proxy-authorization']]);
      incoming.pipe(
        request(incoming.url ?? '', { method: incoming.method, headers: incoming.headers }, (answer) => {
          outgoing.writeHead(answer.statusCode ?? 0);
          answer.pipe(outgoing);
        }),
      );
    });
    const port = await listen(proxy);
    const agent = await openAgent('agentbench-http', { url: `${server.url}/chat?a=1`, proxies: { http: `http://me:pw@127.0.0.1:${port}` } });
    expect((await agent.ask(makeRequest())).turns[0]?.output).toBe('hi');
    expect(passed).toEqual([[`${server.url}/chat?a=1`, server.url.slice('http://'.length), `Basic ${btoa('me:pw')}`]]);
    expect(server.seen[0]?.url).toBe('/chat?a=1');
  });

  it('opens a tunnel for a secure request, and says when the proxy opens none', async () => {
    const asked: unknown[] = [];
    const sockets: Socket[] = [];
    const target = createServer();
    const targetPort = await listen(target);
    const proxy = createServer();
    proxy.on('connect', (incoming, socket: Socket) => {
      asked.push([incoming.method, incoming.url]);
      sockets.push(socket);
      if (asked.length === 1) return void socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
      const onward = connect(targetPort, '127.0.0.1', () => {
        socket.write('HTTP/1.1 200 OK\r\n\r\n');
        onward.pipe(socket).pipe(onward);
      });
      sockets.push(onward);
    });
    const port = await listen(proxy);
    onTestFinished(() => sockets.forEach((socket) => void socket.destroy()));
    const agent = await openAgent('agentbench-http', { url: `https://shop.example:8443/`, proxies: { https: `http://127.0.0.1:${port}` } });
    const refused = await failureOf(agent.ask(makeRequest()));
    expect(refused.message).toContain(`the proxy 127.0.0.1:${port} answered CONNECT with status 403`);
    const plain = await failureOf(agent.ask(makeRequest()));
    expect(asked).toEqual([
      ['CONNECT', 'shop.example:8443'],
      ['CONNECT', 'shop.example:8443'],
    ]);
    // Behind the tunnel plain HTTP answers a TLS greeting: what comes back is no secure connection.
    expect(plain.message).toMatch(/https:\/\/shop\.example:8443/);
  });
});

async function listen(server: ReturnType<typeof createServer>): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}
