import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type BaselineSearch, findGitHubBaseline } from '../../src/github/baseline.ts';
import { createGitHubClient } from '../../src/github/client.ts';
import { readEvent } from '../../src/github/event.ts';
import { emptyRunIndex, type RunIndex } from '../../src/records/run-index.ts';
import { finishRun, type JobContext, mergeGroupRun, pullRequestRun, pushRun, scheduledRun } from './stand-in/runs.ts';
import { addArtifact, addHistory } from './stand-in/seed.ts';
import { type GitHubStandIn, startGitHub } from './stand-in/server.ts';

const name = 'agent-regress-a';
let github: GitHubStandIn;
beforeEach(async () => {
  github = await startGitHub();
});
afterEach(() => github.close());

/** A stored run in short: its first line is its suite and whether it ended. */
const log = (suite = 'a', isComplete = true) => JSON.stringify({ suite, isComplete });
async function readShort(path: string): Promise<RunIndex> {
  const { suite, isComplete } = JSON.parse(await readFile(path, 'utf8')) as { suite: string; isComplete: boolean };
  return { ...emptyRunIndex(path), header: { suite } as never, ...(isComplete ? { end: {} as never } : {}) };
}
function store(job: JobContext, options: Partial<Parameters<typeof addArtifact>[1]> = {}) {
  finishRun(github, job);
  return addArtifact(github, { runId: job.run.id, name, files: { 'run.jsonl': log() }, ...options });
}
async function find(job: JobContext, options: Partial<BaselineSearch> & { token?: string } = {}) {
  const env = {
    GITHUB_EVENT_NAME: job.eventName,
    GITHUB_REPOSITORY: 'octo-org/support-bot',
    GITHUB_SHA: job.sha,
    GITHUB_REF: job.ref,
    GITHUB_RUN_ID: String(job.run.id),
    GITHUB_WORKFLOW_REF: `octo-org/support-bot/${job.run.path}@${job.ref}`,
  };
  const { token = github.tokens.write, ...rest } = options;
  const client = createGitHubClient({ token, apiUrl: github.url, owner: 'octo-org', repo: 'support-bot', sleep: async () => {} });
  const tmpDir = await mkdtemp(join(tmpdir(), 'baseline-'));
  const event = readEvent({ env, payload: job.payload });
  const wanted = { kind: 'auto' as const };
  return findGitHubBaseline({
    client,
    event,
    wanted,
    suite: 'a',
    artifactName: name,
    tmpDir,
    readRunIndex: readShort,
    retryEmptyAfterMs: 1,
    ...rest,
  });
}

describe('finding a baseline', () => {
  it('prefers the exact commit, pools older ones and tells where it comes from', async () => {
    for (let n = 0; n < 7; n++) store(pushRun(github));
    const tip = github.state.branches.get('main');
    const found = await find(pullRequestRun(github));
    expect(found.info).toMatchObject({ kind: 'exact', sha: tip, distance: 0, runs: 5, ref: 'main', url: expect.stringContaining('/actions/runs/') });
    expect(found.runLogs).toHaveLength(5);
    expect(github.violations).toEqual([]);
    expect(github.writes()).toEqual([]);
  });

  it('falls back to the nearest first-parent ancestor', async () => {
    store(pushRun(github));
    pushRun(github);
    pushRun(github);
    expect((await find(pullRequestRun(github))).info).toMatchObject({ kind: 'ancestor', distance: 2 });
  });

  it('falls back to the tip of the base branch, then of the default branch', async () => {
    const early = pullRequestRun(github, { base: 'main' });
    store(pushRun(github));
    const stale = structuredClone(early.payload) as { pull_request: { base: { sha: string } } };
    expect((await find({ ...early, payload: stale })).info.kind).toBe('default-tip');
    pushRun(github, { branch: 'release', isNewBranch: true });
    const stacked = pullRequestRun(github, { base: 'release' });
    expect((await find(stacked)).info.runs).toBe(1);
  });

  it('compares a push with the commit before it and never with itself', async () => {
    store(pushRun(github));
    const second = pushRun(github);
    store(second);
    expect((await find(second)).info).toMatchObject({ kind: 'exact', sha: second.payload.before });
  });

  it('compares a nightly with the last one, of the same commit too', async () => {
    store(scheduledRun(github));
    const tonight = await find(scheduledRun(github));
    expect(tonight.info).toMatchObject({ kind: 'exact', isSameCommit: true, event: 'schedule', expiresInHours: expect.closeTo(24, 0) });
  });

  it('finds one for the merge queue', async () => {
    store(pushRun(github));
    const { pull } = pullRequestRun(github);
    expect((await find(mergeGroupRun(github, { pull }))).info.kind).toBe('exact');
  });

  it('says why there is none', async () => {
    const change = pullRequestRun(github);
    expect((await find(change)).info).toMatchObject({ kind: 'none', reason: expect.stringContaining('first run') });
    store(pushRun(github), { isExpired: true });
    expect((await find(change)).info.reason).toContain('expired');
    expect((await find(change, { token: github.tokens.noActions })).info.reason).toContain('actions: read');
    expect(github.calls.filter(({ operationId }) => operationId === 'blob/download')).toEqual([]);
  });

  it('takes nothing from forks, pull requests, other workflows and other suites', async () => {
    store(pullRequestRun(github, { isFork: true, branch: 'main' }));
    expect((await find(pullRequestRun(github))).info.kind).toBe('none');
    const base = pushRun(github);
    const sneaky = pullRequestRun(github);
    Object.assign(sneaky.run, { headBranch: 'main', headSha: base.sha });
    store(sneaky);
    store(pushRun(github, { workflow: '.github/workflows/other.yml' }));
    store(pushRun(github), { files: { 'run.jsonl': log('b') } });
    const { info } = await find(pullRequestRun(github));
    expect(info.kind).toBe('none');
    const notes = info.notes?.join('\n') ?? '';
    for (const why of ['fork', 'pull_request', 'other.yml', 'another suite']) expect(notes).toContain(why);
  });

  it('rejects incomplete and unreadable runs and goes on to the next', async () => {
    store(pushRun(github));
    store(pushRun(github), { files: { 'run.jsonl': log('a', false) } });
    store(pushRun(github), { files: { 'other.txt': 'x' } });
    store(pushRun(github), { zip: Buffer.from('junk') });
    const { info } = await find(pullRequestRun(github));
    expect(info).toMatchObject({ kind: 'ancestor', distance: 3, runs: 1 });
    expect(info.notes?.filter((note) => note.includes('left out'))).toHaveLength(3);
  });

  it('goes on when an artifact expires between list and download', async () => {
    store(pushRun(github));
    const newest = store(pushRun(github));
    github.setFault({ kind: 'meanwhile', on: 'actions/list-workflow-runs', change: () => Object.assign(newest, { isExpired: true }) });
    expect((await find(pullRequestRun(github))).info).toMatchObject({ kind: 'ancestor', distance: 1 });
  });

  it('fails closed when all that is left does not match its digest', async () => {
    store(pushRun(github), { digest: `sha256:${'0'.repeat(64)}` });
    await expect(find(pullRequestRun(github))).rejects.toMatchObject({ code: 'artifact-digest' });
  });

  it('takes the newest of several artifacts of one run', async () => {
    const job = pushRun(github);
    store(job, { files: { 'run.jsonl': log('a', false) } });
    store(job);
    expect((await find(pullRequestRun(github))).info.runs).toBe(1);
  });

  it('falls through when the commit before a push is gone', async () => {
    store(pushRun(github));
    const forced = pushRun(github);
    forced.payload.before = 'f'.repeat(40);
    expect((await find(forced)).info).toMatchObject({
      kind: 'ancestor',
      distance: 1,
      notes: [expect.stringContaining('cannot be read any more'), expect.anything()],
    });
  });

  it('F21 tells eight states of a stored run apart, and takes none but absence for a first run', async () => {
    type Options = Parameters<typeof store>[1];
    const states: [RegExp, Options | undefined, (() => void)?][] = [
      [/first run/, undefined],
      [/all expired/, { isExpired: true }],
      [/it has expired or was deleted/, {}, () => github.setFault({ kind: 'status', status: 410, on: 'actions/download-artifact' })],
      [/it has expired or was deleted/, {}, () => github.setFault({ kind: 'status', status: 404, on: 'blob/download' })],
      [/archive is refused/, { zip: Buffer.from('PK torn') }],
      [/it has no run\.jsonl/, { files: { 'other.txt': 'x' } }],
      [/it did not finish/, { files: { 'run.jsonl': log('a', false) } }],
      [/did not give the stored bytes: it answered 503/, {}, () => github.setFault({ kind: 'status', status: 503, on: 'blob/download', times: 4 })],
    ];
    for (const [words, options, spoil] of states) {
      github.state.artifacts.splice(0);
      if (options) store(pushRun(github), options);
      spoil?.();
      const { info } = await find(pullRequestRun(github));
      expect(info.kind).toBe('none');
      expect(info.reason).toMatch(words);
      expect(/first run/.test(info.reason ?? ''), info.reason).toBe(options === undefined);
    }
    github.state.artifacts.splice(0);
    store(pushRun(github), { digest: `sha256:${'0'.repeat(64)}` });
    await expect(find(pullRequestRun(github))).rejects.toMatchObject({ code: 'artifact-digest' });
  });

  it('takes a named run or commit, and refuses a fork or nothing', async () => {
    const job = pushRun(github);
    store(job);
    const change = pullRequestRun(github);
    expect((await find(change, { wanted: { kind: 'run', runId: job.run.id } })).info).toMatchObject({ sha: job.sha, runs: 1 });
    expect((await find(change, { wanted: { kind: 'sha', sha: job.sha.slice(0, 8) } })).info.sha).toBe(job.sha);
    const fork = pullRequestRun(github, { isFork: true });
    store(fork);
    await expect(find(change, { wanted: { kind: 'run', runId: fork.run.id } })).rejects.toThrow(/fork/);
    await expect(find(change, { wanted: { kind: 'sha', sha: 'abcdef1' } })).rejects.toMatchObject({ code: 'baseline-not-found' });
  });

  it('reads further pages of commits only until there is a run to compare with', async () => {
    store(pushRun(github));
    addHistory(github, { count: 120 });
    const far = await find(pullRequestRun(github));
    expect(far.info).toMatchObject({ kind: 'ancestor', distance: 120 });
    store(pushRun(github));
    github.calls.length = 0;
    expect((await find(pullRequestRun(github))).info).toMatchObject({ kind: 'exact' });
    expect(github.calls.length).toBeLessThanOrEqual(9);
    expect(github.violations).toEqual([]);
  });

  it('says how many ancestors it has looked at when none of them has a run', async () => {
    const tip = pushRun(github, { branch: 'side', isNewBranch: true });
    store(tip, { isExpired: true });
    store(pushRun(github, { branch: 'other', isNewBranch: true }));
    addHistory(github, { count: 320 });
    const { info } = await find(pullRequestRun(github));
    expect(info).toMatchObject({
      kind: 'none',
      absence: 'not-found',
      reason: expect.stringMatching(/only the nearest \d+ ancestors were looked at/),
    });
  });

  it('searches branch tips only where the commits may not be read, with a note', async () => {
    const job = pushRun(github);
    store(job);
    github.state.tokens.set('noContents', { contents: 'none', actions: 'read', checks: 'write', pullRequests: 'write', issues: 'none' });
    const { info } = await find(pullRequestRun(github), { token: 'noContents' });
    expect(info).toMatchObject({ sha: job.sha, notes: expect.arrayContaining([expect.stringContaining('contents: read')]) });
  });

  it('asks for single runs where the list of runs is empty or lags', async () => {
    store(pushRun(github));
    store(pushRun(github));
    github.setFault({ kind: 'status', status: 404, on: 'actions/list-workflow-runs' });
    expect((await find(pullRequestRun(github))).info).toMatchObject({ kind: 'exact', runs: 2 });
  });
});
