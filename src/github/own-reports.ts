import * as z from '../records/schema.ts';
import type { GitHubClient } from './client.ts';
import { type CommentMarker, compareRuns, parseMarker } from './comment-marker.ts';
import { explainFailure, PublishError } from './publish-error.ts';
import { WebUrl } from './web-url.ts';

/** A comment as GitHub tells it, as far as we read it. */
export const Comment = z.looseObject({
  id: z.int(),
  body: z.nullish(z.string()),
  html_url: WebUrl,
  updated_at: z.optional(z.string()),
  user: z.nullish(z.looseObject({ login: z.string(), type: z.optional(z.string()) })),
});
export type Comment = z.infer<typeof Comment>;

/** A report comment of ours. */
export interface OwnReport {
  comment: Comment;
  marker: CommentMarker;
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

/** The report of the newest run, of several the one with the lowest id; `rest` are those that it makes superfluous. */
export function splitNewest(own: readonly OwnReport[]): { newest?: OwnReport; rest: OwnReport[] } {
  const [newest, ...rest] = [...own].sort((a, b) => compareRuns(b.marker, a.marker) || a.comment.id - b.comment.id);
  return { rest, ...(newest ? { newest } : {}) };
}

const jobTokenLogin = 'github-actions[bot]';
const identities = new WeakMap<GitHubClient, Map<string, Promise<string | undefined>>>();

/** Asks GitHub who we are only when somebody other than the job token carries our marker. */
export async function isOurs(client: GitHubClient, { user }: Pick<Comment, 'user'>): Promise<boolean> {
  if (!user) return false;
  if (user.login === jobTokenLogin) return true;
  const source = user.type === 'Bot' ? 'app' : 'user';
  const known = identities.get(client) ?? new Map<string, Promise<string | undefined>>();
  identities.set(client, known);
  const identity = known.get(source) ?? readLogin(client, source);
  known.set(source, identity);
  // A failure says nothing about us: the next one who asks tries again.
  identity.catch(() => known.delete(source));
  return (await identity) === user.login;
}

const User = z.looseObject({ login: z.string() });
const Viewer = z.looseObject({
  data: z.nullish(z.looseObject({ viewer: z.nullish(User) })),
  errors: z.optional(z.array(z.looseObject({ type: z.optional(z.string()), message: z.optional(z.string()) }))),
});

/**
 * Undefined when GitHub refuses to say: an installation token, such as the job's own, has no user, so no person's comment is ours.
 * Any other failure must not look like that, or our own report would be taken for a stranger's and posted twice. @throws PublishError
 */
async function readLogin(client: GitHubClient, source: 'app' | 'user'): Promise<string | undefined> {
  try {
    return await (source === 'app' ? readAppLogin(client) : readUserLogin(client));
  } catch (error) {
    const isRefused = error instanceof PublishError && [401, 403, 404].includes(error.status ?? 0) && error.code !== 'github-rate-limited';
    if (isRefused) return undefined;
    throw error;
  }
}

async function readUserLogin(client: GitHubClient): Promise<string> {
  const user = User.safeParse(await client.get('/user')).data;
  if (!user) throw explainFailure({ method: 'GET', path: '/user', detail: 'the reply names no login', isRateLimit: false });
  return user.login;
}

/** The bot of an app can be asked for only by GraphQL, which says with status 200 what it refuses. */
async function readAppLogin(client: GitHubClient): Promise<string | undefined> {
  const reply = Viewer.safeParse(await client.create('/graphql', { query: 'query { viewer { login } }' }, { isQuery: true })).data;
  const viewer = reply?.data?.viewer;
  if (viewer) return viewer.login;
  const types = (reply?.errors ?? []).map(({ type }) => type ?? '');
  if (types.some((type) => /^(FORBIDDEN|NOT_FOUND|INSUFFICIENT_SCOPES)$/.test(type))) return undefined;
  const detail = reply?.errors?.[0]?.message ?? 'the reply names no viewer';
  throw explainFailure({ method: 'POST', path: '/graphql', detail, isRateLimit: types.includes('RATE_LIMITED') });
}
