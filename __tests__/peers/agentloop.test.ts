import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { folderOf } from '../../scripts/peers/list.mjs';
import { type AgentloopServer, keyEnvironment, startAgentloopServer } from '../helpers/agentloop-server.ts';
import { makeProject, type Project, runCli } from '../helpers/run-cli.ts';
import { describePeer } from './support.ts';

const peer = 'agentloop-python';
const fixture = (name: string) => fileURLToPath(new URL(`fixtures/${peer}/${name}`, import.meta.url));

/** Runs a script with the packages of the peer; standard output. */
async function python(script: string, args: string[], project: Project): Promise<string> {
  const env = { PATH: process.env.PATH ?? '', HOME: project.folder, PYTHONDONTWRITEBYTECODE: '1', NO_PROXY: '127.0.0.1', ...keyEnvironment };
  const { stdout } = await promisify(execFile)(join(folderOf(peer), 'venv', 'bin', 'python'), [fixture(script), ...args], {
    cwd: project.folder,
    env,
  });
  return stdout;
}

describePeer(peer, "AgentScope's storage", () => {
  let project: Project;
  beforeEach(() => {
    project = makeProject();
  });
  afterEach(() => project.remove());

  it('reads the folder that an export writes, finds everything done, and sums it up alike', async () => {
    project.write('samples.jsonl', [
      { id: 'one', input: 'hi', expected: 'yes' },
      { id: 'two/../x', input: { q: '答' }, expected: 'no' },
    ]);
    const steps = [{ name: 'search', args: { q: 1 }, result: 'found' }];
    const recorded = ['one', 'two/../x'].flatMap((id) =>
      [1, 2].map((epoch) => ({ id, epoch, output: epoch === 1 ? 'yes 答' : 'no', toolCalls: steps })),
    );
    project.write('recorded.jsonl', recorded);
    project.write('agent-regress.json', {
      suite: 'peer',
      samples: 'samples.jsonl',
      agent: { type: 'replay', path: 'recorded.jsonl' },
      repeats: 2,
      baseline: 'none',
      checkers: [
        { type: 'contains', value: '{{expected}}' },
        { type: 'length', name: 'a/b', max: 1, required: false },
      ],
      exports: [{ type: 'agentscope', path: 'results' }],
    });
    expect((await runCli(['run', '--no-color'], { cwd: project.folder })).stderr).not.toContain('failed');
    const ours = JSON.parse(project.read('results/evaluation_result.json'));
    const solutions = JSON.parse(await python('storage.py', ['results', '2'], project));
    expect(solutions['one/0']).toMatchObject({
      success: true,
      output: 'yes 答',
      trajectory: [{ type: 'tool_use', name: 'search' }, { type: 'tool_result' }, { type: 'text' }],
    });
    expect(Object.keys(solutions)).toHaveLength(4);
    expect(JSON.parse(project.read('results/evaluation_result.json'))).toEqual(ours);
    expect(ours.repeats['0'].metrics.contains).toMatchObject({ involved_tasks: 2, aggregation: { mean: 0.5 } });
  });

  it('writes a folder that is imported as a baseline', async () => {
    await python('evaluate.py', ['results'], project);
    const { code, stderr } = await runCli(['import', 'results', '--output', 'imported', '--no-color'], { cwd: project.folder });
    expect([code, stderr]).toEqual([0, expect.not.stringContaining('planned')]);
    expect(project.records('imported', 'run')).toMatchObject([{ suite: 'Peer run', planned: { samples: 2, repeats: 2 } }]);
    const [first] = project.records('imported', 'response');
    expect(first).toMatchObject({
      sample: 'first',
      trajectory: {
        turns: [
          {
            input: { question: '答?' },
            output: '答: yes',
            steps: [{ kind: 'toolCall', name: 'search', args: { q: '答' }, id: '1', result: 'found' }],
          },
        ],
      },
    });
    expect(project.records('imported', 'response').map(({ sample, error }) => [sample, error])).toContainEqual([
      'second/deep',
      { kind: 'Timeout', message: 'too late' },
    ]);
    expect(project.records('imported', 'score').map(({ checker, value }) => [checker, value])).toEqual(
      expect.arrayContaining([
        ['short', 1],
        ['mood', 1],
      ]),
    );
  });
});

describePeer(peer, 'the AgentLoop SDK', () => {
  let server: AgentloopServer;
  let project: Project;
  beforeEach(async () => {
    server = await startAgentloopServer({ 'faq`s': Array.from({ length: 130 }, (_, n) => ({ id: `row ${n}`, question: `Is "${n}" 答?` })) });
    project = makeProject();
  });
  afterEach(async () => {
    await server.close();
    project.remove();
  });

  /** What both sent: requests, and the logs without what is made new by every start. */
  const taken = () => {
    const own = new Set(['experiment_id', 'experiment_start_time', 'task_id']);
    const logs = server.logs.map((log) => ({
      ...log,
      time: 0,
      contents: log.contents.map(([name, value]) => [name, own.has(name) ? '' : name === 'experiment_output' ? withoutMeta(value) : value]),
    }));
    const sent = {
      refused: server.refused,
      requests: server.seen.filter((request) => !request.includes('/logstores/')),
      logs: logs.map((log) => JSON.stringify(log)).sort(),
    };
    Object.assign(server, { seen: [], logs: [], refused: [] });
    return sent;
  };
  const withoutMeta = (text: string) => JSON.stringify({ ...JSON.parse(text), meta: null });

  it.each([
    ['page by page', '', '120'],
    ['by a query', '* | select * from faq limit 5', '3'],
  ])('sends the same requests and the same records, %s', async (_, query, maxRows) => {
    await python('experiment.py', [server.url, 'sdk-results', query, maxRows], project);
    const theirs = taken();
    expect(theirs).toMatchObject({ refused: [], requests: expect.arrayContaining(['GET /workspace/my%20ws']) });
    project.write('agent.mjs', 'export default ({ input }) => ({ output: "答 " + input });\n');
    project.write('agent-regress.json', {
      suite: 'sdk',
      samples: {
        agentloop: { workspace: 'my ws', dataset: 'faq`s', endpoint: server.url, maxRows: Number(maxRows), ...(query === '' ? {} : { query }) },
        map: { input: '{{question}}' },
      },
      agent: { type: 'module', path: 'agent.mjs' },
      repeats: 2,
      baseline: 'none',
      checkers: [{ type: 'contains', value: '答' }],
      exports: [
        {
          type: 'agentloop',
          path: 'results',
          logEndpoint: server.url,
          experimentName: 'AgentLoop Demo',
          experimentConfig: { agent_name: 'Mock 答' },
        },
      ],
    });
    const { code, stderr } = await runCli(['run', '--no-color'], { cwd: project.folder, env: keyEnvironment });
    expect([code, stderr]).toEqual([0, expect.any(String)]);
    expect(taken()).toEqual(theirs);
  });
});
