import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type AgentloopServer, accessKeyId, accessKeySecret, keyEnvironment, startAgentloopServer } from '../helpers/agentloop-server.ts';
import { makeProject, type Project, runCli } from '../helpers/run-cli.ts';

const rowsOf = (count: number) => Array.from({ length: count }, (_, n) => ({ id: `row-${n}`, question: `What is ${n}?`, answer: `It is ${n}.` }));

let server: AgentloopServer;
let project: Project;
beforeEach(async () => {
  server = await startAgentloopServer({ 'faq set': rowsOf(4) });
  project = makeProject();
});
afterEach(async () => {
  await server.close();
  project.remove();
});

interface Settings {
  dataset?: object;
  samples?: object;
  config?: object;
  env?: Record<string, string>;
  args?: string[];
}

/** The echo agent: its answer holds what it was asked. */
async function run({ dataset = {}, samples = {}, config = {}, env = keyEnvironment, args = [] }: Settings = {}) {
  project.write('agent.mjs', 'export default ({ input }) => ({ output: typeof input === "string" ? input : JSON.stringify(input) });\n');
  project.write('agent-regress.json', {
    suite: 'faq',
    samples: { agentloop: { workspace: 'my space', dataset: 'faq set', endpoint: server.url, ...dataset }, ...samples },
    agent: { type: 'module', path: 'agent.mjs' },
    repeats: 1,
    baseline: 'none',
    checkers: [{ type: 'contains', value: '{{row.question}}' }],
    ...config,
  });
  return runCli(['run', '--config', 'agent-regress.json', '--no-color', ...args], { cwd: project.folder, env });
}
const out = '.agent-regress/faq';

describe('samples from a dataset of AgentLoop', () => {
  it('are its rows, page by page, with their own ids, asked as a whole', async () => {
    const { code, stderr } = await run({ dataset: { groundTruthField: 'answer' } });
    expect([server.refused, code, stderr]).toEqual([[], 0, expect.any(String)]);
    expect(server.seen).toEqual([
      'POST /workspace/my%20space/dataset/faq%20set/query * | select * from `faq set` LIMIT 0, 100',
      'POST /workspace/my%20space/dataset/faq%20set/query * | select * from `faq set` LIMIT 4, 100',
    ]);
    const [sample] = project.records(out, 'sample');
    expect(sample).toMatchObject({ sample: 'row-0', file: 'agentloop:my space/faq set', line: 1 });
    const [response] = project.records(out, 'response') as { trajectory?: { turns: { input: unknown }[] } }[];
    expect(response?.trajectory?.turns[0]?.input).toEqual(rowsOf(1)[0]);
  });

  it('are mapped like the rows of a file', async () => {
    const { code } = await run({
      dataset: { groundTruthField: 'answer', maxRows: 2 },
      samples: { map: { input: '{{question}}', tags: ['{{row.id}}'] } },
      config: {
        checkers: [
          { type: 'equals', value: '{{row.question}}' },
          { type: 'contains', value: '{{expected}}', required: false },
        ],
      },
    });
    expect(code).toBe(0);
    expect(project.records(out, 'sample').map(({ sample, tags }) => [sample, tags])).toEqual([
      ['row-0', ['row-0']],
      ['row-1', ['row-1']],
    ]);
    expect(project.records(out, 'score').map(({ checker, pass }) => [checker, pass])).toContainEqual(['contains', false]);
    expect(server.seen).toEqual([expect.stringMatching(/LIMIT 0, 2$/)]);
  });

  it('are those of a query, which wins over the number of rows', async () => {
    expect((await run({ dataset: { query: '* | select * from `faq set`', maxRows: 1 } })).code).toBe(0);
    expect(server.seen).toEqual(['POST /workspace/my%20space/dataset/faq%20set/query * | select * from `faq set`']);
    expect(project.records(out, 'sample')).toHaveLength(4);
  });

  it('come from an agent space too, in the order of their ids', async () => {
    server.datasets['faq set'] = rowsOf(101);
    expect((await run({ dataset: { workspace: null, agentSpace: 'space' } })).code).toBe(0);
    expect(server.seen[1]).toBe('POST /agentspace/space/dataset/faq%20set/query * | select * from `faq set` ORDER BY id LIMIT 100, 100');
    expect(project.records(out, 'sample')).toHaveLength(101);
  });

  it('are fetched once by all suites of a command', async () => {
    const suites = { one: { repeats: 1 }, two: { repeats: 2 } };
    expect((await run({ config: { suite: undefined, suites } })).code).toBe(0);
    expect(server.seen).toHaveLength(2);
  });

  it('are all of them or none: a page that fails is no smaller dataset', async () => {
    server.datasets['faq set'] = rowsOf(150);
    server.fail = (request) => (request.endsWith('LIMIT 100, 100') ? 400 : undefined);
    const { code, stderr } = await run();
    expect(code).toBe(3);
    expect(stderr).toContain('only 100 rows of the dataset "faq set" came');
    expect(stderr).toContain('set maxRows');
  });

  it('are asked again where the service stumbles, signed anew', async () => {
    let failures = 0;
    server.fail = () => (failures++ === 0 ? 503 : undefined);
    expect((await run()).code).toBe(0);
    expect(server.refused).toEqual([]);
  });

  it.each([
    ['an empty dataset', { dataset: 'faq set', rows: [] }, 'the dataset "faq set" has no rows'],
    ['a column that no row has', { groundTruthField: 'anwser' }, 'no row of the dataset "faq set" has a column "anwser"'],
    ['a dataset that is not there', { dataset: 'other' }, 'the dataset "other" could not be reached: it answered with status 403'],
  ])('say what is wrong with %s', async (_, { rows, ...dataset }: { rows?: never[] } & Record<string, unknown>, message) => {
    if (rows) server.datasets['faq set'] = rows;
    const { code, stderr } = await run({ dataset });
    expect([code, stderr]).toEqual([expect.any(Number), expect.stringContaining(message)]);
    expect(code).toBeGreaterThan(1);
  });

  it('need both halves of the key before anything is asked', async () => {
    const { code, stderr } = await run({ env: { ALIBABA_CLOUD_ACCESS_KEY_ID: accessKeyId } });
    expect(code).toBe(2);
    expect(stderr).toContain('AgentLoop: there is no AccessKey secret');
    expect(stderr).toContain('set ALIBABA_CLOUD_ACCESS_KEY_SECRET, in the environment or in a file .env');
    expect(server.seen).toEqual([]);
  });

  it('take the key from a file .env of the working folder, and hide it everywhere', async () => {
    project.write(
      '.env',
      `# key\nexport ALIBABA_CLOUD_ACCESS_KEY_ID='${accessKeyId}'\nALIBABA_CLOUD_ACCESS_KEY_SECRET=${accessKeySecret} # it\nOTHER=1\n`,
    );
    server.datasets['faq set'] = [{ id: 'leak', question: `my key is ${accessKeySecret}`, answer: '' }];
    const { code, stdout, stderr } = await run({ env: {}, config: { checkers: [{ type: 'contains', value: 'my key' }] } });
    expect([server.refused, code]).toEqual([[], 0]);
    for (const text of [stdout, stderr, project.read(`${out}/run.jsonl`), project.read(`${out}/report.html`)])
      expect(text).not.toContain(accessKeySecret);
  });

  it('are asked for where the config says, never where a name says', async () => {
    const { code, stderr } = await run({ dataset: { endpoint: null, region: 'cn-hangzhou.evil.example' } });
    expect([code, stderr]).toEqual([2, expect.stringContaining('expected the id of a region, such as cn-hangzhou')]);
  });
});
