import { type Handler, type HandlerRequest, invalid, notFound, paged } from './handler.ts';
import type { Comment, GitHubState } from './state.ts';

/** Not in the description; the reply says it when the limit is passed. */
const maxBodyCharacters = 65_536;

export const commentHandlers: Record<string, Handler> = {
  'issues/list-comments'(request, context) {
    const { state, replies } = context;
    const issue = Number(request.path.issue_number);
    if (!pullOf(state, issue) && !issueOf(state, issue)) return notFound;
    const items = state.comments.filter((comment) => comment.issue === issue).sort((a, b) => a.id - b.id);
    return paged(request, context, { items, render: replies.comment });
  },

  'issues/create-comment'(request, { state, replies }) {
    const issue = Number(request.path.issue_number);
    const pull = pullOf(state, issue);
    if (!pull && !issueOf(state, issue)) return notFound;
    if (pull?.isLocked) return { status: 403, body: { message: 'Unable to create comment because issue is locked.', status: '403' } };
    const { body } = request.body as { body: string };
    const refusal = refuseBody(body);
    if (refusal) return refusal;
    const now = state.now();
    const comment: Comment = { id: state.nextId(), issue, body, author: request.actor, createdAt: now, updatedAt: now };
    state.comments.push(comment);
    return { status: 201, body: replies.comment(comment) };
  },

  'issues/get-comment'(request, { state, replies }) {
    const comment = commentOf(state, request);
    return comment ? { status: 200, body: replies.comment(comment) } : notFound;
  },

  'issues/update-comment'(request, { state, replies }) {
    const comment = commentOf(state, request);
    if (!comment) return notFound;
    const { body } = request.body as { body: string };
    const refusal = refuseBody(body);
    if (refusal) return refusal;
    comment.body = body;
    comment.updatedAt = state.now();
    return { status: 200, body: replies.comment(comment) };
  },

  'issues/delete-comment'(request, { state }) {
    const comment = commentOf(state, request);
    if (!comment) return notFound;
    state.comments.splice(state.comments.indexOf(comment), 1);
    return { status: 204 };
  },
};

function pullOf(state: GitHubState, number: number) {
  return state.pulls.find((pull) => pull.number === number);
}

function issueOf(state: GitHubState, number: number) {
  return state.issues.find((issue) => issue.number === number);
}

function commentOf(state: GitHubState, request: HandlerRequest): Comment | undefined {
  return state.comments.find(({ id }) => id === Number(request.path.comment_id));
}

function refuseBody(body: string) {
  if (body.trim() === '') return invalid('Validation Failed', [{ resource: 'IssueComment', code: 'missing_field', field: 'body' }]);
  if (body.length <= maxBodyCharacters) return undefined;
  const message = `Body is too long (maximum is ${maxBodyCharacters} characters)`;
  return invalid('Validation Failed', [{ resource: 'IssueComment', code: 'unprocessable', field: 'data', message }]);
}
