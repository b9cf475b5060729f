import { randomUUID } from 'node:crypto';
import { isIP } from 'node:net';
import type { AgentFailure } from '../agents/agent.ts';
import { ExitCode, ToolError } from '../errors.ts';
import type { Json, JsonObject } from '../records/json.ts';
import { createRedactor } from '../run/core/redact.ts';
import { encode } from '../systems/agentloop/acs3.ts';
import type { Credentials } from '../systems/agentloop/connection.ts';
import type { LogContents } from '../systems/agentloop/log-record.ts';
import { faultOfReply } from '../systems/agentloop/reply.ts';
import { loadRows, rowsOfReply, type ServiceApi } from '../systems/agentloop/rows.ts';
import { signAcs3, signLogRequest } from './alibaba-signature.ts';
import { excerptOf } from './failure.ts';
import { createHttpClient, type HttpReply, parseTarget } from './http.ts';
import { encodeLogGroup } from './log-group.ts';
import { createRetrier } from './retrying.ts';

/** Where the service is and who asks it. Holds secrets. */
export interface ServiceSettings {
  api: ServiceApi;
  /** Name of the workspace or the agent space. */
  space: string;
  /** Origin of the service: scheme, host and port. */
  endpoint: string;
  /** Origin of the log service without the project. */
  logEndpoint: string;
  credentials: Credentials;
  /** Aborted when the command stops. */
  signal: AbortSignal;
}

export interface DatasetRequest {
  dataset: string;
  query?: string | undefined;
  maxRows: number;
}

/** The service of AgentLoop and the log service beside it; nothing is connected before the first call. */
export interface AgentloopService {
  /**
   * All rows of a dataset, or as many as are wanted.
   * @throws ToolError `agentloop-failed`, exit 3, also when only some pages came: a part of a dataset is not the dataset.
   */
  rows(request: DatasetRequest): Promise<JsonObject[]>;
  /** The project of the log service that belongs to the space. @throws ToolError `agentloop-failed`. */
  project(): Promise<string>;
  /** Writes logs, in the order given. @throws ToolError `agentloop-failed`. */
  putLogs(request: { project: string; logstore: string; logs: readonly { time: number; contents: LogContents }[] }): Promise<void>;
  close(): void;
}

const timeoutMs = 60_000;
const deadlines = { connectMs: 10_000, firstByteMs: timeoutMs, idleMs: 30_000 };
/** Of one page of 100 rows. */
const maxReplyBytes = 128 * 1024 * 1024;

/** @throws ToolError for an endpoint that is no URL. */
export function openAgentloopService(settings: ServiceSettings): AgentloopService {
  const http = createHttpClient({ maxConnections: 4, maxReplyBytes, deadlines });
  const retrier = createRetrier({ concurrency: 4, maxRetries: 2, signal: settings.signal });
  const { text: hide } = createRedactor([
    { name: 'the AccessKey ID', value: settings.credentials.accessKeyId },
    { name: 'the AccessKey secret', value: settings.credentials.accessKeySecret },
  ]);
  const send: Sender = async (what, request) => {
    const result = await retrier.run((signal) => http.request({ ...request(), signal }), timeoutMs);
    if (result.failure) throw failed(what, result.failure, hide);
    return result.value;
  };
  const spacePath = `/${settings.api === '2026-05-20' ? 'agentspace' : 'workspace'}/${encode(settings.space)}`;
  return {
    async rows({ dataset, query, maxRows }) {
      const what = `the dataset "${dataset}"`;
      const pathname = `${spacePath}/dataset/${encode(dataset)}/query`;
      let before = '';
      const execute = async (statement: string) => {
        const body = JSON.stringify({ query: statement, type: 'SQL' });
        const reply = await send(what, () => serviceRequest(settings, { action: 'ExecuteQuery', method: 'POST', pathname, body }));
        const answer = parseReply(what, reply);
        const fault = faultOfReply(settings.api, answer);
        if (fault) throw serviceError(`${what}: ${hide(excerptOf(fault.message))}`, fault.isError ? remedies.error : remedies.shape);
        const rows = rowsOfReply(settings.api, answer);
        const page = JSON.stringify(rows);
        if (rows.length > 0 && page === before) throw serviceError(`${what}: the same page came twice`, remedies.pages);
        before = page;
        return rows;
      };
      const { rows, failure } = await loadRows({ api: settings.api, dataset, ...(query ? { query } : {}), maxRows, execute });
      if (failure === undefined) return rows;
      throw rows.length === 0 ? failure : partial(what, rows.length, failure);
    },
    async project() {
      const what = `the ${settings.api === '2026-05-20' ? 'agent space' : 'workspace'} "${settings.space}"`;
      const action = settings.api === '2026-05-20' ? 'GetAgentSpace' : 'GetWorkspace';
      const reply = await send(what, () => serviceRequest(settings, { action, method: 'GET', pathname: spacePath }));
      const answer = parseReply(what, reply);
      const fault = faultOfReply('2024-03-30', answer);
      if (fault) throw serviceError(`${what}: ${hide(excerptOf(fault.message))}`, remedies.error);
      const { slsProject } = answer;
      if (typeof slsProject === 'string' && projectPattern.test(slsProject)) return slsProject;
      const remedy = 'check that the log service is set up for it, or name the project in the config';
      throw serviceError(`${what} has no project of the log service`, remedy);
    },
    async putLogs({ project, logstore, logs }) {
      if (!projectPattern.test(project)) throw serviceError(`"${project.slice(0, 80)}" is no project of the log service`, 'check its name');
      const body = encodeLogGroup({ logs });
      await send(`the logstore "${logstore}"`, () => logRequest(settings, { project, logstore, body }));
    },
    close() {
      retrier.close();
      http.close();
    },
  };
}

/** Signed anew for every try: a signature holds the time. */
type Sender = (what: string, request: () => SignedRequest) => Promise<HttpReply>;
type SignedRequest = Omit<Parameters<ReturnType<typeof createHttpClient>['request']>[0], 'signal'>;

/** It becomes a part of a host name. */
const projectPattern = /^[a-z0-9][a-z0-9_-]{1,126}[a-z0-9]$/;

function serviceRequest(
  { api, endpoint, credentials }: ServiceSettings,
  { action, method, pathname, body }: { action: string; method: string; pathname: string; body?: string },
): SignedRequest {
  const headers: Record<string, string> = {
    host: new URL(endpoint).host,
    accept: 'application/json',
    'x-acs-version': api,
    'x-acs-action': action,
    'x-acs-date': new Date().toISOString().replace(/\.\d+Z$/, 'Z'),
    'x-acs-signature-nonce': randomUUID(),
    ...(body === undefined ? {} : { 'content-type': 'application/json; charset=utf-8' }),
  };
  const bodyDigest = signAcs3({ method, pathname, headers, ...(body === undefined ? {} : { body }) }, credentials).bodyDigest;
  const signed = { ...headers, 'x-acs-content-sha256': bodyDigest };
  const { authorization } = signAcs3({ method, pathname, headers: signed, ...(body === undefined ? {} : { body }) }, credentials);
  return {
    target: parseTarget(endpoint),
    path: pathname,
    method,
    headers: { ...signed, authorization },
    ...(body === undefined ? {} : { body }),
  };
}

function logRequest(
  { logEndpoint, credentials }: ServiceSettings,
  { project, logstore, body }: { project: string; logstore: string; body: Uint8Array },
): SignedRequest {
  const url = new URL(logEndpoint);
  const host = `${project}.${url.host}`;
  // An address has no names below it: there the project is named in the header alone.
  const isAddress = isIP(url.hostname.replace(/^\[|\]$/g, '')) !== 0 || url.hostname === 'localhost';
  const path = `/logstores/${encode(logstore)}/shards/lb`;
  const headers = {
    'content-type': 'application/x-protobuf',
    date: new Date().toUTCString(),
    'x-log-apiversion': '0.6.0',
    'x-log-signaturemethod': 'hmac-sha1',
    'x-log-bodyrawsize': String(body.length),
  };
  const { contentMd5, authorization } = signLogRequest({ method: 'POST', path, headers, body }, credentials);
  return {
    target: parseTarget(isAddress ? logEndpoint : `${url.protocol}//${host}`),
    path,
    method: 'POST',
    headers: { ...headers, host, 'content-md5': contentMd5, 'content-length': String(body.length), authorization },
    body,
  };
}

const remedies = {
  error: 'check the names of the workspace or agent space and the dataset, the query, and what the AccessKey may do',
  shape: 'nothing was used of it: a part of a dataset would look like the whole; check the endpoint and the query, or try again later',
  pages: 'the service does not look at LIMIT: set `query`, which is asked once',
};

function parseReply(what: string, { body }: HttpReply): JsonObject {
  let found = body.trim() === '' ? 'empty' : /^\s*</.test(body) ? 'a page of HTML' : 'no whole JSON';
  try {
    const parsed = JSON.parse(body) as Json;
    if (parsed !== null && typeof parsed === 'object' && !Array.isArray(parsed)) return parsed;
    found = Array.isArray(parsed) ? 'a list, not an object' : 'no JSON object';
  } catch {
    // told below
  }
  throw serviceError(`the reply about ${what} is ${found}`, 'check the endpoint: another server may have answered');
}

function failed(what: string, failure: AgentFailure, hide: (text: string) => string): ToolError {
  const why = hide(failure.message)
    .replace(/^the agent\b/, 'it')
    .replace('the time limit of the slot passed before the answer was complete', 'no complete answer in time');
  const isRefused = failure.status === 401 || failure.status === 403;
  const isMissing = failure.status === 404;
  const remedy = isRefused
    ? 'the AccessKey needs cms:ExecuteQuery and cms:GetWorkspace to read, and log:PostLogStoreLogs to write'
    : isMissing
      ? 'check the names of the workspace or agent space, the dataset, and the region'
      : failure.status === 400
        ? remedies.error
        : failure.kind === 'too-large'
          ? 'ask for fewer columns or rows with a query'
          : failure.kind === 'redirect' || failure.kind === 'bad-response'
            ? 'check the endpoint: another server may have answered'
            : 'try again later; nothing was changed';
  return serviceError(`${what} could not be reached: ${why}`, remedy);
}

function partial(what: string, count: number, failure: unknown): ToolError {
  const why = failure instanceof ToolError ? failure.message.replace(/^AgentLoop: /, '') : String(failure);
  const remedy = 'a part of a dataset would be compared as if it were the whole: run again, or set maxRows to what is wanted';
  return serviceError(`only ${count} rows of ${what} came, then: ${why}`, remedy, failure);
}

function serviceError(message: string, remedy: string, cause?: unknown): ToolError {
  const text = `AgentLoop: ${message}`;
  return new ToolError({
    code: 'agentloop-failed',
    message: text,
    remedy,
    exitCode: ExitCode.incomplete,
    problems: [{ message: text, remedy }],
    ...(cause === undefined ? {} : { cause }),
  });
}
