import { writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { pullRequestRun, pushRun } from '../github/stand-in/runs.ts';
import { readOutput } from '../harness/runner.ts';
import { commandLines, commandMark } from '../helpers/command-lines.ts';
import { type CliResult, makeProject, type Project, runCli } from '../helpers/run-cli.ts';
import { isBuilt, openScenario } from './action-scenario.ts';

vi.setConfig({ testTimeout: 120_000 });

/** What a hostile text did: commands that carry its mark as they stand in it, not as a part of a message of ours. */
function carriedOut(output: string): string[] {
  const ours = new Set(['notice', 'warning', 'error', 'add-mask', 'debug']);
  const { commands } = readOutput(output);
  return commands
    .filter(({ name, data }) => !ours.has(name) || data.startsWith(commandMark))
    .map(({ name, data }) => `${name}: ${data.slice(0, 80)}`);
}
const outputOf = ({ stdout, stderr }: Pick<CliResult, 'stdout' | 'stderr'>) => `${stdout}\n${stderr}`;

/** Answers each of thirty questions with one line of the corpus: as its text, as a tool, and as the body of an error for every second one. */
async function startHostileAgent(): Promise<Server & { url: string }> {
  const server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk: Buffer) => (text += String(chunk)));
    request.on('end', () => {
      const n = Number(/question (\d+)/.exec(text)?.[1] ?? 0);
      const line = commandLines[n % commandLines.length]!;
      if (n % 2 === 1) response.writeHead(400, { 'content-type': 'text/plain' }).end(line);
      else response.end(JSON.stringify({ answer: line, trace: { tool_calls: [{ name: line, args: { a: line } }] } }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return Object.assign(server, { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` });
}

const samples = commandLines.map((line, n) => ({
  id: `${n} ${line}`,
  input: `question ${n}`,
  expected: line.repeat(2),
  tags: [line],
  toolCalls: [{ name: line }],
}));
const suite = (url: string) => ({
  suite: 'support-bot',
  samples: 'samples/*.jsonl',
  agent: { type: 'http', url, body: { question: '{{input}}' }, reply: { output: '/answer', toolCalls: '/trace/tool_calls' } },
  repeats: 1,
  maxRetries: 0,
  checkers: [
    { type: 'equals', value: '{{expected}}' },
    { type: 'trajectory', match: 'in-order' },
  ],
});

describe('T14 the runner carries out nothing that a stranger wrote', () => {
  let agent: Awaited<ReturnType<typeof startHostileAgent>>;
  beforeEach(async () => {
    agent = await startHostileAgent();
  });
  afterEach(() => {
    agent.closeAllConnections();
    agent.close();
  });

  describe('into the log of the command line', () => {
    let project: Project;
    beforeEach(() => {
      project = makeProject({ 'samples/a.jsonl': samples, 'agent-regress.json': suite(agent.url) });
    });
    afterEach(() => project.remove());
    const cli = (...args: string[]) => runCli(args, { cwd: project.folder, env: { GITHUB_ACTIONS: 'true', CI: 'true' } });

    it('in answers, tools, sample ids, tags and error bodies, in progress lines and in every format', async () => {
      const run = await cli('run', '--verbose', '--output', 'out');
      expect(run.code, outputOf(run)).not.toBe(4);
      expect(project.records('out', 'done')).toHaveLength(commandLines.length);
      expect(carriedOut(outputOf(run))).toEqual([]);
      for (const format of ['json', 'markdown', 'csv', 'junit', 'html']) {
        const shown = await cli('report', 'out', '--format', format);
        expect(outputOf(shown).length, format).toBeGreaterThan(500);
        expect(carriedOut(outputOf(shown)), format).toEqual([]);
        if (format === 'json') expect(JSON.parse(shown.stdout)).toMatchObject(JSON.parse(project.read('out/assessment.json')));
      }
    });

    it('in names of files, in errors of the config and in stacks', async () => {
      const texts: string[] = [];
      const [missing, wrong] = [commandLines.join('\n'), commandLines.map((line) => `text\n${line}`).join('\n')];
      texts.push(outputOf(await cli('run', '--config', missing.replaceAll('/', '-'), '--verbose')));
      project.write('agent-regress.json', { ...suite(agent.url), [wrong]: wrong, agent: { type: wrong }, checkers: [{ type: wrong, value: wrong }] });
      texts.push(outputOf(await cli('validate', '--verbose')), outputOf(await cli(wrong)));
      project.write('agent.mjs', `const text = ${JSON.stringify(wrong)}; console.log(text); const e = new Error(text); e.stack = text; throw e;`);
      project.write('agent-regress.json', { ...suite(agent.url), agent: { type: 'module', path: 'agent.mjs' } });
      texts.push(outputOf(await cli('run', '--verbose', '--output', 'out')));
      for (const text of texts) {
        expect(text).toContain(commandMark);
        expect(carriedOut(text)).toEqual([]);
      }
    });
  });

  describe.skipIf(!isBuilt)('into the log of the action', () => {
    it('in answers, sample ids, error bodies, branch names, files and errors of the config', async ({ onTestFinished }) => {
      const scenario = await openScenario();
      onTestFinished(() => scenario.close());
      const { github, workspace } = scenario;
      await writeFile(join(workspace, 'agent-regress.yml'), JSON.stringify(suite(agent.url)));
      await writeFile(join(workspace, 'samples', 'refunds.jsonl'), samples.map((row) => `${JSON.stringify(row)}\n`).join(''));
      const branch = commandLines.join('').replace(/\s/g, '');
      const change = pullRequestRun(github, { branch });
      const run = await scenario.run(change);
      expect(run.outputs['exit-code'], outputOf(run)).not.toBe('4');
      expect(carriedOut(outputOf(run))).toEqual([]);
      expect(run.masked.join()).not.toContain(commandMark);
      expect(run).toMatchObject({ environment: {}, path: '' });

      const wrong = commandLines.join('\n');
      await writeFile(join(workspace, 'agent-regress.yml'), JSON.stringify({ ...suite(agent.url), [wrong]: wrong, agent: { type: wrong } }));
      const broken = await scenario.run(pushRun(github), { inputs: { 'fail-on': wrong } });
      const refused = await scenario.run(pushRun(github), { inputs: { config: `agent-regress.yml\n${wrong}` } });
      for (const { stdout, stderr, masked } of [broken, refused]) {
        expect(`${stdout}${stderr}`).toContain(commandMark);
        expect(carriedOut(`${stdout}\n${stderr}`)).toEqual([]);
        expect(masked.join()).not.toContain(commandMark);
      }
    });
  });
});
