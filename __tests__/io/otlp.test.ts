import { appendFileSync, mkdirSync, mkdtempSync, renameSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { ExpectedTrace } from '../../src/agents/parts/traced-agent.ts';
import { openOtlpFile } from '../../src/io/otlp-file.ts';
import { openOtlpReceiver } from '../../src/io/otlp-receiver.ts';

const traceId = '0af7651916cd43dd8448eb211c80319c';
const otherId = 'ffffffffffffffffffffffffffffffff';
const request = (name: string, of = traceId, spanId = 'b7ad6b7169203331') =>
  JSON.stringify({
    resourceSpans: [{ scopeSpans: [{ spans: [{ traceId: of, spanId, name, attributes: [{ key: 'tool.name', value: { stringValue: name } }] }] }] }],
  });
const names = (trace: ExpectedTrace) => trace.spans.map(({ name }) => name);
const changed = (trace: ExpectedTrace) => trace.changed(5000, new AbortController().signal);

async function receiver(maxChars = 10_000) {
  const source = await openOtlpReceiver({ port: 0, maxChars });
  onTestFinished(() => source.close());
  const post = (body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}, path = '/v1/traces') =>
    fetch(`http://127.0.0.1:${source.port}${path}`, { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } });
  return { source, post };
}

describe('the endpoint', () => {
  it('keeps the spans that are waited for, plain or gzip, once each, and counts the others', async () => {
    const { source, post } = await receiver();
    const trace = source.expect(traceId);
    const pending = changed(trace);
    const reply = await post(request('a'));
    expect([reply.status, await reply.text()]).toEqual([200, '{}']);
    await pending;
    await post(gzipSync(request('b', traceId, 'c7ad6b7169203331')), { 'content-encoding': 'gzip' });
    await post(request('a again'));
    await post(request('stranger', otherId));
    expect(names(trace)).toEqual(['a', 'b']);
    expect(source.strangers).toBe(1);
    trace.release();
    await post(request('late', traceId, 'd7ad6b7169203331'));
    expect(source.strangers).toBe(2);
  });

  it('says to set the protocol when protobuf comes, and refuses what it does not understand', async () => {
    const { source, post } = await receiver();
    const proto = await post(new Uint8Array([10, 2]), { 'content-type': 'application/x-protobuf' });
    expect(proto.status).toBe(415);
    expect(((await proto.json()) as { message: string }).message).toContain('OTEL_EXPORTER_OTLP_PROTOCOL=http/json');
    expect((await post('{"a":')).status).toBe(400);
    expect((await post('{}')).status).toBe(400);
    expect((await post('junk', { 'content-encoding': 'gzip' })).status).toBe(400);
    expect((await post('{}', { 'content-encoding': 'br' })).status).toBe(415);
    expect((await post('{}', {}, '/v2')).status).toBe(404);
    expect((await fetch(source.place)).status).toBe(405);
    for (const path of ['/v1/metrics', '/v1/logs'])
      expect((await post(new Uint8Array([1]), { 'content-type': 'application/x-protobuf' }, path)).status).toBe(200);
  });

  it('is not filled up by a body that grows, or by a trace', async () => {
    const { source, post } = await receiver(200);
    expect((await post(gzipSync(Buffer.alloc(40 * 1024 * 1024, 32)), { 'content-encoding': 'gzip' })).status).toBe(413);
    const trace = source.expect(traceId);
    await post(request('x'.repeat(150)));
    expect(trace.isCut).toBe(false);
    await post(request('y'.repeat(150), traceId, 'c7ad6b7169203331'));
    expect(trace.isCut).toBe(true);
    expect(trace.spans).toHaveLength(1);
  });

  it('is on loopback only, and says when its port is taken', async () => {
    const { source } = await receiver();
    expect(source.place).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/v1\/traces$/);
    await expect(openOtlpReceiver({ port: source.port, maxChars: 1 })).rejects.toMatchObject({
      code: 'traces-port-taken',
      problems: [{ field: 'traces.listen' }],
    });
  });
});

describe('the file', () => {
  const folder = () => {
    const dir = mkdtempSync(join(tmpdir(), 'otlp-'));
    onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
    return dir;
  };
  const openFile = async (baseDir: string) => {
    const source = await openOtlpFile({ path: 'traces.jsonl', baseDir, maxChars: 10_000 });
    onTestFinished(() => source.close());
    return source;
  };

  it('may come later; its lines are read as they are completed', async () => {
    const dir = folder();
    const file = join(dir, 'traces.jsonl');
    const source = await openFile(dir);
    const trace = source.expect(traceId);
    const line = request('a');
    const first = changed(trace);
    writeFileSync(file, `junk\n${request('stranger', otherId)}\n${line.slice(0, 40)}`);
    appendFileSync(file, `${line.slice(40)}\n`);
    await first;
    expect(names(trace)).toEqual(['a']);
    expect(source.strangers).toBe(1);
  });

  it('is read from its end on, and from its start when it is replaced or cut', async () => {
    const dir = folder();
    const file = join(dir, 'traces.jsonl');
    writeFileSync(file, `${request('before')}\n${request('before', traceId, 'a7ad6b7169203331')}\n`);
    const source = await openFile(dir);
    const trace = source.expect(traceId);
    const first = changed(trace);
    appendFileSync(file, `${request('b')}\n`);
    await first;
    renameSync(file, join(dir, 'old.jsonl'));
    const second = changed(trace);
    writeFileSync(file, `${request('c'.padEnd(50, 'c'), traceId, 'c7ad6b7169203331')}\n`);
    await second;
    const third = changed(trace);
    writeFileSync(file, `${request('d', traceId, 'd7ad6b7169203331')}\n`);
    await third;
    expect(names(trace)).toEqual(['b', 'c'.padEnd(50, 'c'), 'd']);
  });

  it('is waited for while something else is in its place', async () => {
    const dir = folder();
    const file = join(dir, 'traces.jsonl');
    const source = await openFile(dir);
    const trace = source.expect(traceId);
    const first = changed(trace);
    mkdirSync(file);
    await trace.changed(250, new AbortController().signal);
    rmdirSync(file);
    writeFileSync(file, `${request('a')}\n`);
    await first;
    expect(names(trace)).toEqual(['a']);
  });

  it('must not be a folder', async () => {
    await expect(openOtlpFile({ path: '.', baseDir: folder(), maxChars: 1 })).rejects.toMatchObject({ code: 'traces-unreadable' });
  });
});
