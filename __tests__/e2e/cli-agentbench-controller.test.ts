import { afterEach, describe, expect, it } from 'vitest';
import type { Trajectory } from '../../src/records/trajectory.ts';
import { type SmallController, type SmallTask, startSmallController } from '../helpers/agentbench-controller.ts';
import { startJsonServer } from '../helpers/json-server.ts';
import { makeProject, type Project, runCli } from '../helpers/run-cli.ts';

const out = '.agent-regress/pair';
const user = (content: string) => ({ role: 'user' as const, content });

/** Guess the number: two examples first, then at most three tries. */
const guess: SmallTask = {
  indices: [0, 1, 2, 'easy'],
  capacity: 2,
  async play(index, action) {
    const wanted = String(index === 'easy' ? 0 : index);
    let response = await action(user('Say a number. Example:'), { role: 'agent', content: '9' }, user('Go.'));
    for (let tries = 1; tries < 3; tries++) {
      if (response.status === 'agent context limit') return { status: 'agent context limit' };
      if (response.content === wanted) return { status: 'completed', result: { result: true, tries } };
      response = await action(user(`no, it is not ${response.content}`));
    }
    return { status: 'task limit reached', result: { result: false } };
  },
  overall: (results) => ({ solved: results.filter(({ status }) => status === 'completed').length / results.length }),
};

/** Counts up with every turn. */
const agent = `export default async ({ history, input }) => ({ output: String(history.length), toolCalls: [{ name: 'saw', args: { input } }] });\n`;

let controller: SmallController | undefined;
let project: Project | undefined;
afterEach(async () => {
  await controller?.close();
  project?.remove();
});

async function setUp(tasks: Record<string, SmallTask> = { guess }, config: object = {}): Promise<{ controller: SmallController; project: Project }> {
  controller = await startSmallController(tasks);
  const suite = {
    suite: 'pair',
    samples: { controller: true },
    user: { type: 'controller', url: controller.url, task: 'guess' },
    agent: { type: 'module', path: 'agent.mjs' },
    ...{ repeats: 1, baseline: 'none', maxRetries: 1, checkers: [{ type: 'agentbench-status', metric: '/result' }] },
    ...config,
  };
  project = makeProject({ 'agent.mjs': agent, 'agent-regress.json': suite });
  return { controller, project };
}

const cli = (args: string[], onStart?: Parameters<typeof runCli>[1]['onStart']) =>
  runCli([...args, '--no-color'], { cwd: project?.folder ?? '', ...(onStart ? { onStart } : {}) });

const outcomes = () => Object.fromEntries((project?.records(out, 'done') ?? []).map(({ sample, outcome }) => [sample, outcome]));
const trajectoryOf = (id: string) => project?.records(out, 'response').find(({ sample }) => sample === id)?.trajectory as Trajectory | undefined;

describe('a task controller as the user', () => {
  it('lists the samples, speaks for each until its task has ended, and tells how', async () => {
    const { controller, project } = await setUp({ guess }, { exports: [{ type: 'agentbench', path: 'results', agent: 'counter' }] });
    const { code, stderr } = await cli(['run']);
    expect({ code, stderr }).toMatchObject({ code: 0 });
    expect(outcomes()).toEqual({ 'guess#0': 'pass', 'guess#1': 'pass', 'guess#2': 'fail', 'guess#easy': 'pass' });
    const one = trajectoryOf('guess#1');
    expect(one?.turns.map(({ input, output }) => [input, output])).toEqual([
      [[user('Say a number. Example:'), { role: 'assistant', content: '9' }, user('Go.')], '0'],
      ['no, it is not 0', '1'],
    ]);
    expect(one?.finalState).toMatchObject({ index: 1, status: 'completed', result: { result: true, tries: 2 } });
    expect(one?.finalState).toMatchObject({ history: Array(6).fill({}) });
    expect(project.records(out, 'taskMetric')).toMatchObject([{ task: 'guess', results: 4, value: { solved: 0.75 } }]);
    const overall = JSON.parse(project.read('results/counter/guess/overall.json'));
    expect(overall).toMatchObject({ total: 4, validation: { completed: 0.75, 'task limit reached': 0.25 }, custom: { solved: 0.75 } });
    expect(controller.open()).toBe(0);
    expect(controller.most()).toBeLessThanOrEqual(2);
    expect(controller.count('/start_sample')).toBe(4);
    expect(controller.count('/cancel')).toBe(0);
  });

  it('waits for a worker while none is free, and loses no sample', async () => {
    const { controller } = await setUp({ guess: { ...guess, capacity: 1 } }, { concurrency: 4 });
    // The list of workers says that there is one, and there is none yet.
    controller.fault = ({ path }, number) =>
      path === '/start_sample' && number <= 2 ? { status: 406, body: { detail: 'Error: No workers available' } } : undefined;
    expect((await cli(['run'])).code).toBe(0);
    expect(Object.keys(outcomes())).toHaveLength(4);
    expect(controller.most()).toBe(1);
    expect(controller.count('/start_sample')).toBe(6);
  });

  it('stops the run when no worker is free for too long, and goes on later', async () => {
    const { controller, project } = await setUp();
    const config = JSON.parse(project.read('agent-regress.json'));
    project.write('agent-regress.json', { ...config, user: { ...config.user, waitMs: 50 } });
    controller.fault = ({ path }) => (path === '/list_workers' ? { status: 200, body: {} } : undefined);
    const stopped = await cli(['run']);
    expect(stopped.code).toBe(3);
    expect(stopped.stderr).toMatch(/no free worker for the task: waited 0\.05 s for a worker of "guess"; it has no workers at all/);
    expect(outcomes()).toEqual({});
    controller.fault = () => undefined;
    project.write('agent-regress.json', config);
    expect((await cli(['run', '--resume'])).code).toBe(0);
    expect(Object.keys(outcomes())).toHaveLength(4);
  });

  it('starts a new session where the old one is gone, never two at once, and cancels what it leaves', async () => {
    const { controller } = await setUp({ guess }, { concurrency: 1, samples: { controller: true, where: { ids: ['guess#1'] } } });
    controller.fault = ({ path }, number) => {
      if (path !== '/interact' || number !== 2) return undefined;
      controller.restart();
      return undefined;
    };
    expect((await cli(['run'])).code).toBe(0);
    expect(outcomes()).toEqual({ 'guess#1': 'pass' });
    expect(controller.count('/start_sample')).toBe(2);
    expect(controller.most()).toBe(1);
  });

  it.each([
    ['a task that raised', { status: 501, body: { detail: 'boom' } }, 'task-interact', /broke the sample off: .*boom/],
    ['a reply that is none', { status: 200, body: '<html>' }, 'task-interact', /a reply of the controller cannot be used: it is no JSON/],
    ['a connection that breaks', 'break' as const, 'task-network', /the task controller was not reached: .*broke/],
  ])('counts %s as an error of the slot, not of the agent, and cancels the session', async (_, fault, kind, message) => {
    const { controller, project } = await setUp({ guess }, { maxRetries: 0 });
    controller.fault = ({ path, body }) => (path === '/interact' && body.session_id === 0 ? fault : undefined);
    await cli(['run']);
    const errors = project.records(out, 'response').flatMap(({ error }) => (error ? [error] : []));
    expect(errors).toEqual([expect.objectContaining({ kind, message: expect.stringMatching(message) })]);
    expect(controller.open()).toBe(0);
    expect(controller.count('/cancel')).toBe(1);
  });

  it('is told of an agent that fails by nothing but a cancel', async () => {
    const failing = `export default async ({ input }) => { if (input === 'no, it is not 0') throw new Error('agent is down'); return '0'; };\n`;
    const { controller, project } = await setUp({ guess }, { maxRetries: 0 });
    project.write('agent.mjs', failing);
    await cli(['run']);
    expect(outcomes()).toEqual({ 'guess#0': 'pass', 'guess#1': 'error', 'guess#2': 'error', 'guess#easy': 'pass' });
    expect(controller.count('/cancel')).toBe(2);
    expect(controller.open()).toBe(0);
  });

  it('shows an agent the windowed history, and is told when the agent cannot read a conversation that long', async () => {
    const server = await startJsonServer(({ body }) => {
      const last = body.messages.at(-1).content;
      return last === 'go on' ? { status: 400, body: 'maximum tokens reached' } : { body: { text: `saw ${body.messages.length}` } };
    });
    const long: SmallTask = {
      indices: [0],
      capacity: 1,
      async play(_, action) {
        await action(user('rules'));
        for (let n = 0; n < 3; n++) await action(user(Array(1500).fill(n).join(' ')));
        const { status } = await action(user('go on'));
        return { status: status === 'normal' ? 'completed' : status };
      },
    };
    const agent = { type: 'agentbench-http', url: server.url, returnFormat: '{response[text]}' };
    const { controller, project } = await setUp({ guess: long }, { agent, maxRetries: 0, checkers: [{ type: 'agentbench-status' }] });
    await cli(['run']);
    await server.close();
    expect(outcomes()).toEqual({ 'guess#0': 'fail' });
    expect(trajectoryOf('guess#0')).toMatchObject({ finalState: { status: 'agent context limit' }, turns: Array(5).fill({}) });
    expect(trajectoryOf('guess#0')?.turns.at(-1)).toMatchObject({ output: '', finishReason: 'context-limit' });
    expect(server.seen.map(({ body }) => body.messages.length)).toEqual([1, 3, 5, 5, 7]);
    expect(server.seen[3]?.body.messages[0].content).toBe('rules\n\n[NOTICE] 2 messages are omitted.');
    expect(controller.seen.at(-2)?.body).toEqual({ session_id: 0, agent_response: { status: 'agent context limit', content: null } });
    expect(project.records(out, 'response')).toHaveLength(1);
  });

  it('cancels open sessions when the run is stopped or takes too long', async () => {
    const { controller, project } = await setUp({ guess }, { timeoutMs: 300, maxRetries: 0, samples: { controller: true, limit: 2 } });
    project.write('agent.mjs', 'export default () => new Promise(() => setTimeout(() => {}, 60_000));\n');
    await cli(['run']);
    expect(controller.count('/cancel')).toBe(2);
    expect(controller.open()).toBe(0);
    project.write('agent-regress.json', { ...JSON.parse(project.read('agent-regress.json')), timeoutMs: 60_000 });
    const { code } = await cli(['run', '--output', 'second'], (child) => {
      const timer = setInterval(() => {
        if (controller.open() < 2) return;
        clearInterval(timer);
        child.kill('SIGTERM');
      }, 20);
    });
    expect(code).toBe(143);
    expect(controller.open()).toBe(0);
  });

  it('takes its samples from a file too, and says what a row lacks', async () => {
    const { project } = await setUp({ guess }, { samples: 'samples.jsonl' });
    project.write('samples.jsonl', [
      { id: 'a', metadata: { index: 1 } },
      { id: 'b', index: 'easy', tags: ['x'] },
    ]);
    expect((await cli(['run'])).code).toBe(0);
    expect(outcomes()).toEqual({ a: 'pass', b: 'pass' });
    project.write('samples.jsonl', [{ id: 'a' }]);
    const { code, stderr } = await cli(['validate']);
    expect({ code, stderr }).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/samples\.jsonl:1.*"a" does not say which sample of the task it is/),
    });
  });

  it('says what is wrong before anything is asked: the task, the address, the samples without a controller', async () => {
    const { controller, project } = await setUp({ guess }, {});
    const config = JSON.parse(project.read('agent-regress.json'));
    const run = async (more: object) => {
      project.write('agent-regress.json', { ...config, ...more });
      return cli(['run']);
    };
    const unknown = await run({ user: { ...config.user, task: 'gess' } });
    expect(unknown).toMatchObject({
      code: 3,
      stderr: expect.stringMatching(/does not list the samples of "gess": it answered with status 400: .*Task does not exist/),
    });
    expect(await run({ user: { ...config.user, url: 'localhost:5000' } })).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('user.url: the address of the task controller is not'),
    });
    expect(await run({ user: undefined })).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('the samples are those of a task controller, and there is none'),
    });
    expect(await run({ user: { type: 'controller', url: controller.url } })).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('user.task: "task" is missing'),
    });
    expect(controller.count('/start_sample')).toBe(0);
  });
});
