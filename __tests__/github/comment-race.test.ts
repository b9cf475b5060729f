import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createGitHubClient } from '../../src/github/client.ts';
import { parseMarker, publishComment } from '../../src/github/comment.ts';
import { PublishError } from '../../src/github/publish-error.ts';
import { isRivalAtWork } from '../../src/github/rival-runs.ts';
import { finishRun, type JobContext, pullRequestRun } from './stand-in/runs.ts';
import { type GitHubStandIn, startGitHub } from './stand-in/server.ts';
import type { PullRequest } from './stand-in/state.ts';

vi.setConfig({ testTimeout: 120_000 });

type Job = JobContext & { pull: PullRequest; headSha: string; attempt: number };

/** The longest that one request is on its way, in milliseconds. */
const slowestMs = 8;
let github: GitHubStandIn;
let random: () => number;
beforeAll(async () => {
  github = await startGitHub();
  github.state.rateLimit.remaining = 1_000_000;
  const delayMs = () => random() ** 2 * slowestMs;
  github.setFault({ kind: 'latency', delayMs, replyMs: delayMs, times: Number.POSITIVE_INFINITY });
  const writes = ['issues/create-comment', 'issues/update-comment', 'issues/delete-comment'];
  const sometimes = { on: writes, times: Number.POSITIVE_INFINITY, when: () => random() < 0.05 };
  github.setFault({ ...sometimes, kind: 'status-after-commit', status: 502 });
  github.setFault({ ...sometimes, kind: 'status', status: 503 });
});
afterAll(() => github.close());

function start(pull: PullRequest | undefined, action?: string, rerun?: Job): Job {
  const job = pullRequestRun(github, { ...(pull ? { pull } : {}), ...(action ? { action } : {}), ...(rerun ? { rerun: rerun.run } : {}) });
  return { ...job, headSha: job.run.headSha, attempt: job.run.attempt };
}

/** What the action does with the comment in such a job. It has seen its head just before the next push: only markers can order the reports. */
async function publish({ payload, run, pull, headSha, attempt }: Job) {
  const client = createGitHubClient({
    token: github.tokens.write,
    apiUrl: github.url,
    owner: 'octo-org',
    repo: 'support-bot',
    sleep: async () => void (await sleep(random() * 3)),
  });
  const { action, before, pull_request } = payload as { action: string; before?: string; pull_request: { comments: number } };
  const isPush = action === 'synchronize' && attempt === 1;
  return publishComment({
    client,
    pullNumber: pull.number,
    marker: { suite: 'a', runId: run.id, attempt, sha: headSha },
    mode: 'always',
    verdict: { status: 'no-change', isFailure: false },
    render: () => `report of run ${run.id}, attempt ${attempt}`,
    known: {
      headSeenAt: performance.now(),
      hadNoComments: pull_request.comments === 0 && attempt === 1,
      ...(isPush && before ? { previousSha: before } : {}),
    },
    isAnyoneElseAtWork: (reported) =>
      isRivalAtWork(client, { event: 'pull_request', branch: pull.head.ref, workflowPath: run.path, ownRunId: run.id, reported }),
  });
}

/** A run that GitHub refused four times in a row says so and fails; somebody re-runs the job. */
function again(job: Job, error: unknown) {
  if (error instanceof PublishError && error.code === 'github-unavailable') return publish(job);
  throw error;
}

/** Eight runs of one pull request: pushes, labels and re-runs, each publishing while the others do. */
async function race(seed: number): Promise<Job[]> {
  random = randomFrom(seed);
  const first = start(undefined);
  const { pull } = first;
  const jobs: Job[] = [];
  const running: Promise<unknown>[] = [];
  if (seed % 3 > 0) {
    await publish(first);
    finishRun(github, first);
  } else jobs.push(first);
  while (jobs.length < 8) {
    const dice = random();
    if (dice < 0.6) jobs.push(start(pull));
    else if (dice < 0.85) jobs.push(start(pull, 'labeled'));
    else if (first.run.status === 'completed') jobs.push(start(pull, undefined, first));
  }
  for (const job of jobs) {
    running.push(
      sleep(random() * slowestMs)
        .then(() => publish(job).catch((error) => again(job, error)))
        .finally(() => finishRun(github, job)),
    );
  }
  await Promise.all(running);
  return jobs;
}

describe('F29 eight runs that report on one pull request at once', () => {
  it.each(Array.from({ length: 50 }, (_, index) => index + 1))('leave one comment, of the newest head: interleaving %i', async (seed) => {
    const jobs = await race(seed);
    const { pull } = jobs[0]!;
    const newest = jobs.filter(({ headSha }) => headSha === pull.head.sha).sort((a, b) => b.run.id - a.run.id)[0]!;
    const comments = github.state.comments.filter(({ issue }) => issue === pull.number);
    expect(comments.map(({ body }) => parseMarker(body))).toEqual([
      { suite: 'a', runId: newest.run.id, attempt: newest.attempt, sha: pull.head.sha },
    ]);
    expect(github.violations).toEqual([]);
  });

  it('let the newer one win that was done before the write of the older one came through', async () => {
    random = randomFrom(1);
    const first = start(undefined);
    const { pull } = first;
    await publish(first);
    finishRun(github, first);
    const older = start(pull);
    const held = github.setFault({ on: 'issues/update-comment', kind: 'latency', delayMs: 400 });
    const late = publish(older);
    await vi.waitUntil(() => held.struck > 0, { timeout: 30_000, interval: 5 });
    const newer = start(pull);
    await expect(publish(newer)).resolves.toMatchObject({ kind: 'published' });
    finishRun(github, newer);
    await expect(late).resolves.toMatchObject({ kind: 'skipped', reason: expect.stringContaining('newer run') });
    const comments = github.state.comments.filter(({ issue }) => issue === pull.number);
    expect(comments.map(({ body }) => parseMarker(body)?.sha)).toEqual([newer.headSha]);
  });
});

/** The same numbers, 0 ≤ x < 1, for the same seed: mulberry32. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
