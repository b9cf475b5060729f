import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { earlierLogs } from '../../src/action/earlier-logs.ts';
import type { ActionHost } from '../../src/action/host.ts';
import { readInputs } from '../../src/action/inputs.ts';
import { startPartial, storePartial, unsettledRunsState } from '../../src/action/partial-run.ts';
import { createRunContext, type RunContext } from '../../src/action/run-context.ts';
import { readEvent } from '../../src/github/event.ts';
import { checksummedLine } from '../../src/io/run-log-scan.ts';
import type { RunLogRecord } from '../../src/records/run-log.ts';
import { type JobContext, pushRun } from '../github/stand-in/runs.ts';
import { addArtifact, artifactFiles } from '../github/stand-in/seed.ts';
import { type GitHubStandIn, startGitHub } from '../github/stand-in/server.ts';

let github: GitHubStandIn;
let folder: string;
let event: JobContext;
let told: string[];
let state: Record<string, string>;
beforeEach(async () => {
  github = await startGitHub();
  folder = await mkdtemp(join(tmpdir(), 'earlier-'));
  event = pushRun(github);
  event.run.attempt = 3;
  told = [];
  state = {};
});
afterEach(async () => {
  await github.close();
  await rm(folder, { recursive: true });
});

function context(inputs: Record<string, string> = {}, more: Record<string, string> = {}): RunContext {
  const env = {
    GITHUB_EVENT_NAME: 'push',
    GITHUB_REPOSITORY: github.state.repository.fullName,
    GITHUB_SHA: event.sha,
    GITHUB_REF: event.ref,
    GITHUB_RUN_ID: String(event.run.id),
    GITHUB_RUN_ATTEMPT: String(event.run.attempt),
    GITHUB_JOB: event.job,
    GITHUB_API_URL: github.url,
    RUNNER_TEMP: folder,
    ACTIONS_RUNTIME_TOKEN: event.runtimeToken,
    ACTIONS_RESULTS_URL: github.resultsUrl,
    ...more,
  };
  const host = {
    env,
    info: (message: string) => told.push(message),
    saveState(name: string, value: string) {
      state[name] = value;
    },
  } as unknown as ActionHost;
  const given: Record<string, string> = { 'github-token': event.token, ...inputs };
  return createRunContext({
    host,
    inputs: readInputs((name) => given[name]),
    event: readEvent({ env, payload: event.payload }),
    signal: new AbortController().signal,
  });
}

const log = 'a log, {"type":"response"}\n';
const partial = (attempt: number, more: Partial<Parameters<typeof addArtifact>[1]> = {}) =>
  addArtifact(github, { runId: event.run.id, name: `agent-regress.partial-${attempt}-bot`, files: { 'run.jsonl': log }, ...more });
const suite = { suite: 'bot' } as Parameters<typeof earlierLogs>[1];

async function found(of: RunContext = context(), outputDir = join(folder, 'none')): Promise<string[]> {
  const names: string[] = [];
  for await (const { name, storedAs, runLog } of earlierLogs(of, suite, outputDir)) {
    expect(await readFile(runLog, 'utf8')).toBe(log);
    names.push(`${storedAs}: ${name}`);
  }
  return names;
}
const from = (name: string, storedAs = 'partial') => `${storedAs}: artifact "${name}"`;

describe('what earlier attempts have left', () => {
  it('is of this run, suite and commit only, newest first', async () => {
    partial(1);
    partial(2);
    partial(2, { name: 'agent-regress-bot' });
    partial(2, { runId: pushRun(github).run.id });
    for (const name of [
      'agent-regress.partial-3-bot',
      'agent-regress.partial-1-bot-2',
      'agent-regress.partial-0-bot',
      'agent-regress.partial-1.shard-1-of-2-bot',
      'other.partial-1-bot',
      'agent-regress.partial-1.x-bot',
    ])
      partial(1, { name });
    expect(await found()).toEqual([from('agent-regress-bot', 'run'), from('agent-regress.partial-2-bot'), from('agent-regress.partial-1-bot')]);
    event.run.headSha = 'f'.repeat(40);
    expect(await found(), 'of another commit').toEqual([]);
    expect(github.violations).toEqual([]);
  });

  it('is looked for in a folder that stayed, on a copy', async () => {
    await mkdir(join(folder, 'out'));
    await writeFile(join(folder, 'out', 'run.jsonl'), log);
    expect(await found(context(), join(folder, 'out'))).toEqual(['folder: the log in the folder']);
    await writeFile(join(folder, 'out', 'run.jsonl'), 'no answer\n');
    expect(await found(context(), join(folder, 'out'))).toEqual([]);
  });

  it('is not looked for by a first attempt, nor with `resume: off`: GitHub is not asked', async () => {
    partial(1);
    expect(await found(context({ resume: 'off' }))).toEqual([]);
    event.run.attempt = 1;
    expect(await found()).toEqual([]);
    expect(github.calls).toEqual([]);
  });

  it.each<[string, Partial<Parameters<typeof addArtifact>[1]>, RegExp]>([
    ['expired', { isExpired: true }, /it has expired/],
    ['changed on the way', { digest: `sha256:${'0'.repeat(64)}` }, /does not match its digest/],
    ['a hostile archive', { files: { 'run.jsonl': log, '../../x': 'x' } }, /the artifact archive is refused/],
    ['no zip', { zip: Buffer.from('no zip at all') }, /the artifact archive is refused/],
    ['without a log', { files: { 'x.txt': log } }, /it has no run\.jsonl/],
  ])('is passed over, with one line, when it is %s', async (_, more, why) => {
    partial(1);
    partial(2, more);
    expect(await found()).toEqual([from('agent-regress.partial-1-bot')]);
    expect(told).toEqual([expect.stringMatching(/^bot: artifact "agent-regress\.partial-2-bot" is not continued: /)]);
    expect(told[0]).toMatch(why);
    await rm(join(folder), { recursive: true });
    await mkdir(folder);
    partial(2, { name: 'agent-regress-bot', ...more });
    expect(await found(), 'nobody knows whether that run had come to its end').toEqual([]);
  });

  it('is done without where GitHub does not let it look', async () => {
    partial(1);
    github.setFault({ on: 'actions/list-workflow-run-artifacts', kind: 'status', status: 403 });
    expect(await found()).toEqual([]);
    expect(told).toEqual([expect.stringMatching(/^bot: an earlier attempt is not continued: .*actions: read/)]);
  });
});

describe('a run that has begun', () => {
  const of = (attempt: number) => ({ repository: github.state.repository.fullName, runId: String(event.run.id), attempt, job: event.job });
  const header = (attempt: number) => {
    const planned = { samples: 1, repeats: 1, slots: 1 };
    const facts = { schemaVersion: 1, toolVersion: '1', runId: 'r', startedAt: '2026-01-01T00:00:00Z', suite: 'bot', samplesDigest: '', planned };
    const rest = { fingerprints: { call: {}, score: {} }, caps: {}, secrets: [], agent: { type: 'x' }, checkers: [], workflow: of(attempt) };
    return { type: 'run', ...facts, ...rest };
  };
  const line = (record: unknown) => checksummedLine(record as RunLogRecord);
  const answer = { type: 'response', sample: 'a', epoch: 1, attempt: 1 };
  const write = (attempt: number, ...more: unknown[]) => writeFile(join(folder, 'run.jsonl'), [header(attempt), ...more].map(line).join(''));
  /** As the step after the job does it. */
  const store = async (attempt = 3, more: Record<string, string> = {}) => {
    // The artifact client reads its own environment.
    vi.stubEnv('ACTIONS_RUNTIME_TOKEN', event.runtimeToken);
    vi.stubEnv('ACTIONS_RESULTS_URL', github.resultsUrl);
    const { host } = context({}, more);
    const stored = await storePartial({ host, prefix: 'agent-regress', run: { suite: 'bot', folder }, of: of(attempt), runUrl: '' });
    vi.unstubAllEnvs();
    return stored?.kind;
  };
  const names = () => github.state.artifacts.map(({ name }) => name);

  it('is known to the step after the job until it is settled', () => {
    const settle = startPartial(context(), { suite: 'bot' }, folder);
    expect(JSON.parse(state[unsettledRunsState]!)).toEqual([{ suite: 'bot', folder }]);
    settle();
    expect(state[unsettledRunsState]).toBe('[]');
  });

  it('is not stored with `resume: off`, nor of a merge', () => {
    const given: Record<string, string>[] = [{ resume: 'off' }, { mode: 'merge' }];
    for (const inputs of given) startPartial(context(inputs), { suite: 'bot' }, folder);
    expect(state).toEqual({});
  });

  it('leaves its log alone, under a name of its attempt', async () => {
    await write(3, answer);
    await writeFile(join(folder, 'report.md'), 'x');
    expect(await store()).toBe('published');
    expect(names()).toEqual(['agent-regress.partial-3-bot']);
    expect([...artifactFiles(github.state.artifacts[0]!).keys()]).toEqual(['run.jsonl']);
    expect(await store(3, { GITHUB_SERVER_URL: 'https://ghe.example' }), 'no artifact service').toBe('skipped');
  });

  it.each<[string, () => Promise<void>]>([
    ['of an attempt before', () => write(2, answer)],
    ['without an answer', () => write(3)],
    ['that is no log', () => writeFile(join(folder, 'run.jsonl'), log)],
    ['that is not there', async () => {}],
  ])('leaves no log %s', async (_, prepare) => {
    await prepare();
    expect(await store()).toBeUndefined();
    expect(names()).toEqual([]);
  });
});
