import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { systems } from '../../src/index.ts';
import type { JsonObject } from '../../src/records/json.ts';

const agentloop = await systems.agentloop();

interface Case {
  id: string;
  // biome-ignore lint/suspicious/noExplicitAny: each file of vectors has a shape of its own
  input: any;
  // biome-ignore lint/suspicious/noExplicitAny: likewise
  expected: any;
}

function vectors(name: string): (readonly [string, Case])[] {
  const { cases } = JSON.parse(readFileSync(new URL(`../vectors/${name}.json`, import.meta.url), 'utf8')) as { cases: Case[] };
  return cases.map((vector) => [vector.id, vector] as const);
}

const keysOf = (input: { access_key_id: string; access_key_secret: string }) => ({
  accessKeyId: input.access_key_id,
  accessKeySecret: input.access_key_secret,
});

describe('the dataset service', () => {
  it.each(vectors('agentloop-response-shapes'))('answers rows: %s', (_, { input: { api, ...reply }, expected }) => {
    expect(agentloop.rowsOfReply(api, reply)).toEqual(expected);
  });

  it.each(vectors('agentloop-dataset-loading'))('is asked page by page, or once: %s', async (_, { input, expected }) => {
    const { total, max_rows: maxRows = 1000, query } = input;
    const execute = async (statement: string): Promise<JsonObject[]> => {
      const [, offset = 0, count = 0] = /LIMIT (\d+), (\d+)$/.exec(statement)?.map(Number) ?? [0, 0, total];
      return Array.from({ length: Math.max(0, Math.min(count, total - offset)) }, (_row, index) => ({ n: offset + index }));
    };
    const { rows, queries } = await agentloop.loadRows({ api: '2024-03-30', dataset: 'ds', maxRows, ...(query ? { query } : {}), execute });
    expect({ queries, rows_loaded: rows.length }).toEqual(expected);
  });

  it('keeps what it has when a page fails, and says so', async () => {
    const execute = async (statement: string) => {
      if (statement.endsWith('LIMIT 100, 100')) throw new Error('down');
      return Array.from({ length: 100 }, (_row, n) => ({ n }));
    };
    const { rows, failure } = await agentloop.loadRows({ api: '2024-03-30', dataset: 'a`b', maxRows: 1000, execute });
    expect([rows.length, failure]).toEqual([100, new Error('down')]);
    await expect(agentloop.loadRows({ api: '2024-03-30', dataset: 'ds', maxRows: 1, query: 'LIMIT 100, 100', execute })).rejects.toThrow('down');
  });

  it('quotes the name of the dataset and orders the rows of an agent space', async () => {
    const execute = async () => [];
    const { queries } = await agentloop.loadRows({ api: '2026-05-20', dataset: 'a`b', maxRows: 7, execute });
    expect(queries).toEqual(['* | select * from `a``b` ORDER BY id LIMIT 0, 7']);
  });

  it.each(vectors('agentloop-config'))('is where the region is, for whoever the keys are of: %s', (_, { input, expected }) => {
    const { env = {}, access_key_id: accessKeyId, access_key_secret: accessKeySecret, region_id: region = 'cn-hangzhou', max_rows: maxRows } = input;
    const given = Object.fromEntries(Object.entries({ accessKeyId, accessKeySecret, maxRows }).filter(([, value]) => value !== undefined));
    const connect = () => agentloop.connectionOf({ region, env, ...given });
    if (expected.error) return expect(connect).toThrow(/AgentLoop: /);
    const { credentials, serviceHost, logHost, maxRows: rows } = connect();
    expect({ access_key_id: credentials.accessKeyId, cms_endpoint: serviceHost, sls_endpoint: logHost, max_rows: rows }).toEqual(expected);
  });

  it('takes the later names of the keys first, and no region that is none', () => {
    const env = { AGENTLOOP_AK: 'a', ALIBABA_CLOUD_ACCESS_KEY_ID: 'b', ALIBABA_CLOUD_ACCESS_KEY_SECRET: 'c' };
    const { credentials, serviceHost } = agentloop.connectionOf({ api: '2026-05-20', region: 'ap-southeast-1', env });
    expect([credentials, serviceHost]).toEqual([{ accessKeyId: 'a', accessKeySecret: 'c' }, 'agentloop.ap-southeast-1.aliyuncs.com']);
    for (const region of ['', 'cn', 'evil.example/', 'cn-hangzhou.evil.example', 'CN-hangzhou', 'cn-hangzhou@x']) {
      expect(() => agentloop.connectionOf({ region, env })).toThrow(/no region/);
    }
  });
});

describe('signatures', () => {
  it.each(vectors('aliyun-acs3-signature'))('of the service: %s', (_, { input, expected }) => {
    const { method, pathname, query, body, headers } = input;
    const request = { method, pathname, query, headers, ...(body === null ? {} : { body: JSON.stringify(body) }) };
    const { canonicalRequest, authorization } = agentloop.signAcs3(request, keysOf(input));
    expect({ canonical_request: canonicalRequest, authorization }).toEqual(expected);
  });

  it.each(vectors('sls-post-logs'))('and bodies of the log service: %s', (_, { input, expected }) => {
    const logs = input.logs.map(({ timestamp, content }: { timestamp: number; content: object }) => ({
      time: timestamp,
      contents: Object.entries(content),
    }));
    const { project, logstore, date, topic, source } = input;
    const where = { project, logstore, logHost: 'cn-hangzhou.log.aliyuncs.com', date };
    const found = agentloop.signPostLogs({ ...where, logs, ...(topic ? { topic } : {}), ...(source ? { source } : {}), credentials: keysOf(input) });
    const { body, stringToSign, ...request } = found;
    const headers = Object.fromEntries(Object.entries(expected.headers).map(([name, value]) => [name, String(value)]));
    expect(request).toEqual({ method: expected.method, host: expected.host, path: expected.path, headers });
    expect(Buffer.from(body).toString('base64')).toBe(expected.body_base64);
    expect(stringToSign).toBe(expected.string_to_sign);
  });
});

describe('records of an experiment', () => {
  it.each(vectors('agentloop-sls-record'))('of a workspace: %s', (_, { input, expected }) => {
    const { experiment_type: type, experiment_metadata: metadata, experiment_config: config } = input.options;
    const options = Object.fromEntries(Object.entries({ type, metadata, config }).filter(([, value]) => value !== undefined));
    const {
      experiment_id: id,
      experiment_name: name,
      project,
      dataset,
      task_id: taskId,
      repeat_id: repeatId,
      start_seconds: start,
      row,
      solution,
    } = input;
    const experiment = { id, name, project, dataset, startedAtMs: start * 1000, ...options };
    expect(agentloop.workspaceRecord(experiment, { taskId, repeatId, row, solution })).toEqual(expected.contents);
    expect(agentloop.experimentLogstore).toBe(expected.logstore);
  });

  it.each(vectors('agentloop-sls-record-v2'))('of an agent space: %s', (_, { input, expected }) => {
    const { experiment_id: id, experiment_name: name, experiment_metadata: metadata, experiment_config: config, project, dataset } = input;
    const { task_id: taskId, repeat_id: repeatId, start_ms: startedAtMs, row, solution } = input;
    const experiment = { id, name, metadata, config, project, dataset, startedAtMs };
    expect(agentloop.agentSpaceRecord(experiment, { taskId, repeatId, row, solution })).toEqual(expected.contents);
  });

  it('have texts as Python writes them', () => {
    const solution = { success: true, output: { n: 0.00001, b: true, list: [1, '答'] }, meta: null };
    const row = { ok: true, none: null, n: 2, list: [1, 2] };
    const experiment = { id: '12345678-9', project: 'p', dataset: 'd', startedAtMs: Date.UTC(2026, 2, 13, 17, 43, 11) };
    const contents = Object.fromEntries(agentloop.agentSpaceRecord(experiment, { taskId: 't', repeatId: '1', row, solution }));
    expect(contents).toMatchObject({
      experiment_name: 'experiment_12345678_20260313_174311',
      experiment_output: '{"n": 1e-05, "b": true, "list": [1, "答"]}',
      'dataset.ok': 'True',
      'dataset.none': 'None',
      'dataset.n': '2',
      'dataset.list': '[1, 2]',
    });
  });
});

describe('a reply over HTTP', () => {
  it.each(vectors('agentloop-http-reply'))('is read as the SDK reads it: %s', (_, { input, expected }) => {
    const { content_type: contentType, body, chunk_field: chunkField } = input;
    expect(agentloop.readHttpReply({ contentType, body, ...(chunkField === null ? {} : { chunkField }) })).toEqual(expected);
  });

  it('names the trace in a header of 32 characters', () => {
    const id = 'a'.repeat(32);
    expect(agentloop.traceIdOf({ traceId: 'b'.repeat(32), 'EagleEye-TraceId': id })).toBe(id);
    expect(agentloop.traceIdOf({ 'eagleeye-traceid': 'short', traceid: id })).toBe(id);
    expect(agentloop.traceIdOf({ 'x-trace': id, traceid: [id] })).toBeUndefined();
  });
});
