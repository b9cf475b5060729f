import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type AgentloopServer, accessKeyId, accessKeySecret, keyEnvironment, startAgentloopServer } from '../helpers/agentloop-server.ts';
import { makeProject, type Project, runCli } from '../helpers/run-cli.ts';

let server: AgentloopServer;
let project: Project;
beforeEach(async () => {
  server = await startAgentloopServer({
    faq: [
      { id: 'a', question: 'One?' },
      { id: 'b', question: 'fail' },
    ],
  });
  project = makeProject();
  project.write('agent.mjs', agent);
});
afterEach(async () => {
  await server.close();
  project.remove();
});

const agent = `export default ({ input }) => {
  if (input === 'fail') throw new Error('no such question');
  return { output: '答 ' + input, toolCalls: [{ name: 'search', args: { q: input }, result: 'found' }] };
};
`;
const out = '.agent-regress/faq';

function write(upload: object = {}, { dataset = {}, config = {} } = {}) {
  project.write('agent-regress.json', {
    suite: 'faq',
    samples: { agentloop: { workspace: 'ws', dataset: 'faq', endpoint: server.url, ...dataset }, map: { input: '{{question}}' } },
    agent: { type: 'module', path: 'agent.mjs' },
    repeats: 2,
    maxRetries: 0,
    baseline: 'none',
    checkers: [{ type: 'contains', value: '答' }],
    exports: [{ type: 'agentloop', path: 'results', logEndpoint: server.url, ...upload }],
    ...config,
  });
}

const cli = (args: string[], env: Record<string, string> = keyEnvironment) => runCli([...args, '--no-color'], { cwd: project.folder, env });
const recordOf = (task: string, repeat: string) => {
  const log = server.logs.find(
    ({ contents }) =>
      contents.some(([name, value]) => name === 'task_id' && value === task) &&
      contents.some(([name, value]) => name === 'repeat_id' && value === repeat),
  );
  return Object.fromEntries(log?.contents ?? []);
};

describe('the upload of an experiment', () => {
  it('sends a record of every answer after the folder is written, in the experiment of the run', async () => {
    write({ experimentName: 'Nightly', experimentMetadata: { run_env: 'ci' }, experimentConfig: { agent_name: 'echo' } });
    const { stderr } = await cli(['run']);
    expect([server.refused, stderr]).toEqual([[], expect.not.stringContaining('failed')]);
    expect(server.seen.slice(-2)).toEqual(['GET /workspace/ws', 'POST /logstores/experiment_detail/shards/lb']);
    expect(server.logs.map(({ project: name, logstore }) => `${name}/${logstore}`)).toEqual(Array(4).fill('proj-ws/experiment_detail'));
    const [header] = project.records(out, 'run');
    expect(server.logs[0]?.contents.map(([name]) => name)).toEqual(names);
    expect(recordOf('a', '1')).toEqual({
      experiment_id: header?.runId,
      experiment_name: 'Nightly',
      experiment_start_time: String(Date.parse(String(header?.startedAt))),
      experiment_type: 'agent',
      experiment_metadata: '{"run_env": "ci"}',
      experiment_config: '{"agent_name": "echo"}',
      task_id: 'a',
      repeat_id: '1',
      data_config: '{"data_type": "dataset", "project": "proj-ws", "dataset_id": "faq", "dataset_item_id": "a"}',
      experiment_data: '{"id": "a", "question": "One?"}',
      experiment_output: expect.stringContaining(
        '{"success": true, "output": "答 One?", "trajectory": [{"type": "tool_use", "id": "call-1", "name": "search"',
      ),
    });
    expect(JSON.parse(recordOf('b', '0').experiment_output ?? '')).toMatchObject({
      success: false,
      output: '',
      meta: { error_message: expect.stringContaining('no such question') },
    });
    expect(JSON.parse(project.read('results/a/1/solution.json'))).toMatchObject({ success: true, output: '答 One?' });
  });

  it('sends the records of an agent space', async () => {
    write({ project: 'own-project', experimentType: 'model' }, { dataset: { workspace: null, agentSpace: 'space' } });
    await cli(['run']);
    expect([server.refused, server.logs.length]).toEqual([[], 4]);
    expect(server.seen.filter((request) => request.startsWith('GET'))).toEqual([]);
    expect(recordOf('a', '0')).toMatchObject({
      experiment_type: 'model',
      experiment_input: 'One?',
      experiment_output: '答 One?',
      status: 'success',
      'dataset.question': 'One?',
    });
    expect(recordOf('b', '0')).toMatchObject({ status: 'failed', experiment_output: expect.stringMatching(/^ERROR: \S+ - .*no such question/) });
  });

  it('that fails is a warning: the folder stays, the verdict too, and export sends it again', async () => {
    write();
    server.fail = (request) => (request.startsWith('POST /logstores') ? 403 : undefined);
    const first = await cli(['run']);
    expect(first.stderr).toContain(
      'the export to agentloop in results failed: AgentLoop: the logstore "experiment_detail" could not be reached: it answered with status 403',
    );
    expect(first.stderr).not.toContain(accessKeySecret);
    expect(JSON.parse(project.read('results/evaluation_meta.json')).benchmark.total_tasks).toBe(2);
    server.fail = () => undefined;
    const again = await cli(['export', out, '--to', 'agentloop', '--output', 'results', '--config', 'agent-regress.json']);
    expect([again.code, again.stdout, server.refused]).toEqual([0, expect.stringContaining('4 records sent to AgentLoop'), []]);
    expect(recordOf('a', '0')).toMatchObject({
      experiment_id: project.records(out, 'run')[0]?.runId,
      experiment_data: '{"id": "a", "question": "One?"}',
    });
  });

  it('says how many were not sent, and a resumed run sends only these', async () => {
    // So long that every record is a request of its own.
    server.datasets.faq = ['a', 'b'].map((id) => ({ id, question: 'One? '.repeat(120_000) }));
    write();
    let puts = 0;
    server.fail = (request) => (request.startsWith('POST /logstores') && ++puts > 1 ? 400 : undefined);
    const first = await cli(['run']);
    expect(first.stderr).toContain('(3 of 4 records were not sent)');
    expect(server.logs).toHaveLength(1);
    server.fail = () => undefined;
    const resumed = await cli(['run', '--resume']);
    expect([first.code, resumed.code, server.logs.length]).toEqual([0, 0, 4]);
    const exported = await cli(['export', out, '--to', 'agentloop', '--output', 'results', '--config', 'agent-regress.json']);
    expect([exported.code, exported.stdout]).toEqual([0, expect.stringContaining('0 records sent to AgentLoop; 4 had been sent before')]);
    expect(new Set(server.logs.map(({ contents }) => JSON.stringify(contents))).size).toBe(4);
  });

  it('of a run without its config takes everything from the command', async () => {
    write({}, { config: { exports: [] } });
    await cli(['run']);
    const options = [`endpoint=${server.url}`, `logEndpoint=${server.url}`, 'workspace=ws', 'dataset=faq'].flatMap((option) => ['--option', option]);
    const args = ['export', out, '--to', 'agentloop', '--output', 'results', ...options];
    const refused = await cli(args, { ALIBABA_CLOUD_ACCESS_KEY_ID: accessKeyId });
    expect([refused.code, refused.stderr]).toEqual([2, expect.stringContaining('there is no AccessKey secret')]);
    expect((await cli(args)).code).toBe(0);
    expect(server.logs).toHaveLength(4);
  });

  it('sends no secret', async () => {
    write({}, { config: { agent: { type: 'module', path: 'agent.mjs' } } });
    server.datasets.faq = [{ id: 'a', question: `what is ${accessKeySecret}` }];
    await cli(['run']);
    expect(server.logs).toHaveLength(2);
    expect(JSON.stringify(server.logs)).not.toContain(accessKeySecret);
    const task = JSON.parse(project.read('results/a/task_meta.json'));
    expect(task.input).toEqual({ id: 'a', question: 'what is [redacted:the AccessKey secret]' });
    await cli(['export', out, '--to', 'agentscope', '--output', 'again', '--config', 'agent-regress.json']);
    expect(project.read('again/a/task_meta.json')).not.toContain(accessKeySecret);
  });

  it('says what is missing before anything is asked', async () => {
    write({}, { config: { samples: 'samples.jsonl' } });
    const { code, stderr } = await cli(['run']);
    expect(code).toBe(2);
    expect(stderr).toContain('exports[0]: AgentLoop: workspace (or agentSpace), dataset, region are missing');
  });
});

const names = [
  'experiment_id',
  'experiment_name',
  'experiment_start_time',
  'experiment_type',
  'experiment_metadata',
  'experiment_config',
  'task_id',
  'repeat_id',
  'data_config',
  'experiment_data',
  'experiment_output',
];
