import { createHash, createHmac } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A log as the log service took it. */
export interface StoredLog {
  project: string;
  logstore: string;
  time: number;
  contents: [string, string][];
}

export interface AgentloopServer {
  /** Origin. */
  url: string;
  /** `METHOD path` of every request, with the statement of a query. */
  seen: string[];
  /** Rows by dataset. */
  datasets: Record<string, Record<string, unknown>[]>;
  logs: StoredLog[];
  /** Why requests were refused. */
  refused: string[];
  /** A status for a request instead of its answer; undefined: as usual. */
  fail: (request: string) => number | undefined;
  close(): Promise<void>;
}

export const accessKeyId = 'LTAItestKeyId';
export const accessKeySecret = 'testKeySecret0123456789';
export const keyEnvironment = { ALIBABA_CLOUD_ACCESS_KEY_ID: accessKeyId, ALIBABA_CLOUD_ACCESS_KEY_SECRET: accessKeySecret };

/** AgentLoop and the log service on the loopback interface: every signature and body is checked, by code of its own. */
export async function startAgentloopServer(datasets: AgentloopServer['datasets']): Promise<AgentloopServer> {
  const nonces = new Set<string>();
  const http = createServer((message, response) => {
    const chunks: Buffer[] = [];
    message.on('data', (chunk: Buffer) => chunks.push(chunk));
    message.on('end', () => {
      const { status, body } = answer(message, Buffer.concat(chunks));
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(body));
    });
  });
  const answer = (message: IncomingMessage, body: Buffer): { status: number; body: unknown } => {
    const statement = message.url?.endsWith('/query') ? ` ${queryOf(body)}` : '';
    const request = `${message.method} ${message.url}${statement}`;
    server.seen.push(request);
    const status = server.fail(request);
    if (status !== undefined) return { status, body: { code: 'Wanted', message: 'the test wants it so' } };
    try {
      return { status: 200, body: message.headers['x-log-apiversion'] ? storeLogs(server, message, body) : serve(server, message, { body, nonces }) };
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      server.refused.push(`${request}: ${reason}`);
      return { status: 403, body: { code: 'Forbidden', message: reason } };
    }
  };
  const server: AgentloopServer = {
    url: '',
    seen: [],
    datasets,
    logs: [],
    refused: [],
    fail: () => undefined,
    close: () => new Promise((resolve) => http.close(() => resolve())),
  };
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  server.url = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
  return server;
}

function queryOf(body: Buffer): string {
  const { query, type, ...more } = JSON.parse(body.toString('utf8')) as Record<string, unknown>;
  if (type !== 'SQL' || Object.keys(more).length > 0) throw new Error('not the body of a query');
  return String(query);
}

function serve(server: AgentloopServer, message: IncomingMessage, { body, nonces }: { body: Buffer; nonces: Set<string> }): unknown {
  checkAcs3(message, body, nonces);
  const parts = (message.url ?? '').split('/').slice(1).map(decodeURIComponent);
  const [kind, space, , dataset = ''] = parts;
  const version = message.headers['x-acs-version'];
  if (version !== (kind === 'agentspace' ? '2026-05-20' : '2024-03-30')) throw new Error(`version ${version} of ${kind}`);
  if (message.method === 'GET') return { name: space, slsProject: `proj-${space}` };
  const rows = server.datasets[dataset];
  if (!rows) throw new Error(`no dataset ${dataset}`);
  const query = queryOf(body);
  const limit = /LIMIT (\d+), (\d+)$/.exec(query);
  const [offset, count] = limit ? [Number(limit[1]), Number(limit[2])] : [0, rows.length];
  const page = rows.slice(offset, offset + count);
  const meta = { affectedRows: 0, count: page.length, elapsedMillisecond: 1, progress: 'Complete' };
  if (kind === 'workspace') return { data: page, meta, requestId: 'r' };
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  return { columns, rows: page.map((row) => columns.map((column) => row[column] ?? null)), meta, requestId: 'r' };
}

const sha256 = (data: Buffer | string) => createHash('sha256').update(data).digest('hex');

function checkAcs3({ method = '', url = '', headers }: IncomingMessage, body: Buffer, nonces: Set<string>): void {
  const match = /^ACS3-HMAC-SHA256 Credential=([^,]+),SignedHeaders=([^,]+),Signature=([0-9a-f]{64})$/.exec(headers.authorization ?? '');
  if (!match) throw new Error('no ACS3 signature');
  const [, key, names = '', signature] = match;
  if (key !== accessKeyId) throw new Error('unknown key');
  const mustSign = Object.keys(headers).filter((name) => name === 'host' || name === 'content-type' || name.startsWith('x-acs-'));
  const unsigned = mustSign.filter((name) => !names.split(';').includes(name));
  if (unsigned.length > 0) throw new Error(`signed ${names} without ${unsigned.join(';')}`);
  if (headers['x-acs-content-sha256'] !== sha256(body)) throw new Error('the digest is not that of the body');
  const time = Date.parse(String(headers['x-acs-date']));
  if (!(Math.abs(Date.now() - time) < 900_000)) throw new Error('not signed now');
  const nonce = String(headers['x-acs-signature-nonce']);
  if (nonces.has(nonce)) throw new Error('a nonce was used twice');
  nonces.add(nonce);
  const lines = names.split(';').map((name) => `${name}:${String(headers[name]).trim()}\n`);
  const canonical = `${method}\n${url}\n\n${lines.join('')}\n${names}\n${sha256(body)}`;
  const expected = createHmac('sha256', accessKeySecret)
    .update(`ACS3-HMAC-SHA256\n${sha256(canonical)}`)
    .digest('hex');
  if (signature !== expected) throw new Error('the signature is wrong');
}

function storeLogs(server: AgentloopServer, { method = '', url = '', headers }: IncomingMessage, body: Buffer): unknown {
  const md5 = createHash('md5').update(body).digest('hex').toUpperCase();
  if (headers['content-md5'] !== md5) throw new Error('the MD5 is not that of the body');
  const own = Object.keys(headers)
    .filter((name) => /^x-(log|acs)-/.test(name))
    .sort();
  const path = url.split('?')[0] ?? '';
  const text = [
    method,
    md5,
    headers['content-type'],
    headers.date ?? headers['x-log-date'],
    ...own.map((name) => `${name}:${headers[name]}`),
    path,
  ].join('\n');
  const expected = `LOG ${accessKeyId}:${createHmac('sha1', accessKeySecret).update(text).digest('base64')}`;
  if (headers.authorization !== expected) throw new Error(`the signature is wrong, of:\n${text}`);
  const [, logstore = ''] = /^\/logstores\/([a-z0-9_-]+)\/shards\/lb$/.exec(path) ?? [];
  const [project = ''] = String(headers.host).split('.');
  const rawSize = Number(headers['x-log-bodyrawsize']);
  const raw = headers['x-log-compresstype'] === 'lz4' ? inflateLz4(body, rawSize) : body;
  if (raw.length !== rawSize) throw new Error(`the body is of ${raw.length} bytes (${headers['x-log-compresstype']})`);
  for (const log of fieldsOf(raw).filter(({ field }) => field === 1)) {
    const parts = fieldsOf(log.bytes);
    const contents = parts
      .filter(({ field }) => field === 2)
      .map(({ bytes }) => fieldsOf(bytes).map((part) => part.bytes.toString('utf8')) as [string, string]);
    server.logs.push({ project, logstore, time: parts.find(({ field }) => field === 1)?.value ?? 0, contents });
  }
  return {};
}

/** The fields of a protobuf message, all of which are numbers or bytes. */
function fieldsOf(message: Buffer): { field: number; value: number; bytes: Buffer }[] {
  const fields = [];
  let at = 0;
  const varint = () => {
    let value = 0;
    for (let shift = 1; ; shift *= 128) {
      const byte = message[at++] ?? 0;
      value += (byte & 127) * shift;
      if (byte < 128) return value;
    }
  };
  while (at < message.length) {
    const tag = varint();
    const isFixed = (tag & 7) === 5;
    const value = isFixed ? message.readUInt32LE(at) : varint();
    if (isFixed) at += 4;
    const isBytes = (tag & 7) === 2;
    fields.push({ field: tag >> 3, value, bytes: isBytes ? message.subarray(at, at + value) : Buffer.alloc(0) });
    if (isBytes) at += value;
  }
  return fields;
}

/** One LZ4 block (https://github.com/lz4/lz4/blob/dev/doc/lz4_Block_format.md), as the log service takes it. */
function inflateLz4(block: Buffer, size: number): Buffer {
  const output = Buffer.alloc(size);
  let at = 0;
  let end = 0;
  const extended = (length: number) => {
    let total = length;
    for (let byte = length === 15 ? 255 : 0; byte === 255; total += byte) byte = block[at++] ?? 0;
    return total;
  };
  while (at < block.length) {
    const token = block[at++] ?? 0;
    const literals = extended(token >> 4);
    block.copy(output, end, at, at + literals);
    at += literals;
    end += literals;
    if (at >= block.length) break;
    const distance = block.readUInt16LE(at);
    at += 2;
    const length = extended(token & 15) + 4;
    for (let n = 0; n < length; n++, end++) output[end] = output[end - distance] ?? 0;
  }
  return output.subarray(0, end);
}
