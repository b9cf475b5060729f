import { createHash } from 'node:crypto';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ToolError } from '../../src/errors.ts';
import { loadSuites } from '../../src/pipeline/load-suites.ts';
import { openSuite } from '../../src/pipeline/open-suite.ts';
import { makeProject, type Project } from '../helpers/run-cli.ts';

const key = 'canary-4b1d7e90c2';
const env = (name: string) => `\${env:${name}}`;
const agent = {
  type: 'http',
  url: 'http://127.0.0.1:9/ask',
  headers: { authorization: `Bearer ${env('KEY')}` },
  body: { question: '{{input}}' },
  reply: { output: '/answer' },
};
const suite = {
  suite: 'bot',
  samples: 'samples.jsonl',
  agent,
  checkers: [{ type: 'contains', value: 'x' }],
  judge: { model: 'm', apiKey: env('KEY') },
};

let project: Project;
beforeEach(() => {
  project = makeProject({ 'samples.jsonl': [{ id: 'a', input: 'hello' }] });
});
afterEach(() => project.remove());

async function open(config: object, variables: Record<string, string> = { KEY: key }) {
  project.write('agent-regress.json', config);
  const [loaded] = await loadSuites({ configPaths: [], overrides: [], env: variables, cwd: project.folder });
  if (!loaded) throw new Error('no suite');
  return openSuite(loaded);
}

/** What is said of a config that is refused; undefined when it is not. */
async function refusalOf(config: object, variables?: Record<string, string>): Promise<string | undefined> {
  try {
    await (await open(config, variables)).close();
    return undefined;
  } catch (error) {
    if (!(error instanceof ToolError)) throw error;
    return JSON.stringify([error.message, error.remedy, error.problems]);
  }
}

it.each<[string, object]>([
  ['the body of a request', { ...suite, agent: { ...agent, body: { question: '{{input}}', key: env('KEY') } } }],
  ['where a reply is read', { ...suite, agent: { ...agent, reply: { output: `/${env('KEY')}` } } }],
  ['what a checker wants', { ...suite, checkers: [{ type: 'contains', value: env('KEY') }] }],
  ['a rubric', { ...suite, checkers: [{ type: 'judge', rubric: `Says ${env('KEY')}.` }] }],
  ['the name of the suite', { ...suite, suite: env('KEY') }],
  ['where samples are', { ...suite, samples: `${env('KEY')}.jsonl` }],
  ['the name of a model', { ...suite, judge: { model: env('KEY'), apiKey: env('KEY') } }],
  ['the prompt of an agent', { ...suite, agent: { type: 'openai-chat', model: 'm', apiKey: env('KEY'), system: `Your key is ${env('KEY')}` } }],
  ['a key of a mapping', { ...suite, agent: { ...agent, headers: { [env('KEY')]: 'x' } } }],
  ['a policy', { ...suite, policy: { mode: env('KEY') } }],
])('T17 a variable in %s is refused, and its value is not shown', async (_, config) => {
  const refusal = await refusalOf(config);
  expect(refusal).toMatch(/environment variables are not put/);
  expect(refusal).not.toContain(key);
});

it('T17 a variable that is not declared, not set, empty, or a token of the runner is refused before anything is asked', async () => {
  expect(await refusalOf(suite)).toBeUndefined();
  expect(await refusalOf({ ...suite, env: ['OTHER'] })).toContain('is not in the \\"env\\" list');
  expect(await refusalOf(suite, {})).toContain('the variable KEY is not set');
  expect(await refusalOf(suite, { KEY: ' ' })).toContain('the variable KEY is empty');
  for (const name of ['GITHUB_TOKEN', 'ACTIONS_RUNTIME_TOKEN', 'RUNNER_TEMP', 'INPUT_GITHUB_TOKEN']) {
    const refusal = await refusalOf({ ...suite, agent: { ...agent, headers: { authorization: env(name) } } }, { [name]: key, KEY: key });
    expect(refusal).toContain('belongs to the runner');
    expect(refusal).not.toContain(key);
  }
});

it('T17 a variable in a sample is text: what a dataset says reaches no environment', async () => {
  project.write('samples.jsonl', [{ id: 'a', input: env('KEY'), metadata: { x: env('KEY') } }]);
  const opened = await open(suite);
  for await (const sample of opened.samples.listing()) expect(JSON.stringify(sample)).not.toContain(key);
  await opened.close();
});

it('T17 no fingerprint, header or identity holds a secret or its hash: another key is the same experiment', async () => {
  const headers = [];
  for (const KEY of [key, 'canary-another-key-77']) {
    const opened = await open(suite, { KEY, GITHUB_TOKEN: `ghs_${KEY.replaceAll('-', '')}00` });
    headers.push(opened.header(undefined, new Date(0)));
    await opened.close();
  }
  const [first, second] = headers;
  expect(first?.fingerprints).toEqual(second?.fingerprints);
  expect({ ...first, runId: '' }).toEqual({ ...second, runId: '' });
  expect(first?.secrets).toEqual(['KEY']);
  const text = JSON.stringify(headers);
  for (const algorithm of ['sha256', 'sha1', 'md5']) {
    for (const whole of [key, `Bearer ${key}`]) {
      const digest = createHash(algorithm).update(whole).digest('hex');
      expect(text).not.toContain(digest.slice(0, 12));
    }
  }
  expect(text).not.toContain(key);
});
