// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the tool fills them
import { existsSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { capturePty, hasPty } from '../harness/pty.ts';
import { type AgentServer, startAgentServer } from '../helpers/agent-server.ts';
import { makeProject, type Project, runCli } from '../helpers/run-cli.ts';

const config = {
  suite: 'bot',
  samples: 'samples.jsonl',
  agent: {
    type: 'http',
    url: '${env:AGENT_URL}',
    headers: { authorization: 'Bearer ${env:AGENT_KEY}' },
    body: { question: '{{input}}' },
    reply: { output: '/answer', toolCalls: '/trace/tool_calls' },
  },
  repeats: 1,
  timeoutMs: 2000,
  checkers: [
    { type: 'equals', value: '{{expected}}' },
    { type: 'trajectory', match: 'exact', args: 'exact' },
  ],
};
const key = 'sk-canary-capture-3b1f90';

let agent: AgentServer;
let project: Project;
beforeAll(async () => {
  agent = await startAgentServer();
});
afterAll(() => agent.close());
beforeEach(() => {
  agent.reset();
  agent.behaviours = { 'Where is order 7?': { answer: 'On its way.', toolCalls: [{ name: 'track', args: { order: '7' } }] } };
  agent.fallback = {};
  project = makeProject({ 'agent-regress.json': config });
});
afterEach(() => project.remove());

const env = () => ({ AGENT_URL: agent.url, AGENT_KEY: key });
const capture = (stdin: string, ...args: string[]) => runCli(['capture', ...args], { cwd: project.folder, env: env(), stdin });
const rows = () =>
  project
    .read('samples.jsonl')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown);

const id = expect.stringMatching(/^captured-[0-9a-f]{8}$/);
const tracked = { input: 'Where is order 7?', expected: 'On its way.', toolCalls: [{ name: 'track', args: { order: '7' } }] };
const thanked = { input: 'thanks', expected: 'echo: thanks' };

describe('capture', { timeout: 60_000 }, () => {
  it('turns what was said into samples that the agent passes', async () => {
    const talk = await capture('Where is order 7?\n\n  \nthanks\n', 'samples.jsonl');
    expect(talk).toMatchObject({ code: 0, stdout: '', stderr: expect.stringContaining('calls track {"order":"7"}\nOn its way.\n') });
    expect(talk.stderr).toContain('saved as samples.jsonl:1.');
    expect((await capture('hello', 'samples.jsonl')).stderr).toContain('saved as samples.jsonl:2.');
    expect(rows()).toEqual([
      { id, turns: [tracked, thanked] },
      { id, input: 'hello', expected: 'echo: hello' },
    ]);
    expect(await runCli(['run'], { cwd: project.folder, env: env() })).toMatchObject({ code: 0 });
    agent.behaviours = {};
    expect((await runCli(['run', '--baseline', '.agent-regress/bot', '--output', 'again'], { cwd: project.folder, env: env() })).stdout).toContain(
      '100.0 % → 50.0 %',
    );
  });

  it('prints the sample where no file is named, and nothing else there', async () => {
    const { code, stdout } = await capture('Where is order 7?\n');
    expect({ code, row: JSON.parse(stdout) }).toEqual({ code: 0, row: { id, ...tracked } });
    expect(await capture('')).toMatchObject({ code: 0, stdout: '', stderr: 'nothing was answered, so nothing is saved\n' });
  });

  it('keeps what was answered when the agent fails or is too slow, and says why', async () => {
    agent.behaviours.down = { statuses: [503, 503, 503, 503] };
    agent.behaviours.slow = { delayMs: 10_000 };
    expect(await capture('hello\ndown\nmore\n', 'samples.jsonl')).toMatchObject({ code: 3, stderr: expect.stringMatching(/turn 2: .*503/) });
    expect(await capture('hello\nslow\n', 'samples.jsonl')).toMatchObject({ code: 3, stderr: expect.stringContaining('time limit') });
    expect(rows()).toEqual(Array(2).fill({ id, input: 'hello', expected: 'echo: hello' }));
    expect(await capture('down\n')).toMatchObject({ code: 3, stdout: '', stderr: expect.stringContaining('nothing is saved') });
  });

  it('has each answer on disk before it asks for more, and ends with what was said when it is stopped', async () => {
    const file = join(project.folder, 'samples.jsonl');
    let saved = '';
    const { code, stderr } = await runCli(['capture', 'samples.jsonl'], {
      cwd: project.folder,
      env: env(),
      stdin: (stream) => void stream.write('hello\n'),
      onStart: async (child) => {
        while (!existsSync(file) || !project.read('samples.jsonl').endsWith('\n')) await sleep(20);
        saved = project.read('samples.jsonl');
        child.kill('SIGTERM');
      },
    });
    expect({ code, saved }).toEqual({
      code: 143,
      saved: expect.stringMatching(/^{"id":"captured-.{8}","input":"hello","expected":"echo: hello"}\n$/),
    });
    expect(stderr).toContain('saved as samples.jsonl:1.');
    expect(project.read('samples.jsonl')).toBe(saved);
  });

  it('T16 takes secrets out, and shows nothing that a terminal would carry out', async () => {
    agent.fallback = { answer: `the key is ${key} \u001b[31m::add-mask::x` };
    const { stderr } = await capture(`is it ${key}?\n`, 'samples.jsonl');
    expect(rows()).toEqual([{ id, input: 'is it [redacted:AGENT_KEY]?', expected: expect.stringMatching(/the key is \[redacted:AGENT_KEY\]/) }]);
    expect(stderr).not.toContain('\u001b');
  });

  it('prints the sample when the file cannot be written, and refuses what is no file of lines', async () => {
    const { code, stdout, stderr } = await capture('hello\n', 'agent-regress.json/samples.jsonl');
    expect({ code, row: JSON.parse(stdout) }).toEqual({ code: 3, row: { id, input: 'hello', expected: 'echo: hello' } });
    expect(stderr).toMatch(/agent-regress\.json\/samples\.jsonl c(an|ould) not be written/);
    expect(await capture('hello\n', 'samples.yml')).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('ends in .jsonl') });
    project.write('agent-regress.json', { ...config, agent: { type: 'replay', path: 'run.jsonl' } });
    expect(await capture('hello\n')).toMatchObject({ code: 2, stderr: expect.stringContaining('repeats recorded answers') });
  });

  it('makes samples of their own of two sessions alike, in the file that is there when an answer comes', async () => {
    const file = join(project.folder, 'samples.jsonl');
    const done = runCli(['capture', 'samples.jsonl'], {
      cwd: project.folder,
      env: env(),
      async stdin(stream) {
        stream.write('hello\n');
        while (!existsSync(file)) await sleep(20);
        // As an editor saves.
        writeFileSync(`${file}.new`, project.read('samples.jsonl'));
        renameSync(`${file}.new`, file);
        stream.end('thanks\n');
      },
    });
    expect(await done).toMatchObject({ code: 0 });
    await capture('hello\nthanks\n', 'samples.jsonl');
    const turns = [{ input: 'hello', expected: 'echo: hello' }, thanked];
    expect(rows()).toEqual([
      { id, turns },
      { id, turns },
    ]);
    expect(await runCli(['validate'], { cwd: project.folder, env: env() })).toMatchObject({ code: 0, stdout: expect.stringContaining('2 samples') });
  });

  it('keeps the file and prints the sample when the disk is full', async () => {
    project.write('samples.jsonl', `${JSON.stringify({ input: 'x'.repeat(3000) })}\n`);
    const before = project.read('samples.jsonl');
    agent.behaviours.much = { answer: 'y'.repeat(7000) };
    const options = { cwd: project.folder, env: env(), stdin: 'hello\nmuch\n', fileLimit: 8 };
    const { code, stdout, stderr } = await runCli(['capture', 'samples.jsonl'], options);
    expect({ code, row: JSON.parse(stdout) }).toMatchObject({ code: 3, row: { turns: [{ input: 'hello' }, { expected: 'y'.repeat(7000) }] } });
    expect(stderr).toContain('could not be written');
    expect(project.read('samples.jsonl')).toMatch(new RegExp(`^${before}{"id":"captured-.{8}","input":"hello","expected":"echo: hello"}\\n$`));
  });

  it('has the calls that spans tell of', async () => {
    const spans = join(project.folder, 'spans.jsonl');
    project.write('spans.jsonl', '');
    const program = `
      import { appendFileSync } from 'node:fs';
      export default ({ traceparent }) => {
        const [, traceId] = traceparent.split('-');
        const attributes = [{ key: 'gen_ai.operation.name', value: { stringValue: 'execute_tool' } }, { key: 'gen_ai.tool.name', value: { stringValue: 'track' } }];
        const now = String(BigInt(Date.now()) * 1000000n);
        const span = { traceId, spanId: '00000000000000aa', name: 'execute_tool track', kind: 1, startTimeUnixNano: now, endTimeUnixNano: now, attributes };
        appendFileSync(${JSON.stringify(spans)}, JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: [span] }] }] }) + '\\n');
        return { output: 'tracked' };
      };`;
    project.write('agent.mjs', program);
    const traces = { path: 'spans.jsonl', waitMs: 3000, quietMs: 100 };
    project.write('agent-regress.json', { ...config, traces, agent: { type: 'module', path: 'agent.mjs', permissions: { write: ['.'] } } });
    await capture('a\n', 'samples.jsonl');
    expect(rows()).toEqual([{ id, input: 'a', expected: 'tracked', toolCalls: [{ name: 'track' }] }]);
  });

  it('tells the agent of a trace as a run does, and of none where the config does not want it', async () => {
    const seen = async (changes: object) => {
      project.write('agent-regress.json', { ...config, ...changes });
      agent.reset();
      await capture('hello\n');
      return agent.requests.map(({ headers }) => headers.traceparent);
    };
    const own = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    expect(await seen({})).toEqual([expect.stringMatching(/^00-[0-9a-f]{32}-/)]);
    expect(await seen({ traces: { send: false } })).toEqual([undefined]);
    expect(await seen({ agent: { ...config.agent, headers: { traceparent: own } } })).toEqual([own]);
  });

  it('reads a pipe as fast as the agent answers, and no line without end', async () => {
    const long = await capture(`hello\n${'x'.repeat(2_000_000)}`, 'samples.jsonl');
    expect(long).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/saved as samples\.jsonl:1[\s\S]*a line of the input is longer than 1048576 bytes/),
    });
    agent.fallback = { statuses: [400], delayMs: 1500 };
    const endless = await runCli(['capture'], {
      cwd: project.folder,
      env: { ...env(), NODE_OPTIONS: '--max-old-space-size=100' },
      shell: 'yes question | head -c 400000000 | exec "$@"',
    });
    expect(endless).toMatchObject({ code: 3, stderr: expect.stringContaining('400') });
  });

  it('says beforehand what it cannot do, and what will not fit', async () => {
    const { agent: http } = config;
    project.write('agent-regress.json', { ...config, agent: { ...http, body: { question: '{{input}}', who: '{{row.customer}}' } } });
    expect(await capture('hello\n')).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringMatching(/^error: .*\{\{row\.customer\}\}, which only a sample has/),
    });
    expect(agent.requests).toHaveLength(0);
    project.write('agent-regress.json', { ...config, samples: { path: 'samples.jsonl', map: { input: '{{question}}' } } });
    expect((await capture('hello\n', 'samples.jsonl')).stderr).toContain('warning: agent-regress.json reads rows of another shape');
  });

  it('speaks turn by turn with a program too', async () => {
    const program =
      "let t='';process.stdin.on('data',(d)=>t+=d).on('end',()=>{const {input,history=[]}=JSON.parse(t);console.log(`${history.length}: ${input}`)})";
    project.write('agent-regress.json', { ...config, agent: { type: 'command', command: ['node', '-e', program] } });
    await capture('a\nb\n', 'samples.jsonl');
    expect(rows()).toEqual([
      {
        id,
        turns: [
          { input: 'a', expected: '0: a' },
          { input: 'b', expected: expect.stringMatching(/^[12]: b$/) },
        ],
      },
    ]);
  });

  it.skipIf(!hasPty)('asks on a terminal, until the end of the input is typed', async () => {
    const typed = [
      { after: '> ', keys: 'hello\r' },
      { after: 'echo: hello', keys: '' },
      { after: '> ', keys: '\u0004' },
    ];
    const text = await capturePty(['capture', 'samples.jsonl'], { cwd: project.folder, env: env(), typed });
    expect(text).toContain('You speak to the agent of bot. Ctrl-D ends the session.');
    expect(text).toContain('saved as samples.jsonl:1.');
    expect(rows()).toEqual([{ id, input: 'hello', expected: 'echo: hello' }]);
  });
});
