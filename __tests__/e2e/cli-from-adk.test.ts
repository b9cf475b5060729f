import { afterEach, describe, expect, it } from 'vitest';
import { adkEvent, startAdkServer } from '../helpers/adk-server.ts';
import { makeProject, type Project, runCli } from '../helpers/run-cli.ts';

const text = (value: unknown) => JSON.stringify(value, null, 2);
const say = (words: string) => adkEvent({ content: { role: 'model', parts: [{ text: words }] } });
const roll = (sides: number) => adkEvent({ content: { role: 'model', parts: [{ functionCall: { name: 'roll_die', args: { sides } } }] } });

/** The seed's own example of a test file, with its comma too many and without a reference in the second turn. */
const simpleTest = `[
  {"query": "hi", "expected_tool_use": [], "expected_intermediate_agent_responses": [], "reference": "Hello! What can I do for you?\\n"},
  {
    "query": "roll a die for me",
    "expected_tool_use": [{"tool_name": "roll_die", "tool_input": {"sides": 6}}],
    "expected_intermediate_agent_responses": [],
  },
  {"query": "what's the time now?", "expected_tool_use": [], "reference": "I cannot tell the time.\\n"}
]`;

const oldSet = text(
  [16, 17].map((sides) => ({
    name: `roll_${sides}`,
    data: [{ query: `roll ${sides}`, expected_tool_use: [{ tool_name: 'roll_die', tool_input: { sides } }], reference: `I rolled ${sides}.` }],
    initial_session: { state: { lang: 'en' }, app_name: 'hello_world', user_id: 'user' },
  })),
);

const newSet = text({
  evalSetId: 'camel',
  evalCases: [
    {
      evalId: 'greets',
      conversation: [
        {
          userContent: { role: 'user', parts: [{ text: 'hi' }] },
          finalResponse: { role: 'model', parts: [{ text: 'Hello! What can I do for you?' }] },
          intermediateData: { toolUses: [], intermediateResponses: [] },
        },
      ],
      sessionInput: { appName: 'shop', userId: 'u', state: { lang: 'de' } },
    },
  ],
});

const config = (criteria: object, more: object = {}) => text({ criteria, ...more });

describe('a project of the Agent Development Kit as it is', { timeout: 60_000 }, () => {
  let server: Awaited<ReturnType<typeof startAdkServer>>;
  let project: Project;
  afterEach(() => project?.remove());

  const start = async (files: Record<string, string>) => {
    server = await startAdkServer(({ text: said }) => {
      if (said === 'hi') return [say('Hello! What can I do for you?')];
      if (said === 'roll a die for me') return [roll(6), say('')];
      const sides = Number(said.replace(/\D/g, ''));
      return sides > 0 ? [roll(sides), say(`I rolled ${sides}.`)] : [say('I cannot tell the time.')];
    });
    project = makeProject({ 'shop/__init__.py': 'from . import agent\n', ...files });
  };
  const run = (...args: string[]) => runCli(['run', '--from', 'adk', ...args, '--agent-url', server.url, '-q'], { cwd: project.folder });
  const scores = (output: string) =>
    Object.fromEntries(
      project.records(output, 'score').map(({ sample, checker, value, kind }) => [`${sample} ${checker}`, kind === 'scored' ? value : null]),
    );

  it('runs a test file of the first shape with the default criteria, and compares a missing reference with nothing', async () => {
    await start({ 'shop/simple.test.json': simpleTest });
    const { code, stderr } = await run('shop', 'shop/simple.test.json');
    // Two of three responses are right: 0.667 is below 0.8, and a case that fails its criteria is red without a baseline.
    expect(code, stderr).toBe(1);
    const id = 'simple:simple.test.json';
    expect(scores('.agent-regress/shop')).toEqual({
      [`${id} tool_trajectory_avg_score`]: 1,
      [`${id} response_match_score`]: expect.closeTo(2 / 3, 6),
    });
    const [scored] = project.records('.agent-regress/shop', 'score').filter(({ checker }) => checker === 'response_match_score');
    expect(scored).toMatchObject({ perTurn: [1, 0, 1], pass: false, threshold: 0.8 });
    expect(stderr).not.toContain('not known');
  });

  it('runs the cases that are named, of the criteria beside the file, with their state', async () => {
    await start({
      'shop/old.evalset.json': oldSet,
      'shop/test_config.json': config({ tool_trajectory_avg_score: { threshold: 1, match_type: 'in order' } }),
    });
    const { code, stderr } = await run('shop', 'shop/old.evalset.json:roll_17');
    expect(code, stderr).toBe(0);
    expect(scores('.agent-regress/shop')).toEqual({ 'old:roll_17 tool_trajectory_avg_score': 1 });
    expect([...server.sessions.values()].at(-1)?.state).toMatchObject({ lang: 'en' });
  });

  it('takes the new shape with camelCase names, flags with _ and repeats', async () => {
    await start({ 'shop/camel.evalset.json': newSet, 'criteria.json': config({ response_match_score: 0.9 }) });
    const { code, stderr } = await run('shop', 'camel', '--config_file_path', 'criteria.json', '--num_runs=2');
    expect(code, stderr).toBe(0);
    const done = project.records('.agent-regress/shop', 'done').map(({ sample, epoch }) => `${sample} ${epoch}`);
    // Both are asked at once, and end as they come.
    expect(done.sort()).toEqual(['camel:greets 1', 'camel:greets 2']);
  });

  it('makes a suite of every folder of test files, each with its own criteria', async () => {
    await start({
      'shop/tests/a/one.test.json': text([{ query: 'roll 4', expected_tool_use: [], reference: 'I rolled 4.' }]),
      'shop/tests/a/test_config.json': config({ response_match_score: 1 }),
      'shop/tests/b/two.test.json': text([{ query: 'roll 5', expected_tool_use: [], reference: 'I rolled 5.' }]),
      'shop/tests/b/ignored.json': '{',
    });
    const { code, stderr } = await run('shop', 'shop/tests');
    // The default criteria of the second folder expect no call.
    expect(code, stderr).toBe(1);
    expect(scores('.agent-regress/shop-tests-a')).toEqual({ 'one:one.test.json response_match_score': 1 });
    expect(scores('.agent-regress/shop-tests-b')).toEqual({
      'two:two.test.json tool_trajectory_avg_score': 0,
      'two:two.test.json response_match_score': 1,
    });
  });

  it('starts cases of the old shape with the state of an initial session, and refuses one beside the new shape', async () => {
    const session = text({ id: 'x', app_name: 'shop', user_id: 't', state: { origin: 'San Francisco' }, events: [], last_update_time: 1.5 });
    await start({
      'shop/simple.test.json': text([{ query: 'hi', expected_tool_use: [], reference: 'Hello! What can I do for you?' }]),
      's.json': session,
      'shop/camel.evalset.json': newSet,
    });
    const old = await run('shop', 'shop/simple.test.json', '--initial-session-file', 's.json');
    expect(old.code, old.stderr).toBe(0);
    expect([...server.sessions.values()].at(-1)?.state).toMatchObject({ origin: 'San Francisco' });
    const refused = await run('shop', 'shop/camel.evalset.json', '--initial-session-file', 's.json');
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain('an initial session file goes with files of the old shape only');
  });

  it('prints detailed results: pooled over the runs, every turn with what was expected and what came', async () => {
    await start({ 'shop/old.evalset.json': oldSet.replace('I rolled 17.', 'Seventeen.') });
    const { code, stdout, stderr } = await run('shop', 'shop/old.evalset.json', '--print_detailed_results', '--num-runs', '2');
    expect(code, stderr).toBe(1);
    expect(stdout).toContain('old:\n  Tests passed: 1\n  Tests failed: 1\n');
    expect(stdout).toContain('Metric: response_match_score, Status: FAILED, Score: 0, Threshold: 0.8');
    expect(stdout).toContain('Invocation 1 of 1, run 2');
    expect(stdout).toMatch(/expected_response: +Seventeen\.\n +actual_response: +I rolled 17\.\n +expected_tool_calls: +roll_die\({"sides":17}\)\n/);
    expect(stdout).toMatch(/tool_trajectory_avg_score: +PASSED \(1\)/);
  });

  it('names what it cannot evaluate, and passes no case that was not evaluated', async () => {
    const service = { criteria: { safety_v1: 0.8, my_metric: 0.4 }, custom_metrics: { my_metric: { code_config: { name: 'pkg.fn' } } } };
    await start({ 'shop/camel.evalset.json': newSet, 'shop/test_config.json': text(service) });
    const nothing = await run('shop', 'camel');
    expect(nothing.code).toBe(3);
    expect(nothing.stderr).toContain('safety_v1');
    expect(nothing.stderr).toContain('pkg.fn');
    expect(project.records('.agent-regress/shop', 'done')).toMatchObject([{ outcome: 'unscored' }]);
    project.write('shop/test_config.json', text({ criteria: { ...service.criteria, response_match_score: 0.8 } }));
    const rest = await run('shop', 'camel');
    expect(rest.code, rest.stderr).toBe(0);
    expect(rest.stderr).toContain('only a service');
  });

  it.each([
    ['no such case', ['shop', 'shop/old.evalset.json:roll_18'], 'no case is called "roll_18"'],
    ['an empty name', ['shop', 'shop/old.evalset.json:'], 'no case is called ""'],
    ['no such file', ['shop', 'shop/older.json'], 'there is no such file, folder or eval set'],
    ['no such criteria', ['shop', 'shop/old.evalset.json', '--config-file-path', 'c.json'], 'c.json: there is no such file'],
    ['no such folder', ['cellar'], 'there is no such folder'],
  ])('says what is wrong: %s', async (_, args, message) => {
    await start({ 'shop/old.evalset.json': oldSet });
    const { code, stderr } = await run(...args);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });

  it('writes a config that runs on its own', async () => {
    await start({ 'shop/old.evalset.json': oldSet });
    const made = await runCli(['init', '--from', 'adk', 'shop', 'shop/old.evalset.json', '--agent-url', server.url, '--yes'], {
      cwd: project.folder,
    });
    expect(made.code, made.stderr).toBe(0);
    const { code, stderr } = await runCli(['run', '-q'], { cwd: project.folder });
    expect(code, stderr).toBe(0);
    expect(Object.keys(scores('.agent-regress/shop'))).toHaveLength(4);
  });
});
