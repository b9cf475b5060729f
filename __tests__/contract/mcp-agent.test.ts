import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, vi } from 'vitest';
import type { AgentPorts } from '../../src/agents/agent.ts';
import { toolCallsOf } from '../../src/records/trajectory.ts';
import { failureOf, makeRequest, makeSample, openAgent, tempDir } from '../agents/support.ts';
import { type Scripted, serveModel } from '../helpers/model-server.ts';

const server = fileURLToPath(new URL('../helpers/mcp-server.mjs', import.meta.url));
/** Our placeholder, not one of JavaScript's. */
const folder = '$'.concat('{workspace}');
const stdio = (more: object = {}) => ({ command: process.execPath, args: [server, folder], ...more });

async function openMcp(script: readonly Scripted[], options: object = {}, ports: Partial<AgentPorts> = {}) {
  const model = await serveModel(script);
  const agent = await openAgent('mcp', { baseUrl: model.baseUrl, model: 'm', servers: { box: stdio() }, ...options }, ports);
  return { agent, ...model };
}

const call = (name: string, args: unknown = {}): Scripted => ({ calls: [{ name, args }] });

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

describe('a model with the tools of an MCP server', () => {
  it('runs the tools that the model calls and records calls, results, texts and the folder', async () => {
    const { agent, bodies } = await openMcp([
      {
        text: 'Let me see.',
        calls: [
          { name: 'box__add', args: { a: 2, b: 3 } },
          { name: 'box__write', args: { path: 'sum.txt', text: 'five' } },
        ],
      },
      'It is 5.',
    ]);
    const trajectory = await agent.ask(makeRequest({ sample: makeSample({ system: 'be exact' }) }));
    expect(trajectory).toMatchObject({
      turns: [
        {
          output: 'It is 5.',
          steps: [
            { kind: 'message', text: 'Let me see.' },
            { kind: 'toolCall', name: 'box__add', server: 'box', args: { a: 2, b: 3 }, result: { sum: 5 }, isError: false },
            { kind: 'toolCall', name: 'box__write', server: 'box', result: 'written', isError: false },
          ],
        },
      ],
      finalState: { files: { 'sum.txt': 'five' } },
      usage: { inputTokens: 20, outputTokens: 4 },
    });
    expect(bodies[0]?.tools?.map(({ function: { name } }) => name)).toContain('box__odd_name_');
    expect(bodies[0]?.messages[0]).toEqual({ role: 'system', content: 'be exact' });
    expect(bodies[1]?.messages.slice(-2)).toEqual([
      { role: 'tool', tool_call_id: 'call-0', content: '5' },
      { role: 'tool', tool_call_id: 'call-1', content: 'written' },
    ]);
  });

  it('gives every slot a folder and a server of its own, with the files of the sample, and leaves nothing behind', async () => {
    const baseDir = tempDir({ 'orders.json': '[1]' });
    const { agent } = await openMcp(
      [call('box__read', { path: 'orders.json' }), call('box__read', { path: 'docs/a.md' }), call('box__environment'), 'done'],
      { environment: '{{row.environment}}', servers: { box: stdio({ cwd: folder, env: { TOKEN: 'abc', DATA: `${folder}/x` } }) } },
      { baseDir },
    );
    const environment = [
      { path: 'docs', type: 'directory', content: '' },
      { path: 'docs/a.md', type: 'file', content: 'A' },
      { path: 'b.bin', type: 'binary', content: 'AAEC' },
    ];
    const sample = makeSample({ files: ['orders.json'], row: { environment } });
    process.env.CANARY = 'canary';
    const [one, two] = await Promise.all([agent.ask(makeRequest({ sample })), agent.ask(makeRequest({ sample }))]);
    delete process.env.CANARY;
    const environments = [one, two].map((trajectory) => JSON.parse(toolCallsOf(trajectory)[2]?.result as string) as Record<string, string>);
    expect(toolCallsOf(one).map(({ result }) => result)).toMatchObject(['[1]', 'A', expect.any(String)]);
    expect(one.finalState).toEqual({
      files: { 'docs/a.md': 'A', 'orders.json': '[1]' },
      omitted: { 'b.bin': '3 bytes that are not text' },
    });
    for (const { TOKEN, DATA, CANARY, cwd = '' } of environments) {
      expect({ TOKEN, DATA, CANARY }).toEqual({ TOKEN: 'abc', DATA: `${cwd}/x`, CANARY: undefined });
      expect(existsSync(cwd)).toBe(false);
    }
    expect(environments[0]?.cwd).not.toBe(environments[1]?.cwd);
    for (const { pid } of environments) expect(isRunning(Number(pid))).toBe(false);
  });

  it.each([
    [{ files: ['../secret.txt'] }, 'secret.txt'],
    [{ files: ['/etc/hostname'] }, 'hostname'],
    [{ row: { environment: [{ path: '../x', content: '' }] } }, '"../x" is not a path inside the folder'],
    [{ row: { environment: [{ path: 'a\\..\\..\\x', content: '' }] } }, 'is not a path inside the folder'],
    [{ row: { environment: [{ path: 'C:\\x', content: '' }] } }, 'is not a path inside the folder'],
    [{ row: { environment: [{ path: 'x', type: 'link' }] } }, 'none of directory, file, binary, db, sh'],
    [{ row: { environment: 5 } }, 'a list of {path, type, content} is expected'],
    [{ row: {} }, 'no "environment" in "row"'],
  ])('puts nothing outside the folder: %j', async (fields, message) => {
    const { agent, bodies } = await openMcp(['done'], { environment: '{{row.environment}}' });
    expect(await failureOf(agent.ask(makeRequest({ sample: makeSample({ row: { environment: [] }, ...fields }) })))).toMatchObject({
      kind: 'agent-error',
      phase: 'not-sent',
      isTransient: false,
      message: expect.stringContaining(message),
    });
    expect(bodies).toEqual([]);
  });

  it.each([
    ['box__fail', {}, 'it does not work today'],
    ['box__missing', {}, 'there is no tool "box__missing"'],
    ['box__add', { a: 'two', b: 3 }, 'the arguments do not fit the tool: "/a" must be number'],
    ['box__add', '{"a": 1', 'the arguments are no JSON object'],
    ['box__add', '[1, 2]', 'the arguments are no JSON object'],
    ['box__read', { path: 'none.txt' }, 'ENOENT'],
    ['box__crash', {}, 'the server exited with code 7; it wrote: the test server is up'],
    ['box__hang', {}, 'no result within 600 ms'],
  ])('tells the model what went wrong with %s %j, and goes on', async (name, args, message) => {
    const { agent, bodies } = await openMcp([call(name, args), 'sorry'], { callMs: 600 });
    const trajectory = await agent.ask(makeRequest());
    expect(trajectory.turns[0]).toMatchObject({
      output: 'sorry',
      steps: [{ kind: 'toolCall', isError: true, result: expect.stringContaining(message) }],
    });
    expect(bodies[1]?.messages.at(-1)).toMatchObject({ role: 'tool', content: expect.stringContaining(message) });
  });

  it('T35 a model that never has enough of its tools stops at maxSteps and says so', async () => {
    const { agent, bodies } = await openMcp([call('box__add', { a: 1, b: 1 }), call('box__add', { a: 2, b: 2 }), 'done'], { maxSteps: 2 });
    const { turns } = await agent.ask(makeRequest());
    expect(turns[0]?.steps.map(({ kind }) => kind)).toEqual(['toolCall', 'toolCall', 'error']);
    expect(turns[0]).toMatchObject({ output: '', steps: [{}, {}, { message: expect.stringContaining('maxSteps') }] });
    expect(bodies).toHaveLength(2);
  });

  it('cuts long results, and says so', async () => {
    const { agent, bodies } = await openMcp([call('box__big', { size: 5000 }), 'done'], { maxResultChars: 100 });
    await agent.ask(makeRequest());
    expect(bodies[1]?.messages.at(-1)?.content).toBe(`${'x'.repeat(100)}…\n[cut: 4900 more characters]`);
  });

  it('keeps the servers and the conversation for all turns of a sample', async () => {
    const { agent, bodies } = await openMcp([call('box__environment'), 'done']);
    const trajectory = await agent.ask(makeRequest({ sample: makeSample({ turns: [{ input: 'one' }, { input: 'two' }] }) }));
    const pids = toolCallsOf(trajectory).map(({ result }) => JSON.parse(result as string).pid);
    expect(pids[0]).toBe(pids[1]);
    expect(bodies.at(-1)?.messages.map(({ role }) => role)).toEqual(['user', 'assistant', 'tool', 'assistant', 'user', 'assistant', 'tool']);
  });

  it('offers the tools that the config allows, and warns of a name that fits none', async () => {
    const warnings: string[] = [];
    const { agent, bodies } = await openMcp(
      ['done'],
      { tools: { allow: ['box__re*', 'box__write', 'bux__*'], deny: ['*read*'] } },
      { warn: (text) => warnings.push(text) },
    );
    await agent.ask(makeRequest());
    await agent.ask(makeRequest());
    expect(bodies[0]?.tools?.map(({ function: { name } }) => name)).toEqual(['box__write']);
    expect(warnings).toEqual(['no tool fits "box__re*" of agent.tools.allow', 'no tool fits "bux__*" of agent.tools.allow']);
  });

  it('refuses tools whose names become the same', async () => {
    const { agent } = await openMcp(['done'], { servers: { 'a b': stdio(), 'a.b': stdio() } });
    expect((await failureOf(agent.ask(makeRequest()))).message).toMatch(/"add" of "a b" and "add" of "a.b" would both be called a_b__add/);
  });

  it('stops the servers and what they started when the slot is aborted', async () => {
    const { agent, bodies } = await openMcp([call('box__child'), call('box__hang')]);
    const stopping = new AbortController();
    const asked = failureOf(agent.ask(makeRequest({ signal: stopping.signal })));
    await vi.waitFor(() => expect(bodies).toHaveLength(2), { timeout: 10_000 });
    const pid = Number(bodies[1]?.messages.at(-1)?.content);
    expect(isRunning(pid)).toBe(true);
    stopping.abort();
    expect(await asked).toMatchObject({ kind: 'aborted', phase: 'ambiguous' });
    await vi.waitFor(() => expect(isRunning(pid)).toBe(false), { timeout: 5000 });
  });
});
