import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type JsonReply, type JsonServer, startJsonServer } from '../helpers/json-server.ts';
import { makeProject, type Project } from '../helpers/run-cli.ts';
import { scoreOutputs } from '../helpers/score-outputs.ts';

const secret = 'canary-7d1e90ab';
let project: Project;
let server: JsonServer;
beforeEach(async () => {
  project = makeProject();
  server = await startJsonServer(() => ({ body: { pass: true, reason: 'fine' } }));
});
afterEach(async () => {
  project.remove();
  await server.close();
});

function scoreWith(options: Record<string, unknown> = {}, more: { outputs?: string[]; env?: Record<string, string>; signal?: AbortSignal } = {}) {
  const { outputs = ['yes'], env = { KEY: secret }, ...rest } = more;
  const config = { maxRetries: 1, deadlines: { connectMs: 2000, idleMs: 2000 } };
  return scoreOutputs(project, { outputs, env, ...rest, config, checkers: [{ type: 'webhook', url: `${server.url}/polite`, ...options }] });
}

describe('a webhook checker', () => {
  it('is posted the sample and the trajectory, with headers from the environment that nobody sees again', async () => {
    server.reply = ({ body }) => ({ body: { value: 0.25, pass: true, reason: `about ${body.output} ${secret}` } });
    const { scores, runLog } = await scoreWith({ headers: { Authorization: `Bearer \${env:KEY}` } });
    expect(server.seen).toMatchObject([
      {
        path: '/polite',
        headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
        body: { sample: { id: 's1', expected: 'yes' }, trajectory: { turns: [{ output: 'yes' }] }, output: 'yes', epoch: 1 },
      },
    ]);
    expect(scores).toMatchObject([{ kind: 'scored', value: 0.25, pass: true, reason: expect.stringContaining('about yes') }]);
    expect(project.read(runLog.slice(project.folder.length + 1))).not.toContain(secret);
  });

  it.each<[string, JsonReply, RegExp, number]>([
    ['no JSON', { body: '<html>' }, /answered with what is no JSON: "<html>"/, 1],
    ['nothing', { body: '' }, /answered nothing/, 1],
    ['another form', { body: { score: 1 } }, /checker returned/, 1],
    ['a value out of range', { body: { value: -1 } }, /checker returned/, 1],
    ['the status 400', { status: 400, body: 'bad sample' }, /it answered with status 400: bad sample/, 1],
    ['a redirect', { status: 302, headers: { location: 'http://127.0.0.1:1/' } }, /the webhook gave no answer/, 1],
    ['the status 503, asked twice', { status: 503 }, /it answered with status 503/, 2],
    ['too much', { body: 'x'.repeat(1_100_000) }, /the webhook gave no answer/, 1],
  ])('that answers %s leaves the answer unscored', async (_, reply, reason, calls) => {
    server.reply = () => reply;
    const { scores } = await scoreWith();
    expect(scores).toMatchObject([{ kind: 'unscored', reason: expect.stringMatching(reason) }]);
    expect(server.seen).toHaveLength(calls);
  });

  it('takes the answer of a second try', async () => {
    server.reply = ({ number }) => (number === 1 ? { status: 429, headers: { 'retry-after': '0' } } : { body: true });
    expect((await scoreWith()).scores).toMatchObject([{ kind: 'scored', pass: true }]);
  });

  it('is unscored when nobody answers in time, and when nobody listens', async () => {
    server.reply = () => ({ status: 0 });
    expect((await scoreWith({ timeoutMs: 300 })).scores).toMatchObject([
      { kind: 'unscored', reason: expect.stringContaining('no complete answer in time') },
    ]);
    await server.close();
    expect((await scoreWith()).scores).toMatchObject([{ kind: 'unscored', reason: expect.stringContaining('nothing listens at') }]);
  });

  it('has the same fingerprint with another key, another one at another address', async () => {
    const with_ = async (options: Record<string, unknown>, key: string) => (await scoreWith(options, { env: { KEY: key } })).fingerprints.webhook;
    const keyed = { url: `${server.url}/polite?key=\${env:KEY}`, headers: { 'x-api-key': `\${env:KEY}` } };
    const first = await with_(keyed, 'canary-1-aaaa');
    expect(await with_({ ...keyed, timeoutMs: 9000 }, 'canary-2-bbbb')).toBe(first);
    expect(await with_({ url: `${server.url}/rude` }, 'canary-1-aaaa')).not.toBe(first);
  });

  it('is refused for an address that is none, and in the checkers of a sample', async () => {
    await expect(scoreWith({ url: 'ftp://checks.example' })).rejects.toMatchObject({
      problems: [{ field: 'checkers[0].url', message: expect.stringContaining('not an absolute http or https URL') }],
    });
    const samples = [{ checkers: [{ type: 'webhook', url: server.url }] }];
    const brought = scoreOutputs(project, { outputs: ['yes'], samples, checkers: [{ type: 'equals' }] });
    await expect(brought).rejects.toThrow('every score costs money');
    expect(server.seen).toEqual([]);
  });

  it('is found inside other checkers too, where its headers may come from the environment', async () => {
    const inner = { type: 'webhook', url: server.url, headers: { 'x-key': `\${env:KEY}` } };
    const checkers = [{ type: 'all', checkers: [{ type: 'equals' }, { type: 'per-turn', checker: inner }] }];
    const { scores } = await scoreOutputs(project, { outputs: ['yes'], checkers, env: { KEY: secret } });
    expect(scores).toMatchObject([{ kind: 'scored', pass: true }]);
    expect(server.seen).toMatchObject([{ headers: { 'x-key': secret } }]);
    const { fingerprints } = await scoreOutputs(project, { outputs: ['yes'], checkers, env: { KEY: 'canary-other-1' } });
    const again = await scoreOutputs(project, { outputs: ['yes'], checkers, env: { KEY: secret } });
    expect(again.fingerprints.all).toBe(fingerprints.all);
  });
});
