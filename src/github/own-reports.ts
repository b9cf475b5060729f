import * as z from '../records/schema.ts';
import type { GitHubClient } from './client.ts';
import { type CommentMarker, compareRuns, parseMarker } from './comment-marker.ts';
import { PublishError } from './publish-error.ts';

/** A comment as GitHub tells it, as far as we read it. */
export const Comment = z.looseObject({
  id: z.int(),
  body: z.nullish(z.string()),
  html_url: z.optional(z.string()),
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
