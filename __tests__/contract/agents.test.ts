import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { AgentFailure } from '../../src/agents/agent.ts';
import { agents } from '../../src/agents/registry.ts';
import { failureOf, makePorts, makeRequest, tempDir } from '../agents/support.ts';

const mcpServer = fileURLToPath(new URL('../helpers/mcp-server.mjs', import.meta.url));

/** Valid options for every registered agent, of one that never answers where that is possible; and options that are refused. */
async function cases(): Promise<Record<string, { valid: object; invalid: object[]; files?: Record<string, string> }>> {
  const silent = createServer(() => {});
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void silent.close());
  const url = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`;
  return {
    http: {
      valid: { url },
      invalid: [
        ...[{}, { url: 'http://{{input}}/x' }, { url, reply: { output: 'answer' } }, { url, methd: 'GET' }, { url, headers: { 'a b': '' } }],
        ...[
          { url, poll: { status: '/s' } },
          { url, poll: { intervalMs: 0 } },
          { url, poll: { path: 'http://{{location}}' } },
        ],
        ...[
          { url, form: {}, body: {} },
          { url, multipart: { files: '' } },
          { url, oauth: { tokenUrl: url } },
        ],
      ],
    },
    adk: { valid: { baseUrl: url, app: 'a' }, invalid: [{}, { baseUrl: url }, { baseUrl: url, app: '' }, { baseUrl: url, app: 'a', stream: 1 }] },
    websocket: {
      valid: { url: url.replace('http', 'ws') },
      invalid: [
        ...[{}, { url: 'ws://{{input}}/x' }, { url: 'ws://a', reply: { output: 'answer' } }, { url: 'ws://a', pingMs: 1 }],
        ...[
          { url: 'ws://a', until: {} },
          { url: 'ws://a', until: 'end' },
          { url: 'ws://a', until: { type: 'x' } },
          { url: 'ws://a', until: 'close', socket: 'conversation' },
        ],
        ...[
          { url: 'ws://a', message: 'x', messages: ['y'] },
          { url: 'ws://a', protocols: ['a b'] },
          { url: 'ws://a', headers: { 'a b': '' } },
        ],
      ],
    },
    langgraph: { valid: { baseUrl: url, assistant: 'a' }, invalid: [{}, { baseUrl: url }, { baseUrl: url, assistant: 'a', output: 'x' }] },
    'agentbench-http': {
      valid: { url },
      invalid: [
        {},
        { url: '' },
        { url, returnFormat: '{answer}' },
        { url, prompter: { name: 'palm', args: { user_role: 'x' } } },
        { url, proxies: { ftp: 'x' } },
      ],
    },
    a2a: {
      valid: { url },
      invalid: [{}, { url: '' }, { url, version: '2.0' }, { url, endpoint: 'rpc' }, { url, endpoint: '//evil.example' }, { url, intervalMs: 0 }],
    },
    'openai-chat': {
      valid: { baseUrl: url, model: 'm' },
      invalid: [{}, { model: '' }, { model: 'm', temperature: 3 }, { model: 'm', tools: [{ name: 'a b' }] }],
    },
    'openai-responses': {
      valid: { baseUrl: url, model: 'm' },
      invalid: [{}, { model: '' }, { model: 'm', history: 'all' }, { model: 'm', history: 'previous', store: false }],
    },
    mcp: {
      valid: { baseUrl: url, model: 'm', servers: { box: { command: process.execPath, args: [mcpServer] } } },
      invalid: [
        ...[{ model: 'm' }, { model: 'm', servers: 5 }, { model: 'm', servers: { a: {} } }, { model: 'm', servers: { a: { command: 'x', url } } }],
        ...[
          { model: 'm', servers: { a: { url, type: 'sse' } } },
          { model: 'm', servers: { a: { command: 'x' } }, maxSteps: 0 },
        ],
        ...[
          { model: 'm', servers: { a: { comand: 'x' } } },
          { model: 'm', servers: { a: { command: 'x' } }, tools: { allow: [5] } },
        ],
      ],
    },
    command: {
      valid: { command: [process.execPath, '-e', 'setInterval(() => {}, 1000)'] },
      invalid: [{}, { command: [] }, { command: 'a', mode: 'other' }, { command: 'a', env: { 'A B': '' } }],
    },
    module: { valid: { path: 'm.mjs' }, invalid: [{}, { path: '' }], files: { 'm.mjs': 'export default () => new Promise(() => {})' } },
    replay: { valid: { path: 'r.jsonl' }, invalid: [{}, { path: 5 }], files: { 'r.jsonl': '{"id":"s1","output":"x"}\n' } },
    'do-nothing': { valid: { sleepMs: 60_000 }, invalid: [{ sleepMs: -1 }, { output: 5 }] },
  };
}

describe.each(agents.types)('agent %s', (type) => {
  const definition = agents.get(type);

  it('has a case here, a summary, and options that are described', async () => {
    expect(Object.keys(await cases())).toContain(type);
    expect(definition.summary).toMatch(/^[^A-Z].*[^.]$/);
    const { toJSONSchema } = await import('zod/mini');
    const schema = toJSONSchema(definition.options, { io: 'input' }) as {
      properties: Record<string, { description?: string }>;
      additionalProperties: boolean;
    };
    for (const [name, property] of Object.entries(schema.properties)) expect(property.description, name).toBeTruthy();
    expect(schema.additionalProperties).toBe(false);
    for (const field of definition.envFields) expect(Object.keys(schema.properties)).toContain(field.split('.')[0]);
  });

  it('rejects bad options', async () => {
    const { invalid = [] } = (await cases())[type] ?? {};
    for (const options of invalid) expect(definition.options.safeParse(options).success, JSON.stringify(options)).toBe(false);
  });

  it('stops within a second when the slot is aborted, with an AgentFailure, and closes', async () => {
    const { valid, files } = (await cases())[type] ?? { valid: {} };
    const agent = await definition.open(definition.options.parse(valid), makePorts({ baseDir: tempDir(files) }));
    const before = new AbortController();
    before.abort();
    expect(await failureOf(agent.ask(makeRequest({ signal: before.signal })))).toMatchObject({ kind: 'aborted', isTransient: false });
    if (type !== 'replay') {
      const during = new AbortController();
      const pending = failureOf(agent.ask(makeRequest({ signal: during.signal })));
      setTimeout(() => during.abort(), 200);
      const startedAt = performance.now();
      expect(await pending).toBeInstanceOf(AgentFailure);
      expect(performance.now() - startedAt).toBeLessThan(3000);
    }
    await agent.close();
  });

  it('ends at the deadline of the slot, and says that it was the deadline', async () => {
    if (type === 'replay') return; // It never waits.
    const { valid, files } = (await cases())[type] ?? { valid: {} };
    const agent = await definition.open(definition.options.parse(valid), makePorts({ baseDir: tempDir(files) }));
    const failure = await failureOf(agent.ask(makeRequest({ signal: AbortSignal.timeout(150) })));
    expect(failure).toMatchObject({ kind: 'timeout', message: expect.stringContaining('time limit') });
    await agent.close();
  });

  it('has an identity that is JSON and stays the same', async () => {
    const { valid } = (await cases())[type] ?? { valid: {} };
    const options = definition.options.parse(valid);
    const identity = definition.identity(options);
    expect(JSON.parse(JSON.stringify(identity))).toEqual(identity);
    expect(definition.identity(options)).toEqual(identity);
  });
});
