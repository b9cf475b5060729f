import { ToolError } from '../errors.ts';
import * as z from '../records/schema.ts';
import { type AcceptCommand, acceptCommands, reasonOf } from './acceptance-command.ts';

/** What somebody asked for, as the event of GitHub tells it: nothing of it is believed of anyone without write access. */
export interface AcceptanceRequest {
  pullNumber: number;
  by: string;
  /** ISO 8601: what was reported later, they cannot have seen. */
  at: string;
  via: 'comment' | 'label';
  commands: AcceptCommand[];
  commentId?: number;
  label?: string;
  /** Head of the pull request when the label was set. */
  headSha?: string;
}

const User = z.looseObject({ login: z.string() });
const Action = z.looseObject({ action: z.string() });
const CommentPayload = z.looseObject({
  issue: z.looseObject({ number: z.int(), pull_request: z.nullish(z.looseObject({})) }),
  comment: z.looseObject({ id: z.int(), body: z.nullish(z.string()), created_at: z.string(), user: z.nullish(User) }),
  sender: User,
});
const LabelPayload = z.looseObject({
  label: z.looseObject({ name: z.string() }),
  pull_request: z.looseObject({ number: z.int(), updated_at: z.string(), head: z.looseObject({ sha: z.string() }) }),
  sender: User,
});

/**
 * Reads the request out of a new comment or a label that was set; a text says why there is none.
 * @throws ToolError `event-refused` for any other event, `event-invalid` for a payload that cannot be read.
 */
export function readAcceptanceRequest(input: { name: string; payload: unknown; label: string }): AcceptanceRequest | string {
  const { name, payload } = input;
  const action = Action.safeParse(payload).data?.action;
  if (name === 'issue_comment')
    return action === 'created' ? readComment(payload) : 'only a new comment can accept, not one that is edited or deleted';
  if (name === 'pull_request_target') return action === 'labeled' ? readLabel(payload, input.label) : `nothing is accepted on "${action ?? ''}"`;
  throw new ToolError({
    code: 'event-refused',
    message: `mode "accept" works on issue_comment and on pull_request_target, not on ${name}`,
    remedy: 'start the workflow with `on: {issue_comment: {types: [created]}}`; see docs/github.md',
  });
}

function readComment(payload: unknown): AcceptanceRequest | string {
  const { issue, comment, sender } = parse(CommentPayload, payload);
  if (!issue.pull_request) return 'the comment is not on a pull request';
  const commands = acceptCommands(comment.body ?? '');
  if (commands.length === 0) return 'the comment has no line that begins with "/agent-regress accept"';
  if (comment.user?.login !== sender.login) return 'the comment is of somebody else than the one who sent it';
  return { pullNumber: issue.number, by: sender.login, at: comment.created_at, via: 'comment', commands, commentId: comment.id };
}

function readLabel(payload: unknown, wanted: string): AcceptanceRequest | string {
  const { label, pull_request: pull, sender } = parse(LabelPayload, payload);
  if (label.name.toLowerCase() !== wanted.toLowerCase()) return `the label is not "${wanted}"`;
  return {
    pullNumber: pull.number,
    by: sender.login,
    at: pull.updated_at,
    via: 'label',
    commands: [{ reason: reasonOf(`label set by ${sender.login}`) }],
    label: label.name,
    headSha: pull.head.sha,
  };
}

function parse<T>(schema: z.ZodMiniType<T>, payload: unknown): T {
  const parsed = schema.safeParse(payload);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new ToolError({
    code: 'event-invalid',
    message: `the workflow event cannot be read: event.${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'empty'}`,
    remedy: 'run inside a GitHub workflow that is started by a comment or a label',
  });
}
