// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the tool fills them
import { chmodSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type AgentServer, startAgentServer } from '../helpers/agent-server.ts';
import { testNodes } from '../helpers/nodes.ts';
import { type CliResult, makeProject, type Project, runCli } from '../helpers/run-cli.ts';

const config = (changes: Record<string, unknown> = {}) => ({
  suite: 'bot',
  samples: 'samples.jsonl',
  agent: { type: 'http', url: '${env:AGENT_URL}', body: { question: '{{input}}' }, reply: { output: '/answer' } },
  repeats: 1,
  concurrency: 2,
  maxRetries: 0,
  checkers: [{ type: 'contains', value: '{{expected}}' }],
  ...changes,
});
const rows = (count: number) => Array.from({ length: count }, (_, i) => ({ id: `s${i + 1}`, input: `q${i + 1}`, expected: `q${i + 1}` }));

let agent: AgentServer;
let project: Project;
beforeAll(async () => {
  agent = await startAgentServer();
});
afterAll(() => agent.close());
beforeEach(() => {
  agent.reset();
  agent.behaviours = {};
  agent.fallback = {};
  project = makeProject({ 'agent-regress.json': config(), 'samples.jsonl': rows(4) });
});
afterEach(() => project.remove());

describe.each(testNodes())('bad input on $label', { timeout: 60_000 }, ({ path: node }) => {
  const run = (args: string[], env: Record<string, string> = {}, options: { fileLimit?: number } = {}): Promise<CliResult> =>
    runCli(args, { cwd: project.folder, node, env: { AGENT_URL: agent.url, ...env }, ...options });
  /** One clear message with a remedy, no stack, nothing on standard output, nothing asked. */
  const expectRefused = async (args: string[], parts: (string | RegExp)[], env: Record<string, string> = {}) => {
    const { code, stdout, stderr } = await run(args, env);
    expect(stderr.match(/^error: /gm), stderr).toHaveLength(1);
    for (const part of parts) expect(stderr).toMatch(part);
    expect(stderr).toContain('→ ');
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(stdout).toBe('');
    expect(code).toBe(2);
    expect(agent.requests).toHaveLength(0);
  };
  const answers = (folder: string) => project.records(folder, 'response').length;

  test('a missing dataset is named, with the folder that was searched', async () => {
    project.write('agent-regress.json', config({ samples: 'nope.jsonl' }));
    await expectRefused(['run'], ['nope.jsonl', project.folder]);
  });

  test('an empty dataset is refused', async () => {
    project.write('samples.jsonl', '');
    await expectRefused(['run'], ['samples.jsonl: no samples', 'add at least one row']);
  });

  test('every bad row is told with its line', async () => {
    const good = rows(6).map((row) => JSON.stringify(row));
    project.write('samples.jsonl', [...good, '{"input": ', '{"inptu": "x"}', '[]', '{"input": "a", "weight": -1}'].join('\n'));
    await expectRefused(['run'], [/4 problems/, /samples\.jsonl:7: not JSON/, /:8: .*"input"/, /:9: .*object/, /:10: weight/]);
  });

  test('an unknown checker is answered with the nearest names', async () => {
    project.write('agent-regress.json', config({ checkers: [{ type: 'contians', value: 'x' }] }));
    await expectRefused(['run'], [/agent-regress\.json:\d+:\d+: checkers\[0\]\.type: unknown checker "contians"/, 'did you mean "contains"']);
  });

  test.each(['validate', 'run'])('%s tells what is wrong with samples, checkers and judge at once', async (command) => {
    project.write('samples.jsonl', '{"input": "a"}\n{"input": \n{"input": "b", "weight": -1}\n');
    const checkers = [
      { type: 'regex', pattern: '(' },
      { type: 'json-schema', path: 'nowhere.json' },
    ];
    project.write('agent-regress.json', config({ checkers, judge: { model: 'm', apiKey: '\u0007' } }));
    await expectRefused(
      [command],
      [
        /^error: the suite cannot run, for \d reasons$/m,
        /samples\.jsonl:2: not JSON/,
        /samples\.jsonl:3: weight/,
        /checkers\[0\]/,
        /checkers\[1\].*nowhere\.json/,
      ],
    );
  });

  test('validate tells what is wrong with the agent and with the checkers of every sample at once', async () => {
    const own = (value: unknown) => [{ type: 'regex', pattern: value }];
    project.write('agent-regress.json', config({ agent: { type: 'module', path: 'nowhere.mjs' } }));
    project.write('samples.jsonl', [...rows(2), { input: 'x', checkers: own('(') }, { input: 'y', checkers: own('[') }]);
    await expectRefused(['validate'], [/for 3 reasons/, /nowhere\.mjs/, /samples\.jsonl:3: /, /samples\.jsonl:4: /]);
    project.write(
      'samples.jsonl',
      Array.from({ length: 200 }, (_, n) => ({ input: `q${n}`, checkers: own('(') })),
    );
    await expectRefused(['validate'], [/for at least 50 reasons/]);
  });

  test('a word that is as long as a file is quoted in part', async () => {
    project.write('agent-regress.json', config({ checkers: [{ type: `${'x'.repeat(2482)}🎉${'y'.repeat(100_000)}` }] }));
    await expectRefused(['validate'], [/unknown checker "x+… …y+"/]);
  });

  test('a variable that is not set is named, without the others', async () => {
    project.write('agent-regress.json', config({ agent: { type: 'http', url: '${env:OTHER_URL}', body: {}, reply: { output: '/answer' } } }));
    await expectRefused(['run'], [/agent\.url: the variable OTHER_URL is not set/, 'set OTHER_URL']);
    // What every object has is no variable.
    for (const name of ['constructor', '__proto__', 'toString']) {
      const url = ['${env:', '}'].join(name);
      project.write('agent-regress.json', config({ agent: { type: 'http', url, body: {}, reply: { output: '/answer' } } }));
      await expectRefused(['run'], [`agent.url: the variable ${name} is not set`]);
    }
  });

  test('an endpoint where nobody listens stops the run with a labelled partial report', async () => {
    const { code, stdout, stderr } = await run(['run', '-o', 'out'], { AGENT_URL: 'http://127.0.0.1:1/ask' });
    expect(code).toBe(3);
    expect(stderr).toMatch(/could not be reached.*check that the agent runs/);
    expect(stdout).toMatch(/partial run/);
    expect(project.assessment('out').verdict).toMatchObject({ complete: false, exitCode: 3 });
    expect(project.read('out/report.md')).toMatch(/partial/);
  });

  test('a wrong reply pointer is answered with the shape of the reply', async () => {
    project.write(
      'agent-regress.json',
      config({ agent: { type: 'http', url: '${env:AGENT_URL}', body: { question: '{{input}}' }, reply: { output: '/anser' } } }),
    );
    const { code, stderr } = await run(['run', '-o', 'out']);
    expect(code).toBe(3);
    expect(stderr).toMatch(/4 of 4 slots have no usable answer.*reply\.output is "\/anser".*answer: string.*did you mean "\/answer"/);
  });

  test('HTML instead of JSON is said to be HTML', async () => {
    agent.fallback = { raw: '<!doctype html><html><body>Sign in</body></html>' };
    const { code, stderr } = await run(['run', '-o', 'out']);
    expect(code).toBe(3);
    expect(stderr).toMatch(/no usable answer.*HTML/i);
    expect(project.assessment('out').outcomes).toMatchObject({ error: 4 });
  });

  test('a checker that throws leaves its slots unscored, keeps the answers, and check scores them later', async () => {
    project.write('checker.mjs', 'export default () => { throw new Error("boom"); };');
    project.write('agent-regress.json', config({ checkers: [{ type: 'module', path: 'checker.mjs' }] }));
    const { code, stderr } = await run(['run', '-o', 'out']);
    expect(code).toBe(3);
    expect(stderr).toMatch(/4 of 4 slots could not be scored.*boom/);
    expect(project.records('out', 'score')[0]).toMatchObject({ kind: 'unscored', reason: expect.stringContaining('boom') });
    expect(answers('out')).toBe(4);
    project.write('checker.mjs', 'export default () => ({ value: 1, pass: true, reason: "fine" });');
    const again = await run(['check', 'out']);
    expect(again.code, again.stderr).toBe(0);
    expect(project.assessment('out').outcomes).toMatchObject({ pass: 4 });
    expect(agent.requests).toHaveLength(4);
  });

  test('without a baseline nothing is called a pass', async () => {
    const { code, stdout, stderr } = await run(['run', '-o', 'out']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/no baseline to compare with/);
    expect(stderr).toMatch(/no baseline: .*--baseline PATH/);
    expect((await run(['run', '-o', 'out', '--fail-on', 'no-baseline'])).code).toBe(1);
  });

  test('a baseline that is named and not there is never "no baseline"', async () => {
    await expectRefused(['run', '-b', 'nope'], [/no run log at .*nope/, 'output folder of a run']);
  });

  test('a baseline of another suite is refused before anything is asked', async () => {
    project.write('other.json', config({ suite: 'other' }));
    await run(['run', '-c', 'other.json', '-o', 'other']);
    agent.reset();
    await expectRefused(['run', '-b', 'other'], [/no named baseline can be used: .*suite "other"/]);
  });

  test('an output folder that cannot be written is refused before anything is asked', async () => {
    project.write('file', 'x');
    await expectRefused(['run', '-o', 'file/out'], [/output folder .* cannot be written/, 'another folder with --output']);
  });

  // Nothing is read-only for root, so there is nothing to see then.
  if (process.getuid?.() !== 0) {
    test('a read-only output folder is refused before anything is asked', async () => {
      project.write('locked/x', '');
      chmodSync(join(project.folder, 'locked'), 0o500);
      await expectRefused(['run', '-o', 'locked/out'], [/cannot be written/]);
    });
  }

  test('a full disk keeps what was answered, and resume asks only the rest', async () => {
    project.write('samples.jsonl', rows(60));
    const { code, stderr } = await run(['run', '-o', 'out', '-q'], {}, { fileLimit: 20 });
    expect(code).toBe(3);
    expect(stderr).toMatch(/run\.jsonl could not be written.*\n.*make room/);
    const kept = answers('out');
    expect(kept).toBeGreaterThan(0);
    const asked = agent.requests.length;
    expect((await run(['run', '-o', 'out', '-q', '--resume'])).code).toBe(0);
    expect(project.assessment('out').outcomes).toMatchObject({ pass: 60 });
    expect(agent.requests.length - asked).toBeLessThanOrEqual(60 - kept);
  });

  test('ids that are used twice are told with both places', async () => {
    project.write('samples.jsonl', [...rows(2), { id: 's1', input: 'other' }]);
    await expectRefused(['run'], [/samples\.jsonl:3: the id "s1" was used before at samples\.jsonl:1/]);
  });

  test('an unknown flag is answered with the nearest one, and its value is not an operand', async () => {
    await expectRefused(['run', '--limt', '3'], [/run does not know --limt/, 'did you mean --limit']);
  });

  test('an unknown command is answered with the nearest one', async () => {
    await expectRefused(['runn'], [/no command "runn"/, 'did you mean "run"']);
  });

  test('an unknown format is refused before anything is asked', async () => {
    await expectRefused(['run', '-f', 'jsn'], [/unknown reporter "jsn"/, '"json"']);
  });

  test('two suites of one name are refused', async () => {
    project.write('other.json', config());
    await expectRefused(['run', '-c', 'agent-regress.json', '-c', 'other.json'], [/two suites are called "bot"/, 'another name']);
  });

  test('a filter that matches nothing is refused, with the nearest name', async () => {
    await expectRefused(['run', '--filter', 'id:s11'], [/none of the 4 samples matches/, 'did you mean "s1"']);
    expect(readdirSync(project.folder)).not.toContain('.agent-regress');
  });
});
