import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { type SmallController, type SmallTask, startSmallController } from '../helpers/agentbench-controller.ts';
import { makeProject, type Project, runCli } from '../helpers/run-cli.ts';

const out = '.agent-regress/pair';
const user = (content: string) => ({ role: 'user' as const, content });
const task = (play: SmallTask['play'], indices: SmallTask['indices']): Record<string, SmallTask> => ({ t: { indices, capacity: 2, play } });

let controllers: SmallController[] = [];
let project: Project | undefined;
afterEach(async () => {
  for (const controller of controllers) await controller.close();
  controllers = [];
  project?.remove();
});

async function start(tasks: Record<string, SmallTask>): Promise<SmallController> {
  const controller = await startSmallController(tasks);
  controllers.push(controller);
  return controller;
}

async function run(url: string, config: { user?: object } & Record<string, unknown> = {}) {
  const suite = {
    ...{ suite: 'pair', samples: { controller: true }, agent: { type: 'do-nothing', output: 'ok' }, repeats: 1, baseline: 'none' },
    ...{ maxRetries: 0, concurrency: 2, checkers: [{ type: 'agentbench-status' }], ...config },
    user: { type: 'controller', url, task: 't', ...config.user },
  };
  project ??= makeProject({});
  project.write('agent-regress.json', suite);
  return runCli(['run', '--no-color'], { cwd: project.folder });
}

const records = (kind: string) => project?.records(out, kind) ?? [];

describe('a task controller that fails', () => {
  const once: SmallTask['play'] = async (_, action) => ({ status: (await action(user('say ok'))).content === 'ok' ? 'completed' : 'task error' });

  it('is given up after callMs when it is silent, and its session cancelled', async () => {
    const controller = await start(task(once, [0, 1]));
    controller.fault = ({ path, body }) => (path === '/interact' && body.session_id === 0 ? 'silent' : undefined);
    await run(controller.url, { user: { callMs: 1000 } });
    const errors = records('response').flatMap(({ error }) => (error ? [error] : []));
    expect(errors).toEqual([
      { kind: 'task-network', message: expect.stringContaining('the task controller was not reached: it gave no complete answer in time') },
    ]);
    expect(controller.count('/cancel')).toBe(1);
    expect(controller.open()).toBe(0);
  });

  it('starts a sample late: that session is cancelled, and the next one counts', async () => {
    let release: () => void = () => {};
    let starts = 0;
    const late = new Promise<void>((resolve) => {
      release = resolve;
    });
    const play: SmallTask['play'] = async (index, action) => {
      starts += 1;
      if (starts === 1) await late;
      else release();
      return once(index, action);
    };
    const controller = await start(task(play, [0]));
    const { code } = await run(controller.url, { user: { callMs: 1000 }, maxRetries: 1 });
    expect(code).toBe(0);
    expect(records('done')).toMatchObject([{ sample: 't#0', outcome: 'pass' }]);
    expect(controller.seen.filter(({ path }) => path === '/cancel').map(({ body }) => body)).toEqual([{ session_id: 0 }]);
    expect(controller.open()).toBe(0);
  });

  it('leaves no result file of an earlier run beside those of a later one', async () => {
    const controller = await start(task(once, [0, 1]));
    const exports = [{ type: 'agentbench', path: 'results', agent: 'a' }];
    const files = () => readdirSync(join(project?.folder ?? '', 'results/a/t')).sort();
    await run(controller.url, { exports });
    expect(files()).toEqual(['overall.json', 'runs.jsonl']);
    controller.fault = ({ path, body }) => (path === '/start_sample' && body.index === 1 ? { status: 501, body: 'boom' } : undefined);
    await run(controller.url, { exports });
    expect(files()).toEqual(['error.jsonl', 'runs.jsonl']);
    controller.fault = () => undefined;
    await run(controller.url, { exports });
    expect(files()).toEqual(['overall.json', 'runs.jsonl']);
  });
});
