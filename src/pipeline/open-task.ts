import type { SuiteConfig } from '../config/suite-config.ts';
import { datasets } from '../datasets/registry.ts';
import type { DatasetSource } from '../datasets/select.ts';
import { ExitCode, ToolError } from '../errors.ts';
import { openTaskController, type TaskController } from '../io/agentbench-controller.ts';
import { shortDigest } from '../io/hash.ts';
import type { Json } from '../records/json.ts';
import type { Sample } from '../records/sample.ts';
import { type Read, sampleIdOf } from '../systems/agentbench/controller.ts';
import { controller } from '../users/controller.ts';
import { asksUser, type OpenUser, saySample } from './open-user.ts';

/** An interactive task behind its controller: it speaks for every sample, lists its samples, and makes a metric of its own of their ends. */
export interface OpenTask {
  user: OpenUser;
  /** Absent: the suite names its dataset. */
  samples?: DatasetSource;
  /** Names of a row that say what is asked. */
  callNames: readonly string[];
  /** `results`: final states as recorded. */
  metric(results: readonly Json[]): Promise<Read<Json>>;
}

/** For the estimate of calls alone: nobody knows how long a task talks. */
const usualTurns = 8;

/** @throws ToolError `controller-url-invalid`, and `task-unavailable` or `task-unknown` where it is asked for its samples. */
export async function openTask(config: SuiteConfig, signal: AbortSignal): Promise<OpenTask> {
  const { controller: task, deadlines, concurrency, maxReplyBytes } = config;
  if (!task) throw new Error('a suite without a task controller has no task');
  const opened = withUrl(config, () => openTaskController({ ...task, deadlines, maxReplyBytes, concurrency, signal }));
  const digest = shortDigest(task.task);
  const samples = config.samples.isFromController ? await listedSamples(config, task.task, opened) : undefined;
  return {
    ...(samples ? { samples } : {}),
    callNames: ['metadata.index', 'row.index'],
    metric: (results) => opened.overall(results),
    user: {
      // Where the controller is makes no other question.
      fingerprintFor: (definition) => (asksUser(definition) ? `${controller.type}-${digest}` : 'scripted'),
      createUser: (sample, attempt, definition) =>
        definition && !asksUser(definition) ? saySample(sample) : controller.create(sample, { controller: opened.port, ...attempt }),
      callsOf: (_: Sample) => ({ agent: usualTurns, user: 0 }),
      close: opened.close,
    },
  };
}

function withUrl<T>({ file }: SuiteConfig, open: () => T): T {
  try {
    return open();
  } catch (error) {
    if (!(error instanceof ToolError)) throw error;
    const message = 'the address of the task controller is not an absolute http or https URL';
    const remedy = 'write it like "http://localhost:5000/api"';
    throw new ToolError({
      code: 'controller-url-invalid',
      message: `${file}: user.url: ${message}`,
      remedy,
      problems: [{ file, field: 'user.url', message, remedy }],
    });
  }
}

/** As lines of a dataset, so that they are chosen, numbered and checked like all others. */
async function listedSamples({ file }: SuiteConfig, task: string, opened: TaskController): Promise<DatasetSource> {
  const indices = await opened.indices();
  if (indices.problem !== undefined) {
    await opened.close();
    const message = `the task controller does not list the samples of "${task}": ${indices.problem}`;
    const remedy = `check that it runs at ${opened.endpoint}, that a worker of the task has registered, and the name under user.task`;
    throw new ToolError({
      code: 'task-unavailable',
      message: `${file}: ${message}`,
      remedy,
      exitCode: ExitCode.incomplete,
      problems: [{ file, field: 'samples.controller', message, remedy }],
    });
  }
  const lines = indices.value.map((index) => `${JSON.stringify({ id: sampleIdOf(task, index), metadata: { task, index } })}\n`);
  return {
    file: `controller:${task}`,
    format: datasets.get('jsonl'),
    async *open() {
      yield* lines;
    },
  };
}
