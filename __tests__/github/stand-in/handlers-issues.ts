import { type Handler, type HandlerRequest, invalid, notFound, paged } from './handler.ts';
import type { GitHubState, Issue } from './state.ts';

/** Issues proper; a pull request is an issue too for its comments and in the list, as GitHub has it. */
export const issueHandlers: Record<string, Handler> = {
  'issues/list-for-repo'(request, context) {
    const { state, replies } = context;
    const { state: wanted = 'open', labels = '', creator, sort = 'created', direction = 'desc' } = request.query;
    const names = String(labels).split(',').filter(Boolean);
    const items = state.issues
      .filter((issue) => wanted === 'all' || issue.state === wanted)
      .filter((issue) => names.every((name) => issue.labels.includes(name)))
      .filter((issue) => creator === undefined || issue.author.login === creator)
      .sort((a, b) => (sort === 'updated' ? a.updatedAt.localeCompare(b.updatedAt) : a.number - b.number));
    if (direction === 'desc') items.reverse();
    return paged(request, context, { items, render: replies.issue });
  },

  'issues/create'(request, { state, replies }) {
    const { title, body = '', labels = [] } = request.body as { title: string; body?: string; labels?: string[] };
    const refusal = refuseText(title, body);
    if (refusal) return refusal;
    const now = state.now();
    const number = 1 + Math.max(0, ...state.issues.map((issue) => issue.number), ...state.pulls.map((pull) => pull.number));
    const issue: Issue = {
      ...{ id: state.nextId(), number, title, body, labels, state: 'open', stateReason: null },
      ...{ author: request.actor, createdAt: now, updatedAt: now, closedAt: null },
    };
    state.issues.push(issue);
    return { status: 201, body: replies.issue(issue) };
  },

  'issues/update'(request, { state, replies }) {
    const issue = issueOf(state, request);
    if (!issue) return notFound;
    const { title, body, state: wanted, state_reason } = request.body as Partial<Record<'title' | 'body' | 'state' | 'state_reason', string>>;
    const refusal = refuseText(title ?? issue.title, body ?? issue.body);
    if (refusal) return refusal;
    const now = state.now();
    if (title !== undefined) issue.title = title;
    if (body !== undefined) issue.body = body;
    if (wanted === 'open' || wanted === 'closed') {
      issue.state = wanted;
      issue.stateReason = state_reason ?? (wanted === 'closed' ? 'completed' : 'reopened');
      issue.closedAt = wanted === 'closed' ? now : null;
    }
    issue.updatedAt = now;
    return { status: 200, body: replies.issue(issue) };
  },
};

function issueOf(state: GitHubState, request: HandlerRequest): Issue | undefined {
  return state.issues.find(({ number }) => number === Number(request.path.issue_number));
}

function refuseText(title: string, body: string) {
  if (title.trim() === '') return invalid('Validation Failed', [{ resource: 'Issue', code: 'missing_field', field: 'title' }]);
  if (title.length > 256) return invalid('Validation Failed', [{ resource: 'Issue', code: 'custom', field: 'title', message: 'title is too long' }]);
  if (body.length > 65_536) return invalid('Validation Failed', [{ resource: 'Issue', code: 'custom', field: 'body', message: 'body is too long' }]);
  return undefined;
}
