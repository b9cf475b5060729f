import { afterEach, describe, expect, it } from 'vitest';
import type { Trajectory } from '../../src/records/trajectory.ts';
import { type SmallController, type SmallTask, startSmallController } from '../helpers/agentbench-controller.ts';
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
    const { controller, project } = await setUp();
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
    expect(controller.open()).toBe(0);
    expect(controller.most()).toBeLessThanOrEqual(2);
    expect(controller.count('/start_sample')).toBe(4);
    expect(controller.count('/cancel')).toBe(0);
  });
});
