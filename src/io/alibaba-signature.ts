import { createHash, createHmac } from 'node:crypto';
import { acs3Algorithm, canonicalRequest } from '../systems/agentloop/acs3.ts';
import type { Credentials } from '../systems/agentloop/connection.ts';

/** A request to an API of Alibaba Cloud, ready but for its signature. */
export interface Acs3Request {
  method: string;
  /** Encoded, as sent. */
  pathname: string;
  query?: Readonly<Record<string, string>>;
  /** Those of `host`, `content-type` and `x-acs-*` are signed. */
  headers: Readonly<Record<string, string>>;
  /** As sent; absent: none. */
  body?: string;
}

/** What was signed, and the header that proves it. */
export interface Acs3Signature {
  canonicalRequest: string;
  /** Of the body, hex: the header `x-acs-content-sha256`. */
  bodyDigest: string;
  authorization: string;
}

/** Signs with ACS3-HMAC-SHA256. */
export function signAcs3({ body = '', ...request }: Acs3Request, { accessKeyId, accessKeySecret }: Credentials): Acs3Signature {
  const bodyDigest = sha256(body);
  const { text, signedHeaders } = canonicalRequest({ ...request, bodyDigest });
  const signature = createHmac('sha256', accessKeySecret)
    .update(`${acs3Algorithm}\n${sha256(text)}`)
    .digest('hex');
  const authorization = `${acs3Algorithm} Credential=${accessKeyId},SignedHeaders=${signedHeaders},Signature=${signature}`;
  return { canonicalRequest: text, bodyDigest, authorization };
}

function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}

/** A request to the log service, ready but for its signature. */
export interface LogRequest {
  method: string;
  /** With no query. */
  path: string;
  /** Names in lower case; of the log service those that begin with `x-log-` or `x-acs-`, and `content-type` and `date`, are signed. */
  headers: Readonly<Record<string, string>>;
  body: Uint8Array;
}

/** MD5 of the body, hex in capitals (the header `content-md5`), what was signed, and the header that proves it. */
export interface LogSignature {
  contentMd5: string;
  stringToSign: string;
  authorization: string;
}

/** Signs with `LOG`, HMAC-SHA1: https://help.aliyun.com/zh/sls/developer-reference/request-signatures */
export function signLogRequest({ method, path, headers, body }: LogRequest, { accessKeyId, accessKeySecret }: Credentials): LogSignature {
  const contentMd5 = createHash('md5').update(body).digest('hex').toUpperCase();
  const own = Object.entries(headers)
    .filter(([name]) => name.startsWith('x-log-') || name.startsWith('x-acs-'))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}:${value}`);
  const stringToSign = [method, contentMd5, headers['content-type'] ?? '', headers.date ?? '', ...own, path].join('\n');
  const signature = createHmac('sha1', accessKeySecret).update(stringToSign, 'utf8').digest('base64');
  return { contentMd5, stringToSign, authorization: `LOG ${accessKeyId}:${signature}` };
}
