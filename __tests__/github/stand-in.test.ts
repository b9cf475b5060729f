import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Octokit } from '@octokit/rest';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { finishRun, mergeGroupRun, pullRequestRun, pushRun, scheduledRun, workflowRunRun } from './stand-in/runs.ts';
import { addArtifact, addComment, addHistory, artifactFiles, ownChecks } from './stand-in/seed.ts';
import { type GitHubStandIn, startGitHub } from './stand-in/server.ts';
import { addCommit } from './stand-in/state.ts';

const repo = { owner: 'octo-org', repo: 'support-bot' };
let github: GitHubStandIn;

beforeEach(async () => {
  github = await startGitHub();
});
afterEach(() => github.close());

function client(token: string = github.tokens.write): Octokit {
  const silent = { debug() {}, info() {}, warn() {}, error() {} };
  return new Octokit({ auth: token, baseUrl: github.url, log: silent });
}

const statusOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 0,
    (error: { status?: number }) => error.status ?? -1,
  );

describe('the GitHub stand-in', () => {
  it('answers every operation with a reply that GitHub describes', async () => {
    const { rest } = client();
    const first = pushRun(github, { files: [{ filename: 'prompt.md', status: 'modified' }] });
    finishRun(github, first);
    const change = pullRequestRun(github, { files: [{ filename: 'agent.ts', status: 'added' }] });
    const artifact = addArtifact(github, { runId: first.run.id, name: 'baseline', files: { 'run.jsonl': '{}' } });
    await rest.repos.get(repo);
    await rest.repos.listCommits({ ...repo, sha: first.sha });
    await rest.repos.getCommit({ ...repo, ref: change.sha });
    const compared = await rest.repos.compareCommitsWithBasehead({ ...repo, basehead: `main...${change.pull.head.sha}` });
    expect(compared.data).toMatchObject({ status: 'ahead', ahead_by: 1, merge_base_commit: { sha: first.sha } });
    const pulls = await rest.repos.listPullRequestsAssociatedWithCommit({ ...repo, commit_sha: change.pull.head.sha });
    expect(pulls.data.map(({ number }) => number)).toEqual([1]);
    expect((await rest.pulls.list({ ...repo, head: 'octo-org:change-1' })).data).toHaveLength(1);
    await rest.pulls.get({ ...repo, pull_number: 1 });
    expect((await rest.pulls.listFiles({ ...repo, pull_number: 1 })).data.map(({ filename }) => filename)).toEqual(['agent.ts']);
    await rest.actions.listWorkflowRunsForRepo({ ...repo, event: 'push', branch: 'main', status: 'success' });
    expect((await rest.actions.listWorkflowRuns({ ...repo, workflow_id: 'agent-regress.yml' })).data.total_count).toBe(2);
    expect((await rest.actions.getWorkflowRun({ ...repo, run_id: first.run.id })).data.path).toBe('.github/workflows/agent-regress.yml');
    await rest.actions.getArtifact({ ...repo, artifact_id: artifact.id });
    await rest.actions.listWorkflowRunArtifacts({ ...repo, run_id: first.run.id, name: 'baseline' });
    const listed = await rest.actions.listArtifactsForRepo({ ...repo, name: 'baseline', per_page: 100 });
    expect(listed.data.artifacts[0]?.workflow_run).toMatchObject({ id: first.run.id, head_sha: first.sha, head_branch: 'main' });
    await rest.rateLimit.get();
    await client(github.tokens.personal).rest.users.getAuthenticated();
    expect(github.violations).toEqual([]);
    expect(github.writes()).toEqual([]);
  });

  it('keeps comments, pages them with Link headers and refuses bodies above the limit', async () => {
    const octokit = client();
    const { rest } = octokit;
    pullRequestRun(github);
    for (let index = 0; index < 250; index++) addComment(github, { issue: 1, body: `comment ${index}` });
    const { data: mine } = await rest.issues.createComment({ ...repo, issue_number: 1, body: 'x'.repeat(65_536) });
    expect(mine.user).toMatchObject({ login: 'github-actions[bot]', type: 'Bot' });
    await rest.issues.updateComment({ ...repo, comment_id: mine.id, body: 'changed' });
    const all = await octokit.paginate(rest.issues.listComments, { ...repo, issue_number: 1, per_page: 100 });
    expect(all).toHaveLength(251);
    expect(all.at(-1)?.body).toBe('changed');
    expect(await statusOf(rest.issues.createComment({ ...repo, issue_number: 1, body: 'x'.repeat(65_537) }))).toBe(422);
    await rest.issues.deleteComment({ ...repo, comment_id: mine.id });
    expect(await statusOf(rest.issues.getComment({ ...repo, comment_id: mine.id }))).toBe(404);
    expect(github.violations).toEqual([]);
  });

  it('adds up annotations over requests and refuses what GitHub refuses', async () => {
    const { rest } = client();
    const { sha } = pushRun(github);
    const annotations = Array.from({ length: 50 }, (_, index) => ({
      path: 'samples/a.jsonl',
      start_line: index + 1,
      end_line: index + 1,
      annotation_level: 'failure' as const,
      message: 'worse',
    }));
    const output = { title: 'worse', summary: 'see below', annotations };
    const { data } = await rest.checks.create({ ...repo, name: 'agent-regress', head_sha: sha, status: 'in_progress', output });
    await rest.checks.update({ ...repo, check_run_id: data.id, conclusion: 'failure', output: { ...output, annotations: annotations.slice(0, 20) } });
    expect(ownChecks(github)[0]).toMatchObject({ status: 'completed', conclusion: 'failure', annotations: { length: 70 } });
    expect((await rest.checks.listAnnotations({ ...repo, check_run_id: data.id, per_page: 100 })).data).toHaveLength(70);
    expect((await rest.checks.listForRef({ ...repo, ref: sha, check_name: 'agent-regress' })).data.total_count).toBe(1);
    expect((await rest.checks.get({ ...repo, check_run_id: data.id })).data.output.annotations_count).toBe(70);
    expect(github.violations).toEqual([]);

    const create = (more: object) => statusOf(rest.checks.create({ ...repo, name: 'x', head_sha: sha, ...more } as never));
    const wide = { title: 'é', summary: 'é'.repeat(40_000) };
    const low = { title: 't', summary: 's', annotations: [{ ...annotations[0]!, start_line: 0 }] };
    expect(await create({ output: wide })).toBe(422);
    expect(await create({ output: low })).toBe(422);
    expect(await create({ status: 'completed' })).toBe(422);
    expect(await create({ output: { ...output, annotations: [...annotations, ...annotations] } })).toBe(422);
    expect(github.violations).toEqual([expect.stringContaining('must NOT have more than 50 items')]);
  });

  it('reports unknown names in a query or a body, which GitHub would ignore', async () => {
    const octokit = client();
    const { sha } = pushRun(github);
    await statusOf(octokit.request('POST /repos/{owner}/{repo}/check-runs', { ...repo, name: 'x', head_sha: sha, conclusions: 'success' }));
    await statusOf(octokit.request('GET /repos/{owner}/{repo}/actions/artifacts', { ...repo, sort: 'created' }));
    await statusOf(octokit.request('GET /repos/{owner}/{repo}/git/refs', repo));
    expect(github.violations).toEqual([
      expect.stringContaining('"conclusions"'),
      expect.stringContaining('"sort"'),
      expect.stringContaining('no such operation'),
    ]);
  });

  it('knows what a token may do', async () => {
    pullRequestRun(github);
    const comment = (token: string) => statusOf(client(token).rest.issues.createComment({ ...repo, issue_number: 1, body: 'hello' }));
    expect(await comment('made-up')).toBe(401);
    expect(await comment(github.tokens.fork)).toBe(403);
    expect(await comment(github.tokens.personal)).toBe(0);
    expect(await statusOf(client(github.tokens.noActions).rest.actions.listArtifactsForRepo(repo))).toBe(403);
    expect(await statusOf(client().rest.users.getAuthenticated())).toBe(403);
    expect(github.state.comments.map(({ author }) => author.login)).toEqual(['monalisa']);
  });

  it('fails before and after the work is done, and drops connections', async () => {
    const { rest } = client();
    pullRequestRun(github);
    const comment = (body: string) => statusOf(rest.issues.createComment({ ...repo, issue_number: 1, body, request: { retries: 0 } }));
    github.setFault({ on: 'issues/create-comment', kind: 'status', status: 502 });
    github.setFault({ on: 'issues/create-comment', kind: 'status-after-commit', status: 500 });
    const dropped = github.setFault({ on: 'issues/create-comment', kind: 'drop-after-commit' });
    expect([await comment('a'), await comment('b'), await comment('c'), await comment('d')]).toEqual([502, 500, 500, 0]);
    expect(dropped.struck).toBe(1);
    expect(github.state.comments.map(({ body }) => body)).toEqual(['b', 'c', 'd']);
    expect(github.writes().map(({ status }) => status)).toEqual([502, 500, 0, 201]);
  });

  it('limits rates as GitHub words and heads it', async () => {
    const limited = (fault: Parameters<GitHubStandIn['setFault']>[0]) => {
      github.setFault(fault);
      return fetch(`${github.url}/rate_limit`, { headers: { authorization: `Bearer ${github.tokens.write}` } });
    };
    const primary = await limited({ kind: 'primary-limit', resetInSeconds: 5 });
    expect(primary.status).toBe(403);
    expect(primary.headers.get('x-ratelimit-remaining')).toBe('0');
    expect(Number(primary.headers.get('x-ratelimit-reset')) - Date.now() / 1000).toBeGreaterThan(4);
    const secondary = await limited({ kind: 'secondary-limit', retryAfterSeconds: 3, status: 429 });
    expect([secondary.status, secondary.headers.get('retry-after')]).toEqual([429, '3']);
    expect((await limited({ kind: 'secondary-limit' })).headers.has('retry-after')).toBe(false);
    github.state.rateLimit.remaining = 0;
    expect(await statusOf(client().rest.repos.get({ ...repo, request: { retries: 0 } }))).toBe(403);
  });

  it('shows merged branches between the first parents, newest first', async () => {
    const [a] = addHistory(github, { count: 1 });
    const side = addCommit(github.state, { parents: [a!.sha], branch: 'side' });
    const b = addCommit(github.state, { branch: 'main' });
    const merge = addCommit(github.state, { branch: 'main', parents: [b.sha, side.sha] });
    const { data } = await client().rest.repos.listCommits({ ...repo, sha: merge.sha, per_page: 3 });
    expect(data.map(({ sha }) => sha)).toEqual([merge.sha, b.sha, side.sha]);
    expect(data[0]?.parents.map(({ sha }) => sha)).toEqual([b.sha, side.sha]);
  });

  it('tells of runs of every event', () => {
    const change = pullRequestRun(github, { isFork: true });
    const again = pullRequestRun(github, { pull: change.pull });
    expect(again.sha).toBe(change.pull.mergeSha);
    expect(github.state.commits.get(again.sha)?.parents).toEqual([github.state.branches.get('main'), change.pull.head.sha]);
    expect(again.token).toBe(github.tokens.fork);
    expect(workflowRunRun(github, { of: again }).payload).toMatchObject({ workflow_run: { head_sha: change.pull.head.sha, pull_requests: [] } });
    expect(mergeGroupRun(github, { pull: change.pull }).payload).toMatchObject({ merge_group: { base_sha: github.state.branches.get('main') } });
    expect(scheduledRun(github).sha).toBe(github.state.branches.get('main'));
    expect(pushRun(github, { rerun: change.run }).run.attempt).toBe(2);
  });
});

describe('the artifact service', () => {
  let folder: string;
  const before = { ...process.env };
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'stand-in-'));
  });
  afterEach(async () => {
    process.env = { ...before };
    await rm(folder, { recursive: true });
  });

  it('takes an upload of the real client and lists it for the next run', async () => {
    const { run, runtimeToken } = pushRun(github);
    Object.assign(process.env, { ACTIONS_RESULTS_URL: github.resultsUrl, ACTIONS_RUNTIME_TOKEN: runtimeToken, GITHUB_API_URL: github.url });
    const { DefaultArtifactClient } = await import('@actions/artifact');
    const file = join(folder, 'run.jsonl');
    await writeFile(file, '{"type":"run"}\n');
    const artifacts = new DefaultArtifactClient();
    const { id = 0, digest } = await artifacts.uploadArtifact('agent-regress-support', [file], folder, { retentionDays: 5 });
    await expect(artifacts.uploadArtifact('agent-regress-support', [file], folder)).rejects.toThrow(/409/);

    const { data } = await client().rest.actions.listArtifactsForRepo({ ...repo, name: 'agent-regress-support' });
    expect(data.artifacts).toMatchObject([{ id, digest: `sha256:${digest}`, workflow_run: { id: run.id } }]);
    expect(artifactFiles(github.state.artifacts[0]!).get('run.jsonl')?.toString()).toBe('{"type":"run"}\n');

    const findBy = { token: github.tokens.write, workflowRunId: run.id, repositoryOwner: repo.owner, repositoryName: repo.repo };
    await artifacts.downloadArtifact(id, { path: join(folder, 'down'), findBy });
    expect(await readFile(join(folder, 'down', 'run.jsonl'), 'utf8')).toBe('{"type":"run"}\n');
    expect(github.violations).toEqual([]);
  });

  it('answers 410 for an expired artifact and reports an Authorization header at the blob host', async () => {
    const { run } = pushRun(github);
    const { id } = addArtifact(github, { runId: run.id, name: 'old', files: { a: 'b' }, isExpired: true });
    const download = (artifact_id: number) => client().rest.actions.downloadArtifact({ ...repo, artifact_id, archive_format: 'zip' });
    expect(await statusOf(download(id))).toBe(410);
    const fresh = addArtifact(github, { runId: run.id, name: 'new', files: { a: 'b' } });
    const { data } = await download(fresh.id);
    expect(Buffer.from(data as ArrayBuffer).equals(fresh.bytes)).toBe(true);
    expect(github.violations).toEqual([]);
    await fetch(`${github.blobUrl}/download/${fresh.id}`, { headers: { authorization: 'Bearer leaked' } });
    expect(github.violations).toEqual([expect.stringContaining('Authorization header')]);
  });
});
