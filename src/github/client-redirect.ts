import { PublishError } from './publish-error.ts';

/**
 * Where a redirect of the API leads, as for a repository that was renamed; undefined: the reply is none. Only within the
 * API's own origin, as the token goes along, and a change only where the method is kept. @throws PublishError
 */
export function redirectTarget(sent: {
  reply: { status: number; headers: Record<string, unknown> };
  method: string;
  path: string;
  apiUrl: string;
  /** 302 then names where the content lies, which is no part of the API. */
  isContentElsewhere: boolean;
}): string | undefined {
  const { reply, method, path, apiUrl, isContentElsewhere } = sent;
  const { status } = reply;
  if (status < 300 || status >= 400) return undefined;
  if (isContentElsewhere && status === 302) return undefined;
  const target = parseUrl(reply.headers.location, apiUrl);
  const isKept = method === 'GET' ? [301, 302, 303, 307, 308].includes(status) : [307, 308].includes(status);
  if (target && isKept && target.origin === new URL(apiUrl).origin) return target.href;
  const where = target ? `to ${target.origin}` : 'to nowhere';
  throw new PublishError({
    code: 'github-redirected',
    message: `GitHub answered ${status} to ${method} ${path}: it sends the request ${where}`,
    remedy: 'the token goes to the API only: check GITHUB_API_URL, and what stands between the runner and GitHub',
    status,
  });
}

function parseUrl(location: unknown, base: string): URL | undefined {
  try {
    return typeof location === 'string' ? new URL(location, base) : undefined;
  } catch {
    return undefined;
  }
}
