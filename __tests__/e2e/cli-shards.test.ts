import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type AgentServer, startAgentServer } from '../helpers/agent-server.ts';
import { type CliResult, makeProject, type Project, runCli } from '../helpers/run-cli.ts';

const agentAt = (url: string) => ({ type: 'http', url, body: { question: '{{input}}' }, reply: { output: '/answer' } });
const config = (changes: Record<string, unknown>) => ({
  suite: 'bot',
  samples: 'samples.jsonl',
  repeats: 2,
  checkers: [{ type: 'contains', value: '{{expected}}' }],
  ...changes,
});

let agent: AgentServer;
let project: Project;
beforeAll(async () => {
  agent = await startAgentServer();
});
afterAll(() => agent.close());
beforeEach(() => {
  agent.reset();
  agent.behaviours = {};
  project = makeProject({
    'agent-regress.json': config({ agent: agentAt(agent.url) }),
    'samples.jsonl': Array.from({ length: 6 }, (_, i) => ({ id: `s${i + 1}`, input: `q${i + 1}`, expected: `q${i + 1}` })),
  });
});
afterEach(() => project.remove());

const run = (...args: string[]): Promise<CliResult> => runCli([...args], { cwd: project.folder });
const calls = () => agent.requests.length;

describe('shards on the command line', { timeout: 120_000 }, () => {
  it('have a folder each, and merge to the verdict of an undivided run', async () => {
    await run('run', '--baseline', 'none', '-o', 'base');
    agent.behaviours.q3 = { passRate: 0 };
    agent.behaviours.q4 = { passRate: 0 };
    const whole = await run('run', '--baseline', 'base', '-o', 'whole');
    agent.reset();
    const first = await run('run', '--shard', '1/2');
    expect([first.code, first.stdout], first.stderr).toEqual([
      0,
      expect.stringMatching(
        /^bot, shard 1 of 2: 6 of 6 slots \(2 fail, 4 pass\) in .agent-regress\/bot\/shard-1-of-2\/run.jsonl. Nothing is compared/,
      ),
    ]);
    expect((await run('execute', '--shard=2/2')).code).toBe(0);
    expect(calls()).toBe(12);
    const merged = await run('merge', '.agent-regress/bot/shard-1-of-2', '.agent-regress/bot/shard-2-of-2/run.jsonl', '--baseline', 'base');
    expect(merged.code, merged.stderr).toBe(whole.code);
    const [one, other] = [project.assessment('.agent-regress/bot'), project.assessment('whole')];
    expect(one).toMatchObject({ verdict: other.verdict, samples: other.samples, counts: other.counts });
    expect(one.cost.agentCalls).toBe(calls());
  });

  it('are not merged over the baseline that is named', async () => {
    await run('run', '--baseline', 'none');
    const baseline = project.read('.agent-regress/bot/run.jsonl');
    agent.behaviours.q3 = { passRate: 0 };
    await run('run', '--shard', '1/1', '-o', 'part');
    for (let n = 0; n < 2; n++) {
      const merged = await run('merge', 'part', '--baseline', '.agent-regress/bot');
      expect([merged.code, merged.stderr]).toEqual([
        2,
        expect.stringMatching(/run\.jsonl is the baseline itself[\s\S]*another folder with --output/),
      ]);
      expect(project.read('.agent-regress/bot/run.jsonl')).toBe(baseline);
    }
    const elsewhere = await run('merge', 'part', '--baseline', '.agent-regress/bot', '-o', 'merged');
    expect(project.assessment('merged').samples.find(({ id }) => id === 's3')?.current, elsewhere.stderr).toMatchObject({ passes: 0 });
  });

  it('that are missing are named, and asked for only when a resume says so', async () => {
    await run('run', '--shard', '2/3');
    const merged = await run('merge', '.agent-regress/bot/shard-2-of-3', '-o', 'merged');
    expect([merged.code, calls()]).toEqual([3, 4]);
    expect(merged.stdout).toContain('shard 1 of 3 is missing; shard 3 of 3 is missing');
    expect(merged.stderr).toContain('agent-regress run --resume --output merged');
    const resumed = await run('run', '--resume', '--output', 'merged');
    expect([resumed.code, calls()], resumed.stderr).toEqual([0, 12]);
    expect(project.assessment('merged').verdict.complete).toBe(true);
  });

  it('are refused in words when they are no part, and when they are of another suite', async () => {
    const wrong = await run('run', '--shard', '3/2');
    expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining('--shard takes a part such as 2/8, found 3/2')]);
    await run('run', '--shard', '1/1', '-o', 'part');
    for (const command of [
      ['compare', 'part', 'part'],
      ['report', 'part'],
      ['check', 'part'],
      ['calibrate', 'part', 'part'],
    ]) {
      const refused = await run(...command);
      expect([refused.code, refused.stderr]).toEqual([2, expect.stringContaining('is shard 1 of 1 of a run: it says nothing about the whole')]);
    }
    project.write('other.json', config({ suite: 'other', agent: agentAt(agent.url) }));
    const stray = await run('merge', 'part', '--config', 'other.json');
    expect([stray.code, stray.stderr]).toEqual([2, expect.stringContaining('it is of the suite "bot"')]);
    const onto = await run('merge', 'part', '-o', 'part');
    expect([onto.code, onto.stderr]).toEqual([2, expect.stringContaining('is a shard itself')]);
  });
});

describe('several agents on the command line', { timeout: 120_000 }, () => {
  beforeEach(() => {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the tool fills it
    const agents = { default: agentAt(agent.url), small: {}, large: { headers: { key: '${env:LARGE_KEY}' } } };
    project.write('agent-regress.json', config({ agents }));
  });

  it('are run one after the other, each in a folder of its own', async () => {
    const both = await runCli(['run', '-o', 'out'], { cwd: project.folder, env: { LARGE_KEY: 'key-7f3a91c2' } });
    expect([both.code, calls()], both.stderr).toEqual([0, 24]);
    expect(['out/bot-small-', 'out/bot-large-'].map((folder) => project.assessment(folder).suite)).toEqual(['bot (small)', 'bot (large)']);
  });

  it('are chosen by name', async () => {
    const small = await run('run', '--agent', 'small');
    expect([small.code, calls()], small.stderr).toEqual([0, 12]);
    const typo = await run('validate', '--agent', 'smal');
    expect([typo.code, typo.stderr]).toEqual([2, expect.stringContaining('no suite has an agent called "smal"')]);
    expect(typo.stderr).toContain('did you mean "small"');
    const unset = await run('run');
    expect([unset.code, unset.stderr]).toEqual([2, expect.stringContaining('agents.large.headers.key: the variable LARGE_KEY is not set')]);
  });
});
