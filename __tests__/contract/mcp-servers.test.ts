import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { AgentPorts } from '../../src/agents/agent.ts';
import { agents } from '../../src/agents/registry.ts';
import { ToolError } from '../../src/errors.ts';
import { toolCallsOf } from '../../src/records/trajectory.ts';
import { failureOf, makeRequest, openAgent, serve, tempDir } from '../agents/support.ts';
import { type Scripted, serveModel } from '../helpers/model-server.ts';

const server = fileURLToPath(new URL('../helpers/mcp-server.mjs', import.meta.url));
const box = { command: process.execPath, args: [server] };
const call = (name: string, args: unknown = {}): Scripted => ({ calls: [{ name, args }] });

async function openMcp(script: readonly Scripted[], options: object, ports: Partial<AgentPorts> = {}) {
  const model = await serveModel(script);
  const agent = await openAgent('mcp', { baseUrl: model.baseUrl, model: 'm', ...options }, ports);
  return { agent, ...model };
}

async function startHttp(...args: string[]): Promise<{ url: string; said: () => string; child: ChildProcess }> {
  const child = spawn(process.execPath, [server, '.', '--http', ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  let text = '';
  child.stdout?.setEncoding('utf8').on('data', (piece: string) => {
    text += piece;
  });
  await vi.waitFor(() => expect(text).toContain('\n'), { timeout: 20_000 });
  return { url: text.trim(), said: () => text, child };
}

describe.each([['as events'], ['as JSON', '--json']])('a streamable HTTP server that answers %s', (_, ...args) => {
  it('is used with its headers, and each slot ends its session', async () => {
    const { url, said } = await startHttp(...args);
    const { agent } = await openMcp([call('far__add', { a: 1, b: 2 }), call('far__fail'), 'done'], {
      servers: { far: { url, headers: { 'x-key': 'key-0123456789' } } },
    });
    const trajectories = await Promise.all([agent.ask(makeRequest()), agent.ask(makeRequest())]);
    for (const trajectory of trajectories) {
      expect(toolCallsOf(trajectory)).toMatchObject([
        { server: 'far', result: { sum: 3 } },
        { isError: true, result: 'it does not work today' },
      ]);
      expect(trajectory).not.toHaveProperty('finalState');
    }
    await vi.waitFor(() => expect(said().match(/session ended/g)).toHaveLength(2), { timeout: 5000 });
  });
});

/** Node itself would send no body. */
function reply205(response: ServerResponse): void {
  response.socket?.end('HTTP/1.1 205 Reset Content\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n{}');
}

describe('a server that is down', () => {
  const down: Record<string, () => Promise<object> | object> = {
    'that is no program': () => ({ command: 'agent-regress-no-such-program' }),
    'that ends at once': () => ({ command: process.execPath, args: ['-e', 'console.error("no token"); process.exit(3)'] }),
    'that never answers': () => ({ command: process.execPath, args: ['-e', 'setInterval(() => {}, 1000)'] }),
    'that talks nonsense': () => ({
      command: process.execPath,
      args: ['-e', 'console.log("hello"); console.log("{}"); console.log("[1]"); setInterval(() => {}, 1000)'],
    }),
    'that floods': () => ({ command: process.execPath, args: ['-e', 'for (;;) require("fs").writeSync(1, "x".repeat(65536))'] }),
    'that refuses the key': async () => ({ url: (await startHttp()).url, headers: { 'x-key': 'wrong-key-0123' } }),
    'where nothing listens': () => ({ url: 'http://127.0.0.1:9/mcp' }),
    'that redirects': async () => ({
      url: (await serve((response) => void response.writeHead(307, { location: 'http://169.254.169.254/' }).end())).url,
    }),
    'with a status that is none': async () => ({ url: (await serve((response) => void response.writeHead(999).end('x'))).url }),
    'with a body where there is none': async () => ({ url: (await serve((response) => reply205(response))).url }),
    'with events where there are none': async () => ({
      url: (await serve((response) => void response.writeHead(204, { 'content-type': 'text/event-stream' }).end())).url,
    }),
    'at an address of cloud metadata': () => ({ url: 'http://169.254.169.254/mcp' }),
  };

  it.each(Object.keys(down))('%s: the others are used, it is said once and recorded', async (name) => {
    const warnings: string[] = [];
    const servers = { box, bad: await down[name]?.() };
    const { agent } = await openMcp([call('box__add', { a: 1, b: 2 }), 'done'], { servers, startMs: 2500 }, { warn: (text) => warnings.push(text) });
    const trajectory = await agent.ask(makeRequest());
    await agent.ask(makeRequest());
    expect(trajectory.turns[0]).toMatchObject({
      output: 'done',
      steps: [
        { kind: 'error', message: expect.stringContaining('the MCP server "bad" did not start') },
        { kind: 'toolCall', result: { sum: 3 } },
      ],
    });
    expect(warnings).toHaveLength(1);
    expect(JSON.stringify([warnings, trajectory])).not.toContain('wrong-key-0123');
  });

  it('is an error of the slot when no other is there, or all are required', async () => {
    const bad = { command: process.execPath, args: ['-e', 'console.error("no token"); process.exit(3)'] };
    const failure = {
      kind: 'process',
      phase: 'not-sent',
      isTransient: true,
      message: expect.stringMatching(/exited with code 3; it wrote: no token/),
    };
    const { agent, bodies } = await openMcp(['done'], { servers: { bad } });
    expect(await failureOf(agent.ask(makeRequest()))).toMatchObject(failure);
    expect(await failureOf((await openMcp(['done'], { servers: { bad, box }, requireAll: true })).agent.ask(makeRequest()))).toMatchObject(failure);
    const missing = await openMcp(['done'], { servers: { gone: { command: 'agent-regress-no-such-program' } } });
    expect(await failureOf(missing.agent.ask(makeRequest()))).toMatchObject({ kind: 'process', isTransient: false });
    expect(bodies).toEqual([]);
  });
});

describe('servers that slots share', () => {
  it('are started once, and again when they have gone', async () => {
    const { agent } = await openMcp([call('box__environment'), 'done'], { servers: { box }, shared: true });
    const pid = async () => JSON.parse(toolCallsOf(await agent.ask(makeRequest()))[0]?.result as string).pid as number;
    const [one, two] = await Promise.all([pid(), pid()]);
    expect(one).toBe(two);
    process.kill(one, 'SIGKILL');
    expect(await pid()).not.toBe(one);
  });

  it('are started again once, however many slots find that they have gone', async () => {
    const { agent } = await openMcp([call('box__environment'), 'done'], { servers: { box }, shared: true });
    const pid = async () => JSON.parse(toolCallsOf(await agent.ask(makeRequest()))[0]?.result as string).pid as number;
    process.kill(await pid(), 'SIGKILL');
    expect(new Set(await Promise.all([pid(), pid(), pid()])).size).toBe(1);
  });

  it('are not taken for gone while they are at work, whatever else they leave unanswered', async () => {
    const folder = tempDir();
    const { agent, bodies } = await openMcp([call('box__block'), 'done'], { servers: { box: { ...box, args: [server, folder] } }, shared: true });
    const first = agent.ask(makeRequest());
    await vi.waitFor(() => expect(existsSync(join(folder, 'blocked'))).toBe(true), { timeout: 20_000 });
    const second = agent.ask(makeRequest({ epoch: 2 }));
    await vi.waitFor(() => expect(bodies).toHaveLength(2), { timeout: 20_000 });
    writeFileSync(join(folder, 'go'), '');
    for (const trajectory of await Promise.all([first, second]))
      expect(toolCallsOf(trajectory)).toMatchObject([{ isError: false, result: 'went on' }]);
  });

  it('cannot use the private folder of a sample', async () => {
    const servers = { box: { ...box, args: [server, '$'.concat('{workspace}')] } };
    await expect(openMcp([], { servers, shared: ['box'] })).rejects.toThrow('uses the private folder');
    await expect(openMcp([], { servers: { box }, shared: ['bux'] })).rejects.toThrow('there is no server "bux"');
  });
});

describe('a file of servers', () => {
  const variable = (name: string) => '$'.concat(`{${name}}`);

  it('is read as other programs write it; the config gives its variables', async () => {
    const mcpServers = {
      box: { ...box, type: 'stdio', autoApprove: ['x'], env: { TOKEN: variable('env:BOX_TOKEN') } },
      off: { command: 'none', disabled: true },
    };
    const baseDir = tempDir({ 'servers.json': `\uFEFF${JSON.stringify({ mcpServers })}` });
    const { agent } = await openMcp(
      [call('box__environment'), 'done'],
      { servers: 'servers.json', variables: { BOX_TOKEN: 'token-1' } },
      { baseDir },
    );
    const environment = JSON.parse(toolCallsOf(await agent.ask(makeRequest()))[0]?.result as string);
    expect(environment).toMatchObject({ TOKEN: 'token-1', cwd: expect.stringContaining(baseDir) });
  });

  it.each([
    ['{', 'not JSON'],
    ['{}', 'mcpServers'],
    ['{"mcpServers": {"a": {"command": "x", "url": "http://a.example"}}}', 'either a "command" or a "url"'],
    ['{"mcpServers": {"a": {"url": "file:///etc/passwd"}}}', 'not an absolute http or https URL'],
    ['{"mcpServers": {"a": {"type": "sse", "url": "http://a.example"}}}', 'mcpServers.a.type'],
    ['{"mcpServers": {"__proto__": {"command": "x"}}}', ''],
    ['{"mcpServers": {"a": {"command": "x", "disabled": true}}}', 'there is no server'],
    [JSON.stringify({ mcpServers: { a: { command: 'x', env: { K: variable('HOME') } } } }), 'mcpServers.a.env.K'],
  ])('%s is refused with the file and the field', async (text, message) => {
    const error = await openMcp([], { servers: 's.json' }, { baseDir: tempDir({ 's.json': text }) }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ToolError);
    expect(error).toMatchObject({ code: 'agent-servers-invalid', message: expect.stringContaining(message), problems: [{ file: 's.json' }] });
  });
});

describe('the identity of mcp', () => {
  const definition = agents.get('mcp');
  const identity = (options: object) => JSON.stringify(definition.identity(definition.options.parse({ model: 'm', ...options })));

  it('holds servers, tools and limits of the loop, and no secret', () => {
    const far = { url: 'http://user:password-123@a.example/mcp?key=query-secret', headers: { authorization: 'token-456' } };
    const servers = { box: { ...box, env: { KEY: 'secret-789' } }, far };
    const all = [
      { servers },
      { servers: { box } },
      { servers, maxSteps: 3 },
      { servers, tools: { allow: ['box__*'] } },
      { servers, system: 's' },
    ].map(identity);
    expect(new Set(all).size).toBe(5);
    expect(all[0]).not.toMatch(/password-123|query-secret|token-456|secret-789/);
    expect(identity({ servers, callMs: 5, apiKey: 'k' })).toBe(all[0]);
  });
});
