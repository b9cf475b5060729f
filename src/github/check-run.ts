import type { Assessment } from '../records/assessment.ts';
import * as z from '../records/schema.ts';
import { annotationsPerRequest, type CheckOutput, type OutputPart, outputsOf } from './check-output.ts';
import type { GitHubClient } from './client.ts';
import { PublishError, readReply } from './publish-error.ts';
import type { PullHead } from './publish-result.ts';
import { WebUrl } from './web-url.ts';

export type CheckMode = 'create' | 'job' | 'off';
export type CheckConclusion = 'success' | 'failure' | 'neutral' | 'cancelled' | 'timed_out';

/** A check run that was opened and must be completed. `isOwn` is false for the job's own check: the exit code concludes that one. */
export interface OpenCheck {
  id: number;
  url?: string;
  isOwn: boolean;
}

const needs = 'checks: write';
/** Tries to open a check, each after a look whether the one before has worked. */
const maxRounds = 3;
const CheckRun = z.looseObject({
  id: z.int(),
  html_url: WebUrl,
  external_id: z.nullish(z.string()),
  status: z.optional(z.string()),
  output: z.nullish(z.looseObject({ annotations_count: z.optional(z.int()) })),
  pull_requests: z.nullish(z.array(z.looseObject({ number: z.int(), head: z.looseObject({ sha: z.string() }) }))),
});

type CheckRun = z.infer<typeof CheckRun>;

/** By what a check run of ours is found again. */
export interface CheckPlace {
  /** Stable per suite: a required check is found by it. */
  name: string;
  headSha: string;
  /** Unique per run, attempt and suite. */
  externalId: string;
}

/** A check run that is to be made. */
export interface CheckRequest extends CheckPlace {
  client: GitHubClient;
  detailsUrl: string;
}

export interface OpenCheckRequest extends CheckRequest {
  mode: Exclude<CheckMode, 'off'>;
  /** Of the running job, as the runner gives it; absent on older servers: a check run of our own is made instead. */
  jobCheckId?: number;
}

/** Opens the check run before the first sample is asked. @throws PublishError */
export async function openCheck({ mode, jobCheckId, ...request }: OpenCheckRequest): Promise<OpenCheck> {
  if (mode === 'job' && jobCheckId !== undefined) return toOpenCheck(await readCheck(request.client, jobCheckId), false);
  const { run } = await makeCheck(request, { status: 'in_progress', started_at: new Date().toISOString() });
  return toOpenCheck(run, true);
}

/**
 * Makes a check run that is complete from its first moment, so that nothing can leave it open.
 * @returns as `completeCheck`, and where it is shown. @throws PublishError, also when it was made without the text that GitHub refused
 */
export async function makeCompletedCheck(
  request: CheckRequest & { conclusion: CheckConclusion; output?: CheckOutput },
): Promise<{ url?: string; heads: PullHead[] }> {
  const { client, conclusion, output } = request;
  const end = { status: 'completed', conclusion, completed_at: new Date().toISOString() };
  const [first, ...later] = output ? outputsOf(output) : [];
  const { run, isFound } = await makeCheck(request, { ...end, ...(first ? { output: first } : {}) }).catch(async (error: unknown) => {
    // A refused text must not keep the conclusion back.
    if (first && error instanceof PublishError && error.status === 422) await makeCheck(request, end);
    throw error;
  });
  let made: unknown = run;
  const update = async (body: Record<string, unknown>) => {
    made = await client.update(`check-runs/${run.id}`, body, { needs });
  };
  // Its answer was lost, or an earlier step of the same job made it with what was known then. Annotations are added to those that are there.
  const known = isFound ? (run.output?.annotations_count ?? 0) : 0;
  if (isFound) await update({ ...end, ...(first ? { output: known > 0 ? withoutAnnotations(first) : first } : {}) });
  for (const [index, part] of later.entries()) if (known <= (index + 1) * annotationsPerRequest) await update({ output: part });
  return { ...linkOf(run), heads: headsOf(made) };
}

function withoutAnnotations({ title, summary }: OutputPart): OutputPart {
  return { title, summary };
}

/** One request, which is not sent again before somebody has looked whether it has worked. `isFound`: it was there when they did. */
async function makeCheck(
  { client, name, headSha, externalId, detailsUrl }: CheckRequest,
  state: object,
): Promise<{ run: CheckRun; isFound: boolean }> {
  const body = { name, head_sha: headSha, external_id: externalId, details_url: detailsUrl, ...state };
  let doubt: unknown;
  for (let round = 1; round <= maxRounds; round++) {
    const made = round === 1 ? undefined : await findCheck(client, { name, headSha, externalId }).catch(() => Promise.reject(doubt));
    if (made) return { run: made, isFound: true };
    try {
      const reply = await client.create('check-runs', body, { needs, isSentOnce: true, attempt: round });
      return { run: readReply(CheckRun, reply, { method: 'POST', path: 'check-runs' }), isFound: false };
    } catch (error) {
      if (!(error instanceof PublishError) || !(error.isAmbiguous || error.mayTryAgain)) throw doubt ?? error;
      // What may have been made stays in doubt, whatever the next try meets: somebody has to look for it later.
      if (!(doubt instanceof PublishError && doubt.isAmbiguous)) doubt = error;
    }
  }
  throw doubt;
}

async function readCheck(client: GitHubClient, id: number): Promise<CheckRun> {
  const path = `check-runs/${id}`;
  return readReply(CheckRun, await client.get(path, {}, { needs }), { method: 'GET', path });
}

/** The check run that was made for this place, whatever became of it. @throws PublishError */
export async function findCheck(client: GitHubClient, place: CheckPlace): Promise<CheckRun | undefined> {
  const { name, headSha, externalId } = place;
  const query = { check_name: name, filter: 'all' };
  const known = await client.list(`commits/${headSha}/check-runs`, query, { needs, maxPages: 3, key: 'check_runs' });
  return known.map((entry) => CheckRun.safeParse(entry).data).find((run) => run?.external_id === externalId);
}

/**
 * Completes the check run, with its annotations in fifties.
 * @returns the open pull requests that GitHub names for it, with their heads. @throws PublishError
 */
export async function completeCheck(input: {
  client: GitHubClient;
  check: OpenCheck;
  conclusion: CheckConclusion;
  output?: CheckOutput;
}): Promise<PullHead[]> {
  const { client, check, conclusion, output } = input;
  const path = `check-runs/${check.id}`;
  const end = check.isOwn ? { status: 'completed', conclusion, completed_at: new Date().toISOString() } : {};
  if (!output) return check.isOwn ? headsOf(await client.update(path, end, { needs })) : [];
  let heads: PullHead[] = [];
  const parts = outputsOf(output);
  for (const [index, part] of parts.entries()) {
    const isLast = index === parts.length - 1;
    heads = headsOf(await client.update(path, { ...(isLast ? end : {}), output: part }, { needs }));
  }
  return heads;
}

function headsOf(reply: unknown): PullHead[] {
  const pulls = CheckRun.safeParse(reply).data?.pull_requests ?? [];
  return pulls.map(({ number, head }) => ({ number, sha: head.sha, seenAt: performance.now() }));
}

/** For the step after a hard kill: closes a check run that still claims to be running. @throws PublishError */
export async function closeIfOpen(client: GitHubClient, id: number): Promise<boolean> {
  const run = await readCheck(client, id);
  if (run.status === 'completed') return false;
  await client.update(
    `check-runs/${id}`,
    {
      status: 'completed',
      conclusion: 'cancelled',
      completed_at: new Date().toISOString(),
      output: { title: 'Stopped before the end', summary: 'The job ended before this run had a verdict. Re-run the job.' },
    },
    { needs },
  );
  return true;
}

/** Red exactly when the exit code is red; a run that could not be completed is never grey. */
export function concludeCheck(input: { assessment: Assessment; exitCode: number; isCancelled?: boolean }): CheckConclusion {
  const { stopReason } = input.assessment.run;
  if (input.isCancelled || stopReason === 'interrupted') return 'cancelled';
  if (stopReason === 'budget-minutes') return 'timed_out';
  const { status, complete } = input.assessment.verdict;
  if (input.exitCode !== 0 || !complete) return 'failure';
  switch (status) {
    case 'regressed':
      // Exit code 0 in spite of a regression: the policy does not fail on it.
      return 'neutral';
    case 'improved':
    case 'no-change':
      return 'success';
    case 'inconclusive':
    case 'no-baseline':
      return 'neutral';
  }
}

function toOpenCheck(run: CheckRun, isOwn: boolean): OpenCheck {
  return { id: run.id, isOwn, ...linkOf(run) };
}

function linkOf({ html_url: url }: CheckRun): { url?: string } {
  return url ? { url } : {};
}
