import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type AgentServer, startAgentServer } from '../helpers/agent-server.ts';
import { testNodes } from '../helpers/nodes.ts';
import { type CliOptions, makeProject, type Project, runCli } from '../helpers/run-cli.ts';

const concurrency = 4;
const sampleCount = 20;
const secret = 'sk-canary+7f/3a9=%"x"';
const config = (changes: Record<string, unknown> = {}) => ({
  suite: 'bot',
  samples: 'samples.jsonl',
  agent: {
    type: 'http',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the tool fills it
    url: '${env:AGENT_URL}',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the tool fills it
    headers: { authorization: 'Bearer ${env:AGENT_KEY}' },
    body: { question: '{{input}}' },
    reply: { output: '/answer' },
  },
  repeats: 1,
  concurrency,
  checkers: [{ type: 'contains', value: '{{expected}}' }],
  ...changes,
});

let agent: AgentServer;
let project: Project;
beforeAll(async () => {
  agent = await startAgentServer();
});
afterAll(() => agent.close());
beforeEach(() => {
  agent.reset();
  agent.behaviours = {};
  agent.fallback = { delayMs: 30 };
  const samples = Array.from({ length: sampleCount }, (_, i) => ({ id: `s${i}`, input: `q${i}`, expected: `q${i}` }));
  project = makeProject({ 'agent-regress.json': config(), 'samples.jsonl': samples });
});
afterEach(() => project.remove());

/** Every file below a folder, as bytes. */
function filesBelow(folder: string): { name: string; content: Buffer }[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => ({ name: entry.name, content: readFileSync(join(entry.parentPath, entry.name)) }));
}

describe.each(testNodes())('the promises on $label', { timeout: 60_000 }, ({ path: node }) => {
  const run = (args: string[], options: Partial<CliOptions> = {}) =>
    runCli(args, { cwd: project.folder, node, env: { AGENT_URL: agent.url, AGENT_KEY: secret }, ...options });
  /** Starts a run and sends it signals, each after so many calls have arrived. */
  const interrupt = (args: string[], signals: [NodeJS.Signals, number][]) =>
    run(args, {
      onStart: (child) => {
        for (const [signal, calls] of signals) void agent.arrived(calls).then(() => child.kill(signal));
      },
    });

  /** Waits until so many answers are in the run log. */
  const recorded = async (name: string, count: number) => {
    for (;;) {
      await sleep(20);
      const text = existsSync(join(project.folder, name, 'run.jsonl')) ? project.read(`${name}/run.jsonl`) : '';
      if ((text.match(/"type":"response"/g) ?? []).length >= count) return;
    }
  };

  test('1 durable: what was done survives kill -9 and is never asked again', async () => {
    await interrupt(['run', '-o', 'out'], [['SIGKILL', 10]]);
    const done = project.records('out', 'done').map(({ sample }) => `q${String(sample).slice(1)}`);
    expect(done.length).toBeGreaterThan(0);
    const before = agent.requests.map(({ question, headers }) => [question, headers['idempotency-key']] as const);
    const answered = project.records('out', 'response').map(({ sample }) => sample);
    const open = project.records('out', 'attempt').filter(({ sample }) => !answered.includes(sample));
    agent.reset();
    const { code, stderr } = await run(['run', '-o', 'out', '--resume']);
    expect(code, stderr).toBe(0);
    for (const { sample } of open)
      expect(stderr).toMatch(new RegExp(`without an answer, and will be asked again with the same Idempotency-Key: .*\\b${sample} #1`));
    const after = agent.requests.map(({ question, headers }) => [question, headers['idempotency-key']] as const);
    expect(after.filter(([question]) => done.includes(question))).toEqual([]);
    const twice = after.filter(([question]) => before.some(([earlier]) => earlier === question));
    expect(twice.length).toBeLessThanOrEqual(concurrency);
    for (const [question, key] of twice) expect(before).toContainEqual([question, key]);
    expect(project.assessment('out').outcomes).toMatchObject({ pass: sampleCount });
  });

  test('2 stage-wise: a checker that breaks never costs an answer', async () => {
    project.write('checker.mjs', 'export default () => process.exit(1);');
    project.write('agent-regress.json', config({ checkers: [{ type: 'module', path: 'checker.mjs' }] }));
    expect((await run(['run', '-o', 'broken', '-q'])).code).toBe(3);
    expect(project.records('broken', 'response')).toHaveLength(sampleCount);
    agent.reset();
    project.write('checker.mjs', 'export default () => true;');
    expect((await run(['check', 'broken', '-q'])).code).toBe(0);
    expect(agent.requests).toEqual([]);
    expect(project.assessment('broken').outcomes).toMatchObject({ pass: sampleCount });
  });

  test('2 stage-wise: answers under a hanging checker are kept, scored by check, and the run goes on with the rest', async () => {
    project.write('checker.mjs', 'export default () => new Promise(() => setInterval(() => {}, 1000));');
    project.write('agent-regress.json', config({ checkers: [{ type: 'module', path: 'checker.mjs' }] }));
    await run(['run', '-o', 'hung', '-q'], { onStart: (child) => void recorded('hung', concurrency).then(() => child.kill('SIGKILL')) });
    const kept = project.records('hung', 'response').map(({ sample }) => `q${String(sample).slice(1)}`);
    expect(kept).toHaveLength(concurrency);
    project.write('checker.mjs', 'export default () => true;');
    agent.reset();
    expect((await run(['check', 'hung', '-q'])).code).toBe(3);
    expect(agent.requests).toEqual([]);
    expect((await run(['run', '-o', 'hung', '-q', '--resume'])).code).toBe(0);
    expect(agent.requests.filter(({ question }) => kept.includes(question))).toEqual([]);
    expect(project.assessment('hung').outcomes).toMatchObject({ pass: sampleCount });
  });

  test('3 same experiment: resume names the field that differs, and a baseline with other checkers is scored again', async () => {
    await interrupt(['run', '-o', 'out'], [['SIGKILL', 6]]);
    const other = config();
    project.write('agent-regress.json', { ...other, agent: { ...other.agent, body: { question: '{{input}}', style: 'short' } } });
    const refused = await run(['run', '-o', 'out', '--resume']);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toMatch(/another experiment: call\.template changed/);
    project.write('agent-regress.json', config({ checkers: [{ type: 'contains', value: 'nothing says this' }] }));
    await run(['run', '-o', 'base', '-q']);
    project.write('agent-regress.json', config());
    await run(['run', '-o', 'head', '-q', '-b', 'base']);
    const { suiteEffect, baseline } = project.assessment('head');
    expect(suiteEffect).toMatchObject({ baselineRate: 1, rate: 1 });
    expect(baseline.notes?.join()).toMatch(/checkers differ \(contains\)/);
  });

  test('4 whole or absent: no file is half written, whenever the process dies or the disk is full', async () => {
    await interrupt(['run', '-o', 'killed'], [['SIGKILL', 6]]);
    expect(filesBelow(join(project.folder, 'killed')).map(({ name }) => name)).not.toContain('assessment.json');
    expect((await run(['run', '-o', 'full', '-q'], { fileLimit: 12 })).code).toBe(3);
    for (const { name, content } of filesBelow(join(project.folder, 'full'))) {
      const text = content.toString('utf8');
      if (name.endsWith('.json')) JSON.parse(text);
      if (name.endsWith('.html')) expect(text.trimEnd()).toMatch(/<\/html>$/);
      if (name.endsWith('.jsonl')) for (const line of text.split('\n').filter(Boolean)) JSON.parse(line);
    }
  });

  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('6 stops in time: %s leaves a labelled partial report and exits with %i', async (signal, expected) => {
    agent.fallback = { delayMs: 200 };
    agent.behaviours = { q7: { delayMs: 60_000 } };
    let stoppedAt = 0;
    const result = await run(['run', '-o', 'out'], {
      onStart: (child) => {
        void agent.arrived(8).then(() => {
          stoppedAt = performance.now();
          child.kill(signal);
        });
      },
    });
    expect(performance.now() - stoppedAt).toBeLessThan(5000);
    expect(result.code, result.stderr).toBe(expected);
    expect(result.stdout).toMatch(/partial run/);
    expect(project.assessment('out').verdict).toMatchObject({ complete: false, exitCode: 3 });
  });

  test('6 stops in time: a second SIGINT stops at once, and resume goes on', async () => {
    project.write('checker.mjs', 'export default () => new Promise(() => setInterval(() => {}, 1000));');
    project.write('agent-regress.json', config({ checkers: [{ type: 'module', path: 'checker.mjs' }] }));
    const result = await run(['run', '-o', 'out'], {
      onStart: (child) => {
        void agent.arrived(concurrency).then(() => {
          child.kill('SIGINT');
          setTimeout(() => child.kill('SIGINT'), 60);
        });
      },
    });
    expect(result.code).toBe(130);
    expect(project.records('out', 'run')).toHaveLength(1);
  });

  test('7 errors are not scores: they are left out of the rates, and nothing but errors is never a pass', async () => {
    agent.behaviours = { q0: { statuses: [404] } };
    await run(['run', '-o', 'one', '-q']);
    const { outcomes, passRate } = project.assessment('one');
    expect([outcomes.error, outcomes.fail, passRate]).toEqual([1, 0, 1]);
    agent.reset();
    agent.fallback = { raw: 'not what was agreed' };
    agent.behaviours = {};
    const { code } = await run(['run', '-o', 'all', '-q', '-b', 'one']);
    expect(code).toBe(3);
    expect(project.assessment('all')).toMatchObject({ outcomes: { error: sampleCount, pass: 0, fail: 0 } });
  });

  test('8 no secret leaves: an agent that repeats its key leaves no form of it in any file or stream', async () => {
    const forms = [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret), Buffer.from(secret).toString('base64')];
    agent.fallback = { answer: `q0 ${forms.join(' ')} Bearer ${secret}`, toolCalls: [{ name: 'leak', args: { key: secret }, result: forms }] };
    const { stdout, stderr } = await run(['run', '-o', 'out', '--verbose']);
    const outputs = [...filesBelow(join(project.folder, 'out')), { name: 'streams', content: Buffer.from(stdout + stderr) }];
    expect(outputs.length).toBeGreaterThan(5);
    for (const { name, content } of outputs) {
      for (const form of forms) expect(content.includes(form), `${name} holds ${form}`).toBe(false);
    }
  });
});
