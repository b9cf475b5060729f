import { renameSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readRunIndex } from '../../src/io/run-log-file.ts';
import { type AgentServer, startAgentServer } from '../helpers/agent-server.ts';
import { makeProject, type Project, runCli } from '../helpers/run-cli.ts';

const sampleCount = 8;
let agent: AgentServer;
let project: Project;
beforeAll(async () => {
  agent = await startAgentServer();
});
afterAll(() => agent.close());
beforeEach(() => {
  agent.reset();
  agent.behaviours = {};
  project = makeProject({
    'agent-regress.json': config([{ type: 'contains', value: '{{expected}}' }]),
    'samples.jsonl': Array.from({ length: sampleCount }, (_, i) => ({ id: `s${i}`, input: `q${i}`, expected: `q${i}` })),
  });
});
afterEach(() => project.remove());

function config(checkers: object[]): object {
  return {
    suite: 'bot',
    samples: 'samples.jsonl',
    agent: { type: 'http', url: agent.url, body: { question: '{{input}}' }, reply: { output: '/answer' } },
    repeats: 1,
    concurrency: 1,
    baseline: 'none',
    checkers,
  };
}

const run = (args: string[], nodeOptions?: string) =>
  runCli(['run', '-o', 'out', '-q', ...args], { cwd: project.folder, ...(nodeOptions === undefined ? {} : { env: { NODE_OPTIONS: nodeOptions } }) });

/** What is on disk is sound, the next run says what it has found, and going on asks nobody twice. */
async function expectToGoOn(answered: number): Promise<void> {
  const log = join(project.folder, 'out/run.jsonl');
  expect((await readRunIndex(log)).end).toBeUndefined();
  expect(project.records('out', 'response').length).toBeGreaterThanOrEqual(answered);
  const known = project.records('out', 'response').map(({ sample }) => `q${String(sample).slice(1)}`);
  agent.behaviours = {};
  const anew = await run([]);
  expect(anew.stderr).toMatch(/had not come to its end.*run\.previous\.jsonl.*add --resume/);
  renameSync(join(project.folder, 'out/run.previous.jsonl'), log);
  agent.reset();
  expect((await run(['--resume'])).code).toBe(0);
  expect(agent.requests.filter(({ question }) => known.includes(question))).toEqual([]);
  expect(project.assessment('out').outcomes).toMatchObject({ pass: sampleCount });
}

describe('the end of our own process that nobody wanted', { timeout: 60_000 }, () => {
  it('F31 by lack of memory is no exit code of a verdict, keeps every answer and is told of by the next run', async () => {
    agent.behaviours = { q5: { raw: `{"answer": [${'[],'.repeat(3_000_000)}[]]}` } };
    const { code } = await run([], '--max-old-space-size=40');
    expect([0, 1, 2, 3, 4]).not.toContain(code);
    await expectToGoOn(5);
  });

  it('F31 by an error that nobody caught is a bug, not a regression, and keeps every answer', async () => {
    project.write(
      'bug.mjs',
      `import http from 'node:http';
       let replies = 0;
       const { emit } = http.ClientRequest.prototype;
       http.ClientRequest.prototype.emit = function (...given) {
         if (given[0] === 'response' && ++replies === 5) void Promise.reject(new Error('nobody caught this'));
         return emit.apply(this, given);
       };`,
    );
    const { code, stderr } = await run([], `--import ${join(project.folder, 'bug.mjs')}`);
    expect(stderr).toMatch(/This is a bug in agent-regress.*nobody caught this/s);
    expect(code).toBe(4);
    await expectToGoOn(3);
  });

  it('F31 of a child that checks, by lack of memory, leaves that score open and keeps the rest', async () => {
    project.write(
      'checker.mjs',
      `export default ({ sample }) => { const all = []; while (sample.id === 's3') all.push(new Array(1e6).fill(all)); return true; };`,
    );
    project.write('agent-regress.json', config([{ type: 'module', path: 'checker.mjs' }]));
    await run([]);
    expect(project.assessment('out').outcomes).toMatchObject({ pass: sampleCount - 1, unscored: 1, fail: 0, error: 0 });
    // On a busy machine its time is over before its memory.
    expect(JSON.stringify(project.records('out', 'score'))).toMatch(/ran out of memory|no answer within/);
    expect((await readRunIndex(join(project.folder, 'out/run.jsonl'))).end).toBeDefined();
  });
});
