// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the tool fills them
import { existsSync } from 'node:fs';
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

const tracked = { input: 'Where is order 7?', expected: 'On its way.', toolCalls: [{ name: 'track', args: { order: '7' } }] };
const thanked = { input: 'thanks', expected: 'echo: thanks' };

describe('capture', { timeout: 60_000 }, () => {
  it('turns what was said into samples that the agent passes', async () => {
    const talk = await capture('Where is order 7?\n\n  \nthanks\n', 'samples.jsonl');
    expect(talk).toMatchObject({ code: 0, stdout: '', stderr: expect.stringContaining('calls track {"order":"7"}\nOn its way.\n') });
    expect(talk.stderr).toContain('saved as samples.jsonl:1.');
    expect((await capture('hello', 'samples.jsonl')).stderr).toContain('saved as samples.jsonl:2.');
    expect(rows()).toEqual([{ turns: [tracked, thanked] }, { input: 'hello', expected: 'echo: hello' }]);
    expect(await runCli(['run'], { cwd: project.folder, env: env() })).toMatchObject({ code: 0 });
    agent.behaviours = {};
    expect((await runCli(['run', '--baseline', '.agent-regress/bot', '--output', 'again'], { cwd: project.folder, env: env() })).stdout).toContain(
      '100.0 % → 50.0 %',
    );
  });

  it('prints the sample where no file is named, and nothing else there', async () => {
    const { code, stdout } = await capture('Where is order 7?\n');
    expect({ code, row: JSON.parse(stdout) }).toEqual({ code: 0, row: tracked });
    expect(await capture('')).toMatchObject({ code: 0, stdout: '', stderr: 'nothing was answered, so nothing is saved\n' });
  });

  it('keeps what was answered when the agent fails or is too slow, and says why', async () => {
    agent.behaviours.down = { statuses: [503, 503, 503, 503] };
    agent.behaviours.slow = { delayMs: 10_000 };
    expect(await capture('hello\ndown\nmore\n', 'samples.jsonl')).toMatchObject({ code: 3, stderr: expect.stringMatching(/turn 2: .*503/) });
    expect(await capture('hello\nslow\n', 'samples.jsonl')).toMatchObject({ code: 3, stderr: expect.stringContaining('time limit') });
    expect(rows()).toEqual(Array(2).fill({ input: 'hello', expected: 'echo: hello' }));
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
    expect({ code, saved }).toEqual({ code: 143, saved: '{"input":"hello","expected":"echo: hello"}\n' });
    expect(stderr).toContain('saved as samples.jsonl:1.');
    expect(project.read('samples.jsonl')).toBe(saved);
  });

  it('T16 takes secrets out, and shows nothing that a terminal would carry out', async () => {
    agent.fallback = { answer: `the key is ${key} \u001b[31m::add-mask::x` };
    const { stderr } = await capture(`is it ${key}?\n`, 'samples.jsonl');
    expect(rows()).toEqual([{ input: 'is it [redacted:AGENT_KEY]?', expected: expect.stringMatching(/^the key is \[redacted:AGENT_KEY\]/) }]);
    expect(stderr).not.toContain('\u001b');
  });

  it('prints the sample when the file cannot be written, and refuses what is no file of lines', async () => {
    const { code, stdout, stderr } = await capture('hello\n', 'nowhere/samples.jsonl');
    expect({ code, row: JSON.parse(stdout) }).toEqual({ code: 3, row: { input: 'hello', expected: 'echo: hello' } });
    expect(stderr).toMatch(/nowhere\/samples\.jsonl cannot be written/);
    expect(await capture('hello\n', 'samples.yml')).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('ends in .jsonl') });
    project.write('agent-regress.json', { ...config, agent: { type: 'replay', path: 'run.jsonl' } });
    expect(await capture('hello\n')).toMatchObject({ code: 2, stderr: expect.stringContaining('repeats recorded answers') });
  });

  it('speaks turn by turn with a program too', async () => {
    const program =
      "let t='';process.stdin.on('data',(d)=>t+=d).on('end',()=>{const {input,history=[]}=JSON.parse(t);console.log(`${history.length}: ${input}`)})";
    project.write('agent-regress.json', { ...config, agent: { type: 'command', command: ['node', '-e', program] } });
    await capture('a\nb\n', 'samples.jsonl');
    expect(rows()).toEqual([
      {
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
    expect(rows()).toEqual([{ input: 'hello', expected: 'echo: hello' }]);
  });
});
