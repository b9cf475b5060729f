import { cpSync, existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseArguments } from '../../src/cli/args.ts';
import { init } from '../../src/cli/commands/init.ts';
import { fromPromptfoo } from '../../src/cli/init/promptfoo/from-promptfoo.ts';
import { plainOf } from '../../src/config/located.ts';
import { readConfigText } from '../../src/config/read-text.ts';
import { evaluate } from '../../src/index.ts';
import { loadSuites } from '../../src/pipeline/load-suites.ts';
import { openSuite } from '../../src/pipeline/open-suite.ts';
import { makeProject, type Project } from '../helpers/run-cli.ts';

const fixture = fileURLToPath(new URL('../fixtures/promptfoo', import.meta.url));
let project: Project;
beforeEach(() => {
  project = makeProject();
});
afterEach(() => project.remove());

/** What `init --from promptfoo` does in the folder, without a process. */
async function runInit(...argv: string[]): Promise<{ out: string; err: string }> {
  const said = { out: '', err: '' };
  const host = {
    cwd: project.folder,
    env: {},
    stdout: { write: (text: string) => (said.out += text) },
    stderr: { write: (text: string) => (said.err += text) },
    signal: new AbortController().signal,
  };
  await init(parseArguments('init', ['--from', 'promptfoo', ...argv]), host);
  return said;
}

/** The config and samples of a promptfoo config that is written here. */
async function convert(config: object) {
  project.write('promptfooconfig.json', config);
  const { files, notes } = await fromPromptfoo(undefined, project.folder);
  const written = new Map(files);
  const text = written.get('agent-regress.yml') ?? '';
  for (const [name, content] of files) project.write(name, content);
  const rows = [...written]
    .filter(([name]) => name.endsWith('.jsonl'))
    .flatMap(([, lines]) =>
      lines
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line)),
    );
  const value = plainOf((await readConfigText(text, 'agent-regress.yml')).root) as Record<string, unknown>;
  return { config: value, rows, notes, lines: notes.map(({ file, line, field }) => `${file}:${line} ${field}`) };
}

const one = (assert: object, vars: object = {}) => ({
  prompts: ['{{q}}'],
  providers: ['echo'],
  tests: [{ vars: { q: 'x', ...vars }, assert: [assert] }],
});

describe('a promptfoo project', () => {
  it('becomes one that is valid, runs without promptfoo, and finds the same', async () => {
    cpSync(fixture, project.folder, { recursive: true });
    const { out, err } = await runInit();
    expect(out).toMatch(/wrote agent-regress\.yml[\s\S]*wrote \.github\/workflows\/agent-regress\.yml[\s\S]*6 samples; 7 things to look at/);
    expect(
      err
        .trim()
        .split('\n')
        .map((line) => line.trim()),
    ).toEqual([
      expect.stringMatching(/^more\.csv:2 row 1\.assert\[1\]: 40 edits became a share/),
      expect.stringMatching(/^promptfooconfig\.yaml:8 providers\[1\]: the provider "bedrock:some\.model" is left out/),
      'promptfooconfig.yaml:9 sharing: "sharing" is left out',
      'promptfooconfig.yaml:14 defaultTest.options.transform: the option "transform" is left out',
      expect.stringMatching(/^promptfooconfig\.yaml:27 tests\[0\]\.assert\[4\]: there is no checker like "python"/),
      expect.stringMatching(/^promptfooconfig\.yaml:34 tests\[1\]\.assert\[3\]: there is no checker like "moderation"/),
      'promptfooconfig.yaml:45 evaluateOptions.delay: "delay" is left out',
    ]);
    const suites = await loadSuites({ configPaths: [], overrides: [], env: {}, cwd: project.folder });
    const rates: [number, number | undefined][] = [];
    for (const { suite } of suites) {
      const { assessment } = await evaluate('agent-regress.yml', { cwd: project.folder, suite, baseline: 'none' });
      rates.push([assessment.samples.length, assessment.passRate]);
      expect(assessment.outcomes).toMatchObject({ error: 0, unscored: 0, fail: 0 });
    }
    expect(rates).toEqual([
      [4, 1],
      [2, 1],
    ]);
    await expect(runInit()).rejects.toMatchObject({ code: 'init-exists' });
  });

  it('is refused when there is none, or when it is no mapping', async () => {
    await expect(runInit()).rejects.toThrow('there is no promptfooconfig.yaml');
    await expect(runInit('other.yaml')).rejects.toThrow('there is no file other.yaml');
    writeFileSync(join(project.folder, 'promptfooconfig.yaml'), '- 1\n');
    await expect(runInit()).rejects.toMatchObject({ code: 'promptfoo-invalid' });
    expect(existsSync(join(project.folder, 'agent-regress.yml'))).toBe(false);
  });
});

describe('providers', () => {
  it('become agents with the prompt in the request, one for each prompt', async () => {
    const { config, notes } = await convert({
      prompts: ['Say {{q}}', '[{"role": "system", "content": "Be brief."}, {"role": "user", "content": "{{q}}"}]'],
      providers: [
        { id: 'openai:chat:gpt-4o', config: { temperature: 0, apiKey: '{{env.MY_KEY}}' } },
        {
          id: 'https',
          label: 'own',
          config: {
            url: 'https://a.example/ask',
            headers: { authorization: 'Bearer {{env.TOKEN}}' },
            body: '{"text": "{{prompt}}", "shop": "{{shop}}"}',
            transformResponse: "(json) => json.choices[0]['text']",
          },
        },
      ],
      tests: [{ vars: { q: 'x', shop: 'T' }, assert: [{ type: 'equals', value: 'x' }] }],
    });
    expect(notes).toEqual([]);
    const chat = { baseUrl: 'https://api.openai.com/v1', apiKey: '${' + 'env:MY_KEY}', model: 'gpt-4o', temperature: 0 };
    expect(config.agents).toMatchObject({
      'openai-chat-gpt-4o-1': { type: 'http', body: { model: 'gpt-4o', temperature: 0, messages: [{ role: 'user', content: 'Say {{input}}' }] } },
      'openai-chat-gpt-4o-2': { type: 'openai-chat', system: 'Be brief.', ...chat },
      'own-1': {
        type: 'http',
        url: 'https://a.example/ask',
        headers: { authorization: 'Bearer ${' + 'env:TOKEN}' },
        body: { text: 'Say {{input}}', shop: '{{metadata.shop}}' },
        reply: { output: '/choices/0/text' },
      },
      'own-2': { type: 'http' },
    });
    const env = { MY_KEY: 'key-0123456789', TOKEN: 'tok-0123456789' };
    const suites = await loadSuites({ configPaths: [], overrides: [], env, cwd: project.folder });
    expect(suites).toHaveLength(4);
    for (const suite of suites) await (await openSuite(suite)).close();
  });

  it('of exec get prompt, options and context as arguments', async () => {
    writeFileSync(join(project.folder, 'say.mjs'), 'console.log(process.argv[2].toUpperCase(), JSON.parse(process.argv[4]).vars.q);');
    await convert({
      prompts: ['Say {{q}}'],
      providers: [`exec: ${process.execPath} say.mjs`],
      tests: [{ vars: { q: 'hi' }, assert: [{ type: 'equals', value: 'SAY HI hi' }] }],
    });
    const { assessment } = await evaluate('agent-regress.yml', { cwd: project.folder, baseline: 'none', repeats: 1 });
    expect(assessment.passRate).toBe(1);
  });
});

describe('assertions', () => {
  it.each([
    [
      { type: 'equals', value: 'a' },
      { type: 'equals', value: 'a', trim: false },
    ],
    [
      { type: 'contains-all', value: ['a', '{{w}}'] },
      { type: 'contains', all: ['a', 'W'] },
    ],
    [
      { type: 'not-contains', value: 'a', metric: 'm', weight: 2 },
      { type: 'contains', value: 'a', name: 'm', not: true, weight: 2 },
    ],
    [
      { type: 'contains-json', value: { type: 'object' } },
      { type: 'json-schema', schema: { type: 'object' }, anywhere: true },
    ],
    [
      { type: 'is-xml', value: 'a.b, a.c' },
      { type: 'is-xml', elements: ['a.b', 'a.c'] },
    ],
    [
      { type: 'rouge-n', value: 'a', threshold: 0.6 },
      { type: 'rouge', variant: '1', reference: 'a', threshold: 0.6 },
    ],
    [
      { type: 'gleu', value: 'a' },
      { type: 'bleu', variant: 'gleu', reference: 'a', threshold: 0.5 },
    ],
    [
      { type: 'meteor', value: ['a {{w}}', 'b'], alpha: 0.8 },
      { type: 'meteor', alpha: 0.8, reference: ['a W', 'b'], threshold: 0.5 },
    ],
    [
      { type: 'word-count', value: 3 },
      { type: 'length', unit: 'words', min: 3, max: 3 },
    ],
    [
      { type: 'cost', threshold: 0.01, weight: 0 },
      { type: 'cost', maxUsd: 0.01, required: false },
    ],
    [{ type: 'is-refusal' }, { type: 'refusal' }],
    [
      { type: 'trace-span-count', value: { pattern: 'db.*', max: 5 } },
      { type: 'spans', span: 'db.*', count: { max: 5 } },
    ],
    [
      { type: 'trace-span-duration', value: { max: 200, percentile: 95 } },
      { type: 'spans', durationMs: { max: 200, percentile: 95 } },
    ],
    [
      { type: 'trace-error-spans', value: { max_percentage: 5 } },
      { type: 'spans', errors: { maxShare: 0.05 } },
    ],
    [
      { type: 'not-finish-reason', value: 'length' },
      { type: 'finish-reason', reasons: ['length'], not: true },
    ],
    [{ type: 'contains-html' }, { type: 'is-html', anywhere: true }],
    [
      { type: 'is-sql', value: { databaseType: 'PostgreSQL' } },
      { type: 'is-sql', dialect: 'postgresql' },
    ],
    [
      { type: 'trajectory:tool-used', value: { name: 'look', max: 2 } },
      { type: 'tool-budget', tools: { look: { min: 1, max: 2 } } },
    ],
    [
      { type: 'trajectory:tool-sequence', value: { steps: ['a', 'b'] } },
      { type: 'trajectory', match: 'in-order', args: 'ignore', expected: [{ name: 'a' }, { name: 'b' }] },
    ],
    [
      { type: 'tool-call-f1', value: 'a, b', threshold: 0.8 },
      { type: 'trajectory', match: 'f1', args: 'ignore', expected: [{ name: 'a' }, { name: 'b' }], threshold: 0.8 },
    ],
  ])('%j is %j', async (given, entry) => {
    const { rows, notes } = await convert(one(given, { w: 'W' }));
    expect(rows[0].checkers).toEqual([entry]);
    expect(notes).toEqual([]);
    const [config] = await loadSuites({ configPaths: [], overrides: [], env: {}, cwd: project.folder });
    if (!config) throw new Error('no suite');
    const suite = await openSuite(config);
    for await (const sample of suite.samples.stream()) await suite.checkersOf(sample);
    await suite.close();
  });

  it.each([
    ['perplexity', { type: 'perplexity', max: 3 }, 3],
    ['perplexity-score', { type: 'perplexity', threshold: 0.3 }, 0.3],
  ])('%s is told to need an option of the agent', async (type, entry, threshold) => {
    const { rows, notes } = await convert(one({ type, threshold }));
    expect(rows[0].checkers).toEqual([entry]);
    expect(notes).toMatchObject([{ field: 'tests[0].assert[0]', message: expect.stringContaining('logprobs: true') }]);
  });

  it('of a model are a judge whose rubric is that of the sample; a threshold of the test weighs them together', async () => {
    const { config, rows } = await convert({
      prompts: ['{{q}}'],
      providers: ['echo'],
      tests: [
        { vars: { q: 'a' }, assert: [{ type: 'llm-rubric', value: 'Kind to {{q}}' }] },
        { vars: { q: 'b' }, assert: [{ type: 'llm-rubric', value: 'Short' }] },
        {
          vars: { q: 'c' },
          threshold: 0.5,
          assert: [
            { type: 'equals', value: 'c', weight: 3 },
            { type: 'contains', value: 'd' },
          ],
        },
      ],
    });
    const suites = Object.values(config.suites as Record<string, { checkers: unknown; samples: string }>);
    expect(suites[0]?.checkers).toEqual([{ type: 'judge', rubric: '{{metadata.rubric1}}', threshold: 0.5 }]);
    expect(config.judge).toEqual({ model: 'gpt-5-mini', apiKey: '${' + 'env:OPENAI_API_KEY}' });
    expect(rows.map(({ metadata }) => metadata?.rubric1)).toEqual(['Kind to a', 'Short', undefined]);
    expect(rows[2].checkers).toEqual([
      {
        type: 'weighted-mean',
        threshold: 0.5,
        checkers: [
          { type: 'equals', value: 'c', trim: false, weight: 3 },
          { type: 'contains', value: 'd' },
        ],
      },
    ]);
  });

  it('by meaning need an embedding model, and keep the reference with the sample', async () => {
    const { config, rows } = await convert(one({ type: 'similar', value: 'Hello {{q}}', threshold: 0.8 }));
    expect(config.checkers).toEqual([{ type: 'embedding-similarity', reference: '{{metadata.reference1}}', threshold: 0.8 }]);
    expect(config.embeddings).toMatchObject({ model: 'text-embedding-3-small' });
    expect(rows[0].metadata).toEqual({ reference1: 'Hello x' });
    const env = { OPENAI_API_KEY: 'key-0123456789' };
    expect(await loadSuites({ configPaths: [], overrides: [], env, cwd: project.folder })).toHaveLength(1);
  });

  it('that nothing here is like are told with their place, and nothing else is lost', async () => {
    const { rows, lines } = await convert({ ...one({ type: 'guardrails' }), extensions: ['file://x.js:hook'] });
    expect(lines).toEqual(expect.arrayContaining(['promptfooconfig.json:20 extensions', 'promptfooconfig.json:14 tests[0].assert[0]']));
    expect(rows).toEqual([{ input: 'x' }]);
  });
});
