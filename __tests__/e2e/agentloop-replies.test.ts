import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { accessKeyId, accessKeySecret, keyEnvironment } from '../helpers/agentloop-server.ts';
import { makeProject, type Project, runCli } from '../helpers/run-cli.ts';

interface Reply {
  status?: number;
  headers?: Record<string, string>;
  body: string | Buffer;
}

let server: Server;
let project: Project;
afterEach(() => {
  server.closeAllConnections();
  server.close();
  project.remove();
});

/** A service that says these things one after another, the last one again and again. */
async function runAgainst(replies: readonly Reply[], space: 'workspace' | 'agentSpace' = 'workspace') {
  let asked = 0;
  server = createServer((message, response) => {
    message.resume().on('end', () => {
      const { status = 200, headers = {}, body } = replies[Math.min(asked++, replies.length - 1)] as Reply;
      response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  project = makeProject({
    'agent.mjs': 'export default ({ input }) => ({ output: JSON.stringify(input) });\n',
    'agent-regress.json': {
      suite: 'faq',
      samples: { agentloop: { [space]: 'ws', dataset: 'faq', endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}` } },
      agent: { type: 'module', path: 'agent.mjs' },
      repeats: 1,
      maxRetries: 0,
      baseline: 'none',
      checkers: [{ type: 'contains', value: 'q' }],
    },
  });
  const result = await runCli(['run', '--no-color'], { cwd: project.folder, env: keyEnvironment });
  return { ...result, asked };
}

const json = (value: unknown, reply: Partial<Reply> = {}): Reply => ({ body: JSON.stringify(value), ...reply });
const page = (count: number) => Array.from({ length: count }, (_, n) => ({ id: `r${n}`, question: 'q' }));
const deep = `${'['.repeat(10_000)}${']'.repeat(10_000)}`;
const notJson = 'the reply about the dataset "faq" is';
const notReached = 'the dataset "faq" could not be reached: it';

const workspace: Record<string, [replies: Reply | Reply[], message: string]> = {
  'a page of HTML': [{ body: '<!doctype html><title>Sign in</title>', headers: { 'content-type': 'text/html' } }, `${notJson} a page of HTML`],
  'an empty body': [{ body: '' }, `${notJson} empty`],
  'no content': [{ status: 204, body: '' }, `${notJson} empty`],
  'half of its JSON': [{ body: '{"data":[{"id":"a"' }, `${notJson} no whole JSON`],
  NaN: [{ body: '{"data":[{"id":"a","n":NaN}]}' }, `${notJson} no whole JSON`],
  'a list': [json([{ id: 'a' }]), `${notJson} a list, not an object`],
  null: [json(null), `${notJson} no JSON object`],
  'a text as data': [json({ data: 'oops' }), 'the dataset "faq": "data" is a text, not a list of rows'],
  'a number as data': [json({ data: 7 }), 'the dataset "faq": "data" is a number, not a list of rows'],
  'data that holds nothing': [json({ data: {} }), 'the dataset "faq": "data" is an object without anything in it'],
  'rows of text': [json({ data: [{ id: 'a', question: 'q' }, 'b'] }), 'the dataset "faq": row 2 of "data" is a text, not an object'],
  'rows of lists': [json({ data: { rows: [['a', 'q']] } }), 'the dataset "faq": row 1 of "data.rows" is a list, not an object'],
  'an object as rows': [json({ data: { records: { id: 'a' } } }), 'the dataset "faq": "data.records" is an object, not a list of rows'],
  'an error with status 200': [
    json({ code: 'Forbidden', message: `no right for ${accessKeyId}`, requestId: 'r' }),
    'the dataset "faq": the service answered with an error: Forbidden: no right for [redacted:the AccessKey ID]',
  ],
  'an error in place of the rows': [
    json({ data: { code: 'ParameterInvalid', message: 'no such dataset' } }),
    'the dataset "faq": the service answered with an error: ParameterInvalid: no such dataset',
  ],
  'no success': [json({ success: false, data: [] }), 'the dataset "faq": the service answered with an error: no success, and no word why'],
  'an incomplete result': [json({ data: page(1), meta: { progress: 'Incomplete' } }), 'the dataset "faq": the service calls its result incomplete'],
  'the same page for ever': [json({ data: page(3) }), 'only 3 rows of the dataset "faq" came, then: the dataset "faq": the same page came twice'],
  'an error after a page': [
    [json({ data: page(100) }), json({ code: 'Throttled', message: 'slow down' })],
    'only 100 rows of the dataset "faq" came, then: the dataset "faq": the service answered with an error: Throttled: slow down',
  ],
  'JSON that is 10,000 deep': [{ body: `{"data":[{"id":"a","question":${deep}}]}` }, 'the dataset "faq": the reply is nested deeper than 200 levels'],
  'another encoding': [{ body: Buffer.from('\ufeff{"data":[]}', 'utf16le') }, 'the dataset "faq" could not be reached: the reply is not utf-8 text'],
  'broken compression': [{ body: 'no gzip', headers: { 'content-encoding': 'gzip' } }, 'the compressed body of the reply is damaged'],
  'more than fits': [
    { body: gzipSync(Buffer.alloc(129 * 1024 * 1024, ' ')), headers: { 'content-encoding': 'gzip' } },
    'the reply is larger than 134217728 bytes',
  ],
  'a redirect': [
    { status: 302, headers: { location: `http://127.0.0.1:1/?${accessKeySecret}` }, body: '' },
    `${notReached} redirects to http://127.0.0.1:1/ (status 302)`,
  ],
  'status 400': [
    json({ code: 'BadSql', message: 'near x' }, { status: 400 }),
    `${notReached} answered with status 400: {"code":"BadSql","message":"near x"}`,
  ],
  'status 401 with the secret': [
    json({ message: `signed with ${accessKeySecret}` }, { status: 401 }),
    `${notReached} answered with status 401: {"message":"signed with [redacted:the AccessKey secret]"}`,
  ],
  'status 404': [json({ code: 'WorkspaceNotExist' }, { status: 404 }), `${notReached} answered with status 404: {"code":"WorkspaceNotExist"}`],
  'status 500': [{ status: 500, body: 'oops' }, `${notReached} answered with status 500: oops`],
};

const agentSpace: typeof workspace = {
  'a text as rows': [json({ columns: ['id'], rows: 'x' }), 'the dataset "faq": "rows" is a text, not a list of rows'],
  'rows without columns': [json({ rows: [['a']] }), 'the dataset "faq": there are rows, but "columns" is missing, not a list of names'],
  'columns that are objects': [json({ columns: [{ name: 'id' }], rows: [['a']] }), 'the dataset "faq": column 1 is an object, not a name'],
  'a column twice': [json({ columns: ['id', 'id'], rows: [['a', 'b']] }), 'the dataset "faq": two columns have the name "id"'],
  'more columns than values': [json({ columns: ['id', 'q'], rows: [['a', 'b'], ['c']] }), 'the dataset "faq": row 2 has 1 values for 2 columns'],
  'more values than columns': [json({ columns: ['id'], rows: [['a', 'b']] }), 'the dataset "faq": row 1 has 2 values for 1 columns'],
  'a row that is text': [json({ columns: ['id'], rows: ['a'] }), 'the dataset "faq": row 1 is a text, not a list of values'],
};

describe.each([
  ['workspace', workspace],
  ['agentSpace', agentSpace],
] as const)('a broken reply of a %s gives one clear message', (space, corpus) => {
  it.each(Object.entries(corpus))('%s', async (_, [replies, message]) => {
    const { code, stdout, stderr, asked } = await runAgainst([replies].flat(), space);
    expect([code, stdout]).toEqual([3, '']);
    expect(stderr.match(/^error: /gm)).toHaveLength(1);
    expect(stderr.replace(/\s+/g, ' ')).toContain(message);
    expect(stderr).toMatch(/^ {2}→ \S/m);
    expect(stderr).not.toContain(accessKeySecret);
    expect(asked).toBeLessThan(4);
  });
});

describe('an odd reply that loses nothing', () => {
  it.each([
    ['workspace', '{"data":[{"id":"a","question":"q","__proto__":{"id":"polluted"}}]}', '{"data":null}'],
    ['agentSpace', '{"columns":["id","question","__proto__"],"rows":[["a","q",{"id":"polluted"}]]}', '{"columns":null,"rows":null}'],
  ] as const)('of a %s keeps a column called __proto__ a column', async (space, first, last) => {
    const { code, stderr } = await runAgainst([{ body: first }, { body: last }], space);
    expect([code, stderr]).toEqual([0, expect.any(String)]);
    expect(project.records('.agent-regress/faq', 'sample')).toEqual([expect.objectContaining({ sample: 'a' })]);
  });

  it('keeps rows that have columns like those of an error', async () => {
    const rows = [{ id: 'a', code: 'E1', message: 'q' }];
    expect((await runAgainst([json({ data: rows, code: '200', message: 'success', success: true }), json({ data: [] })])).code).toBe(0);
  });
});
