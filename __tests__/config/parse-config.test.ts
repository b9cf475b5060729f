// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the syntax of the config files
import { describe, expect, it } from 'vitest';
import { configError, suiteNameOf } from '../../src/config/parse-config.ts';
import { parse, parseOne, problemLines, valid } from './small-registries.ts';

const designExample = `# yaml-language-server: $schema=…/agent-regress.schema.json
suite: support-bot
samples: samples/*.jsonl                 # or {path, format, map, where: {tags}, limit, offset, seed}
agent:
  type: http
  url: \${env:AGENT_URL}                  # env only here, in headers and keys
  headers: {authorization: "Bearer \${env:AGENT_KEY}"}
  body: {question: "{{input}}", session: "{{slot}}"}
  reply: {output: /answer, toolCalls: /trace/tool_calls, usage: /usage}
repeats: 3
concurrency: 8
timeoutMs: 60000
budget: {calls: 2000, costUsd: 5, minutes: 30}
checkers:
  - {type: contains, value: "{{expected}}"}
  - {type: trajectory, match: in-order}
  - {type: judge, rubric: "…", threshold: 0.7, required: false}
judge: {model: gpt-5-mini, baseUrl: "https://judge.example", apiKey: "\${env:OPENAI_API_KEY}"}
baseline: auto
policy: {mode: statistical, margin: 0, failOn: [regressed], minPassRate: null, slices: [tags], latencyMargin: 0.1}
`;
const env = { AGENT_URL: 'http://127.0.0.1:1/', AGENT_KEY: 'abcdef123', OPENAI_API_KEY: 'sk-0123456' };

describe('a config file', () => {
  it('gives the suite of the documented example', async () => {
    const suite = await parseOne(designExample, { env });
    expect(suite).toMatchObject({
      suite: 'support-bot',
      samples: { paths: ['samples/*.jsonl'], offset: 0 },
      agent: { type: 'http', options: { url: env.AGENT_URL, headers: { authorization: 'Bearer abcdef123' } } },
      budget: { calls: 2000, costUsd: 5, minutes: 30 },
      judge: { model: 'gpt-5-mini', apiKey: 'sk-0123456' },
      policy: { slices: ['tags'] },
    });
    expect(suite.checkers[2]).toEqual({
      type: 'judge',
      name: 'judge',
      required: false,
      weight: 1,
      not: false,
      options: { rubric: '…', threshold: 0.7 },
      field: 'checkers[2]',
    });
    expect(suite.policy).not.toHaveProperty('minPassRate');
    expect(suite.secrets.map(({ name }) => name)).toEqual(['AGENT_URL', 'AGENT_KEY', 'OPENAI_API_KEY']);
  });

  it('fills in every default', async () => {
    expect(await parseOne(valid)).toEqual({
      suite: 'project',
      file: 'agent-regress.yml',
      baseDir: '/project',
      samples: { paths: ['a.jsonl'], offset: 0 },
      agent: { type: 'replay', options: { path: 'r.jsonl' } },
      repeats: 3,
      concurrency: 8,
      timeoutMs: 60_000,
      deadlines: { connectMs: 10_000, firstByteMs: 60_000, idleMs: 30_000 },
      maxRetries: 2,
      onAmbiguous: 'retry',
      maxReplyBytes: 10_485_760,
      budget: {},
      checkers: [
        {
          type: 'contains',
          name: 'contains',
          required: true,
          weight: 1,
          not: false,
          options: { value: 'x', ignoreCase: false },
          field: 'checkers[0]',
        },
      ],
      exports: [],
      baseline: { kind: 'auto' },
      policy: { mode: 'statistical', margin: 0, failOn: ['regressed'], slices: [], latencyMargin: 0.1, confirm: true, topUp: false, waivers: [] },
      secrets: [],
      origins: { samples: 'file', 'agent.type': 'file', 'agent.path': 'file', checkers: 'file' },
      places: expect.any(Map),
      warnings: [],
    });
  });

  it('is the same in JSON, with lines in its problems', async () => {
    const json = JSON.stringify({ samples: 'a', agent: { type: 'replay', path: 'r' }, checkers: [{ type: 'contains', valeu: 'x' }] }, null, '\t');
    expect(await problemLines(json, { file: 'a.json' })).toEqual([
      '8:3 checkers[0].value: "value" is missing',
      '10:4 checkers[0].valeu: unknown key "valeu"',
    ]);
    expect((await problemLines('{"samples": "a",}', { file: 'a.json' }))[0]).toContain('not valid JSON');
  });

  it('takes the deadline of the first byte from the total one', async () => {
    expect((await parseOne(`${valid}timeoutMs: 5000\ndeadlines: {idleMs: 100}`)).deadlines).toEqual({
      connectMs: 10_000,
      firstByteMs: 5000,
      idleMs: 100,
    });
  });

  it('reads the long form of samples', async () => {
    const samples =
      'samples: {path: [a.csv, b.csv], format: csv, map: {input: "{{q}}"}, where: {tags: x, ids: [1, two]}, limit: 5, offset: 1, seed: 7}\n';
    expect((await parseOne(valid.replace('samples: a.jsonl\n', samples))).samples).toEqual({
      paths: ['a.csv', 'b.csv'],
      format: 'csv',
      map: { input: '{{q}}' },
      where: { tags: ['x'], ids: ['1', 'two'] },
      limit: 5,
      offset: 1,
      seed: 7,
    });
  });

  it.each([
    ['auto', { kind: 'auto' }],
    ['none', { kind: 'none' }],
    ['{path: runs/a}', { kind: 'path', paths: ['runs/a'] }],
    ['{path: [a, b]}', { kind: 'path', paths: ['a', 'b'] }],
    ['{run: 123}', { kind: 'run', runId: 123 }],
    ['{sha: ABCDEF1}', { kind: 'sha', sha: 'abcdef1' }],
  ])('reads the baseline %s', async (text, expected) => {
    expect((await parseOne(`${valid}baseline: ${text}`)).baseline).toEqual(expected);
  });

  it('names checkers by their type, numbered, as the user says, or by their key', async () => {
    const names = async (checkers: string) =>
      (await parseOne(valid.replace(/checkers:.*\n/, `checkers: ${checkers}\n`))).checkers.map(({ name }) => name);
    expect(await names('[{type: contains, value: a}, {type: contains, value: b}, {type: contains, value: c, name: contains-2}]')).toEqual([
      'contains',
      'contains-3',
      'contains-2',
    ]);
    expect(await names('{default: {type: contains}, greets: {value: hello}, thanks: {value: thank}}')).toEqual(['greets', 'thanks']);
  });

  it('merges each of its suites over the rest', async () => {
    const { suites, problems } = await parse(
      `${valid}repeats: 2\nsuites:\n  default: {budget: {calls: 9}}\n  a: {samples: b.jsonl}\n  b: {suite: bee, repeats: 5}\n  c:\n`,
    );
    expect(problems).toEqual([]);
    expect(suites.map(({ suite, repeats, samples, budget }) => [suite, repeats, samples.paths[0], budget.calls])).toEqual([
      ['a', 2, 'b.jsonl', 9],
      ['bee', 5, 'a.jsonl', 9],
      ['c', 2, 'a.jsonl', undefined],
    ]);
  });

  it('builds on other files and keeps words of inheritance in free data', async () => {
    const files = { 'base.yml': `${valid}repeats: 9\npolicy: {margin: 0.1}\n`, 'agent.yml': 'type: http\nurl: http://a.example\n' };
    const text =
      'extends: base.yml\nagent: {import: agent.yml, path: null, headers: {from: me}, body: {default: 1, import: x}}\npolicy: {confirm: false}\n';
    const { problems } = await parse(text, { files });
    expect(problems.map(({ message }) => message)).toEqual(['unknown key "path"']);
    const suite = await parseOne('extends: base.yml\nsamples: own.jsonl\npolicy: {confirm: false}\n', { files });
    expect(suite).toMatchObject({ repeats: 9, samples: { paths: ['own.jsonl'] }, policy: { margin: 0.1, confirm: false } });
    const http = `${valid.replace(/agent:.*\n/, '')}agent: {import: agent.yml, headers: {from: me}, body: {default: 1, import: x}}\n`;
    expect((await parseOne(http, { files })).agent.options).toMatchObject({ headers: { from: 'me' }, body: { default: 1, import: 'x' } });
  });
});

it('counts the problems in one error', () => {
  expect(configError([{ message: 'x' }])).toMatchObject({ code: 'config-invalid', exitCode: 2, message: 'there is 1 problem in the config' });
});

it('makes a suite name of any folder name', () => {
  expect(['my-bot', '.hidden', 'a/b', '???', 'Ünï 1'].map(suiteNameOf)).toEqual(['my-bot', 'hidden', 'a-b', 'suite', 'Ünï 1']);
});

describe('waivers', () => {
  it('take one id or several, and a day', async () => {
    const text = `${valid}policy: {waivers: [{samples: [a, 7], reason: later, until: 2026-12-31}, {samples: b, reason: too, until: "2026-02-28"}]}\n`;
    expect((await parseOne(text)).policy.waivers).toEqual([
      { samples: ['a', '7'], reason: 'later', until: '2026-12-31' },
      { samples: ['b'], reason: 'too', until: '2026-02-28' },
    ]);
  });

  it.each(['2026-02-30', 'tomorrow', '2026-1-1', '31.12.2026'])('refuse the date %s', async (until) => {
    const text = `${valid}policy: {waivers: [{samples: a, reason: later, until: "${until}"}]}\n`;
    await expect(parseOne(text)).rejects.toThrow();
  });
});
