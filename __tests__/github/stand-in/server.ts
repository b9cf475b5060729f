import { setTimeout as sleep } from 'node:timers/promises';
import { createArtifactService } from './artifact-service.ts';
import { loadDescription } from './description.ts';
import { createFaultList, type Fault, type FaultList, refusalOf } from './faults.ts';
import { type Handler, type HandlerContext, notFound, type Reply } from './handler.ts';
import { acceptanceHandlers } from './handlers-acceptance.ts';
import { actionsHandlers } from './handlers-actions.ts';
import { checkHandlers } from './handlers-checks.ts';
import { commentHandlers } from './handlers-comments.ts';
import { issueHandlers } from './handlers-issues.ts';
import { repositoryHandlers } from './handlers-repository.ts';
import { type Incoming, listen, type Outgoing } from './listen.ts';
import { actorOf, authenticate, forbid, standInTokens } from './permissions.ts';
import { createReplies } from './replies.ts';
import { addCommit, createState, type GitHubState } from './state.ts';

export interface GitHubOptions {
  /** Default `octo-org/support-bot`. */
  repository?: string;
  isPrivate?: boolean;
  /** In front of every path of the REST API, such as `/api/v3` of a GitHub Enterprise Server. Default none. */
  basePath?: string;
}

export interface GitHubCall {
  /** Such as `issues/create-comment`, `artifact/CreateArtifact`, `blob/download`. */
  operationId: string;
  method: string;
  path: string;
  query: Record<string, string>;
  body: unknown;
  /** 0: the connection was closed without an answer. */
  status: number;
  startedAtMs: number;
  endedAtMs: number;
}

export interface GitHubStandIn {
  /** For `GITHUB_API_URL`. */
  url: string;
  /** For `ACTIONS_RESULTS_URL`. */
  resultsUrl: string;
  /** Where artifacts' bytes lie: another origin than the API. */
  blobUrl: string;
  state: GitHubState;
  tokens: Record<keyof typeof standInTokens, string>;
  /** Requests and replies that GitHub's description does not allow. A test asserts that it is empty. */
  violations: string[];
  /** Every request, in order of arrival. */
  calls: GitHubCall[];
  /** The REST calls that change something. */
  writes(): GitHubCall[];
  setFault(fault: Fault): { readonly struck: number; remove(): void };
  makeRuntimeToken(runId: number): string;
  /** What the REST API answers to a request, without a socket: for tests that decide themselves when what arrives. */
  answer(request: Incoming): Promise<Outgoing>;
  close(): Promise<void>;
}

const handlers: Record<string, Handler> = {
  ...commentHandlers,
  ...issueHandlers,
  ...checkHandlers,
  ...actionsHandlers,
  ...acceptanceHandlers,
  ...repositoryHandlers,
};

/** A GitHub of one repository on the loopback interface, with one commit on `main`. */
export async function startGitHub(options: GitHubOptions = {}): Promise<GitHubStandIn> {
  const { repository: fullName = 'octo-org/support-bot', isPrivate = false, basePath = '' } = options;
  const state = createState({ id: 1_296_269, fullName, isPrivate, defaultBranch: 'main' });
  for (const { text, token } of Object.values(standInTokens)) state.tokens.set(text, token);
  addCommit(state, { branch: 'main', message: 'first commit' });

  const violations: string[] = [];
  const calls: GitHubCall[] = [];
  const faults = createFaultList();
  const report = (violation: string) => violations.push(violation);
  let blobUrl = '';
  const artifacts = createArtifactService({ state, blobUrl: () => blobUrl, report });

  let rest: ((request: Incoming) => Promise<Outgoing>) | undefined;
  const api = await listen(async (request) => {
    const twirp = /^\/twirp\/github\.actions\.results\.api\.v1\.ArtifactService\/(\w+)$/.exec(request.url.pathname)?.[1];
    if (twirp === undefined) return rest!(request);
    const perform = () => artifacts.call(twirp, request.json, request.authorization);
    return logged({ calls, faults, state, request, operationId: `artifact/${twirp}`, perform });
  });
  const url = `${api.origin}${basePath}`;
  rest = restService({ state, url, basePath, calls, faults, report, signDownload: artifacts.signDownload });
  const blobs = await listen((request) => {
    const operationId = request.url.pathname.startsWith('/download/') ? 'blob/download' : 'blob/upload';
    const perform = () => artifacts.blob(request);
    return logged({ calls, faults, state, request, operationId, perform });
  });
  blobUrl = blobs.origin;

  return {
    url,
    resultsUrl: `${api.origin}/`,
    blobUrl,
    state,
    tokens: Object.fromEntries(Object.entries(standInTokens).map(([name, { text }]) => [name, text])) as GitHubStandIn['tokens'],
    violations,
    calls,
    writes: () => calls.filter(({ method, operationId }) => method !== 'GET' && !/^(artifact|blob)\//.test(operationId)),
    setFault: faults.add,
    makeRuntimeToken: artifacts.makeRuntimeToken,
    answer: (request) => rest!(request),
    async close() {
      await Promise.all([api.close(), blobs.close()]);
    },
  };
}

function restService(service: {
  state: GitHubState;
  url: string;
  basePath: string;
  calls: GitHubCall[];
  faults: FaultList;
  report: (violation: string) => void;
  signDownload: (artifactId: number) => string;
}): (request: Incoming) => Promise<Outgoing> {
  const { state, url: apiUrl, basePath, report } = service;
  const description = loadDescription();
  const context: HandlerContext = { state, replies: createReplies(state, apiUrl), apiUrl, signDownload: service.signDownload };
  const graphqlPath = basePath.endsWith('/api/v3') ? basePath.replace(/v3$/, 'graphql') : `${basePath}/graphql`;
  const repositoryPath = `/repos/${state.repository.fullName}`;

  return async (incoming) => {
    const url = new URL(incoming.url);
    if (url.pathname === graphqlPath)
      return logged({ ...service, request: incoming, operationId: 'graphql', perform: () => tellViewer(state, incoming) });
    if (!url.pathname.startsWith(`${basePath}/`)) report(`${incoming.method} ${url.pathname}: not below ${basePath}`);
    url.pathname = url.pathname.slice(basePath.length);
    const matched = description.match(incoming.method, url, incoming.json);
    const operationId = matched?.operationId ?? 'unknown';
    if (!matched) report(`${incoming.method} ${url.pathname}: no such operation in the description`);
    for (const problem of matched?.problems ?? []) report(`${operationId}: ${problem}`);
    if (!incoming.headers['user-agent']) report(`${operationId}: no User-Agent header, which GitHub refuses`);

    const perform = (): Reply => {
      const token = authenticate(state, incoming.authorization);
      if ('status' in token) return token;
      const { rateLimit } = state;
      if (Date.now() > rateLimit.resetAtMs) Object.assign(rateLimit, { remaining: rateLimit.limit, resetAtMs: Date.now() + 3_600_000 });
      if (rateLimit.remaining <= 0) return refusalOf({ kind: 'primary-limit', resetInSeconds: (rateLimit.resetAtMs - Date.now()) / 1000 })!;
      if (operationId !== 'rate-limit/get') rateLimit.remaining -= 1;
      if (!matched) return notFound;
      if (matched.problems.length > 0) return { status: 422, body: { message: 'Invalid request.', errors: matched.problems, status: '422' } };
      const refusal = forbid(
        token,
        operationId,
        state.issues.some(({ number }) => number === matched.path.issue_number),
      );
      if (refusal) return refusal;
      const isOther = url.pathname.startsWith('/repos/') && !`${url.pathname}/`.startsWith(`${repositoryPath}/`);
      const reply = isOther ? notFound : handlers[operationId]!({ ...matched, url, token, actor: actorOf(token) }, context);
      for (const problem of description.checkReply(operationId, reply.status, reply.body))
        report(`the stand-in's own reply to ${operationId}: ${problem}`);
      return reply;
    };
    const outgoing = await logged({ ...service, request: { ...incoming, url }, operationId, perform });
    return { ...outgoing, headers: { ...rateLimitHeaders(state), ...outgoing.headers } };
  };
}

/** The one question that we ask by GraphQL: who the token is. */
function tellViewer(state: GitHubState, { authorization, json }: Incoming): Reply {
  const token = authenticate(state, authorization);
  if ('status' in token) return token;
  const isKnown = /^query \{ viewer \{ login \} \}$/.test(String((json as { query?: unknown } | undefined)?.query));
  return { status: 200, body: isKnown ? { data: { viewer: { login: actorOf(token).login } } } : { errors: [{ message: 'unknown query' }] } };
}

function rateLimitHeaders({ rateLimit }: GitHubState): Record<string, string> {
  const { limit, remaining, resetAtMs } = rateLimit;
  return { 'x-ratelimit-limit': String(limit), 'x-ratelimit-remaining': String(remaining), 'x-ratelimit-reset': String(Math.ceil(resetAtMs / 1000)) };
}

/** Carries a request out, struck by the faults that are set for it, and notes it in the list of calls. */
async function logged(service: {
  calls: GitHubCall[];
  faults: FaultList;
  state: GitHubState;
  request: Incoming;
  operationId: string;
  perform: () => Outgoing | Promise<Outgoing>;
}): Promise<Outgoing> {
  const { request, operationId } = service;
  const { method, url, json: body } = request;
  const query = Object.fromEntries(url.searchParams);
  const call: GitHubCall = { operationId, method, path: url.pathname, query, body, status: 0, startedAtMs: Date.now(), endedAtMs: 0 };
  service.calls.push(call);
  const faults = service.faults.take(operationId);
  const outgoing = await struck(faults, service.state, service.perform);
  for (const fault of faults) if (fault.kind === 'latency' && fault.replyMs) await sleep(fault.replyMs());
  call.endedAtMs = Date.now();
  call.status = outgoing.isDropped || outgoing.isLost ? 0 : outgoing.status;
  return outgoing;
}

async function struck(faults: readonly Fault[], state: GitHubState, perform: () => Outgoing | Promise<Outgoing>): Promise<Outgoing> {
  for (const fault of faults) {
    if (fault.kind === 'latency') await sleep(typeof fault.delayMs === 'number' ? fault.delayMs : fault.delayMs());
    if (fault.kind === 'meanwhile') fault.change(state);
  }
  const decisive = faults.find(({ kind }) => kind !== 'latency' && kind !== 'meanwhile');
  if (!decisive) return perform();
  if (decisive.kind === 'drop') return { status: 0, isDropped: true };
  if (decisive.kind === 'hang' && !decisive.isDone) return { status: 0, isLost: true };
  const refusal = refusalOf(decisive);
  if (refusal) return refusal;
  const outgoing = await perform();
  if (decisive.kind === 'drop-after-commit') return { status: 0, isDropped: true };
  if (decisive.kind === 'junk')
    return { status: 200, bytes: Buffer.from('<html>a proxy had an opinion</html>'), headers: { 'content-type': 'text/html' } };
  if (decisive.kind === 'hang') return { status: 0, isLost: true };
  if (decisive.kind === 'cut') return { ...outgoing, isCut: true };
  if (decisive.kind === 'broken-json')
    return { status: outgoing.status, bytes: Buffer.from('{"id": 1, "body": "so f'), headers: { 'content-type': 'application/json' } };
  return decisive.kind === 'status-after-commit' ? { status: decisive.status, body: { message: 'Server Error' } } : outgoing;
}
