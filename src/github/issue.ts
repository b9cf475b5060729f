import * as z from '../records/schema.ts';
import { clampBytes } from './clamp.ts';
import type { GitHubClient } from './client.ts';
import { isOurs } from './own-reports.ts';
import { PublishError, readReply } from './publish-error.ts';
import { WebUrl } from './web-url.ts';

/** What an issue of ours is about: hidden in its first line. */
export interface IssueMarker {
  /** Slug, `[a-z0-9._-]`. */
  suite: string;
  /** Workflow run that was judged worse first. */
  since: string;
  /** Workflow run that wrote it last. */
  runId: number;
  attempt: number;
  /** Pass rates before it and since, 0..1, for the day on which the history is lost. */
  good?: number;
  lowestGood?: number;
  bad?: number;
}

/** An issue of ours. */
export interface OwnIssue {
  number: number;
  isOpen: boolean;
  body: string;
  url?: string;
  /** Milliseconds since 1970. */
  closedAt?: number;
  marker: IssueMarker;
}

export interface IssueText {
  title: string;
  body: string;
}

const Issue = z.looseObject({
  number: z.int().check(z.positive()),
  state: z.string(),
  body: z.nullish(z.string()),
  html_url: WebUrl,
  closed_at: z.nullish(z.string()),
  user: z.nullish(z.looseObject({ login: z.string(), type: z.optional(z.string()) })),
  pull_request: z.optional(z.unknown()),
});

/** GitHub makes a label that does not exist yet; where it may not, the issue goes without. */
export const issueLabel = 'agent-regress';
/** GitHub counts 65,536 characters; bytes are never fewer. */
export const maxIssueBytes = 65_536;
const maxTitleCharacters = 200;
const needs = 'issues: write';

/** First line of an issue's body. */
export function renderIssueMarker({ suite, since, runId, attempt, good, lowestGood, bad }: IssueMarker): string {
  const rates = Object.entries({ good, low: lowestGood, bad }).flatMap(([name, rate]) => (rate === undefined ? [] : [`${name}=${rate.toFixed(4)} `]));
  return `<!-- agent-regress-issue:v1 suite=${suite} since=${since} run=${runId} attempt=${attempt} ${rates.join('')}-->`;
}

/** Only a body that begins with the marker has it: a quotation does not. */
export function parseIssueMarker(body: string): IssueMarker | undefined {
  const match =
    /^<!-- agent-regress-issue:v1 suite=([a-z0-9._-]+) since=(\d{1,15}) run=(\d{1,15}) attempt=(\d{1,9}) (?:good=([01]\.\d{4}) )?(?:low=([01]\.\d{4}) )?(?:bad=([01]\.\d{4}) )?-->(?:\r?\n|$)/.exec(
      body,
    );
  if (!match) return undefined;
  const [, suite = '', since = '', runId, attempt, good, low, bad] = match;
  const marker: IssueMarker = { suite, since, runId: Number(runId), attempt: Number(attempt) };
  if (good !== undefined) marker.good = Number(good);
  if (low !== undefined) marker.lowestGood = Number(low);
  if (bad !== undefined) marker.bad = Number(bad);
  return marker;
}

/**
 * Issues of this token's own author about the suite, newest first: among the 200 newest with our label, and when none of them is
 * open, as a label may be taken off, among the 100 open ones that were changed last. At most three requests. @throws PublishError
 */
export async function findOwnIssues(client: GitHubClient, suite: string): Promise<OwnIssue[]> {
  const labelled = await client.list('issues', { labels: issueLabel, state: 'all', sort: 'created', direction: 'desc' }, { needs, maxPages: 2 });
  const found = await ownAmong(client, labelled, suite);
  if (found.some(({ isOpen }) => isOpen)) return found;
  const open = await client.list('issues', { state: 'open', sort: 'updated', direction: 'desc' }, { needs, maxPages: 1 });
  const more = (await ownAmong(client, open, suite)).filter(({ number }) => !found.some((issue) => issue.number === number));
  return [...found, ...more].sort((a, b) => b.number - a.number);
}

/**
 * Creates the issue. After a reply that leaves it open whether there is one now, it looks before the second and last try.
 * @throws PublishError
 */
export async function createIssue(client: GitHubClient, text: IssueText, marker: IssueMarker): Promise<Pick<OwnIssue, 'number' | 'url'>> {
  const values = { ...clamped(text), labels: [issueLabel] };
  try {
    return await create(client, values);
  } catch (error) {
    if (!(error instanceof PublishError)) throw error;
    if (error.status === 422) return create(client, { ...clamped(text) });
    if (!error.isAmbiguous) throw error;
    const made = (await findOwnIssues(client, marker.suite)).find((issue) => issue.isOpen && issue.marker.since === marker.since);
    return made ?? create(client, values);
  }
}

/** Writes title and body anew, and opens or closes the issue where `state` says so. @throws PublishError */
export async function updateIssue(client: GitHubClient, issue: number, text: IssueText, state?: 'open' | 'closed'): Promise<void> {
  const changed = state === undefined ? {} : { state, state_reason: state === 'open' ? 'reopened' : 'completed' };
  await client.update(`issues/${issue}`, { ...clamped(text), ...changed }, { needs });
}

/** Sent once: a comment that may exist is never written a second time. @throws PublishError */
export async function commentOnIssue(client: GitHubClient, issue: number, body: string): Promise<void> {
  await client.create(`issues/${issue}/comments`, { body: clampBytes(body, maxIssueBytes) }, { needs });
}

async function create(client: GitHubClient, values: Record<string, unknown>): Promise<Pick<OwnIssue, 'number' | 'url'>> {
  const reply = await client.create('issues', values, { needs });
  const { number, html_url: url } = readReply(Issue, reply, { method: 'POST', path: 'issues' });
  return { number, ...(url === undefined ? {} : { url }) };
}

async function ownAmong(client: GitHubClient, entries: readonly unknown[], suite: string): Promise<OwnIssue[]> {
  const own: OwnIssue[] = [];
  for (const entry of entries) {
    const issue = Issue.safeParse(entry).data;
    const marker = issue ? parseIssueMarker(issue.body ?? '') : undefined;
    if (!issue || issue.pull_request || marker?.suite !== suite || !(await isOurs(client, issue))) continue;
    const closedAt = Date.parse(issue.closed_at ?? '');
    own.push({
      number: issue.number,
      isOpen: issue.state === 'open',
      body: issue.body ?? '',
      marker,
      ...(issue.html_url === undefined ? {} : { url: issue.html_url }),
      ...(Number.isNaN(closedAt) ? {} : { closedAt }),
    });
  }
  return own.sort((a, b) => b.number - a.number);
}

function clamped({ title, body }: IssueText): IssueText {
  return { title: [...title].slice(0, maxTitleCharacters).join(''), body: clampBytes(body, maxIssueBytes) };
}
