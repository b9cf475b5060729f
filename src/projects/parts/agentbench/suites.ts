import type { Problem } from '../../../errors.ts';
import type { Json, JsonObject } from '../../../records/json.ts';
import type { Instance } from '../../../systems/agentbench/assignments.ts';
import type { PairFolder } from '../../../systems/agentbench/folder.ts';
import type { ConvertedSuite } from '../../project.ts';

/** Tries after the first one of HTTPAgent's call; with `--auto-retry` more, but not for ever. */
const maxRetries = 2;
const autoRetries = 10;

/** An agent with a task: the parts of a suite. */
export interface Pair {
  agentName: string;
  taskName: string;
  agent: JsonObject;
  /** Samples, user and checkers. */
  task: JsonObject;
  /** Samples at once. */
  concurrency: number;
  /** Folder of results, from the working folder; the run log lies in it. */
  output: string;
  /** Of v0.2: where result files are written, and the two steps of `output` below it. */
  results?: PairFolder & { path: string };
  isAutoRetry: boolean;
}

/** One suite per pair; two pairs with one name are numbered. */
export function suitesOf(pairs: readonly Pair[]): ConvertedSuite[] {
  const taken = new Set<string>();
  return pairs.map((pair) => {
    const suite = freeName(suiteName(`${pair.agentName} ${pair.taskName}`), taken);
    const { results } = pair;
    return {
      output: pair.output,
      config: {
        suite,
        ...pair.task,
        agent: pair.agent,
        repeats: 1,
        concurrency: Math.min(1000, pair.concurrency),
        maxRetries: pair.isAutoRetry ? autoRetries : maxRetries,
        ...(results === undefined ? {} : { exports: [{ type: 'agentbench', ...results }] }),
      },
    };
  });
}

/** Any text as the name of a suite: letters, digits, spaces, `.`, `_` and `-`, beginning with a letter or digit. */
export function suiteName(text: string): string {
  const name = text
    .replace(/[^\p{L}\p{N} ._-]+/gu, '-')
    .replace(/^[^\p{L}\p{N}]+/u, '')
    .slice(0, 90)
    .trim();
  return name === '' ? 'agentbench' : name;
}

function freeName(name: string, taken: Set<string>): string {
  let free = name;
  for (let number = 2; taken.has(free.toLowerCase()); number++) free = `${name} ${number}`;
  taken.add(free.toLowerCase());
  return free;
}

/** Why a task is no suite; a class that cannot run here is no mistake. */
export interface TaskProblem {
  message: string;
  remedy: string;
  isMistake: boolean;
}

/** A task of v0.2 behind its controller. */
export function controllerTask(name: string, { module, parameters }: Instance): { task: JsonObject } | TaskProblem {
  if (module.split('.').at(-1) !== 'TaskClient') {
    return {
      message: `the Python class ${module} cannot run here`,
      remedy: 'start a controller and its workers, and overwrite the definition with module: src.client.TaskClient and parameters.controller_address',
      isMistake: false,
    };
  }
  const { controller_address: address = 'http://localhost:5000/api', name: task = name } = parameters;
  if (typeof address !== 'string' || !/^https?:\/\//.test(address))
    return { message: 'controller_address is no http address', remedy: 'such as http://localhost:5000/api', isMistake: true };
  if (typeof task !== 'string') return { message: 'the name of a task is text', remedy: 'as the workers call it', isMistake: true };
  return {
    task: {
      samples: { controller: true },
      user: { type: 'controller', url: address, task },
      checkers: [{ type: 'agentbench-status' }, { type: 'agentbench-result' }],
    },
  };
}

/** A v0.1 task whose data are rows with an input and a target: asked directly, scored by EM. `rows`: the first of them. */
export function dataTask(given: { path: string; taskName: string; first: JsonObject }): { task: JsonObject } | undefined {
  const { path, taskName, first } = given;
  const expected = ['target', 'expected', 'output', 'answer'].find((key) => Object.hasOwn(first, key));
  if (!Object.hasOwn(first, 'input') || expected === undefined) return undefined;
  // The ids of imported results of v0.1, so that they are a baseline of this suite.
  const id: JsonObject = Object.hasOwn(first, 'id')
    ? { id: '{{id}}' }
    : Object.hasOwn(first, 'index')
      ? { id: `${taskName.replace(/[{}]/g, '_')}#{{index}}` }
      : {};
  const map: JsonObject = { ...id, input: '{{input}}', expected: `{{${expected}}}` };
  return { task: { samples: { path, map }, checkers: [{ type: 'equals', name: 'EM', value: '{{expected}}', trim: false }] } };
}

/** The first row of JSON or JSON lines; undefined where there is none. */
export function firstRow(text: string): JsonObject | undefined {
  const plain = text.replace(/^\uFEFF/, '').trimStart();
  try {
    const value = JSON.parse(plain.startsWith('[') ? plain : (plain.split('\n', 1)[0] ?? '')) as Json;
    const row = Array.isArray(value) ? value[0] : value;
    return row !== null && typeof row === 'object' && !Array.isArray(row) ? row : undefined;
  } catch {
    return undefined;
  }
}

/** Problems of several assignments that name one thing, each once. */
export function distinctProblems(problems: readonly Problem[]): Problem[] {
  return [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()];
}
