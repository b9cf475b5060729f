import { describe, expect, it } from 'vitest';
import { type ParseOptions, parseOne, problemLines } from './small-registries.ts';

const suite = (agent: string, baseline: string, more = '') =>
  `samples: a.jsonl\ncheckers: [{type: contains, value: x}]\nagent: ${agent}\nbaseline: {agent: ${baseline}}\n${more}`;
/** Without the column. */
const problemsOf = async (text: string, options?: ParseOptions) =>
  (await problemLines(text, options)).map((line) => line.replace(/^(\d+):\d+/, '$1'));
const head = '{type: http, url: "http://head/", headers: {a: "1"}, temperature: 0.5}';
const baselineOf = async (text: string, env: Record<string, string> = {}) => (await parseOne(text, { env })).baseline;

describe('a second agent as the baseline', () => {
  it('takes what it leaves out from the agent, key by key', async () => {
    const agent = { type: 'http', options: { url: 'http://prod/', headers: { a: '1' }, temperature: 0.5 } };
    expect(await baselineOf(suite(head, '{url: "http://prod/"}'))).toEqual({ kind: 'agent', agent });
    expect(await baselineOf(suite(head, '{type: http, url: "http://prod/", headers: {b: "2"}}'))).toEqual({
      kind: 'agent',
      agent: { type: 'http', options: { ...agent.options, headers: { b: '2' } } },
    });
  });

  it('takes no key that is null, and nothing from an agent of another type', async () => {
    expect(await baselineOf(suite(head, '{type: null, url: "http://prod/", headers: null}'))).toEqual({
      kind: 'agent',
      agent: { type: 'http', options: { url: 'http://prod/', temperature: 0.5 } },
    });
    expect(await baselineOf(suite(head, '{type: replay, path: r.jsonl}'))).toEqual({
      kind: 'agent',
      agent: { type: 'replay', options: { path: 'r.jsonl' } },
    });
  });

  it('may hold environment variables where its driver allows them, and they are secrets', async () => {
    const text = suite(`{type: http, url: "\${env:HEAD_URL}"}`, `{url: "\${env:PROD_URL}"}`);
    const env = { HEAD_URL: 'http://head.example/', PROD_URL: 'http://prod.example/' };
    expect(await baselineOf(text, env)).toMatchObject({ agent: { options: { url: env.PROD_URL } } });
    expect((await parseOne(text, { env })).secrets).toEqual([
      { name: 'HEAD_URL', value: env.HEAD_URL },
      { name: 'PROD_URL', value: env.PROD_URL },
    ]);
    expect(await problemsOf(text, { env: { HEAD_URL: env.HEAD_URL } })).toEqual(['4 baseline.agent.url: the variable PROD_URL is not set']);
    expect(await problemsOf(suite(head, `{type: replay, path: "\${env:PROD_URL}"}`), { env })).toEqual([
      '4 baseline.agent.path: environment variables are not put in here',
    ]);
  });

  it('gives way to a baseline that a flag names', async () => {
    const overrides = [{ path: 'baseline', value: 'runs', origin: 'flag' as const, source: '--baseline' }];
    expect((await parseOne(suite(head, `{url: "\${env:MISSING}"}`), { overrides })).baseline).toEqual({ kind: 'path', paths: ['runs'] });
  });

  it.each([
    [suite(head, '{type: htpt}'), '4 baseline.agent.type: unknown agent "htpt"'],
    [suite(head, '{type: 5}'), '4 baseline.agent.type: expected text, found a whole number'],
    [suite(head, '{urll: x}'), '4 baseline.agent.urll: unknown key "urll"'],
    [suite(head, '{temperature: 3}'), '4 baseline.agent.temperature: expected a number of at most 2, found 3'],
    [suite(head, '{type: replay}'), '4 baseline.agent.path: "path" is missing'],
    [suite(head, '{repeats: 3}'), '4 baseline.agent.repeats: unknown key "repeats"'],
    [suite(head, '5'), '4 baseline.agent: expected a mapping, found a whole number'],
    [
      suite('{type: http, url: "http://head/", temperature: 3}', '{url: "http://prod/"}'),
      '3 agent.temperature: expected a number of at most 2, found 3',
    ],
  ])('names what is wrong once, where it was written: %#', async (text, problem) => {
    expect(await problemsOf(text)).toEqual([problem]);
  });

  it('is not given beside another baseline', async () => {
    expect(await problemsOf(suite(head, '{url: "http://prod/"}').replace('{agent:', '{path: a, agent:'))).toEqual([
      '4 baseline: a baseline is exactly one of path, run, sha and agent, found path and agent',
    ]);
  });
});
