import type { MatchedRequest } from './description.ts';
import type { Replies } from './replies.ts';
import type { Author, GitHubState, Token } from './state.ts';

export interface HandlerRequest extends MatchedRequest {
  url: URL;
  token: Token;
  actor: Author;
}

export interface HandlerContext {
  state: GitHubState;
  replies: Replies;
  /** Where links to the API point. */
  apiUrl: string;
  /** A signed address of an artifact's zip on the blob host. */
  signDownload: (artifactId: number) => string;
}

export interface Reply {
  status: number;
  body?: unknown;
  headers?: Record<string, string>;
}

export type Handler = (request: HandlerRequest, context: HandlerContext) => Reply;

export const notFound: Reply = { status: 404, body: { message: 'Not Found', documentation_url: 'https://docs.github.com/rest', status: '404' } };

/** 422 as GitHub words it. */
export function invalid(message: string, errors: unknown[] = []): Reply {
  return { status: 422, body: { message, errors, documentation_url: 'https://docs.github.com/rest', status: '422' } };
}

/** One page of a list, with GitHub's Link header. `wrap` puts the items into an object, with the total of all pages. */
export function paged<T>(
  request: HandlerRequest,
  context: HandlerContext,
  list: { items: readonly T[]; render: (item: T) => unknown; wrap?: (items: unknown[], total: number) => unknown },
): Reply {
  const size = Number(request.query.per_page ?? 30);
  const page = Number(request.query.page ?? 1);
  const last = Math.max(1, Math.ceil(list.items.length / size));
  const items = list.items.slice((page - 1) * size, page * size).map(list.render);
  const links: string[] = [];
  const link = (number: number, relation: string) => {
    const target = new URL(`${context.apiUrl}${request.url.pathname}${request.url.search}`);
    target.searchParams.set('page', String(number));
    links.push(`<${target.href}>; rel="${relation}"`);
  };
  if (page > 1) link(page - 1, 'prev');
  if (page < last) link(page + 1, 'next');
  if (page < last) link(last, 'last');
  if (page > 1) link(1, 'first');
  const body = list.wrap ? list.wrap(items, list.items.length) : items;
  return { status: 200, body, ...(links.length > 0 ? { headers: { link: links.join(', ') } } : {}) };
}
