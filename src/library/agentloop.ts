import { signAcs3 as sign, signLogRequest } from '../io/alibaba-signature.ts';
import { encodeLogGroup, type LogLine } from '../io/log-group.ts';
import type { Credentials } from '../systems/agentloop/connection.ts';

export type { Acs3Request, Acs3Signature } from '../io/alibaba-signature.ts';
export { type Connection, type ConnectionSettings, type Credentials, connectionOf } from '../systems/agentloop/connection.ts';
export { type HttpAnswer, readHttpReply, type SolutionReply, traceIdOf } from '../systems/agentloop/http-reply.ts';
export {
  agentSpaceRecord,
  type Experiment,
  type ExperimentItem,
  experimentLogstore,
  type LogContents,
  type SolutionRecord,
  workspaceRecord,
} from '../systems/agentloop/log-record.ts';
export { type LoadedRows, type LoadOptions, loadRows, type QueryReply, rowId, rowsOfReply, type ServiceApi } from '../systems/agentloop/rows.ts';
export type { LogLine };

/** The signature of a request to an API of Alibaba Cloud with ACS3-HMAC-SHA256; `headers` hold everything that is signed. */
export const signAcs3: typeof sign = sign;

/** Logs for one logstore, before they are sent. */
export interface PostLogs {
  project: string;
  logstore: string;
  /** Of the log service without the project, such as `cn-hangzhou.log.aliyuncs.com`. */
  logHost: string;
  logs: readonly LogLine[];
  topic?: string;
  source?: string;
  /** As HTTP writes it. */
  date: string;
  credentials: Credentials;
}

/** A request to the log service, signed. */
export interface SignedLogRequest {
  method: 'POST';
  host: string;
  path: string;
  headers: Record<string, string>;
  body: Uint8Array;
  stringToSign: string;
}

/** The request that writes logs (PostLogStoreLogs), uncompressed, signed with HMAC-SHA1. */
export function signPostLogs({ project, logstore, logHost, logs, topic = '', source = '', date, credentials }: PostLogs): SignedLogRequest {
  const body = encodeLogGroup({ logs, topic, source });
  const path = `/logstores/${logstore}/shards/lb`;
  const headers = {
    'content-type': 'application/x-protobuf',
    date,
    'x-log-apiversion': '0.6.0',
    'x-log-signaturemethod': 'hmac-sha1',
    'x-log-bodyrawsize': String(body.length),
  };
  const { contentMd5, stringToSign, authorization } = signLogRequest({ method: 'POST', path, headers, body }, credentials);
  const complete = { ...headers, 'content-md5': contentMd5, 'content-length': String(body.length), authorization };
  return { method: 'POST', host: `${project}.${logHost}`, path, headers: complete, body, stringToSign };
}
