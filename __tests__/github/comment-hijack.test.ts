import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createGitHubClient } from '../../src/github/client.ts';
import { publishComment } from '../../src/github/comment.ts';
import { type JobContext, pullRequestRun } from './stand-in/runs.ts';
import { addComment } from './stand-in/seed.ts';
import { type GitHubStandIn, startGitHub } from './stand-in/server.ts';
import type { PullRequest } from './stand-in/state.ts';

let github: GitHubStandIn;
beforeAll(async () => {
  github = await startGitHub();
});
afterAll(() => github.close());

const markerOf = (sha: string, run: number) => `<!-- agent-regress:v1 suite=a run=${run} attempt=1 sha=${sha} -->`;

function publish({ run, pull }: JobContext & { pull: PullRequest }, token = github.tokens.write) {
  const client = createGitHubClient({ token, apiUrl: github.url, owner: 'octo-org', repo: 'support-bot', sleep: async () => {} });
  return publishComment({
    client,
    pullNumber: pull.number,
    marker: { suite: 'a', runId: run.id, attempt: run.attempt, sha: run.headSha },
    mode: 'always',
    verdict: { status: 'no-change', isFailure: false },
    render: () => 'the report',
  });
}

const on = (pull: PullRequest) => github.state.comments.filter(({ issue }) => issue === pull.number);

describe('a comment that imitates ours', () => {
  const imitators = [
    { login: 'monalisa' },
    { login: 'github-actions' },
    { login: 'github-actions-bot' },
    { login: 'GitHub-Actions[bot]', isBot: true },
    { login: 'github-actions[bot]\u200b', isBot: true },
    { login: 'gіthub-actions[bot]', isBot: true },
    { login: 'dependabot[bot]', isBot: true },
    { login: 'other-app[bot]', isBot: true },
  ];

  it.each(imitators)('T27 of $login is left as it is, and ours is posted beside it', async (author) => {
    const job = pullRequestRun(github);
    for (const run of [1, job.run.id, 999_999_999])
      addComment(github, { issue: job.pull.number, body: `${markerOf(job.run.headSha, run)}\nfake`, ...author });
    const theirs = structuredClone(on(job.pull));
    await expect(publish(job)).resolves.toMatchObject({ kind: 'published' });
    expect(on(job.pull).slice(0, 3)).toEqual(theirs);
    expect(on(job.pull)).toHaveLength(4);
    expect(on(job.pull)[3]).toMatchObject({ author: { login: 'github-actions[bot]' }, body: expect.stringContaining('the report') });
    await publish(job);
    expect(on(job.pull)).toHaveLength(4);
    expect(github.violations).toEqual([]);
  });

  it("T27 of the job's own account, in a token's eyes that is a person's, is not the person's", async () => {
    const job = pullRequestRun(github);
    addComment(github, { issue: job.pull.number, body: `${markerOf(job.run.headSha, 1)}\nof another person`, login: 'hubot' });
    await publish(job, github.tokens.personal);
    await publish(job, github.tokens.personal);
    expect(on(job.pull).map(({ author }) => author.login)).toEqual(['hubot', 'monalisa']);
    expect(on(job.pull)[0]?.body).toContain('of another person');
  });

  it.each([
    ['a run that does not exist', (job: JobContext) => markerOf(job.run.headSha, 999_999_999)],
    ['a run of another commit', () => markerOf('b'.repeat(40), pullRequestRun(github).run.id)],
    ['an attempt that there was not', (job: JobContext) => markerOf(job.run.headSha, job.run.id).replace('attempt=1', 'attempt=9')],
  ])('T27 that a workflow of the repository was made to post, with %s, silences no report', async (_, imitate) => {
    const job = pullRequestRun(github);
    const fake = addComment(github, { issue: job.pull.number, body: `${imitate(job)}\nall is well`, login: 'github-actions[bot]', isBot: true });
    await expect(publish(job)).resolves.toMatchObject({ kind: 'published' });
    expect(on(job.pull).filter(({ body }) => body.includes('the report'))).toHaveLength(1);
    expect(on(job.pull)).toContain(fake);
    expect(fake.body).toContain('all is well');
  });

  it('T27 gives way to a newer run all the same, and to one that nobody can ask about', async () => {
    const job = pullRequestRun(github);
    const newer = pullRequestRun(github, { pull: job.pull, action: 'labeled' });
    await publish(newer);
    await expect(publish(job)).resolves.toMatchObject({ kind: 'skipped', reason: expect.stringContaining('newer run') });
    const other = pullRequestRun(github);
    addComment(github, { issue: other.pull.number, body: markerOf(other.run.headSha, 999_999_999), login: 'github-actions[bot]', isBot: true });
    await expect(publish(other, github.tokens.noActions)).resolves.toMatchObject({ kind: 'skipped' });
  });

  it('T27 in the middle of a text, or edited into ours by somebody who may write, moves no report of another run', async () => {
    const job = pullRequestRun(github);
    const quote = addComment(github, {
      issue: job.pull.number,
      body: `> ${markerOf(job.run.headSha, 1)}`,
      login: 'github-actions[bot]',
      isBot: true,
    });
    await publish(job);
    const own = on(job.pull).at(-1)!;
    own.body = own.body.replace(`run=${job.run.id}`, 'run=999999999');
    await publish(job);
    expect(on(job.pull).filter(({ body }) => body.includes(`run=${job.run.id} `))).toHaveLength(1);
    expect(quote.body).toMatch(/^> /);
  });
});
