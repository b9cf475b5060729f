import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { closeIfOpen, completeCheck, findCheck, openCheck } from '../../src/github/check-run.ts';
import { createGitHubClient, type GitHubClient } from '../../src/github/client.ts';
import { publishComment } from '../../src/github/comment.ts';
import { compareRuns, parseMarker } from '../../src/github/comment-marker.ts';
import { PublishError } from '../../src/github/publish-error.ts';
import { isRivalAtWork } from '../../src/github/rival-runs.ts';
import { finishRun, type JobContext, pullRequestRun } from '../github/stand-in/runs.ts';
import { addComment } from '../github/stand-in/seed.ts';
import { type GitHubStandIn, startGitHub } from '../github/stand-in/server.ts';
import type { PullRequest } from '../github/stand-in/state.ts';
import { type Mishap, type Peer, scheduleGitHub } from '../harness/scheduled-github.ts';
import { size, soakRow } from '../harness/soak.ts';

type Job = JobContext & { pull: PullRequest; headSha: string; attempt: number };
type Schedule = (what: string) => Promise<unknown>;
/** What starts a run on a pull request, and what befalls it. `late`: it starts while the others are at work. */
type Plan = { cause: 'push' | 'label' | 'rerun'; isLate: boolean } & Omit<Peer, 'name'>;

const suite = 'a';
let github: GitHubStandIn;
let raced = 0;
beforeAll(startAnew);

async function startAnew(): Promise<void> {
  github = await startGitHub();
  github.state.rateLimit.remaining = Number.MAX_SAFE_INTEGER;
}

/** A stand-in remembers all that it was asked: now and then a new one, so that the last interleaving is as quick as the first. */
async function renew(): Promise<void> {
  raced += 1;
  if (raced % 50 !== 0) return;
  await github.close();
  await startAnew();
}

afterAll(async () => {
  vi.unstubAllGlobals();
  await github.close();
});

const mishap = fc.constantFrom<Mishap>('lost', 'answer lost', 'error after the work', 'refused by an ill server', 'rate limit');
const mishaps = fc.array(fc.tuple(fc.integer({ min: 1, max: 9 }), mishap), { maxLength: 2 }).map((list) => new Map(list));
const death = fc.record({ request: fc.integer({ min: 1, max: 7 }), isDone: fc.boolean() });
const plan = (mayDie: boolean): fc.Arbitrary<Plan> =>
  fc
    .record({ cause: fc.constantFrom('push', 'push', 'label', 'rerun'), isLate: fc.boolean(), mishaps, death: fc.option(death) })
    .map(({ cause, isLate, mishaps, death }) => ({
      cause: cause as Plan['cause'],
      isLate,
      mishaps,
      ...(mayDie && death ? { diesAt: death } : {}),
    }));

interface Raced {
  jobs: Job[];
  dead: Set<Job>;
  pull: PullRequest;
}

/** Runs of one pull request that all report on it, in the order of the scheduler. Every death is followed by its post step. */
async function race(plans: readonly Plan[], schedule: Schedule, options: { isReported: boolean }): Promise<Raced> {
  const link = scheduleGitHub(github, schedule);
  vi.stubGlobal('fetch', link.fetch);
  const jobs: Job[] = [];
  const dead = new Set<Job>();
  const start = (pull: PullRequest | undefined, { cause }: Pick<Plan, 'cause'>): Job => {
    const first = cause === 'rerun' ? jobs.find(({ run }) => run.status === 'completed') : undefined;
    const action = cause === 'label' || (cause === 'rerun' && pull) ? { action: 'labeled' } : {};
    const job = pullRequestRun(github, { ...(pull ? { pull } : {}), ...action, ...(first ? { rerun: first.run } : {}) });
    // A re-run speaks for the commit of its run, and for its own attempt only.
    const again = { ...job, run: { ...job.run }, headSha: job.run.headSha, attempt: job.run.attempt };
    jobs.push(again);
    return again;
  };
  const perform = async (job: Job, peer: Omit<Peer, 'name'>) => {
    const token = link.connect({ ...peer, name: `run ${job.run.id}/${job.attempt}` });
    const client = clientOf(token, schedule);
    const place = { name: `agent-regress / ${suite}`, headSha: job.headSha, externalId: `${job.run.id}-${job.attempt}-${suite}` };
    try {
      await report(client, job, place, schedule);
    } catch (error) {
      if (!link.isDead(token)) throw error;
      dead.add(job);
      const janitor = clientOf(link.connect({ name: `post ${job.run.id}` }), schedule);
      const found = await findCheck(janitor, place);
      if (found) await closeIfOpen(janitor, found.id);
    } finally {
      finishRun(github, { ...job, run: github.state.runs.find(({ id }) => id === job.run.id)! });
    }
  };
  const first = start(undefined, { cause: 'push' });
  const { pull } = first;
  if (options.isReported) await perform(first, {});
  const running = options.isReported ? [] : [perform(first, {})];
  for (const plan of plans) {
    const job = plan.isLate ? schedule('a run starts').then(() => start(pull, plan)) : Promise.resolve(start(pull, plan));
    running.push(job.then((job) => perform(job, plan)));
  }
  await Promise.all(running);
  return { jobs, dead, pull };
}

function clientOf(token: string, schedule: Schedule): GitHubClient {
  return createGitHubClient({
    token,
    apiUrl: github.url,
    owner: 'octo-org',
    repo: 'support-bot',
    sleep: async (ms) => void (await schedule(`waits ${ms} ms`)),
    random: () => 1,
  });
}

/** What the action does on GitHub in such a job. One that GitHub refused again and again is re-run. */
async function report(client: GitHubClient, job: Job, place: { name: string; headSha: string; externalId: string }, schedule: Schedule) {
  const again = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      if (error instanceof PublishError && /unavailable|rate-limited/.test(error.code)) return work();
      throw error;
    }
  };
  const check = await openCheck({ client, mode: 'create', ...place, detailsUrl: 'https://github.com/octo-org/support-bot/actions/runs/1' });
  await schedule('the suite is evaluated');
  const heads = await again(() => completeCheck({ client, check, conclusion: 'success' }));
  const seen = heads.find(({ number, sha }) => number === job.pull.number && sha === job.headSha);
  const { action, before, pull_request } = job.payload as { action: string; before?: string; pull_request: { comments: number } };
  const isFirst = job.attempt === 1;
  await again(() =>
    publishComment({
      client,
      pullNumber: job.pull.number,
      marker: { suite, runId: job.run.id, attempt: job.attempt, sha: job.headSha },
      mode: 'always',
      verdict: { status: 'no-change', isFailure: false },
      render: () => `report of run ${job.run.id}, attempt ${job.attempt}`,
      known: {
        ...(seen ? { headSeenAt: seen.seenAt } : {}),
        hadNoComments: isFirst && pull_request.comments === 0,
        ...(isFirst && action === 'synchronize' && before ? { previousSha: before } : {}),
      },
      isAnyoneElseAtWork: (reported) =>
        isRivalAtWork(client, { event: 'pull_request', branch: job.pull.head.ref, workflowPath: job.run.path, ownRunId: job.run.id, reported }),
    }),
  );
}

const reportsOn = (pull: PullRequest) =>
  github.state.comments.flatMap(({ issue, body, author }) => {
    const marker = issue === pull.number && author.isBot ? parseMarker(body) : undefined;
    return marker ? [marker] : [];
  });

const newestOf = ({ jobs, pull, dead }: Raced) =>
  jobs
    .filter((job) => job.headSha === pull.head.sha && !dead.has(job))
    .map((job) => ({ suite, runId: job.run.id, attempt: job.attempt, sha: job.headSha }))
    .sort((a, b) => compareRuns(b, a))[0];

/** Every run has exactly one check, and none is left open, also of the dead. */
function expectChecks({ jobs, dead }: Raced): void {
  for (const job of jobs) {
    const made = github.state.checkRuns.filter(({ externalId }) => externalId === `${job.run.id}-${job.attempt}-${suite}`);
    expect(made.length).toBeLessThanOrEqual(1);
    if (!dead.has(job)) expect(made).toMatchObject([{ conclusion: 'success' }]);
    for (const { status } of made) expect(status).toBe('completed');
  }
}

const seed = Number(process.env.SOAK_SEED ?? 20_261_122);
const sweeps = { living: size(70, 1400), dying: size(30, 600) };
const done = { living: 0, dying: 0 };

describe('F29 runs that report on one pull request at once, in every order of their requests', () => {
  afterAll(() => {
    const measured = `${done.living + done.dying} interleavings held`;
    const isMet = done.living === sweeps.living && done.dying === sweeps.dying;
    soakRow({
      goal: 'G4',
      what: 'Publishers race',
      wanted: '≥ 2,000 API interleavings; one live comment, newest head; one check each',
      measured,
      isMet,
    });
  });

  it('F29 leave one comment, of the newest head, and one check each', async () => {
    const property = fc.asyncProperty(
      fc.scheduler(),
      fc.array(plan(false), { minLength: 1, maxLength: 5 }),
      fc.boolean(),
      async (s, plans, isReported) => {
        const stranger = { body: `<!-- agent-regress:v1 suite=${suite} run=999999999 attempt=1 sha=${'a'.repeat(40)} -->\nmine` };
        const raced = await s.waitFor(race(plans, (what) => s.schedule(Promise.resolve(), what), { isReported }));
        expect(reportsOn(raced.pull)).toEqual([newestOf(raced)]);
        expectChecks(raced);
        addComment(github, { issue: raced.pull.number, ...stranger });
        expect(github.violations).toEqual([]);
        done.living += 1;
      },
    );
    await fc.assert(property.beforeEach(renew), { numRuns: sweeps.living, seed, endOnFailure: true });
  });

  it('F29 let a run that dies leave at most its own traces, which the next run takes away', async () => {
    const property = fc.asyncProperty(
      fc.scheduler(),
      fc.array(plan(true), { minLength: 2, maxLength: 5 }),
      fc.boolean(),
      async (s, plans, isReported) => {
        const schedule: Schedule = (what) => s.schedule(Promise.resolve(), what);
        const raced = await s.waitFor(race(plans, schedule, { isReported }));
        expectChecks(raced);
        const left = reportsOn(raced.pull);
        expect(left.length).toBeLessThanOrEqual(1 + raced.dead.size);
        const newest = newestOf(raced);
        const top = [...left].sort((a, b) => compareRuns(b, a))[0];
        if (newest && top) expect(compareRuns(top, newest)).toBeGreaterThanOrEqual(0);
        const healed = await s.waitFor(heal(raced, schedule));
        expect(reportsOn(raced.pull)).toEqual([healed]);
        expect(github.violations).toEqual([]);
        done.dying += 1;
      },
    );
    await fc.assert(property.beforeEach(renew), { numRuns: sweeps.dying, seed, endOnFailure: true });
  });
});

/** One more push, whose run meets nothing. */
async function heal({ pull }: Raced, schedule: Schedule) {
  const link = scheduleGitHub(github, schedule);
  vi.stubGlobal('fetch', link.fetch);
  const started = pullRequestRun(github, { pull });
  const job: Job = { ...started, headSha: started.run.headSha, attempt: 1 };
  const place = { name: `agent-regress / ${suite}`, headSha: job.headSha, externalId: `${job.run.id}-1-${suite}` };
  await report(clientOf(link.connect({ name: 'heal' }), schedule), job, place, schedule);
  finishRun(github, started);
  return { suite, runId: job.run.id, attempt: 1, sha: job.headSha };
}
