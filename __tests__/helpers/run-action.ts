import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import type { JobContext } from '../github/stand-in/runs.ts';
import { artifactFiles } from '../github/stand-in/seed.ts';
import type { GitHubStandIn } from '../github/stand-in/server.ts';
import { assertNoCanary, canariesIn } from '../harness/canary.ts';
import { assertStayedHere, networkGuard } from '../harness/network-guard.ts';
import { cancelStep, readCommandFiles, readOutput } from '../harness/runner.ts';
import { type Operations, operationsPreload } from './run-cli.ts';
import type { WorkflowCommand } from './workflow-commands.ts';

const repositoryRoot = fileURLToPath(new URL('../../', import.meta.url));

export interface ActionRunOptions {
  /** Path of the Node binary. Default: the one that runs the tests. */
  node?: string;
  /** Default: the `runs.main` of the action's metadata. */
  entry?: string;
  /** Default: `action.yml` of this repository. */
  actionFile?: string;
  /** By name as in a workflow's `with:`. @throws Error for a name that the action does not declare */
  inputs?: Record<string, string>;
  event: JobContext;
  github: GitHubStandIn;
  /** The checked-out repository: GITHUB_WORKSPACE and the working folder. */
  cwd: string;
  /** Beside what the runner sets; `undefined` takes a variable away. */
  env?: Record<string, string | undefined>;
  /** The text instead of the event's payload, to test a broken file. */
  eventText?: string;
  /** Sends SIGINT, as the runner does on cancel: after so many milliseconds, when the promise is fulfilled, or when the output matches. */
  interrupt?: number | Promise<unknown> | RegExp;
  /** Default SIGINT. */
  signal?: NodeJS.Signals;
  /** Milliseconds until SIGTERM follows, and a third of that later SIGKILL. Default 7500, as the runner. */
  graceMs?: number;
  /** Milliseconds until the process is killed and the run is an error. Default 60 000. */
  timeoutMs?: number;
  /** Preloads `harness/operations.mjs`. */
  operations?: Operations;
  /** STATE_ values: those of the main step, for the post step. */
  state?: Record<string, string>;
}

export interface ActionRun {
  /** `null` when a signal ended the process. */
  exitCode: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
  outputs: Record<string, string>;
  /** Of GITHUB_STEP_SUMMARY. */
  summary: string;
  state: Record<string, string>;
  /** Of GITHUB_ENV and GITHUB_PATH; an action of ours writes neither. */
  environment: Record<string, string>;
  path: string;
  /** What the runner would carry out, of both output streams. */
  commands: WorkflowCommand[];
  /** Values given to `::add-mask::`. */
  masked: string[];
  durationMs: number;
  /** Milliseconds from the signal to the end. */
  stoppedAfterMs?: number;
}

interface ActionMetadata {
  inputs?: Record<string, { required?: boolean; default?: string | number | boolean }>;
  outputs?: Record<string, unknown>;
  runs: { using: string; main: string; post?: string; 'post-if'?: string };
}

/** Reads an `action.yml`. */
export async function readActionMetadata(file: string = join(repositoryRoot, 'action.yml')): Promise<ActionMetadata> {
  return parse(await readFile(file, 'utf8')) as ActionMetadata;
}

/** Runs the main step as the runner does: its own process, the inputs and the event in the environment, the command files. */
export async function runAction(options: ActionRunOptions): Promise<ActionRun> {
  const actionFile = options.actionFile ?? join(repositoryRoot, 'action.yml');
  const metadata = await readActionMetadata(actionFile);
  return runStep(options, metadata, options.entry ?? join(dirname(actionFile), metadata.runs.main));
}

/** Runs the post step with the state that the main step saved. @throws Error when the action has none */
export async function runPostAction(options: ActionRunOptions, main: Pick<ActionRun, 'state'>): Promise<ActionRun> {
  const actionFile = options.actionFile ?? join(repositoryRoot, 'action.yml');
  const metadata = await readActionMetadata(actionFile);
  const { post } = metadata.runs;
  if (post === undefined) throw new Error(`${actionFile} has no post step`);
  return runStep({ ...options, state: main.state }, metadata, options.entry ?? join(dirname(actionFile), post));
}

async function runStep(options: ActionRunOptions, metadata: ActionMetadata, entry: string): Promise<ActionRun> {
  const folder = await mkdtemp(join(tmpdir(), 'runner-'));
  try {
    return await runIn(folder, { options, metadata, entry });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function runIn(folder: string, step: { options: ActionRunOptions; metadata: ActionMetadata; entry: string }): Promise<ActionRun> {
  const { options, metadata, entry } = step;
  const files = await createRunnerFiles(folder, options);
  const env = { ...runnerEnvironment(options, files), ...inputEnvironment(options, metadata), ...stateEnvironment(options.state), ...options.env };
  const given = Object.fromEntries(Object.entries(env).filter((pair): pair is [string, string] => pair[1] !== undefined));
  const ended = await runProcess(options, { entry, env: given });
  const { path, errors, ...taken } = await readCommandFiles(files);
  if (errors.length > 0) throw new Error(errors.join('\n'));
  const { commands } = readOutput(`${ended.stdout}\n${ended.stderr}`);
  // The runner hides what it is told to hide; everything else that comes out is published as it is.
  assertNoCanary(canariesIn(given), [
    ['stdout', ended.stdout.replaceAll(/^::add-mask::.*$/gm, '')],
    ['stderr', ended.stderr],
    ['a command file', JSON.stringify(taken)],
    ['a request to GitHub', JSON.stringify(options.github.writes().map(({ body }) => body))],
    ...uploadedBy(options),
  ]);
  return {
    ...ended,
    ...taken,
    path: path.join('\n'),
    commands,
    masked: commands.filter(({ name }) => name === 'add-mask').map(({ data }) => data),
  };
}

/** The files of the run's artifacts; none of an archive that a test has broken. */
function uploadedBy({ github, event }: ActionRunOptions): [string, Uint8Array][] {
  return github.state.artifacts
    .filter(({ runId }) => runId === event.run.id)
    .flatMap((artifact) => {
      try {
        return [...artifactFiles(artifact)];
      } catch {
        return [];
      }
    });
}

async function createRunnerFiles(folder: string, options: ActionRunOptions) {
  const names = ['output', 'summary', 'env', 'path', 'state'] as const;
  const files = Object.fromEntries(names.map((name) => [name, join(folder, name)])) as Record<(typeof names)[number], string>;
  for (const name of names) await writeFile(files[name], '');
  const event = join(folder, 'event.json');
  await writeFile(event, options.eventText ?? JSON.stringify(options.event.payload));
  const temp = join(folder, 'temp');
  await mkdir(temp);
  return { ...files, event, temp };
}

function runnerEnvironment({ event, github, cwd }: ActionRunOptions, files: Awaited<ReturnType<typeof createRunnerFiles>>): Record<string, string> {
  const { run, ref } = event;
  const { repository } = github.state;
  const [owner = ''] = repository.fullName.split('/');
  const workflowRef = `${repository.fullName}/${run.path}@${ref}`;
  return {
    PATH: process.env.PATH ?? '',
    HOME: files.temp,
    LANG: 'C.UTF-8',
    CI: 'true',
    GITHUB_ACTIONS: 'true',
    GITHUB_ACTION: '__self',
    GITHUB_ACTOR: event.actor,
    GITHUB_TRIGGERING_ACTOR: event.actor,
    // Not the stand-in's address: the artifact client takes any other host for a GitHub Enterprise Server and refuses.
    GITHUB_SERVER_URL: 'https://github.com',
    GITHUB_API_URL: github.url,
    GITHUB_GRAPHQL_URL: `${github.url}/graphql`,
    GITHUB_REPOSITORY: repository.fullName,
    GITHUB_REPOSITORY_ID: String(repository.id),
    GITHUB_REPOSITORY_OWNER: owner,
    GITHUB_EVENT_NAME: event.eventName,
    GITHUB_EVENT_PATH: files.event,
    GITHUB_SHA: event.sha,
    GITHUB_REF: ref,
    GITHUB_REF_NAME: ref.replace(/^refs\/(heads|tags|pull)\//, ''),
    GITHUB_REF_TYPE: ref.startsWith('refs/tags/') ? 'tag' : 'branch',
    GITHUB_HEAD_REF: event.headRef,
    GITHUB_BASE_REF: event.baseRef,
    GITHUB_RUN_ID: String(run.id),
    GITHUB_RUN_NUMBER: String(run.number),
    GITHUB_RUN_ATTEMPT: String(run.attempt),
    GITHUB_WORKFLOW: run.name,
    GITHUB_WORKFLOW_REF: workflowRef,
    GITHUB_WORKFLOW_SHA: event.sha,
    GITHUB_JOB: event.job,
    GITHUB_RETENTION_DAYS: '90',
    GITHUB_WORKSPACE: cwd,
    GITHUB_OUTPUT: files.output,
    GITHUB_STEP_SUMMARY: files.summary,
    GITHUB_ENV: files.env,
    GITHUB_PATH: files.path,
    GITHUB_STATE: files.state,
    RUNNER_OS: 'Linux',
    RUNNER_ARCH: 'X64',
    RUNNER_NAME: 'stand-in',
    RUNNER_TEMP: files.temp,
    RUNNER_TOOL_CACHE: files.temp,
    ACTIONS_RUNTIME_TOKEN: event.runtimeToken,
    ACTIONS_RESULTS_URL: github.resultsUrl,
  };
}

/** Every declared input is set, to its default or to nothing; hyphens stay, spaces become underscores. */
function inputEnvironment({ inputs = {}, event, github }: ActionRunOptions, metadata: ActionMetadata): Record<string, string> {
  const declared = metadata.inputs ?? {};
  for (const name of Object.keys(inputs)) {
    if (!Object.hasOwn(declared, name)) throw new Error(`the action declares no input "${name}"`);
  }
  const contexts: Record<string, string> = {
    'github.token': event.token,
    'job.check_run_id': String(event.checkRunId),
    'github.workspace': '.',
    'github.repository': github.state.repository.fullName,
  };
  const entries = Object.entries(declared).map(([name, input]) => {
    const value = inputs[name] ?? expand(String(input.default ?? ''), contexts);
    return [`INPUT_${name.replaceAll(' ', '_').toUpperCase()}`, value];
  });
  return Object.fromEntries(entries);
}

function expand(text: string, contexts: Record<string, string>): string {
  return text.replace(/\$\{\{\s*(.+?)\s*\}\}/g, (_, expression: string) => {
    const value = contexts[expression];
    if (value === undefined) throw new Error(`run-action does not know the expression "${expression}"`);
    return value;
  });
}

function stateEnvironment(state: Record<string, string> = {}): Record<string, string> {
  return Object.fromEntries(Object.entries(state).map(([name, value]) => [`STATE_${name}`, value]));
}

type Ended = Pick<ActionRun, 'exitCode' | 'signal' | 'stdout' | 'stderr' | 'durationMs' | 'stoppedAfterMs'>;

async function runProcess(options: ActionRunOptions, { entry, env }: { entry: string; env: Record<string, string> }): Promise<Ended> {
  const { node = process.execPath, cwd, timeoutMs = 60_000, operations } = options;
  const startedAt = performance.now();
  const args = [...networkGuard.args, ...(operations ? ['--import', operationsPreload] : []), entry];
  const watched = operations ? { OPERATIONS: JSON.stringify(operations) } : {};
  const child = spawn(node, args, { cwd, env: { ...networkGuard.env, ...env, ...watched }, stdio: ['ignore', 'pipe', 'pipe'] });
  const texts = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) child[name].setEncoding('utf8').on('data', (text: string) => (texts[name] += text));
  let isLate = false;
  const deadline = setTimeout(() => {
    isLate = true;
    child.kill('SIGKILL');
  }, timeoutMs);
  const stopping = interrupted(child, options);
  const { code, signal } = await new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ code, signal }));
  });
  clearTimeout(deadline);
  assertStayedHere();
  const endedAt = performance.now();
  const signalledAt = stopping.end();
  if (isLate) throw new Error(`${entry} did not end within ${timeoutMs} ms\n${texts.stdout}\n${texts.stderr}`);
  const stoppedAfterMs = signalledAt === undefined ? {} : { stoppedAfterMs: endedAt - signalledAt };
  return { ...texts, exitCode: code, signal, durationMs: endedAt - startedAt, ...stoppedAfterMs };
}

/** Cancels the step when it is time to. `end` returns when that was. */
function interrupted(child: ChildProcess, options: ActionRunOptions): { end: () => number | undefined } {
  const { interrupt } = options;
  let timer: NodeJS.Timeout | undefined;
  let cancelled: ReturnType<typeof cancelStep> | undefined;
  let sentAt: number | undefined;
  const send = () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    sentAt = performance.now();
    cancelled = cancelStep(child, options);
  };
  if (typeof interrupt === 'number') timer = setTimeout(send, interrupt);
  else if (interrupt instanceof RegExp) whenPrinted(child, interrupt, send);
  else interrupt?.then(send, () => {});
  return {
    end() {
      clearTimeout(timer);
      cancelled?.end();
      return sentAt;
    },
  };
}

function whenPrinted(child: ChildProcess, pattern: RegExp, then: () => void): void {
  let text = '';
  let isDone = false;
  const look = (chunk: string | Buffer) => {
    text += String(chunk);
    if (isDone || !pattern.test(text)) return;
    isDone = true;
    then();
  };
  child.stdout?.on('data', look);
  child.stderr?.on('data', look);
}
