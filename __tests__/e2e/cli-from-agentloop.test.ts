import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { type AgentloopServer, keyEnvironment, startAgentloopServer } from '../helpers/agentloop-server.ts';
import { type JsonServer, startJsonServer } from '../helpers/json-server.ts';
import { makeProject, type Project, runCli } from '../helpers/run-cli.ts';

let service: AgentloopServer;
let agent: JsonServer;
let project: Project;
beforeEach(async () => {
  service = await startAgentloopServer({
    faq: [
      { id: 'a', question: 'One?', answer: '{"said":"One?"}' },
      { id: 'b', question: 'Two?', answer: 'x' },
    ],
  });
  agent = await startJsonServer(({ body }) => ({ body: { said: body.question }, headers: { 'eagleeye-traceId': 't'.repeat(32) } }));
  project = makeProject();
});
afterEach(async () => {
  await service.close();
  await agent.close();
  project.remove();
});

const cli = (args: string[], env: Record<string, string> = keyEnvironment) => runCli([...args, '--no-color'], { cwd: project.folder, env });
const script = (changes: Record<string, string> = {}, evaluator = 'GeneralEvaluator') => `import asyncio
from agentloop_sdk import AgentLoopBenchmark, AgentLoopConfig, ${evaluator}  # workspace="a comment"

async def run_agentloop_experiment(workspace: str, dataset: str, region_id: str, result_dir: str) -> None:
    """Args:
        workspace="not this one": CMS workspace name.
    """
    agentloop_config = AgentLoopConfig(workspace=workspace, dataset=dataset, region_id=region_id${changes.config ?? ''})
    experiment_config = {"agent_name": "MockAgent", 'n': [1, True,],}
    storage = AgentLoopEvaluatorStorage(
        save_dir=result_dir,
        experiment_name="AgentLoop Demo",
        experiment_type="agent",
        experiment_metadata={"run_env": "local_run"},
        experiment_config=experiment_config,
    )
    evaluator = ${evaluator}(name="AgentLoop Evaluation", n_repeat=2, storage=storage, n_workers=4)

async def main() -> None:
    await run_agentloop_experiment(
        workspace=${changes.workspace ?? '"my-workspace"'},
        dataset='faq',
        region_id="cn-hongkong",
        result_dir="./results",
    )
`;

describe('an experiment of AgentLoop', () => {
  it('runs as its parameters say, writes its folder and uploads its records', async () => {
    const where = ['--workspace', 'ws', '--dataset', 'faq', '--endpoint', service.url, '--log_endpoint', service.url];
    const how = ['--n_repeat', '2', '--n-workers', '3', '--max_rows', '1', '--ground_truth_field', 'answer', '--experiment_name', 'Nightly'];
    const { code, stdout, stderr } = await cli([
      'run',
      '--from',
      'agentloop',
      ...where,
      ...how,
      '--result-dir',
      'out',
      '--agent-url',
      agent.url,
      '--baseline',
      'none',
    ]);
    expect([service.refused, code, stderr]).toEqual([[], 0, expect.stringContaining('note: ')]);
    expect(stdout).toContain('Nightly');
    expect(agent.seen.map(({ body }) => body)).toEqual(Array(2).fill(service.datasets.faq?.[0]));
    expect(JSON.parse(project.read('out/a/1/solution.json'))).toMatchObject({
      success: true,
      output: '{"said":"One?"}',
      meta: { traceId: 't'.repeat(32) },
    });
    expect(JSON.parse(project.read('out/a/0/evaluation/similarity.json')).result).toBe(1);
    expect(service.logs).toHaveLength(2);
    expect(Object.fromEntries(service.logs[0]?.contents ?? [])).toMatchObject({ experiment_name: 'Nightly', repeat_id: '0' });
  });

  it('becomes a config of what its script says literally, with a note for the rest', async () => {
    project.write('agentloop_demo.py', script());
    const { code, stderr } = await cli(['init', '--from', 'agentloop', 'agentloop_demo.py', '--yes']);
    expect([code, stderr]).toEqual([0, expect.any(String)]);
    expect(parse(project.read('agent-regress.yml'))).toMatchObject({
      suite: 'AgentLoop Demo',
      samples: { agentloop: { workspace: 'my-workspace', dataset: 'faq', region: 'cn-hongkong' } },
      agent: { type: 'http', url: `\${env:AGENT_URL}`, body: '{{input}}' },
      repeats: 2,
      concurrency: 1,
      exports: [
        {
          type: 'agentloop',
          path: './results',
          experimentName: 'AgentLoop Demo',
          experimentType: 'agent',
          experimentMetadata: { run_env: 'local_run' },
          experimentConfig: { agent_name: 'MockAgent', n: [1, true] },
        },
      ],
    });
    expect(stderr).toContain('agentloop_demo.py:17 n_workers: GeneralEvaluator asks one row after another');
    expect(stderr).toContain('the solution function is Python and was not read');
    const config = parse(project.read('agent-regress.yml'));
    project.write('here.json', { ...config, samples: { agentloop: { ...config.samples.agentloop, endpoint: service.url } } });
    expect((await cli(['validate', '-c', 'here.json'], { ...keyEnvironment, AGENT_URL: agent.url })).stderr).not.toContain('problem');
  });

  it('asks several rows at once where its script does, and by a query where it has one', async () => {
    project.write('demo.py', script({ config: ', query="* | select * " "from faq", max_rows=5, ground_truth_field=field()' }, 'RayEvaluator'));
    await cli(['init', '--from', 'agentloop', 'demo.py', '--yes', '--local-only']);
    const config = parse(project.read('agent-regress.yml'));
    expect(config).toMatchObject({
      concurrency: 4,
      samples: { agentloop: { query: '* | select * from faq' } },
      exports: [{ type: 'agentscope', path: './results' }],
    });
    expect(config.samples.agentloop).not.toHaveProperty('maxRows');
  });

  it('says what was not filled in, and where', async () => {
    project.write(
      'agentloop_demo.py',
      script({ workspace: '"replace with your workspace"', config: ', max_rows=0' }).replace("dataset='faq'", 'dataset=f"faq-{1}"'),
    );
    const { code, stderr } = await cli(['run', '--from', 'agentloop', 'agentloop_demo.py', '--n-repeat', 'two']);
    expect(code).toBe(2);
    for (const line of [
      'agentloop_demo.py:21: workspace: "replace with your workspace" is still there in its place',
      '--dataset is missing (agentloop_demo.py does not give it)',
      'agentloop_demo.py:8: max_rows: 0 is no number of at least 1',
      '--n-repeat: "two" is no number of at least 1',
    ])
      expect(stderr).toContain(line);
    expect(stderr).not.toContain('number of at least 1 (');
    expect(service.seen).toEqual([]);
  });

  it('takes agent and checkers from a config of agent-regress', async () => {
    const own = {
      agent: { type: 'http', url: agent.url, body: { question: '{{row.question}}' }, reply: { output: '/said' } },
      checkers: [{ type: 'equals', value: '{{row.question}}' }],
    };
    project.write('base.json', { suite: 'mine', samples: 'none.jsonl', baseline: 'none', ...own });
    const where = ['--workspace', 'ws', '--dataset', 'faq', '--region-id', 'cn-hangzhou', '--endpoint', service.url, '--local-only'];
    const { code, stderr } = await cli(['run', '--from', 'agentloop', ...where, '--base', 'base.json']);
    expect([code, stderr]).toEqual([0, expect.any(String)]);
    expect(agent.seen.map(({ body }) => body)).toEqual([{ question: 'One?' }, { question: 'Two?' }]);
    expect(service.logs).toEqual([]);
  });
});
