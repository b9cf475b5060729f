import { cpSync, existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ChatBody, type Scripted, serveModel } from '../helpers/model-server.ts';
import { makeProject, type Project, runCli } from '../helpers/run-cli.ts';

const entry = process.env.AGENT_REGRESS_CLI ?? fileURLToPath(new URL('../../dist/cli/index.js', import.meta.url));
const example = fileURLToPath(new URL('../../examples/from-benchkit', import.meta.url));
const key = 'sk-benchkit-0123456789';
const results = 'evaluation_outputs/execution';
const sampleFile = 'samples/eval.jsonl';

let project: Project;
beforeEach(() => {
  project = makeProject();
  cpSync(example, project.folder, { recursive: true });
});
afterEach(() => project.remove());

/** Which sample a request is about. */
function sampleOf({ messages }: ChatBody): string {
  return /ord_00(\d)/.exec(messages.find(({ role }) => role === 'user')?.content ?? '')?.[1] ?? '?';
}

/** Closes the lock, then says so. */
function closing(body: ChatBody, n: number): Scripted {
  return n === 0 ? { calls: [{ name: 'bikeshare__close_lock', args: { order_id: `ord_00${sampleOf(body)}` } }] } : '抱歉, done';
}

function execute(baseUrl: string, more: readonly string[] = [], options: Partial<Parameters<typeof runCli>[1]> = {}) {
  const flags = ['--scenario', '.', '--samples', sampleFile, '--results-dir', results, '--model', 'gpt-5', '--base-url', baseUrl, '--api-key', key];
  return runCli(['execute', '--from', 'benchkit', ...flags, ...more], { cwd: project.folder, ...options });
}

const resultOf = (id: string) => JSON.parse(project.read(`${results}/${id}.json`)) as Record<string, unknown>;
const resultFiles = () =>
  readdirSync(join(project.folder, results))
    .filter((name) => name.endsWith('.json'))
    .sort();
const all = ['BS_001.json', 'BS_002.json', 'BS_003.json', 'execution_report.json'];
const reportOf = () => JSON.parse(project.read(`${results}/execution_report.json`)) as Record<string, unknown>;

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));
}

describe.runIf(existsSync(entry))('execute --from benchkit', { timeout: 60_000 }, () => {
  it('takes the flags of the executor and writes what it writes, the key nowhere', async () => {
    const { baseUrl, bodies, seen } = await serveModel(closing);
    const { code, stdout, stderr } = await execute(baseUrl, ['--max-turns', '20', '--temperature', '0.0', '--max-concurrency', '2', '--verbose']);
    expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' });
    const where = `--scenario . --samples ${sampleFile} --results-dir ${results} --output-dir evaluation_outputs/evaluation`;
    expect(stdout).toContain(`agent-regress check --from benchkit ${where}\n`);
    expect(resultFiles()).toEqual(all);
    expect(resultOf('BS_001')).toMatchObject({
      data_id: 'BS_001',
      response: '抱歉, done',
      execution_status: 'success',
      tool_call_list: [{ server_name: 'bikeshare' }],
      final_state: { orders: { ord_001: { status: 'ended' } }, bikes: { bike_7: { lock: 'broken' } } },
      servers: ['bikeshare'],
    });
    expect(project.read(`${results}/BS_001_env/orders.jsonl`)).toContain('"ended"');
    expect(project.read('env/bikes.jsonl')).toBe(readFileSync(join(example, 'env/bikes.jsonl'), 'utf8'));
    expect(reportOf()).toMatchObject({ total: 3, success: 3, error: 0, success_rate: 1 });
    expect(seen[0]?.headers.authorization).toBe(`Bearer ${key}`);
    expect(bodies[0]).toMatchObject({ model: 'gpt-5', temperature: 0 });
    const holding = filesBelow(project.folder).filter((file) => readFileSync(file, 'latin1').includes(key));
    expect(holding).toEqual([]);
  });

  it('goes on from a results folder alone: resume first, then offset, then limit', async () => {
    const { baseUrl, bodies } = await serveModel(closing);
    expect((await execute(baseUrl, ['--limit', '1'])).code).toBe(0);
    expect(resultFiles()).toEqual(['BS_001.json', 'execution_report.json']);
    rmSync(join(project.folder, '.agent-regress'), { recursive: true });
    const asked = bodies.length;
    expect((await execute(baseUrl, ['--resume', '--offset', '1', '--limit', '1'])).code).toBe(0);
    expect(new Set(bodies.slice(asked).map(sampleOf))).toEqual(new Set(['3']));
    expect((await execute(baseUrl, ['--resume'])).code).toBe(0);
    expect(resultFiles()).toEqual(all);
    expect(reportOf()).toMatchObject({ total: 3, success: 3 });
    const before = bodies.length;
    const done = await execute(baseUrl, ['--resume']);
    expect({ code: done.code, asked: bodies.length - before }).toEqual({ code: 0, asked: 0 });
    expect(done.stderr).toContain('every sample has a result: there is nothing left to ask');
  });

  it('loses nothing to a kill: what was answered is not asked again, and becomes a result', async () => {
    const state: { stop?: () => void } = {};
    const { baseUrl, bodies } = await serveModel((body, n) => {
      if (sampleOf(body) === '2') state.stop?.();
      return closing(body, n);
    });
    const killed = await execute(baseUrl, [], { onStart: (child) => (state.stop = () => child.kill('SIGKILL')) });
    expect(killed.code).toBe(137);
    expect(existsSync(join(project.folder, results, 'BS_001.json'))).toBe(false);
    state.stop = () => {};
    const before = bodies.length;
    expect((await execute(baseUrl, ['--resume'])).code).toBe(0);
    expect(new Set(bodies.slice(before).map(sampleOf))).toEqual(new Set(['2', '3']));
    expect(resultFiles()).toEqual(all);
  });

  it('goes on without a server that is down, and writes no result where all are', async () => {
    const { baseUrl } = await serveModel(closing);
    const servers = JSON.parse(project.read('env/servers.json')) as { mcpServers: Record<string, object> };
    const gone = { command: './no-such-server' };
    const samples = project
      .read(sampleFile)
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    project.write('env/servers.json', { mcpServers: { ...servers.mcpServers, gone } });
    project.write(sampleFile, [
      { ...samples[0], servers: ['bikeshare', 'gone'] },
      { ...samples[1], servers: ['gone'] },
    ]);
    const { stderr } = await execute(baseUrl);
    expect(stderr).toContain('the other servers are used without it');
    expect(resultFiles()).toEqual(['BS_001.json', 'execution_report.json']);
    expect(resultOf('BS_001')).toMatchObject({ execution_status: 'success' });
  });

  it('writes a result for a sample whose agent failed, which --resume takes as done, and fills in only what a config declares', async () => {
    const token = 'ghp_0123456789abcdef';
    const placeholder = '$'.concat('{GITHUB_PERSONAL_ACCESS_TOKEN}');
    const system = `token ${placeholder}, home $`.concat('{HOME}');
    const model = await serveModel(() => `I know ${token}`);
    const samples = [
      { data_id: 'OK', query: 'q', system },
      { data_id: 'BAD', query: 'q', environment: [{ path: '../up', type: 'file', content: 'x' }] },
    ];
    project.write(sampleFile, samples);
    const env = { GITHUB_PERSONAL_ACCESS_TOKEN: token };
    expect((await execute(model.baseUrl, [], { env })).code).toBe(0);
    expect(model.bodies[0]?.messages[0]?.content).toBe(`token ${token}, home $`.concat('{HOME}'));
    expect(resultOf('OK')).toMatchObject({ system, response: 'I know [redacted:GITHUB_PERSONAL_ACCESS_TOKEN]' });
    expect(resultOf('BAD')).toMatchObject({ execution_status: 'error', error: expect.stringContaining('is not a path inside the folder') as string });
    expect(filesBelow(project.folder).filter((file) => readFileSync(file, 'latin1').includes(token))).toEqual([]);
    expect((await execute(model.baseUrl, ['--resume'], { env })).stderr).toContain('nothing left to ask');
    expect(model.bodies).toHaveLength(1);
  });

  it('lets a model play the user where a sample says how', async () => {
    const agent = await serveModel((_, n) => (n === 0 ? 'Which lock?' : 'Closed.'));
    const user = await serveModel((body) => (JSON.stringify(body.messages).includes('Which lock?') ? 'All good. ###STOP###' : 'The red one.'));
    project.write(sampleFile, [{ data_id: 'U_1', query: 'My lock is stuck', user_simulator_prompt: 'You have a red lock. End with ###STOP###' }]);
    const env = { BENCH_SIM_MODEL: 'player', BENCH_SIM_BASE_URL: user.baseUrl, BENCH_SIM_API_KEY: 'sim-key-123456' };
    expect((await execute(agent.baseUrl, [], { env })).code).toBe(0);
    expect(user.bodies[0]?.model).toBe('player');
    expect(JSON.stringify(user.bodies[0]?.messages)).toContain('You have a red lock');
    expect(resultOf('U_1')).toMatchObject({ data_id: 'U_1', execution_status: 'success' });
  });

  it('says which flag is missing and what to do', async () => {
    const { code, stderr } = await runCli(['execute', '--from', 'benchkit', '--scenario', '.', '--samples', sampleFile], { cwd: project.folder });
    expect(code).toBe(2);
    expect(stderr).toContain('the model of the agent is missing');
    expect(stderr).toContain('give --model NAME, with --base-url and --api-key');
  });

  it('is the first half of run, which judges and writes both folders; init writes the same to keep', async () => {
    const { baseUrl } = await serveModel(closing);
    const flags = ['--from', 'benchkit', '--model', 'm', '--base_url', baseUrl, '--output-dir', 'checks'];
    const { code, stdout } = await runCli(['run', ...flags], { cwd: project.folder });
    expect({ code, stdout: code === 0 ? '' : stdout }).toEqual({ code: 0, stdout: '' });
    expect(JSON.parse(project.read('checks/summary.json'))).toMatchObject({
      summary: { total: 3, check_stage: { check_success: 2, check_failure: 1 } },
    });
    expect(resultFiles()).toEqual(all);
    expect((await runCli(['init', '--from', 'benchkit', '.', '--model', 'm', '--base-url', baseUrl], { cwd: project.folder })).code).toBe(0);
    expect(project.read('.github/workflows/agent-regress.yml')).toContain('OPENAI_API_KEY: $'.concat('{{ secrets.OPENAI_API_KEY }}'));
    const validated = await runCli(['validate'], { cwd: project.folder, env: { OPENAI_API_KEY: key } });
    expect({ code: validated.code, stderr: validated.code === 0 ? '' : validated.stderr }).toEqual({ code: 0, stderr: '' });
  });
});
