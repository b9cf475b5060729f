import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { capturePty, hasPty } from '../harness/pty.ts';
import { csvFaults, terminalFaults, unseenFaults } from '../harness/text-sinks.ts';
import { type AgentServer, startAgentServer } from '../helpers/agent-server.ts';
import { hostile } from '../helpers/hostile.ts';
import { makeProject, type Project, runCli } from '../helpers/run-cli.ts';

vi.setConfig({ testTimeout: 120_000 });

const isBuilt = existsSync(process.env.AGENT_REGRESS_CLI ?? 'dist/cli/index.js');
const attacks = [...Object.values(hostile.terminal), ...Object.values(hostile.bidi)].filter((text) => !/\p{Cs}/u.test(text));
const attack = attacks.join(' ');
const link = '\u001b]8;;https://evil.example\u0007link\u001b]52;c;ZXZpbA==\u0007\u009b31m\u202egnp.exe ##[error]x';
const suite = {
  suite: 'bot',
  samples: 'samples.jsonl',
  agent: { type: 'replay', path: 'answers.jsonl' },
  repeats: 1,
  checkers: [{ type: 'contains', name: 'says [x](https://evil.example) @octocat =1', value: 'fine' }],
  baseline: 'none',
};

describe.skipIf(!isBuilt)('the command line and text that attacks a terminal', () => {
  let project: Project;
  let agent: AgentServer;
  beforeAll(async () => {
    agent = await startAgentServer();
    const rows = attacks.map((text, index) => ({ id: `${index} ${text}`.slice(0, 100), input: text || 'x', tags: [text || 'x'] }));
    const line = (row: (typeof rows)[number], output: string) => ({
      id: row.id,
      output,
      toolCalls: [{ name: output || 'x', args: { [output]: output }, result: output }],
    });
    project = makeProject({
      'agent-regress.json': suite,
      'samples.jsonl': rows,
      'answers.jsonl': rows.map((row, index) => line(row, index % 2 ? 'fine' : (attacks[index] ?? ''))),
      'before.jsonl': rows.map((row) => line(row, 'fine')),
    });
  });
  afterAll(async () => {
    project?.remove();
    await agent.close();
  });
  const run = (...args: string[]) => runCli(args, { cwd: project.folder });

  it('T12 T30 prints nothing but its own colours and characters that are seen, in every command that tells of a run', async () => {
    project.write('agent-regress.json', { ...suite, agent: { type: 'replay', path: 'before.jsonl' } });
    const before = await run('run', '--output', 'before', '--quiet');
    expect(before.code, before.stderr).toBe(0);
    project.write('agent-regress.json', suite);
    const commands: Record<string, string[]> = {
      'dry run': ['run', '--dry-run'],
      'dry run as JSON': ['run', '--dry-run', '--format', 'json'],
      validate: ['validate'],
      run: ['run', '--baseline', 'before', '--output', 'now', '--verbose'],
      compare: ['compare', 'before', 'now', '--format', 'json'],
      report: ['report', 'now', '--baseline', 'before', '--format', 'markdown'],
      history: ['history', 'before', 'now'],
      calibrate: ['calibrate', 'before', 'now'],
    };
    for (const [name, args] of Object.entries(commands)) {
      const { stdout, stderr } = await run(...args);
      expect({
        name,
        stdout: name === 'report' ? unseenFaults(stdout.replace(/\u200b/g, '')) : terminalFaults(stdout),
        stderr: terminalFaults(stderr),
      }).toEqual({
        name,
        stdout: [],
        stderr: [],
      });
    }
    const csv = project.read('now/results.csv');
    expect(csvFaults(csv, csv.split('\r\n')[0]?.split(',').length ?? 0)).toEqual([]);
  });

  it.skipIf(!hasPty)('T30 writes no escape sequence to a terminal but its colours and the bar', async () => {
    const text = await capturePty(['run', '--baseline', 'before', '--output', 'pty'], { cwd: project.folder });
    expect(text).toContain('\u001b[1m');
    // A terminal makes CR LF of a line's end; the bar goes back and empties its line.
    expect(terminalFaults(text.replaceAll('\r\u001b[2K', '').replaceAll('\r\n', '\n'), { colours: true })).toEqual([]);
  });

  it('T12 T30 shows the bytes of errors that name what is foreign', async () => {
    const broken: Record<string, [string, unknown]> = {
      'unknown key': ['agent-regress.json', { ...suite, [link]: 1 }],
      'unknown checker': ['agent-regress.json', { ...suite, checkers: [{ type: link }] }],
      'broken JSON': ['agent-regress.json', `{"suite": "${attack}`],
      'missing file': ['agent-regress.json', { ...suite, samples: `${link.replaceAll('/', '')}.jsonl` }],
    };
    for (const [name, [file, content]] of Object.entries(broken)) {
      writeFileSync(join(project.folder, file), typeof content === 'string' ? content : JSON.stringify(content));
      const { code, stdout, stderr } = await run('run', '--verbose');
      expect(code, name).toBe(2);
      expect({ name, stdout, stderr: terminalFaults(stderr) }).toEqual({ name, stdout: '', stderr: [] });
    }
    project.write('agent-regress.json', suite);
    for (const args of [[link], ['run', `--${link}`], ['run', '--format', link], ['history', link], ['run', '--config', link]]) {
      const { stdout, stderr } = await run(...args);
      expect({ args, stdout: terminalFaults(stdout), stderr: terminalFaults(stderr) }).toEqual({ args, stdout: [], stderr: [] });
    }
  });

  it('T12 keeps every character of an answer in the run log', async () => {
    agent.fallback = { answer: attack };
    const http = { type: 'http', url: agent.url, body: { question: '{{input}}' }, reply: { output: '/answer' } };
    project.write('http.json', { ...suite, suite: 'http', agent: http, samples: 'one.jsonl' });
    project.write('one.jsonl', [{ id: 'one', input: 'hello' }]);
    await run('run', '--config', 'http.json', '--output', 'http', '--quiet');
    const [response] = project.records('http', 'response') as { trajectory?: { turns: { output: string }[] } }[];
    expect(response?.trajectory?.turns[0]?.output).toBe(attack);
  });
});
