import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SuiteConfig } from '../../src/config/suite-config.ts';
import { checkRun } from '../../src/pipeline/check.ts';
import { evaluateSuite } from '../../src/pipeline/evaluate.ts';
import { executeSuite } from '../../src/pipeline/execute.ts';
import { findLocalBaseline } from '../../src/pipeline/find-baseline.ts';
import { loadSuites } from '../../src/pipeline/load-suites.ts';
import type { Evaluation, PipelineEvent } from '../../src/pipeline/ports.ts';
import { type AgentServer, startAgentServer } from '../helpers/agent-server.ts';
import { makeProject, type Project } from '../helpers/run-cli.ts';

let project: Project;
let head: AgentServer;
let prod: AgentServer;
let order: ('head' | 'prod')[];
beforeEach(async () => {
  project = makeProject();
  [head, prod] = await Promise.all([startAgentServer(), startAgentServer({ seed: 2 })]);
  order = [];
  watch(head, 'head');
  watch(prod, 'prod');
});
afterEach(async () => {
  project.remove();
  await Promise.all([head.close(), prod.close()]);
});

/** Notes each arrival, of both in one list. */
function watch(server: AgentServer, name: 'head' | 'prod'): void {
  const { requests } = server;
  const push = requests.push.bind(requests);
  requests.push = (...seen) => {
    order.push(name);
    return push(...seen);
  };
}

const ids = Array.from({ length: 20 }, (_, i) => `s${i + 1}`);
const prodKey = 'prod-key-7f3a9c';

interface Options {
  config?: Record<string, unknown>;
  agent?: Record<string, unknown>;
  resume?: boolean;
  signal?: AbortSignal;
}

/** The suite that asks both servers. */
async function load(options: Options = {}): Promise<SuiteConfig> {
  project.write(
    'samples.jsonl',
    ids.map((id) => ({ id, input: `question ${id}`, expected: 'echo' })),
  );
  project.write('agent-regress.json', {
    suite: 'bot',
    samples: 'samples.jsonl',
    agent: { type: 'http', url: head.url, body: { question: '{{input}}' }, reply: { output: '/answer', usage: '/usage' }, ...options.agent },
    repeats: 3,
    concurrency: 4,
    checkers: [{ type: 'contains', value: '{{expected}}' }],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the syntax of the config
    baseline: { agent: { url: '${env:PROD_URL}', headers: { authorization: 'Bearer ${env:PROD_KEY}' } } },
    policy: { slices: [] },
    ...options.config,
  });
  const env = { PROD_URL: prod.url, PROD_KEY: prodKey };
  const [config] = await loadSuites({ configPaths: [], overrides: [], env, cwd: project.folder });
  if (!config) throw new Error('no suite');
  return config;
}

/** Runs the suite against both servers, in this process. */
async function run(options: Options = {}): Promise<Evaluation & { events: PipelineEvent[] }> {
  const config = await load(options);
  const events: PipelineEvent[] = [];
  const evaluation = await evaluateSuite({
    config,
    outputDir: join(project.folder, 'out'),
    resume: options.resume ?? false,
    findBaseline: (wanted) => findLocalBaseline(wanted, project.folder, () => Promise.reject(new Error('nothing is searched for'))),
    git: { sha: 'a'.repeat(40) },
    signal: options.signal ?? new AbortController().signal,
    onEvent: (event) => events.push(event),
  });
  return { ...evaluation, events };
}

function largestLead(): number {
  let lead = 0;
  let largest = 0;
  for (const name of order) {
    lead += name === 'head' ? 1 : -1;
    largest = Math.max(largest, Math.abs(lead));
  }
  return largest;
}

const questions = (server: AgentServer) => server.requests.map(({ question }) => question);
const notices = (events: readonly PipelineEvent[]) => events.flatMap((event) => (event.kind === 'notice' ? event.message : []));

describe('a second agent as the baseline', () => {
  it.each([
    ['alike', {}, {}],
    ['one slow', {}, { delayMs: 8 }],
    ['the other slow', { delayMs: 8 }, {}],
  ])('is asked the same slots at the same time: %s', async (_, headBehaviour, prodBehaviour) => {
    head.fallback = headBehaviour;
    prod.fallback = prodBehaviour;
    const { assessment, exitCode, events } = await run();
    expect([head.requests.length, prod.requests.length]).toEqual([60, 60]);
    expect([...questions(prod)].sort()).toEqual([...questions(head)].sort());
    expect(largestLead()).toBeLessThanOrEqual(4);
    expect(head.maxInFlight).toBeLessThanOrEqual(2);
    expect(prod.maxInFlight).toBeLessThanOrEqual(2);
    expect(assessment.suiteEffect).toMatchObject({ baselineRate: 1, rate: 1 });
    expect([exitCode, assessment.verdict.status]).toEqual([0, 'no-change']);
    expect(assessment.baseline).toMatchObject({ kind: 'agent', runs: 1, agent: '[redacted:PROD_URL]' });
    expect(assessment.baseline.notes ?? []).toEqual([]);
    expect(assessment.cost).toMatchObject({ agentCalls: 60, baselineAgentCalls: 60 });
    expect(events).toContainEqual(expect.objectContaining({ kind: 'started', agents: 2, slots: 120, resumed: 0 }));
    expect(events.findLast(({ kind }) => kind === 'progress')).toMatchObject({ done: 120, total: 120, pass: 120 });
  });

  it('does not call a drift that hits both a regression, and says why it need not fear one', async () => {
    // By arrivals: progress is told after the disk, which may be slower than the agents.
    void Promise.all([head.arrived(31), prod.arrived(31)]).then(() => {
      head.fallback = { passRate: 0.3 };
      prod.fallback = { passRate: 0.3 };
    });
    const { assessment } = await run();
    expect(assessment.suiteEffect?.baselineRate).toBeLessThan(0.9);
    expect(assessment.verdict.status).not.toBe('regressed');
    const reasons = assessment.verdict.reasons.join('\n');
    expect(reasons).toContain('repeats are independent');
    expect(reasons).not.toMatch(/days? do not differ/);
  });

  it('finds a worse agent, and asks only that one again to be sure', async () => {
    for (const id of ids.slice(0, 4)) head.behaviours[`question ${id}`] = { passRate: 0 };
    const { assessment, exitCode, view } = await run();
    expect([exitCode, assessment.verdict.status]).toEqual([1, 'regressed']);
    expect(assessment.counts.regressed).toBe(4);
    expect(prod.requests).toHaveLength(60);
    expect(head.requests.length).toBeGreaterThan(60);
    expect(view.baseline).toBe('Baseline: a second agent, asked in this run (`[redacted:PROD_URL]`).');
    expect(view.effort).toMatch(/^\d+ agent calls, 60 calls of the baseline agent, /);
  });

  it('leaves a run log that serves as a baseline', async () => {
    await run();
    expect(project.records('out/baseline-agent', 'end')).toHaveLength(1);
    expect(project.records('out/baseline-agent', 'run')[0]).toMatchObject({ agent: { type: 'http', endpoint: '[redacted:PROD_URL]' } });
    expect(project.records('out/baseline-agent', 'run')[0]).not.toHaveProperty('git');
    project.write('kept/run.jsonl', project.read('out/baseline-agent/run.jsonl'));
    const { assessment } = await run({ config: { baseline: { path: 'kept' } } });
    expect(assessment.suiteEffect).toMatchObject({ baselineRate: 1, rate: 1 });
    expect(assessment.baseline.notes?.join()).toMatch(/asked differently than the baseline: endpoint/);
  });

  it('writes no secret of either agent anywhere', async () => {
    prod.fallback = { answer: `echo ${prodKey}`, wrongAnswer: prodKey, passRate: 0.5 };
    await run();
    expect(prod.requests[0]?.headers.authorization).toBe(`Bearer ${prodKey}`);
    expect(head.requests[0]?.headers.authorization).toBeUndefined();
    const files = readdirSync(join(project.folder, 'out'), { recursive: true, encoding: 'utf8' }).map((name) => join(project.folder, 'out', name));
    const texts = files.filter((file) => statSync(file).isFile()).map((file) => readFileSync(file, 'utf8'));
    expect(texts.length).toBeGreaterThan(5);
    expect(texts.filter((text) => text.includes(prodKey) || text.includes(prod.url))).toEqual([]);
  });
});

it('can be asked first and scored later', async () => {
  const rest = { signal: new AbortController().signal, onEvent: () => {} };
  const findBaseline = () => Promise.reject(new Error('nothing is searched for'));
  const outputDir = join(project.folder, 'out');
  expect((await executeSuite({ config: await load(), outputDir, resume: false, ...rest })).exitCode).toBe(0);
  expect([head.requests.length, prod.requests.length]).toEqual([60, 60]);
  for (const checkers of [[{ type: 'contains', value: 'echo' }], [{ type: 'contains', value: 'question' }]]) {
    const { assessment } = await checkRun({ run: outputDir, config: await load({ config: { checkers } }), findBaseline, ...rest });
    expect(assessment.baseline).toMatchObject({ kind: 'agent', runs: 1, agent: '[redacted:PROD_URL]' });
    expect(assessment.suiteEffect).toMatchObject({ baselineRate: 1, rate: 1 });
    expect(assessment.cost).toMatchObject({ agentCalls: 60, baselineAgentCalls: 60 });
  }
  expect([head.requests.length, prod.requests.length]).toEqual([60, 60]);
});

describe('a run with two agents that stops', () => {
  it('keeps everything when the baseline agent dies, says which it was, and goes on with both', async () => {
    void prod.arrived(11).then(() => prod.close());
    const first = await run({ config: { maxRetries: 0 } });
    expect(first.exitCode).toBe(3);
    expect(first.assessment.run.stopReason).toBe('baseline-agent-unreachable');
    expect(notices(first.events).join('\n')).toMatch(/the baseline agent could not be reached.*go on with --resume/);
    expect(project.records('out', 'stop')).toMatchObject([{ reason: 'baseline-agent-unreachable' }]);
    expect(project.records('out/baseline-agent', 'stop')).toMatchObject([{ reason: 'agent-unreachable' }]);
    const kept = [project.records('out', 'done').length, project.records('out/baseline-agent', 'done').length];
    expect(kept[0]).toBeGreaterThan(5);

    const port = Number(new URL(prod.url).port);
    prod = await startAgentServer({ port });
    const second = await run({ resume: true });
    expect([second.exitCode, second.assessment.verdict.status]).toEqual([0, 'no-change']);
    expect([project.records('out', 'done').length, project.records('out/baseline-agent', 'done').length]).toEqual([60, 60]);
    expect(prod.requests).toHaveLength(60 - kept[1]!);
  });

  it('goes on with both where they were', async () => {
    const stop = new AbortController();
    void head.arrived(15).then(() => stop.abort());
    const first = await run({ signal: stop.signal });
    expect([first.exitCode, first.assessment.run.stopReason]).toEqual([3, 'interrupted']);
    const done = project.records('out', 'done').length + project.records('out/baseline-agent', 'done').length;
    const second = await run({ resume: true });
    expect([second.exitCode, second.assessment.verdict.status]).toEqual([0, 'no-change']);
    expect(second.events).toContainEqual(expect.objectContaining({ kind: 'started', slots: 120, resumed: done }));
    expect(project.records('out', 'done')).toHaveLength(60);
    expect(project.records('out/baseline-agent', 'done')).toHaveLength(60);
    expect(head.requests.length + prod.requests.length).toBeLessThanOrEqual(120 + 4);
    expect(second.assessment.baseline.notes ?? []).toEqual([]);
  });

  it('spends one budget on both', async () => {
    const { exitCode, assessment } = await run({ config: { budget: { calls: 50 } } });
    expect([exitCode, assessment.run.stopReason]).toEqual([3, 'budget-calls']);
    expect(head.requests.length + prod.requests.length).toBe(50);
    expect(Math.abs(head.requests.length - prod.requests.length)).toBeLessThanOrEqual(4);
    expect(project.records('out/baseline-agent', 'stop')).toMatchObject([{ reason: 'budget-calls' }]);
  });

  it('takes single errors of the baseline agent as missing repeats', async () => {
    prod.behaviours['question s1'] = { statuses: [500, 500, 500] };
    const { exitCode, assessment, events } = await run({ config: { maxRetries: 0 } });
    expect(exitCode).toBe(0);
    expect(assessment.counts.new).toBe(1);
    expect(notices(events).join('\n')).toMatch(/the baseline agent: 3 of 60 slots have no usable answer/);
  });

  it('is not confused by an agent that is down from the start', async () => {
    await head.close();
    const { exitCode, assessment, events } = await run();
    expect([exitCode, assessment.run.stopReason]).toEqual([3, 'agent-unreachable']);
    expect(notices(events).join('\n')).toMatch(/(^|\n)the agent could not be reached/);
    expect(project.records('out/baseline-agent', 'stop')).toMatchObject([{ reason: 'other-agent-unreachable' }]);
  });
});
