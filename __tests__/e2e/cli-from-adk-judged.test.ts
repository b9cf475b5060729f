import { afterEach, describe, expect, it } from 'vitest';
import { adkEvent, startAdkServer } from '../helpers/adk-server.ts';
import { type JudgeServer, startJudgeServer } from '../helpers/judge-server.ts';
import { makeProject, type Project, runCli } from '../helpers/run-cli.ts';

const text = (value: unknown) => JSON.stringify(value, null, 2);
const say = (words: string) => adkEvent({ content: { role: 'model', parts: [{ text: words }] } });
const turn = (query: string, reference: string) => ({ query, expected_tool_use: [], reference });
const content = (words: string) => ({ parts: [{ text: words }] });
const newSet = (id: string, ...eval_cases: object[]) => text({ eval_set_id: id, eval_cases });
const greeting = { eval_id: 'greets', conversation: [{ user_content: content('hi'), final_response: content('Hello!') }] };
const judged = text({
  criteria: { response_match_score: 0.5, final_response_match_v2: { threshold: 0.8, judge_model_options: { judge_model: 'gpt-x', num_samples: 1 } } },
});

describe('judged criteria and scenarios of an ADK project, by the command line alone', { timeout: 60_000 }, () => {
  let project: Project;
  let model: JudgeServer;
  let args: string[];
  afterEach(async () => {
    project?.remove();
    await model?.close();
  });

  /** The agent says hello, and every second time something else to `flaky`; judge and simulated user are one endpoint. */
  const start = async (files: Record<string, string>) => {
    let times = 0;
    const agent = await startAdkServer(({ text: said }) => [
      say(said === 'flaky' && times++ % 2 === 1 ? 'gamma' : said === 'flaky' ? 'alpha' : 'Hello!'),
    ]);
    model = await startJudgeServer(({ body }) => (body.model === 'sim-x' ? '</finished>' : JSON.stringify({ reason: 'it says so', verdict: 'yes' })));
    project = makeProject({ 'shop/agent.py': '', ...files });
    args = ['--agent-url', agent.url, '-q'];
  };
  const run = (...more: string[]) => runCli(['run', '--from', 'adk', 'shop', ...more, ...args], { cwd: project.folder });
  const outcomes = (suite: string) => project.records(`.agent-regress/${suite}`, 'done').map(({ sample, outcome }) => [sample, outcome]);

  it('asks the judge and plays the scenario', async () => {
    const plan = {
      eval_id: 'talks',
      conversation_scenario: { starting_prompt: 'hi', conversation_plan: 'Say hi, then end.', user_persona: 'NOVICE' },
    };
    await start({
      'shop/all.evalset.json': newSet('all', greeting, plan),
      'shop/test_config.json': text({
        criteria: {
          final_response_match_v2: { threshold: 0.8, judge_model_options: { judge_model: 'gpt-x', num_samples: 3 } },
          per_turn_user_simulator_quality_v1: { threshold: 0.5, judge_model_options: { judge_model: 'gpt-x', num_samples: 1 } },
        },
        user_simulator_config: { model: 'sim-x', max_allowed_invocations: 4 },
      }),
    });
    const { code, stderr } = await run('--judge-base-url', model.url, '--user-base-url', model.url, '--judge-api-key', 'canary-key');
    expect(code, stderr).toBe(0);
    expect(outcomes('shop').sort()).toEqual([
      ['all:greets', 'pass'],
      ['all:talks', 'pass'],
    ]);
    expect(model.seen.filter(({ body }) => body.model === 'sim-x')).not.toHaveLength(0);
    expect(project.read('.agent-regress/shop/run.jsonl')).not.toContain('canary-key');
  });

  it('shows no case as passed whose judge cannot be reached', async () => {
    await start({ 'shop/all.evalset.json': newSet('all', greeting), 'shop/test_config.json': judged });
    const { code, stdout } = await run('--judge-base-url', 'http://127.0.0.1:1/v1', '--print-detailed-results');
    expect(code).toBe(3);
    expect(stdout).toContain('Overall Eval Status: NOT_EVALUATED');
    expect(stdout).toContain('all:\n  Tests passed: 0\n  Tests failed: 1\n');
  });

  it('takes the endpoint of a judge for all folders, though one of them needs none', async () => {
    const file = text([turn('hi', 'Hello!')]);
    await start({
      'shop/tests/a/new.test.json': newSet('new', greeting),
      'shop/tests/a/test_config.json': judged,
      'shop/tests/b/one.test.json': file,
    });
    const { code, stderr } = await run('shop/tests', '--judge-base-url', model.url, '--user-base-url', model.url);
    expect(code, stderr).toBe(0);
    expect(model.seen).toHaveLength(1);
  });

  it('runs a whole file of turns beside chosen cases of another, and one by the name that it has in ADK', async () => {
    const set = text(['a', 'b'].map((name) => ({ name, data: [turn('hi', 'Hello!')] })));
    await start({ 'shop/one.test.json': text([turn('hi', 'Hello!')]), 'shop/set.evalset.json': set });
    const { code, stderr } = await run('shop/one.test.json', 'shop/set.evalset.json:b');
    expect(code, stderr).toBe(0);
    expect(outcomes('shop').sort()).toEqual([
      ['one:one.test.json', 'pass'],
      ['set:b', 'pass'],
    ]);
    const named = await run('shop/one.test.json:shop/one.test.json');
    expect(named.code, named.stderr).toBe(0);
  });

  it('says beside a pool that passes that the exit code asks every run to pass', async () => {
    await start({ 'shop/f.test.json': text([turn('flaky', 'alpha')]), 'shop/test_config.json': text({ criteria: { response_match_score: 0.5 } }) });
    const { code, stdout } = await run('--num-runs', '2', '--print-detailed-results');
    expect(code).toBe(1);
    expect(stdout).toContain('Overall Eval Status: PASSED (2 runs pooled; 1 of 2 passed by itself, and the exit code asks that of each)');
    expect(stdout).toContain('Metric: response_match_score, Status: PASSED, Score: 0.5, Threshold: 0.5');
  });

  it('checks what execute left, by the command that execute names, and results of ADK', async () => {
    await start({ 'shop/one.test.json': text([turn('hi', 'Hello!')]) });
    const cli = (...more: string[]) => runCli(more, { cwd: project.folder });
    const asked = await cli('execute', '--from', 'adk', 'shop', 'shop/one.test.json', ...args);
    const [command = ''] = /agent-regress check .*/.exec(asked.stdout) ?? [];
    const checked = await cli(...command.split(' ').slice(1), '-q');
    expect(checked.code, checked.stderr).toBe(0);
    const none = await cli('check', '--from', 'adk', 'shop', 'shop/one.test.json', '-q');
    expect(none.code).toBe(2);
    expect(none.stderr).toContain('with --results PATH');
    const written = await cli('export', '.agent-regress/shop', '--to', 'adk', '--output', '.');
    expect(written.code, written.stderr).toBe(0);
    const recorded = await cli('check', '--from', 'adk', 'shop', 'shop/one.test.json', '-q', '--print-detailed-results');
    expect(recorded.code, recorded.stderr).toBe(0);
    expect(recorded.stdout).toContain('Overall Eval Status: PASSED');
  });

  it('lets neither a name nor an answer reach a terminal or a runner as a command', async () => {
    const name = 'a\u001b[31m\n::error::named';
    const set = text([{ name, data: [turn('hi', '::error::wanted'), turn('hi\n::error::asked', 'Hello!')] }]);
    await start({ 'shop/set.evalset.json': set });
    const wrong = await run('shop/set.evalset.json:b');
    expect(wrong.code).toBe(2);
    const { stdout, stderr } = await run('shop/set.evalset.json', '--print-detailed-results');
    expect(stdout).toContain('error::asked');
    for (const said of [wrong.stderr, stdout, stderr]) {
      expect(said).not.toContain('\u001b[31m');
      expect(said).not.toMatch(/^\s*::error/m);
    }
  });
});
