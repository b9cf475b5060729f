import type { VerdictStatus } from '../records/assessment.ts';
import * as z from '../records/schema.ts';
import { keepAcceptanceLine } from './acceptance-line.ts';
import { byteLength, clampBytes } from './clamp.ts';
import type { GitHubClient } from './client.ts';
import { PublishError } from './publish-error.ts';
import type { PublishResult } from './publish-result.ts';

export type CommentMode = 'always' | 'changes' | 'regressions' | 'failures' | 'off';

/** Which run of which suite a comment speaks for. */
export interface CommentMarker {
  /** Slug, `[a-z0-9._-]`. */
  suite: string;
  runId: number;
  attempt: number;
  /** Head of the pull request. */
  sha: string;
}

export interface CommentRequest {
  client: GitHubClient;
  pullNumber: number;
  marker: CommentMarker;
  mode: CommentMode;
  verdict: { status: VerdictStatus; isFailure: boolean };
  /** Text of at most so many UTF-8 bytes; the marker is put before it. */
  render: (maxBytes: number) => string;
}

/** GitHub counts 65,536 characters; bytes are never fewer. */
const maxBodyBytes = 65_536;
const needs = 'pull-requests: write';
/** Rounds of look, write and look again, until nothing is left to do. */
const maxRounds = 4;

const Comment = z.looseObject({
  id: z.int(),
  body: z.nullish(z.string()),
  html_url: z.optional(z.string()),
  updated_at: z.optional(z.string()),
  user: z.nullish(z.looseObject({ login: z.string(), type: z.optional(z.string()) })),
});
type Comment = z.infer<typeof Comment>;
const PullRequest = z.looseObject({ state: z.string(), head: z.looseObject({ sha: z.string() }) });

/** A report comment of ours. */
export interface OwnReport {
  comment: Comment;
  marker: CommentMarker;
}

/**
 * Leaves exactly one comment per suite that speaks for the newest run. An existing comment is always brought up to
 * date, in every mode but `off`, so that no old alarm remains. @throws PublishError
 */
export async function publishComment(request: CommentRequest): Promise<PublishResult> {
  const { client, marker, mode } = request;
  if (mode === 'off') return { kind: 'skipped', reason: 'comment: off' };
  const blocked = await whyNotThisPullRequest(request);
  if (blocked) return { kind: 'skipped', reason: blocked };
  const body = bodyOf(request);
  let createdId: number | undefined;
  let url: string | undefined;
  let note = 'unchanged';
  let doubt: unknown;
  for (let round = 1; round <= maxRounds; round++) {
    const own = await findOwn(request);
    const [first, ...extras] = own;
    if (!first) {
      if (!isWanted(mode, request.verdict)) return { kind: 'skipped', reason: `comment: ${mode}, and the verdict is ${request.verdict.status}` };
      const created = await createOnce(request, body);
      doubt = created.doubt;
      createdId = created.comment?.id;
      url = created.comment?.html_url;
      note = 'created';
      continue;
    }
    doubt = undefined;
    url = first.comment.html_url;
    if (own.some((other) => compareRuns(other.marker, marker) > 0)) {
      for (const extra of extras) if (extra.comment.id === createdId) await removeQuietly(client, extra.comment.id);
      return { kind: 'skipped', reason: 'a newer run has already reported on this pull request' };
    }
    for (const extra of extras) await removeQuietly(client, extra.comment.id);
    const kept = bodyOf(request, first.comment.body ?? '');
    if (normalize(first.comment.body ?? '') === normalize(kept)) return { kind: 'published', note, ...(url === undefined ? {} : { url }) };
    if (await updateUnlessGone(client, first.comment.id, kept)) note = 'updated';
  }
  if (doubt) throw doubt;
  return { kind: 'published', note, ...(url === undefined ? {} : { url }) };
}

/** First line of a comment; its end is part of the match, so that suite `a` is never suite `ab`. */
export function renderMarker({ suite, runId, attempt, sha }: CommentMarker): string {
  return `<!-- agent-regress:v1 suite=${suite} run=${runId} attempt=${attempt} sha=${sha} -->`;
}

/** Only a comment that begins with the marker has it: a quotation does not. */
export function parseMarker(body: string): CommentMarker | undefined {
  const match = /^<!-- agent-regress:v1 suite=([a-z0-9._-]+) run=(\d{1,15}) attempt=(\d{1,9}) sha=([0-9a-f]{7,64}) -->(?:\r?\n|$)/.exec(body);
  if (!match) return undefined;
  const [, suite = '', runId, attempt, sha = ''] = match;
  return { suite, runId: Number(runId), attempt: Number(attempt), sha };
}

/** Whether a first comment is worth a notification. */
export function isWanted(mode: CommentMode, verdict: CommentRequest['verdict']): boolean {
  switch (mode) {
    case 'always':
      return true;
    case 'changes':
      return verdict.isFailure || verdict.status === 'regressed' || verdict.status === 'improved';
    case 'regressions':
      return verdict.status === 'regressed';
    case 'failures':
      return verdict.isFailure;
    case 'off':
      return false;
  }
}

function bodyOf(request: CommentRequest, previous = ''): string {
  const head = `${renderMarker(request.marker)}\n`;
  const room = maxBodyBytes - byteLength(head);
  const text = keepAcceptanceLine({ previous, sha: request.marker.sha, maxBytes: room, render: request.render });
  return head + clampBytes(text, room);
}

async function whyNotThisPullRequest({ client, pullNumber, marker }: CommentRequest): Promise<string | undefined> {
  const pull = PullRequest.parse(await client.get(`pulls/${pullNumber}`, {}, { needs: 'pull-requests: read' }));
  if (pull.state !== 'open') return `pull request #${pullNumber} is ${pull.state === 'closed' ? 'closed' : 'not open'}`;
  if (pull.head.sha !== marker.sha) return `pull request #${pullNumber} has moved on to another commit`;
  return undefined;
}

/** Own comments of the suite, lowest id first. */
async function findOwn({ client, pullNumber, marker }: CommentRequest): Promise<OwnReport[]> {
  return listOwnReports(client, pullNumber, marker.suite);
}

/** The report comments of this token's own author on a pull request, of one suite or of all, lowest id first. @throws PublishError */
export async function listOwnReports(client: GitHubClient, pullNumber: number, suite?: string): Promise<OwnReport[]> {
  const comments = await client.list(`issues/${pullNumber}/comments`, {}, { needs: 'pull-requests: read', maxPages: 30 });
  const marked = comments.flatMap((entry) => {
    const comment = Comment.safeParse(entry).data;
    const found = comment ? parseMarker(comment.body ?? '') : undefined;
    return comment && found && (suite === undefined || found.suite === suite) ? [{ comment, marker: found }] : [];
  });
  const own: OwnReport[] = [];
  for (const entry of marked) if (await isOurs(client, entry.comment)) own.push(entry);
  return own.sort((a, b) => a.comment.id - b.comment.id);
}

const jobTokenLogin = 'github-actions[bot]';
const identities = new WeakMap<GitHubClient, Map<string, Promise<string | undefined>>>();

/** Asks GitHub who we are only when somebody other than the job token carries our marker. */
async function isOurs(client: GitHubClient, { user }: Comment): Promise<boolean> {
  if (!user) return false;
  if (user.login === jobTokenLogin) return true;
  const source = user.type === 'Bot' ? 'app' : 'user';
  const known = identities.get(client) ?? new Map<string, Promise<string | undefined>>();
  identities.set(client, known);
  const identity = known.get(source) ?? (source === 'app' ? readAppLogin(client) : readUserLogin(client));
  known.set(source, identity);
  return (await identity) === user.login;
}

const Login = z.looseObject({ login: z.string() });

/** An installation token, such as the job's own, has no user: then no person's comment is ours. */
async function readUserLogin(client: GitHubClient): Promise<string | undefined> {
  try {
    return Login.parse(await client.get('/user')).login;
  } catch (error) {
    if (error instanceof PublishError) return undefined;
    throw error;
  }
}

/** The bot of an app can be asked for only by GraphQL. */
async function readAppLogin(client: GitHubClient): Promise<string | undefined> {
  const reply = z.looseObject({ data: z.looseObject({ viewer: Login }) });
  try {
    return reply.parse(await client.create('/graphql', { query: 'query { viewer { login } }' })).data.viewer.login;
  } catch {
    return undefined;
  }
}

/** After a reply that leaves it open whether the comment exists, the caller looks again before a second try. */
async function createOnce({ client, pullNumber }: CommentRequest, body: string): Promise<{ comment?: Comment; doubt?: unknown }> {
  try {
    return { comment: Comment.parse(await client.create(`issues/${pullNumber}/comments`, { body }, { needs })) };
  } catch (error) {
    if (error instanceof PublishError && error.isAmbiguous) return { doubt: error };
    throw error;
  }
}

async function updateUnlessGone(client: GitHubClient, id: number, body: string): Promise<boolean> {
  try {
    await client.update(`issues/comments/${id}`, { body }, { needs });
    return true;
  } catch (error) {
    if (error instanceof PublishError && error.status === 404) return false;
    throw error;
  }
}

async function removeQuietly(client: GitHubClient, id: number): Promise<void> {
  try {
    await client.remove(`issues/comments/${id}`, { needs });
  } catch (error) {
    if (!(error instanceof PublishError) || error.status !== 404) throw error;
  }
}

function compareRuns(a: CommentMarker, b: CommentMarker): number {
  return a.runId - b.runId || a.attempt - b.attempt;
}

function normalize(body: string): string {
  return body.replace(/\r\n/g, '\n').trimEnd();
}
