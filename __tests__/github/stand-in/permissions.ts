import type { Reply } from './handler.ts';
import type { Access, Author, GitHubState, Token } from './state.ts';

type Scope = 'contents' | 'actions' | 'checks' | 'pullRequests' | 'issues';

const readAll = { contents: 'read', actions: 'read', checks: 'read', pullRequests: 'read' } as const;

/** Tokens that every stand-in knows. Others: `state.tokens.set('name', {…})`; an unknown one is answered 401. */
export const standInTokens: Record<'write' | 'fork' | 'noActions' | 'nightly' | 'personal', { text: string; token: Token }> = {
  /** A job's token with all that README's workflow asks for. */
  write: { text: 'ghs_standInWriteToken0123456789abcdefghi', token: { ...readAll, checks: 'write', pullRequests: 'write' } },
  /** What a pull request from a fork gets, whatever the workflow asks for. */
  fork: { text: 'ghs_standInForkToken0123456789abcdefghij', token: readAll },
  noActions: { text: 'ghs_standInNoActionsToken0123456789abcde', token: { ...readAll, checks: 'write', pullRequests: 'write', actions: 'none' } },
  /** Of a nightly workflow: exactly what examples/workflows/nightly.yml grants. */
  nightly: {
    text: 'ghs_standInNightlyToken0123456789abcdefg',
    token: { contents: 'read', actions: 'read', checks: 'write', pullRequests: 'read', issues: 'write' },
  },
  personal: { text: 'ghp_standInPersonalToken0123456789abcdef', token: { ...readAll, checks: 'read', pullRequests: 'write', user: 'monalisa' } },
};

/** What an operation needs; absent: nothing. */
export function needOf(operationId: string, isIssue = false): { scope: Scope; access: Access } | undefined {
  const [group, name = ''] = operationId.split('/');
  if (group === 'actions') return { scope: 'actions', access: 'read' };
  if (group === 'checks') return { scope: 'checks', access: name === 'create' || name === 'update' ? 'write' : 'read' };
  if (/^issues\/(create|update|list-for-repo)$/.test(operationId) || (group === 'issues' && isIssue))
    return { scope: 'issues', access: /^(create|update|delete)/.test(name) ? 'write' : 'read' };
  if (group === 'issues') return { scope: 'pullRequests', access: /^(create|update|delete)-/.test(name) ? 'write' : 'read' };
  if (group === 'pulls' || name === 'list-pull-requests-associated-with-commit') return { scope: 'pullRequests', access: 'read' };
  if (group === 'reactions') return { scope: 'pullRequests', access: 'write' };
  if (name === 'get-collaborator-permission-level') return undefined;
  if (group === 'repos' && name !== 'get') return { scope: 'contents', access: 'read' };
  return undefined;
}

export function actorOf(token: Token): Author {
  return token.user === undefined ? { login: token.app ?? 'github-actions[bot]', isBot: true } : { login: token.user, isBot: false };
}

/** The token of an Authorization header, or the reply that refuses it. */
export function authenticate(state: GitHubState, header: string | undefined): Token | Reply {
  const text = /^(?:token|bearer) (.+)$/i.exec(header ?? '')?.[1];
  const token = text === undefined ? undefined : state.tokens.get(text);
  if (token) return token;
  return { status: 401, body: { message: text === undefined ? 'Requires authentication' : 'Bad credentials', status: '401' } };
}

/** The 403 that a token without the permission gets; `isIssue`: it is about an issue that is no pull request. */
export function forbid(token: Token, operationId: string, isIssue = false): Reply | undefined {
  const need = needOf(operationId, isIssue);
  if (!need) return undefined;
  const access = token[need.scope];
  if (access === 'write' || access === need.access) return undefined;
  const documentation_url = `https://docs.github.com/rest/${operationId}`;
  return { status: 403, body: { message: 'Resource not accessible by integration', documentation_url, status: '403' } };
}
