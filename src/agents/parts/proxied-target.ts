import { type HttpTarget, parseTarget } from '../../io/http.ts';

/** Where a request is sent, and what goes into its head so that a proxy passes it on. */
export interface ProxiedTarget {
  target: HttpTarget;
  path: string;
  headers: Record<string, string>;
}

/**
 * The target behind the proxy for its scheme; the target itself where there is none. Plain http is passed on by its whole address,
 * https through a tunnel (CONNECT). @throws ToolError for a proxy that is no http or https URL.
 */
export function proxiedTarget(target: HttpTarget, proxies: { http?: string | undefined; https?: string | undefined }): ProxiedTarget {
  const url = target.isSecure ? proxies.https : proxies.http;
  if (url === undefined) return { target, path: target.path, headers: {} };
  const { auth, ...proxy } = parseTarget(url);
  const credentials: Record<string, string> =
    auth === undefined ? {} : { 'proxy-authorization': `Basic ${btoa(auth.includes(':') ? auth : `${auth}:`)}` };
  if (target.isSecure) {
    const { host, port, isSecure } = proxy;
    return { target: { ...target, tunnel: { host, port, isSecure, headers: credentials } }, path: target.path, headers: {} };
  }
  const origin = new URL(target.endpoint).origin;
  const own: Record<string, string> = target.auth === undefined ? {} : { authorization: `Basic ${btoa(target.auth)}` };
  return { target: proxy, path: origin + target.path, headers: { host: new URL(origin).host, ...credentials, ...own } };
}
