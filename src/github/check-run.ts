import type { Assessment, SampleAssessment, SampleClass } from '../records/assessment.ts';
import * as z from '../records/schema.ts';
import { byteLength, clampBytes } from './clamp.ts';
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

export interface Annotation {
  /** Relative to the repository, with `/`. */
  path: string;
  /** 1-based. */
  line: number;
  level: 'failure' | 'warning' | 'notice';
  title: string;
  message: string;
}

export interface CheckOutput {
  title: string;
  /** Markdown of at most so many UTF-8 bytes. */
  render: (maxBytes: number) => string;
  annotations: readonly Annotation[];
}

/** GitHub counts the bytes of summary and text, whatever its documentation says of characters. */
const maxSummaryBytes = 65_535;
const annotationsPerRequest = 50;
/** GitHub shows no more in practice; the rest is in the report. */
const maxAnnotations = 200;
const needs = 'checks: write';
/** Tries to open a check, each after a look whether the one before has worked. */
const maxRounds = 3;
const CheckRun = z.looseObject({
  id: z.int(),
  html_url: WebUrl,
  external_id: z.nullish(z.string()),
  status: z.optional(z.string()),
  pull_requests: z.nullish(z.array(z.looseObject({ number: z.int(), head: z.looseObject({ sha: z.string() }) }))),
});

/** By what a check run of ours is found again. */
export interface CheckPlace {
  /** Stable per suite: a required check is found by it. */
  name: string;
  headSha: string;
  /** Unique per run, attempt and suite. */
  externalId: string;
}

export interface OpenCheckRequest extends CheckPlace {
  client: GitHubClient;
  mode: Exclude<CheckMode, 'off'>;
  detailsUrl: string;
  /** Of the running job, as the runner gives it; absent on older servers: a check run of our own is made instead. */
  jobCheckId?: number;
}

/** Opens the check run before the first sample is asked. @throws PublishError */
export async function openCheck(request: OpenCheckRequest): Promise<OpenCheck> {
  const { client, name, headSha, externalId, detailsUrl } = request;
  if (request.mode === 'job' && request.jobCheckId !== undefined) {
    return toOpenCheck(await readCheck(client, request.jobCheckId), false);
  }
  const body = {
    name,
    head_sha: headSha,
    status: 'in_progress',
    started_at: new Date().toISOString(),
    external_id: externalId,
    details_url: detailsUrl,
  };
  let doubt: unknown;
  for (let round = 1; round <= maxRounds; round++) {
    const made = round === 1 ? undefined : await findCheck(client, { name, headSha, externalId }).catch(() => Promise.reject(doubt));
    if (made) return toOpenCheck(made, true);
    try {
      const reply = await client.create('check-runs', body, { needs, isSentOnce: true, attempt: round });
      return toOpenCheck(readReply(CheckRun, reply, { method: 'POST', path: 'check-runs' }), true);
    } catch (error) {
      if (!(error instanceof PublishError) || !(error.isAmbiguous || error.mayTryAgain)) throw doubt ?? error;
      // What may have been made stays in doubt, whatever the next try meets: somebody has to look for it later.
      if (!(doubt instanceof PublishError && doubt.isAmbiguous)) doubt = error;
    }
  }
  throw doubt;
}

async function readCheck(client: GitHubClient, id: number): Promise<z.infer<typeof CheckRun>> {
  const path = `check-runs/${id}`;
  return readReply(CheckRun, await client.get(path, {}, { needs }), { method: 'GET', path });
}

/** The check run that was made for this place, whatever became of it. @throws PublishError */
export async function findCheck(client: GitHubClient, place: CheckPlace): Promise<z.infer<typeof CheckRun> | undefined> {
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
  const { text, batches } = prepareOutput(output);
  for (const [index, annotations] of batches.entries()) {
    const isLast = index === batches.length - 1;
    const body = { output: { title: clampBytes(output.title, 255), summary: text, ...(annotations.length > 0 ? { annotations } : {}) } };
    heads = headsOf(await client.update(path, { ...(isLast ? end : {}), ...body }, { needs }));
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

/** Regressed samples are failures, suspects and flaky ones warnings; a sample without a line in the repository has none. */
export function annotationsOf(samples: readonly SampleAssessment[], toRepositoryPath: (file: string) => string | undefined): Annotation[] {
  return samples
    .flatMap((sample): Annotation[] => {
      const level = levels[sample.class];
      const path = sample.file === undefined ? undefined : toRepositoryPath(sample.file);
      if (level === undefined || path === undefined) return [];
      return [{ path, line: Math.max(1, sample.line ?? 1), level, title: `${sample.id}: ${sample.class}`, message: messageFor(sample) }];
    })
    .sort((a, b) => order.indexOf(a.level) - order.indexOf(b.level));
}

const order: readonly Annotation['level'][] = ['failure', 'warning', 'notice'];
const levels: Partial<Record<SampleClass, Annotation['level']>> = { regressed: 'failure', suspect: 'warning', flaky: 'warning' };

function messageFor(sample: SampleAssessment): string {
  const { baseline, current } = sample;
  const counts = [
    baseline ? `baseline ${baseline.passes}/${baseline.repeats}` : undefined,
    current ? `now ${current.passes}/${current.repeats}` : undefined,
  ].filter((part) => part !== undefined);
  const changes = sample.changes ?? [];
  return [`passes: ${counts.join(', ')}`, ...changes].join('\n');
}

function prepareOutput(output: CheckOutput): { text: string; batches: object[][] } {
  const shown = output.annotations.slice(0, maxAnnotations).map(toApi);
  const left = output.annotations.length - shown.length;
  const footer = left > 0 ? `\n\n${left} more ${left === 1 ? 'annotation is' : 'annotations are'} in the full report.` : '';
  const room = maxSummaryBytes - byteLength(footer);
  const text = clampBytes(output.render(room), room) + footer;
  const batches: object[][] = [];
  for (let start = 0; start < shown.length; start += annotationsPerRequest) batches.push(shown.slice(start, start + annotationsPerRequest));
  return { text, batches: batches.length > 0 ? batches : [[]] };
}

function toApi({ path, line, level, title, message }: Annotation): object {
  return {
    path,
    start_line: line,
    end_line: line,
    annotation_level: level,
    title: clampBytes(escapeAstral(title), 255),
    message: clampBytes(escapeAstral(message), 64_000) || '-',
  };
}

/** The annotations endpoint has refused characters above U+FFFF, such as emoji. */
function escapeAstral(text: string): string {
  return text.replace(/[\u{10000}-\u{10ffff}]/gu, (character) => `\\u{${Number(character.codePointAt(0)).toString(16)}}`);
}

function toOpenCheck(run: z.infer<typeof CheckRun>, isOwn: boolean): OpenCheck {
  return { id: run.id, isOwn, ...(run.html_url ? { url: run.html_url } : {}) };
}
