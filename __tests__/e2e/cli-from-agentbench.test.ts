import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, expect, it } from 'vitest';
import { type SmallController, type SmallTask, startSmallController } from '../helpers/agentbench-controller.ts';
import { makeProject, type Project, runCli } from '../helpers/run-cli.ts';

/** Asks for the double of the index; what is too long ends the sample. */
const double: SmallTask = {
  indices: [0, 1, 2, 'x'],
  capacity: 2,
  async play(index, action) {
    const said = await action({ role: 'user', content: `double ${index}` });
    if (said.status === 'agent context limit') return { status: 'agent context limit' };
    return said.content === String(2 * Number(index)) ? { status: 'completed', result: true } : { status: 'agent validation failed', result: false };
  },
  overall: (results) => ({ acc: results.filter(({ result }) => result === true).length / results.length }),
};

let controller: SmallController | undefined;
let project: Project | undefined;
const service = createServer(async (request, response) => {
  const { messages, model } = JSON.parse(await text(request));
  const [, number] = /double (\w+)/.exec(messages.at(-1).content) ?? [];
  if (model !== 'small' || messages.at(-1).role !== 'user') response.writeHead(404).end('no such model');
  else if (number === 'x') response.writeHead(400).end('context length exceeded');
  else response.end(JSON.stringify({ text: number === '1' ? 'three' : String(2 * Number(number)) }));
});
afterEach(async () => {
  await controller?.close();
  project?.remove();
  service.closeAllConnections();
  service.close();
});

it('runs the assignments of AgentBench v0.2 behind their controller, writes its result files, and reads them again', async () => {
  controller = await startSmallController({ double });
  await new Promise<void>((resolve) => service.listen(0, '127.0.0.1', resolve));
  const { port } = service.address() as AddressInfo;
  project = makeProject({
    'configs/assignments/default.yaml': `import: definition.yaml
concurrency: {agent: {small: 2}, task: {double: 4}}
assignments: [{agent: small, task: double}]
output: outputs/now
`,
    'configs/assignments/definition.yaml': `definition:
  agent:
    small:
      module: src.client.agents.HTTPAgent
      parameters: {url: "http://127.0.0.1:${port}/chat", body: {model: small}, return_format: "{response[text]}"}
  task:
    overwrite: {module: src.client.TaskClient, parameters: {controller_address: "${controller.url}"}}
    double: {module: src.server.tasks.Double, parameters: {name: double}}
`,
  });
  const { folder } = project;
  const run = await runCli(['run', '--from', 'agentbench', '--auto_retry', '--no-color'], { cwd: folder });
  expect(run).toMatchObject({ code: 0 });
  const lines = (path: string) =>
    project
      ?.read(path)
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line)) ?? [];
  const records = lines('outputs/now/small/double/runs.jsonl');
  const byIndex = Object.fromEntries(records.map(({ index, output }) => [index, [output.status, output.result, output.history.length]]));
  expect(byIndex).toEqual({
    0: ['completed', true, 2],
    1: ['agent validation failed', false, 2],
    2: ['completed', true, 2],
    x: ['agent context limit', null, 2],
  });
  expect(JSON.parse(project.read('outputs/now/small/double/overall.json'))).toMatchObject({
    total: 4,
    validation: { completed: 0.5, 'agent validation failed': 0.25, 'agent context limit': 0.25 },
    custom: { acc: 0.5 },
  });

  const imported = await runCli(['import', 'outputs/now', '--from', 'agentbench', '--output', 'again', '--no-color'], { cwd: folder });
  expect(imported).toMatchObject({ code: 0 });
  expect(Object.fromEntries(project.records('again', 'done').map(({ sample, outcome }) => [sample, outcome]))).toEqual({
    'small/double#0': 'pass',
    'small/double#1': 'fail',
    'small/double#2': 'pass',
    'small/double#x': 'fail',
  });
});
