import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ToolError } from '../../src/errors.ts';
import { openProjectFiles } from '../../src/io/project-files.ts';
import { benchkit } from '../../src/projects/benchkit.ts';
import type { ProjectCommand, ProjectRequest } from '../../src/projects/project.ts';

const scenario = fileURLToPath(new URL('../../examples/from-benchkit', import.meta.url));
let cwd = '';

beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'benchkit-'));
  cpSync(scenario, cwd, { recursive: true });
});
afterEach(() => rmSync(cwd, { recursive: true, force: true }));

function put(name: string, content: unknown): void {
  mkdirSync(dirname(join(cwd, name)), { recursive: true });
  writeFileSync(join(cwd, name), typeof content === 'string' ? content : JSON.stringify(content));
}

function convert(command: ProjectCommand, flags: ProjectRequest['flags'] = {}, env: Record<string, string> = {}) {
  const settingOf = (name: string) => env[name];
  return benchkit.convert({
    command,
    operands: [],
    flags,
    files: openProjectFiles(cwd),
    env: new Set(Object.keys(env)),
    variable: (name) => `\${env:${name}}`,
    settingOf,
    now: new Date(0),
  });
}

async function suiteOf(...given: Parameters<typeof convert>) {
  const { suites } = await convert(...given);
  return suites[0]!;
}

async function problemsOf(...given: Parameters<typeof convert>) {
  const error = await convert(...given).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  return error instanceof ToolError ? error.problems.map(({ field, message }) => `${field}: ${message}`) : error;
}

describe('the flags of the executor', () => {
  it('become a config, the key an override', async () => {
    const flags = {
      scenario: '.',
      samples: 'samples/eval.jsonl',
      'results-dir': 'out/execution',
      model: 'gpt-5',
      'base-url': 'http://127.0.0.1:1/v1',
      'api-key': 'sk-123456',
      'max-turns': '7',
      temperature: '0.5',
      offset: '1',
      limit: '2',
      'max-concurrency': '4',
    };
    const { config, overrides, resume } = await suiteOf('execute', flags);
    expect(config).toMatchObject({
      samples: { path: 'samples/eval.jsonl', format: 'benchkit', offset: 1, limit: 2 },
      agent: {
        type: 'mcp',
        model: 'gpt-5',
        baseUrl: 'http://127.0.0.1:1/v1',
        temperature: 0.5,
        servers: 'env/servers.json',
        workspace: { from: 'env', keep: 'out/execution', state: 'records' },
        maxSteps: 7,
      },
      repeats: 1,
      concurrency: 4,
      maxRetries: 2,
      exports: [{ type: 'benchkit', path: 'out/execution', phase: 'execution' }],
    });
    expect(JSON.stringify(config)).not.toContain('sk-123456');
    expect(overrides).toEqual([{ path: 'agent.apiKey', value: 'sk-123456', flag: '--api-key' }]);
    expect(resume).toBeUndefined();
  });

  it('have the defaults of BenchKit; a limit of 0 is none', async () => {
    const { config } = await suiteOf('run', { model: 'm', limit: '0' });
    expect(config).toMatchObject({ samples: { path: 'samples/eval.jsonl' }, agent: { maxSteps: 20, temperature: 0 }, concurrency: 1 });
    expect(config.samples).not.toHaveProperty('limit');
    expect(config.exports).toMatchObject([
      { path: 'evaluation_outputs/execution', phase: 'execution' },
      { path: 'evaluation_outputs/evaluation', phase: 'evaluation' },
    ]);
  });

  it('are refused all at once, and say what to do without a model', async () => {
    expect(await problemsOf('execute', { 'max-turns': '0', temperature: 'hot', limit: '-1', 'max-concurrency': '1.5' })).toEqual([
      '--limit: --limit takes a whole number from 0, found -1',
      '--model: the model of the agent is missing',
      '--temperature: --temperature takes a number 0..2, found hot',
      '--max-turns: --max-turns takes a whole number 1..1000, found 0',
      '--max-concurrency: --max-concurrency takes a whole number 1..1000, found 1.5',
    ]);
  });

  it('name what is not there: scenario, samples, servers', async () => {
    expect(await problemsOf('execute', { scenario: 'gone', model: 'm' })).toEqual(['--scenario: there is no scenario folder gone']);
    expect(await problemsOf('execute', { samples: 'gone.jsonl', model: 'm' })).toEqual(['--samples: there is no samples file gone.jsonl']);
    rmSync(join(cwd, 'env'), { recursive: true });
    expect(await problemsOf('execute', { model: 'm' })).toEqual(['undefined: no MCP servers: there is neither env/servers.json nor servers.json']);
  });
});

describe('the models of the roles', () => {
  it('come from the flag, then the variables of the role, then --model-config, then OPENAI_*', async () => {
    put('models.json', { agent: { model: 'file', base_url: 'http://file', api_key: 'file-key-1' } });
    const env = { BENCH_AGENT_MODEL: 'env', OPENAI_BASE_URL: 'http://openai', OPENAI_API_KEY: 'openai-key' };
    const agentOf = async (...given: Parameters<typeof convert>) => {
      const { config, overrides } = await suiteOf(...given);
      const { model, baseUrl, apiKey } = config.agent as Record<string, unknown>;
      return { model, baseUrl, apiKey, overrides };
    };
    const named = (name: string) => '$'.concat(`{env:${name}}`);
    expect(await agentOf('execute', {}, env)).toEqual({
      model: 'env',
      baseUrl: named('OPENAI_BASE_URL'),
      apiKey: named('OPENAI_API_KEY'),
      overrides: [],
    });
    expect(await agentOf('execute', { 'model-config': 'models.json' }, env)).toEqual({
      model: 'env',
      baseUrl: 'http://file',
      apiKey: undefined,
      overrides: [{ path: 'agent.apiKey', value: 'file-key-1', flag: 'api_key in models.json' }],
    });
    const role = { ...env, BENCH_AGENT_BASE_URL: 'http://role', BENCH_AGENT_API_KEY: 'role-key' };
    expect(await agentOf('execute', { 'model-config': 'models.json', model: 'flag' }, role)).toEqual({
      model: 'flag',
      baseUrl: named('BENCH_AGENT_BASE_URL'),
      apiKey: named('BENCH_AGENT_API_KEY'),
      overrides: [],
    });
  });

  it('of a config to be kept have their keys in variables, whether these are set or not', async () => {
    put('benchkit/model_config.json', { judge: { model: 'j', api_key: 'file-key-1' } });
    const named = (name: string) => '$'.concat(`{env:${name}}`);
    const keysOf = async (...given: [ProjectRequest['flags'], Record<string, string>?]) => {
      const { agent, judge } = (await suiteOf('init', ...given)).config as Record<string, { apiKey?: string }>;
      return [agent?.apiKey, judge?.apiKey];
    };
    const judgeKey = named('BENCH_CHECK_API_KEY');
    expect(await keysOf({})).toEqual([named('OPENAI_API_KEY'), judgeKey]);
    expect(await keysOf({ 'api-key': 'sk-123456' })).toEqual([named('OPENAI_API_KEY'), judgeKey]);
    expect(await keysOf({}, { BENCH_AGENT_API_KEY: 'role-key' })).toEqual([named('BENCH_AGENT_API_KEY'), judgeKey]);
    expect((await suiteOf('execute', { model: 'm' })).config.agent).not.toHaveProperty('apiKey');
  });

  it('of the agent are never read from benchkit/model_config.json, those of judge and simulator are', async () => {
    put('benchkit/model_config.json', {
      agent: { model: 'no' },
      judge: { model: 'j', base_url: 'http://j' },
      simulator: { model: 's', api_key: 's-key-1' },
    });
    expect(await problemsOf('execute')).toEqual(['--model: the model of the agent is missing']);
    put('samples/eval.jsonl', `${JSON.stringify({ data_id: 'A', query: 'q', user_simulator_prompt: 'end with ###STOP###' })}\n`);
    const { config, overrides } = await suiteOf('run', { model: 'm' });
    expect(config.judge).toEqual({ model: 'j', baseUrl: 'http://j' });
    expect(config.user).toEqual({ model: 's', style: 'reactive', maxTurns: 8, stop: '###STOP###' });
    expect(overrides).toEqual([{ path: 'user.apiKey', value: 's-key-1', flag: 'api_key in benchkit/model_config.json' }]);
  });

  it('are asked for where samples need a simulated user', async () => {
    put('samples/eval.jsonl', `${JSON.stringify({ data_id: 'A', query: 'q', user_simulator_prompt: 'p' })}\n`);
    expect(await problemsOf('execute', { model: 'm' })).toEqual([
      'user_simulator_prompt: samples have a user_simulator_prompt, and nothing names the model that plays the user',
    ]);
    expect((await suiteOf('execute', { model: 'm', 'user-model': 'u' })).config.user).toMatchObject({ model: 'u' });
  });
});

describe('--resume', () => {
  const result = (id: string) => put(`evaluation_outputs/execution/${id}.json`, { data_id: id, execution_status: 'error' });
  const idsOf = async (flags: object) => (await suiteOf('execute', { model: 'm', resume: true, ...flags })).config.samples;

  it('leaves out what has a result before offset and limit count, and begins a log of its own', async () => {
    result('BS_001');
    expect(await idsOf({})).toMatchObject({ where: { ids: ['BS_002', 'BS_003'] } });
    expect(await idsOf({ offset: '1', limit: '1' })).toMatchObject({ where: { ids: ['BS_003'] } });
    expect((await suiteOf('execute', { model: 'm', resume: true })).resume).toBe(false);
  });

  it('says so when nothing is left', async () => {
    for (const id of ['BS_001', 'BS_002', 'BS_003']) result(id);
    const { suites, notes } = await convert('execute', { model: 'm', resume: true });
    expect(suites).toEqual([]);
    expect(notes.map(({ message }) => message)).toEqual(['every sample has a result: there is nothing left to ask']);
  });

  it('goes on with a run whose answers are only in its log', async () => {
    const records = [
      { type: 'run' },
      { type: 'sample', sample: 'BS_001' },
      { type: 'sample', sample: 'BS_002' },
      { type: 'response', sample: 'BS_001', trajectory: { turns: [] } },
    ];
    put('.agent-regress/benchkit/run.jsonl', records.map((record) => `${JSON.stringify(record)}\n`).join(''));
    const { config, resume } = await suiteOf('execute', { model: 'm', resume: true, limit: '1' });
    expect(config.samples).toMatchObject({ where: { ids: ['BS_001', 'BS_002'] } });
    expect(resume).toBe(true);
    result('BS_001');
    expect((await suiteOf('execute', { model: 'm', resume: true })).resume).toBe(false);
  });
});

describe('the flags of the evaluator', () => {
  it('judge what lies in the results folder with the samples of the executor, and ask no agent', async () => {
    put('results/x.json', { data_id: 'BS_002' });
    const flags = {
      'results-dir': 'results',
      'output-dir': 'out',
      'judge-model': 'j',
      'base-url': 'http://j',
      'api-key': 'judge-key',
      resume: true as const,
    };
    const { config, overrides, results } = await suiteOf('check', { ...flags, 'skip-env-check': true });
    expect(config).toMatchObject({
      samples: { where: { ids: ['BS_002'] } },
      agent: { type: 'do-nothing' },
      judge: { model: 'j', baseUrl: 'http://j' },
      checkers: { benchkit: { type: 'benchkit', environments: 'results', judge: true, cases: 'out/cases' } },
      exports: [{ type: 'benchkit', path: 'out', phase: 'evaluation', resume: true }],
    });
    expect(overrides).toEqual([{ path: 'judge.apiKey', value: 'judge-key', flag: '--api-key' }]);
    expect(results).toEqual({ type: 'benchkit', path: 'results' });
  });

  it.each(['checker.py', 'env/check.py', 'env/checker.py', 'checkers/checker.py'])('run the script %s', async (script) => {
    put('results/x.json', { data_id: 'BS_002' });
    put(script, 'print(1)');
    const { config, overrides } = await suiteOf('check', { 'results-dir': 'results', 'api-key': 'judge-key', 'max-retries': '3' });
    expect(config.checkers).toEqual({ benchkit: { type: 'benchkit-script', script, environments: 'results', maxRetries: 3 } });
    expect(overrides).toEqual([{ path: 'checkers.benchkit.apiKey', value: 'judge-key', flag: '--api-key' }]);
  });

  it('need results of these samples', async () => {
    expect(await problemsOf('check', { 'results-dir': 'results' })).toEqual([
      '--results-dir: results has no result of a sample of samples/eval.jsonl',
    ]);
  });
});

it('puts only the two variables of GitHub into prompts, and only where they are named and set', async () => {
  const system = 'use $'.concat('{GITHUB_PERSONAL_ACCESS_TOKEN} as $', '{GITHUB_OWNER}, not $', '{AWS_SECRET}');
  put('samples/eval.jsonl', `${JSON.stringify({ data_id: 'A', query: 'q', system })}\n`);
  const env = { GITHUB_PERSONAL_ACCESS_TOKEN: 'ghp_1234567', GITHUB_OWNER: 'octo', AWS_SECRET: 'secret1' };
  const { suites, notes } = await convert('execute', { model: 'm' }, env);
  expect((suites[0]!.config.agent as Record<string, unknown>).systemVariables).toEqual({
    GITHUB_PERSONAL_ACCESS_TOKEN: '$'.concat('{env:GITHUB_PERSONAL_ACCESS_TOKEN}'),
    GITHUB_OWNER: 'octo',
  });
  expect(notes.map(({ message }) => message)).toEqual([
    'GITHUB_PERSONAL_ACCESS_TOKEN is put into system prompts, which the model is sent',
    'GITHUB_OWNER is put into system prompts, which the model is sent',
  ]);
  expect((await convert('execute', { model: 'm' })).notes[0]?.message).toContain('is not set: it stays as it is');
});

it('names every variable of the servers, so that one that is not set is told by its name', async () => {
  const env = { A: '$'.concat('{SHOP_TOKEN}'), B: 'plain', C: '$'.concat('{workspace}/x') };
  put('env/servers.json', {
    mcpServers: { s: { command: 'x', args: ['$'.concat('{DIR}')], env }, off: { command: 'x', env: { D: '$'.concat('{D}') }, disabled: true } },
  });
  const { config } = await suiteOf('execute', { model: 'm' });
  expect(config.agent).toMatchObject({ variables: { SHOP_TOKEN: '$'.concat('{env:SHOP_TOKEN}') } });
  expect(Object.keys((config.agent as { variables: object }).variables)).toEqual(['SHOP_TOKEN']);
});
