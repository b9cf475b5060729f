import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { agents } from '../../src/agents/registry.ts';
import type { Json } from '../../src/records/json.ts';
import { failureOf, makeRequest, makeSample, openAgent, serve, tempDir } from './support.ts';

async function formAgent(options: Record<string, Json>, baseDir = tempDir()) {
  const server = await serve((response) => response.end('ok'));
  return { agent: await openAgent('http', { url: server.url, ...options }, { baseDir }), ...server };
}

/** As a server reads it: the platform's own parser. */
async function readForm(type: string | undefined, body: string): Promise<[string, unknown][]> {
  const form = await new Response(body, { headers: { 'content-type': type ?? '' } }).formData();
  return Promise.all(
    [...form].map(async ([name, value]): Promise<[string, unknown]> => [name, typeof value === 'string' ? value : [value.name, await value.text()]]),
  );
}

describe('forms', () => {
  it('encodes the fields, lists as one field per item, and leaves null out', async () => {
    const { agent, seen } = await formAgent({
      form: { q: '{{input}}', 'a&b': 'ü {{epoch}}', tags: '{{tags}}', none: '{{session}}', meta: '{{metadata}}' },
    });
    await agent.ask(makeRequest({ sample: makeSample({ input: 'a=1&b=2\r\n', tags: ['x', 'y'], metadata: { k: 1 } }) }));
    expect(seen[0]?.headers['content-type']).toBe('application/x-www-form-urlencoded');
    const fields = await readForm(seen[0]?.headers['content-type'], seen[0]?.body ?? '');
    expect(fields).toEqual([
      ['q', 'a=1&b=2\r\n'],
      ['a&b', 'ü 1'],
      ['tags', 'x'],
      ['tags', 'y'],
      ['meta', '{"k":1}'],
    ]);
  });

  it('refuses two bodies, a form with GET, and the expected answer in a field', async () => {
    const { options } = agents.get('http');
    const url = 'http://a.example';
    expect(options.safeParse({ url, form: {}, body: {} }).success).toBe(false);
    expect(options.safeParse({ url, form: {}, multipart: {} }).success).toBe(false);
    expect(options.safeParse({ url, form: {}, method: 'GET' }).success).toBe(false);
    await expect(openAgent('http', { url, form: { x: '{{expected}}' } })).rejects.toThrow('agent.form uses {{expected}}');
    await expect(openAgent('http', { url, multipart: { fields: { x: '{{inptu}}' } } })).rejects.toThrow('agent.multipart uses {{inptu}}');
  });

  it('gives the same identity as before to an agent that uses nothing new', () => {
    const { options, identity } = agents.get('http');
    expect(identity(options.parse({ url: 'http://a.example/x' }))).toEqual({
      endpoint: 'http://a.example/x',
      template: { method: 'POST', body: { input: '{{input}}' }, reply: {}, stream: {} },
    });
    const polled = (poll: object) => identity(options.parse({ url: 'http://a.example/x', poll }));
    expect(polled({ intervalMs: 5 })).toEqual(polled({ maxMs: 7 }));
    expect(polled({})).not.toEqual(identity(options.parse({ url: 'http://a.example/x' })));
  });
});

describe('files', () => {
  it('sends the files of the sample with the first message, byte-equal when it is repeated', async () => {
    const baseDir = tempDir({ 'a.txt': 'one\r\ntwo', 'we"ird\nname.txt': 'x' });
    const { agent, seen } = await formAgent({ multipart: { fields: { q: '{{input}}' }, files: 'upload' } }, baseDir);
    const sample = makeSample({ files: ['a.txt', 'we"ird\nname.txt'], turns: [{ input: 'first' }, { input: 'second' }] });
    await agent.ask(makeRequest({ sample }));
    const [first, second] = await Promise.all(seen.map(({ headers, body }) => readForm(headers['content-type'], body)));
    expect(first).toEqual([
      ['q', 'first'],
      ['upload', ['a.txt', 'one\r\ntwo']],
      ['upload', ['we"ird\nname.txt', 'x']],
    ]);
    expect(second).toEqual([['q', 'second']]);
    await agent.ask(makeRequest({ sample }));
    expect(seen[2]).toMatchObject({ body: seen[0]?.body, headers: { 'content-type': seen[0]?.headers['content-type'] } });
  });

  it('takes another boundary where the text holds the first one', async () => {
    const { agent, seen } = await formAgent({ multipart: { fields: { q: '{{input}}' } } });
    await agent.ask(makeRequest());
    const boundary = /boundary=(.*)/.exec(seen[0]?.headers['content-type'] ?? '')?.[1] ?? '';
    const input = `x\r\n--${boundary}--\r\nevil`;
    await agent.ask(makeRequest({ sample: makeSample({ input }) }));
    expect(await readForm(seen[1]?.headers['content-type'], seen[1]?.body ?? '')).toEqual([['q', input]]);
  });

  it.each(['../secret.txt', '/etc/hostname', 'link.txt', 'folder', 'missing.txt', '.'])('never sends %s, and nothing at all then', async (path) => {
    const outer = tempDir({ 'secret.txt': 'secret' });
    const baseDir = join(outer, 'base');
    mkdirSync(join(baseDir, 'folder'), { recursive: true });
    writeFileSync(join(baseDir, 'own.txt'), 'x');
    symlinkSync(join(outer, 'secret.txt'), join(baseDir, 'link.txt'));
    const { agent, seen } = await formAgent({ multipart: {} }, baseDir);
    const failure = await failureOf(agent.ask(makeRequest({ sample: makeSample({ files: ['own.txt', path] }) })));
    expect(failure).toMatchObject({ kind: 'agent-error', phase: 'not-sent', isTransient: false, message: expect.stringContaining(path) });
    expect(seen).toEqual([]);
  });
});
