import { describe, expect, it } from 'vitest';
import { ToolError } from '../../src/errors.ts';
import { agentbench } from '../../src/projects/agentbench.ts';
import type { ProjectCommand, ProjectRequest } from '../../src/projects/project.ts';

const now = new Date('2026-05-04T03:02:01Z');

function convert(files: Record<string, string>, flags: ProjectRequest['flags'] = {}, command: ProjectCommand = 'run') {
  return agentbench.convert({
    command,
    operands: [],
    flags,
    env: new Set(),
    variable: (name) => `\${env:${name}}`,
    now,
    files: {
      kind: async (path) => (files[path] === undefined ? undefined : files[path] === '' && !path.endsWith('.jsonl') ? 'folder' : 'file'),
      read: async (path) => {
        const text = files[path];
        if (text === undefined) throw new ToolError({ code: 'project-not-found', message: `${path}: there is no such file` });
        return text;
      },
      glob: async () => [],
    },
  });
}

async function problemsOf(promise: Promise<unknown>) {
  const error = await promise.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof ToolError)) throw new Error(`no ToolError: ${error}`);
  return error.problems.map(({ file, line, field, message }) => `${file}:${line} ${field}: ${message}`);
}

const v02 = {
  'configs/assignments/default.yaml': `import: definition.yaml
concurrency:
  task: {os-std: 5, db-std: 2, unused: 1}
  agent: {chat: 3, nothing: 9}
assignments:
  - {agent: [chat, nothing], task: os-std}
  - {agent: chat, task: db-std}
output: "outputs/{TIMESTAMP}"
`,
  'configs/assignments/definition.yaml': `definition:
  task:
    overwrite:
      module: src.client.TaskClient
      parameters: {controller_address: "http://localhost:5000/api"}
    import: ../tasks/all.yaml
  agent:
    import: ../agents/api.yaml
    nothing: {module: src.agents.DoNothingAgent, parameters: {sleep: 0.5}}
`,
  'configs/tasks/all.yaml': `default: {module: X}
os-std: {parameters: {name: os-std, concurrency: 24}}
db-std: {parameters: {name: db-real}}
`,
  'configs/agents/api.yaml': `chat:
  module: src.client.agents.HTTPAgent
  parameters:
    name: chat
    url: https://api.example/v1/chat/completions
    headers: {Content-Type: application/json, Authorization: "Bearer <% PUT-YOUR-OPENAI-KEY-HERE %>"}
    body: {model: small, temperature: 0}
    prompter: {name: role_content_dict, args: {agent_role: assistant}}
    return_format: "{response[choices][0][message][content]}"
`,
};

describe('AgentBench v0.2', () => {
  it('makes a suite of every assigned pair, behind the controller, within both limits', async () => {
    const { suites, notes } = await convert(v02);
    expect(suites.map(({ config, output }) => [config.suite, config.concurrency, output])).toEqual([
      ['chat os-std', 3, 'outputs/2026-05-04-03-02-01/chat/os-std'],
      ['nothing os-std', 5, 'outputs/2026-05-04-03-02-01/nothing/os-std'],
      ['chat db-std', 2, 'outputs/2026-05-04-03-02-01/chat/db-std'],
    ]);
    expect(suites[2]?.config).toEqual({
      suite: 'chat db-std',
      samples: { controller: true },
      user: { type: 'controller', url: 'http://localhost:5000/api', task: 'db-real' },
      checkers: [{ type: 'agentbench-status' }, { type: 'agentbench-result' }],
      agent: {
        type: 'agentbench-http',
        url: 'https://api.example/v1/chat/completions',
        headers: { 'Content-Type': 'application/json', Authorization: `Bearer \${env:OPENAI_API_KEY}` },
        body: { model: 'small', temperature: 0 },
        prompter: { name: 'role_content_dict', args: { agent_role: 'assistant' } },
        returnFormat: '{response[choices][0][message][content]}',
      },
      repeats: 1,
      concurrency: 2,
      maxRetries: 2,
      exports: [{ type: 'agentbench', path: 'outputs/2026-05-04-03-02-01', agent: 'chat', task: 'db-std' }],
    });
    expect(suites[1]?.config.agent).toEqual({ type: 'do-nothing', output: 'AAAAA', sleepMs: 500 });
    expect(notes.map(({ message }) => message)).toEqual([
      'concurrency.task: 1 not used by any assignment: unused',
      '<% PUT-YOUR-OPENAI-KEY-HERE %> is a place to fill in: set OPENAI_API_KEY',
    ]);
  });

  it('asks more often with --auto-retry, and puts results where --output says', async () => {
    const { suites } = await convert(v02, { 'auto-retry': true, output: 'here' });
    expect(suites.map(({ config, output }) => [config.maxRetries, output])).toContainEqual([10, 'here/chat/db-std']);
  });

  it('keeps a credential out of the files that init writes, and leaves it where it is used at once', async () => {
    const files = { ...v02, 'configs/agents/api.yaml': v02['configs/agents/api.yaml'].replace('<% PUT-YOUR-OPENAI-KEY-HERE %>', 'sk-1234567890') };
    const headersOf = async (command: ProjectCommand) => (await convert(files, {}, command)).suites[0]?.config.agent;
    expect(await headersOf('run')).toMatchObject({ headers: { Authorization: 'Bearer sk-1234567890' } });
    expect(await headersOf('init')).toMatchObject({ headers: { Authorization: `\${env:AGENT_AUTHORIZATION}` } });
  });

  it('names no time in the files that init writes', async () => {
    const { suites } = await convert(v02, {}, 'init');
    expect(suites[0]?.config.exports).toMatchObject([{ path: 'outputs/latest' }]);
  });

  it('checks what AgentBench left in a folder, unless a run of ours lies there', async () => {
    const left = { ...v02, 'here/chat/os-std': '', 'here/chat/db-std': '', 'here/chat/db-std/run.jsonl': '' };
    const { suites } = await convert(left, { output: 'here' }, 'check');
    expect(suites.map(({ output, results }) => [output, results])).toEqual([
      [undefined, { type: 'agentbench', path: 'here/chat/os-std' }],
      ['here/nothing/os-std', undefined],
      ['here/chat/db-std', undefined],
    ]);
  });

  it('runs what can run here and says what cannot', async () => {
    const files = { ...v02, 'configs/agents/api.yaml': 'chat: {module: src.client.agents.FastChatAgent, parameters: {name: x}}\n' };
    const { suites, notes } = await convert(files);
    expect(suites.map(({ config }) => config.suite)).toEqual(['nothing os-std']);
    expect(notes.at(-1)).toMatchObject({ file: 'configs/agents/api.yaml', line: 1, field: 'definition.agent.chat.module' });
    expect(notes.at(-1)?.message).toMatch(/^left out: the Python class src\.client\.agents\.FastChatAgent cannot run here; put the agent behind/);
  });

  it('refuses mistakes, each with its place', async () => {
    const files = {
      ...v02,
      'configs/agents/api.yaml': 'chat:\n  module: src.client.agents.HTTPAgent\n  parameters:\n    url: ""\n    return_format: "{answer}"\n',
    };
    expect(await problemsOf(convert(files))).toEqual([
      'configs/agents/api.yaml:4 definition.agent.chat.parameters.url: an HTTPAgent needs an http or https url',
    ]);
    const undefinedNames = v02['configs/assignments/default.yaml'].replace('task: db-std}', 'task: [db-std, kg]}');
    expect(await problemsOf(convert({ ...v02, 'configs/assignments/default.yaml': undefinedNames }))).toEqual([
      'configs/assignments/default.yaml:7 assignments[1].task: the task "kg" is not defined',
    ]);
  });
});

const v01 = {
  'agent.yaml': 'module: src.agents.HTTPAgent\nparameters:\n  name: A\n  url: http://localhost:1/\n  timeout: 3\n',
  'task.yaml': 'module: src.tasks.Sums\nparameters: {name: sums, workers: 4, worker_limit: 3, data_file: data/sums.jsonl}\n',
  'os.yaml': 'module: src.tasks.OSInteraction\nparameters: {name: os}\n',
  'data/sums.jsonl': '{"input": "1+1", "target": "2"}\n',
  'all.yaml': 'default: {agent: agent.yaml}\nassignments:\n- task: task.yaml\n- task: os.yaml\n',
};

describe('AgentBench v0.1', () => {
  it('runs a task whose data are rows, with EM, and the workers of the flag', async () => {
    const direct = { task: 'task.yaml', agent: '{"module": "src.agents.DoNothingAgent", "parameters": {"name": "idle", "sleep": 0.01}}' };
    const { suites } = await convert(v01, { ...direct, output: 'out', workers: '2' });
    expect(suites).toEqual([
      {
        output: 'out',
        config: {
          suite: 'idle sums',
          samples: { path: 'data/sums.jsonl', map: { input: '{{input}}', expected: '{{target}}' } },
          checkers: [{ type: 'equals', name: 'EM', value: '{{expected}}', trim: false }],
          agent: { type: 'do-nothing', output: 'AAAAA', sleepMs: 10 },
          repeats: 1,
          concurrency: 2,
          maxRetries: 2,
        },
      },
    ]);
  });

  it('takes the smaller of workers and worker_limit, names outputs by pattern, and says which class cannot run', async () => {
    const { suites, notes } = await convert(v01, { assignment: 'all.yaml' });
    expect(suites.map(({ config, output }) => [config.concurrency, output])).toEqual([[3, 'outputs/2026-05-04-03-02-01/A/sums']]);
    expect(notes.map(({ file, line, message }) => `${file}:${line} ${message}`)).toEqual([
      'agent.yaml:5 the agent takes no such parameter; left out',
      'os.yaml:1 left out: os: the Python class src.tasks.OSInteraction cannot run here, and its data are no rows {input, target}; ' +
        'give the data as JSON lines {"input", "target"} in parameters.data_file, or serve the task by a controller of v0.2 (user: {type: controller})',
    ]);
  });

  it('tells once of a file that is not there, where it is named', async () => {
    const files = { ...v01, 'all.yaml': 'default: {agent: agent.yaml}\nassignments:\n- task: {from: none.yaml}\n- {agent: agent.yaml}\n' };
    expect(await problemsOf(convert(files, { assignment: 'all.yaml' }))).toEqual([
      'all.yaml:3 assignments[0].task.from: none.yaml cannot be read: none.yaml: there is no such file',
      'all.yaml:4 assignments[1].task: there is no task',
    ]);
  });

  it.each([
    [{ task: 'task.yaml' }, '--task needs --agent'],
    [{ task: 'a', agent: 'b', config: 'c' }, 'one of --config, --assignment, and --task with --agent is taken'],
    [{ task: 'a', agent: 'b', workers: 'many' }, '--workers takes a whole number from 1, with --task and --agent'],
  ])('refuses the flags %j', async (flags, message) => {
    await expect(convert(v01, flags)).rejects.toThrow(message);
  });

  it('gives every pair a folder of its own, whatever the names are', async () => {
    const names = ['a/b', 'a_b', 'A_B', 'CON', '..', 'v1.', `${'😀'.repeat(80)}1`, `${'😀'.repeat(80)}2`];
    const definition = Object.fromEntries(names.map((name) => [name, { module: 'x.DoNothingAgent', parameters: {} }]));
    const config = {
      definition: { agent: definition, task: { t: { module: 'x.TaskClient', parameters: {} } } },
      concurrency: { agent: Object.fromEntries(names.map((name) => [name, 1])), task: { t: 1 } },
      ...{ assignments: [{ agent: names, task: 't' }], output: 'out' },
    };
    const { suites } = await convert({ 'c.json': JSON.stringify(config) }, { config: 'c.json' });
    const long = '😀'.repeat(58);
    const folders = ['a_b/t', 'a_b/t-2', 'A_B/t-3', '_CON/t', '_2/t', 'v1_/t', `${long}/t`, `${long}/t-2`];
    expect(suites.map(({ output }) => output)).toEqual(folders.map((folder) => `out/${folder}`));
    expect(suites.map(({ config: { exports } }) => exports)).toEqual(
      folders.map((folder) => [{ type: 'agentbench', path: 'out', agent: folder.split('/')[0], task: folder.split('/')[1] }]),
    );
  });

  it('gives variants of an agent of v0.1, which have one name, folders of their own, and says so', async () => {
    const { suites, notes } = await convert(
      {
        'agent.yaml': 'module: src.agents.DoNothingAgent\nparameters: {name: ../../chat}\n',
        'task.yaml': 'module: x.Y\nparameters: {name: sums, data_file: d.jsonl}\n',
        'd.jsonl': '{"index": 0, "input": "1+1", "target": "2"}\n',
        'many.yaml': `default: {task: task.yaml}
assignments:
  - agent: agent.yaml
  - agent: {from: agent.yaml, parameters: {sleep: 1}}
`,
      },
      { assignment: 'many.yaml' },
    );
    const folder = 'outputs/2026-05-04-03-02-01/.._.._chat/sums';
    expect(suites.map(({ output }) => output)).toEqual([folder, `${folder}-2`]);
    expect(notes.map(({ message }) => message)).toContainEqual(expect.stringContaining(`these results are in ${folder}-2`));
  });

  it('does not write over results that AgentBench itself left', async () => {
    const there = { ...v02, 'out/chat/os-std/runs.jsonl': '{}\n' };
    expect(await problemsOf(convert(there, { output: 'out' }))).toEqual([
      'out/chat/os-std/runs.jsonl:undefined undefined: these results are not of agent-regress, and would be written over',
    ]);
    const ours = await convert({ ...there, 'out/chat/os-std/run.jsonl': '{}\n' }, { output: 'out' });
    expect(ours.suites).toHaveLength(3);
    expect((await convert(there, { output: 'out' }, 'validate')).suites).toHaveLength(3);
  });
});
