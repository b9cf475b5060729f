import type { FoundAcceptance } from '../pipeline/ports.ts';
import type { Assessment } from '../records/assessment.ts';
import * as z from '../records/schema.ts';
import { acceptCommands } from './acceptance-command.ts';
import { parseAcceptanceLine, type StoredAcceptance } from './acceptance-line.ts';
import type { GitHubClient } from './client.ts';
import type { GitHubEvent } from './event.ts';
import { listOwnReports, type OwnReport } from './own-reports.ts';
import { PublishError, readReply } from './publish-error.ts';

/** The pull request whose acceptance counts, and its head. */
export interface AcceptanceSubject {
  pullNumber: number;
  headSha: string;
}

const needs = 'pull-requests: read';

/**
 * Who accepted what this run shows; undefined when nobody did. Asks GitHub only where that changes something, and looks
 * again whether the record still holds: the request is still there, and the person may still write.
 * @throws PublishError
 */
export async function findAcceptance(question: {
  client: GitHubClient;
  event: GitHubEvent;
  /** Slug of the suite. */
  suite: string;
  assessment: Assessment;
  /** The label that accepts, as the input `accept-label` names it. */
  acceptLabel: string;
  /** Where it is known, as for a stored report; absent: what the event is about. */
  subject?: AcceptanceSubject;
  /** Hears of the reports that were read on the way. */
  onReports?: (own: OwnReport[]) => void;
}): Promise<FoundAcceptance | undefined> {
  const { client, event, suite, assessment } = question;
  const isPullRequest = question.subject !== undefined || event.pullRequest !== undefined;
  if (!isWorthAsking(assessment, isPullRequest)) return undefined;
  const subject = question.subject ?? (await subjectOf(client, event, assessment));
  if (!subject) return undefined;
  const own = await listOwnReports(client, subject.pullNumber, suite);
  question.onReports?.(own);
  const records = own.flatMap(({ comment }) => {
    const line = parseAcceptanceLine(comment.body ?? '');
    return line?.kind === 'accepted' ? [line.record] : [];
  });
  const record = records.find(({ sha }) => sha === subject.headSha) ?? records.at(-1);
  if (!record) return undefined;
  const why =
    record.sha === subject.headSha ? await whyVoid(client, record, { ...subject, acceptLabel: question.acceptLabel }) : 'does not cover this commit';
  const { v: _, ...acceptance } = record;
  return why === undefined ? { acceptance } : { voidAcceptance: { by: record.by, sha: record.sha, why } };
}

/** `write` and above; nobody's login has none. @throws PublishError */
export async function mayWrite(client: GitHubClient, login: string): Promise<boolean> {
  try {
    const path = `collaborators/${encodeURIComponent(login)}/permission`;
    const { permission } = readReply(Permission, await client.get(path, {}, { needs: 'metadata: read' }), { method: 'GET', path });
    return permission === 'admin' || permission === 'write';
  } catch (error) {
    if (error instanceof PublishError && error.status === 404) return false;
    throw error;
  }
}

/** "maintain" is reported as write, and a role of one's own as what it is based on. */
const Permission = z.looseObject({ permission: z.string() });

const Label = z.looseObject({ name: z.string() });
/** A pull request as far as acceptances need it. */
const PullFacts = z.looseObject({
  number: z.int(),
  merged_at: z.nullish(z.string()),
  merge_commit_sha: z.nullish(z.string()),
  head: z.looseObject({ sha: z.string() }),
  base: z.looseObject({ ref: z.string() }),
  labels: z.optional(z.array(Label)),
});
type PullFacts = z.infer<typeof PullFacts>;

/** A pull request is asked about when it is red for a regression alone; a branch also when it is not clear, as it sets the level of what follows. */
function isWorthAsking({ verdict }: Assessment, isPullRequest: boolean): boolean {
  if (verdict.acceptedExitCode !== undefined) return verdict.acceptedExitCode === 0;
  return !isPullRequest && verdict.status === 'inconclusive' && verdict.complete;
}

async function subjectOf(client: GitHubClient, event: GitHubEvent, assessment: Assessment): Promise<AcceptanceSubject | undefined> {
  if (event.pullRequest) return { pullNumber: event.pullRequest.number, headSha: event.pullRequest.headSha };
  // What changed between two runs of one commit is not what anybody accepted of a pull request.
  if (assessment.baseline.sha === event.sha) return undefined;
  if (event.kind === 'merge_group') {
    const number = /^refs\/heads\/gh-readonly-queue\/.+\/pr-(\d{1,10})-[0-9a-f]+$/.exec(event.ref ?? '')?.[1];
    return number === undefined ? undefined : { pullNumber: Number(number), headSha: (await readPull(client, Number(number))).head.sha };
  }
  const branch = /^refs\/heads\/(.+)$/.exec(event.ref ?? '')?.[1];
  const listed = await client.list(`commits/${event.sha}/pulls`, {}, { needs, maxPages: 1 });
  const merged = listed
    .flatMap((entry) => PullFacts.safeParse(entry).data ?? [])
    .find((pull) => {
      const isIt = pull.merge_commit_sha === event.sha || pull.head.sha === event.sha;
      return isIt && typeof pull.merged_at === 'string' && pull.base.ref === branch;
    });
  return merged && { pullNumber: merged.number, headSha: merged.head.sha };
}

/** @throws PublishError */
export async function readPull(client: GitHubClient, number: number): Promise<PullFacts> {
  const path = `pulls/${number}`;
  return readReply(PullFacts, await client.get(path, {}, { needs }), { method: 'GET', path });
}

const Comment = z.looseObject({
  body: z.nullish(z.string()),
  issue_url: z.optional(z.string()),
  user: z.nullish(z.looseObject({ login: z.string() })),
});

/** A record alone proves nothing: whoever can make our own account say something could write one. */
async function whyVoid(
  client: GitHubClient,
  record: StoredAcceptance,
  about: AcceptanceSubject & { acceptLabel: string },
): Promise<string | undefined> {
  if (record.via === 'label' && record.label?.toLowerCase() !== about.acceptLabel.toLowerCase()) {
    return `does not count: the label that accepts is "${about.acceptLabel}" (\`accept-label\`)`;
  }
  const { pullNumber } = about;
  const isThere = record.via === 'comment' ? await isStillAsked(client, record, pullNumber) : await isStillLabelled(client, record, pullNumber);
  if (!isThere) return `was taken back: its ${record.via} is gone`;
  if (record.via === 'label' && !(await isLabeller(client, record, pullNumber))) return 'does not count: they are not the one who set its label';
  return (await mayWrite(client, record.by)) ? undefined : 'does not count: they may not write to this repository';
}

async function isStillAsked(client: GitHubClient, { by, commentId }: StoredAcceptance, pullNumber: number): Promise<boolean> {
  if (commentId === undefined) return false;
  try {
    const path = `issues/comments/${commentId}`;
    const { body, issue_url, user } = readReply(Comment, await client.get(path, {}, { needs }), { method: 'GET', path });
    return user?.login === by && issue_url?.endsWith(`/issues/${pullNumber}`) === true && acceptCommands(body ?? '').length > 0;
  } catch (error) {
    if (error instanceof PublishError && error.status === 404) return false;
    throw error;
  }
}

async function isStillLabelled(client: GitHubClient, { label }: StoredAcceptance, pullNumber: number): Promise<boolean> {
  const { labels = [] } = await readPull(client, pullNumber);
  return labels.some(({ name }) => name === label);
}

const LabelEvent = z.looseObject({
  event: z.literal('labeled'),
  actor: z.nullish(z.looseObject({ login: z.string() })),
  label: z.looseObject({ name: z.string() }),
});

/** Whether they are the last one who set this label. GitHub tells events oldest first. */
async function isLabeller(client: GitHubClient, { by, label }: StoredAcceptance, pullNumber: number): Promise<boolean> {
  const events = await client.list(`issues/${pullNumber}/events`, {}, { needs, maxPages: 30 });
  const last = events.flatMap((entry) => LabelEvent.safeParse(entry).data ?? []).findLast((event) => event.label.name === label);
  return last?.actor?.login === by;
}
