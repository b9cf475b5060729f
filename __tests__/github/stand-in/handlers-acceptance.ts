import { type Handler, notFound, paged } from './handler.ts';
import { labelEventsOf } from './label-events.ts';
import { idOf } from './replies.ts';
import type { Role } from './state.ts';

/** "maintain" and "triage" are told as what they are based on. */
const permissions: Record<Role, string> = { admin: 'admin', maintain: 'write', write: 'write', triage: 'read', read: 'read', none: 'none' };

export const acceptanceHandlers: Record<string, Handler> = {
  'repos/get-collaborator-permission-level'(request, { state, replies }) {
    const login = String(request.path.username);
    // Everybody may read a public repository.
    const role = state.collaborators.get(login) ?? (state.repository.isPrivate ? 'none' : 'read');
    return { status: 200, body: replies.permission(login, { permission: permissions[role], role_name: role }) };
  },

  'issues/list-events'(request, context) {
    const pull = context.state.pulls.find(({ number }) => number === Number(request.path.issue_number));
    return pull ? paged(request, context, { items: labelEventsOf(pull), render: context.replies.labelEvent }) : notFound;
  },

  'reactions/create-for-issue-comment'(request, { state, replies }) {
    const id = Number(request.path.comment_id);
    if (!state.comments.some((comment) => comment.id === id)) return notFound;
    const { content } = request.body as { content: string };
    const { login } = request.actor;
    const known = state.reactions.find((reaction) => reaction.commentId === id && reaction.content === content && reaction.login === login);
    if (!known) state.reactions.push({ id: state.nextId() + idOf(login), commentId: id, content, login });
    return { status: known ? 200 : 201, body: replies.reaction({ login, content }) };
  },
};
