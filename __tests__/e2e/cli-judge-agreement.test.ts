import { afterEach, describe, expect, it } from 'vitest';
import { type JudgeServer, startJudgeServer, verdict } from '../helpers/judge-server.ts';
import { makeProject, type Project, runCli } from '../helpers/run-cli.ts';

let judge: JudgeServer | undefined;
let project: Project | undefined;

afterEach(async () => {
  await judge?.close();
  project?.remove();
});

const answers = [
  { id: 'a', input: 'hello', output: 'good', label: 'pass' },
  { id: 'a', input: 'hello', output: 'fine', label: 'pass' },
  { id: 'b', input: 'hello', output: 'bad', label: 'fail', expected: 'good' },
  { id: 'c', input: 'hello', output: 'sly', label: 'fail' },
];

async function setUp(reply: JudgeServer['reply'], checker = '{type: judge, rubric: Polite.}', labels: object[] = answers) {
  judge = await startJudgeServer(reply);
  project = makeProject({
    'samples.jsonl': [{ id: 'x', input: 'x' }],
    'recorded.jsonl': [{ id: 'x', output: 'x' }],
    'labels.jsonl': labels,
    'agent-regress.yml': `suite: bot\nsamples: samples.jsonl\nagent: {type: replay, path: recorded.jsonl}\nconcurrency: 1\nmaxRetries: 0\ncheckers: [${checker}]\njudge: {model: m, baseUrl: "${judge.url}"}\n`,
  });
  return { judge, project };
}

const cli = (args: string[] = []) => runCli(['judge-agreement', 'labels.jsonl', ...args], { cwd: project?.folder ?? '' });
const byText: JudgeServer['reply'] = ({ material }) => verdict(material.answer === 'bad' ? 1 : 9, `about ${material.answer}`);

describe('judge-agreement', { timeout: 60_000 }, () => {
  it('tells agreement, kappa, the table and the disagreements, and asks about nothing twice', async () => {
    const { judge } = await setUp(byText);
    const { code, stdout, stderr } = await cli();
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/judged 4 of 4 labelled answers/);
    expect(stdout).toMatch(/agree on 75.0 % \(95 % interval 30.1 % … 95.4 %\)/);
    expect(stdout).toMatch(/Kappa 0.50 \(95 % interval -0.2\d … 1.00/);
    expect(stdout).toMatch(/fail +1 +1\npass +0 +2/);
    expect(stdout).toMatch(/c \(line 4\): people fail, judge pass; the judge gives 0.9: "about sly"/);
    expect(judge.seen[2]).toMatchObject({ material: { input: 'hello', answer: 'bad', reference: 'good' } });
    expect(JSON.stringify(judge.seen.map(({ body }) => body.messages))).not.toContain('label');
    const again = await cli(['--format', 'json', '--min-kappa', '0.6']);
    expect(again.code).toBe(1);
    expect(JSON.parse(again.stdout)).toMatchObject({
      scored: 4,
      agreement: 0.75,
      kappa: { value: 0.5 },
      table: [
        [1, 1],
        [0, 2],
      ],
      usage: { calls: 4 },
    });
    expect(judge.seen).toHaveLength(4);
  });

  it('is incomplete where the judge refuses, and goes on with the rest', async () => {
    const { judge } = await setUp(({ material }) => (material.answer === 'sly' ? { message: { content: null, refusal: 'no' } } : verdict(9)));
    const first = await cli();
    expect(first.code).toBe(3);
    expect(first.stdout).toMatch(/Without a score: 1 answer; the same command asks again.\n +c \(line 4\): the judge refused/);
    judge.reply = byText;
    expect((await cli()).code).toBe(0);
    expect(judge.seen).toHaveLength(5);
  });

  it('takes choices, numbers and a rubric of the line', async () => {
    const choose: JudgeServer['reply'] = ({ material }) =>
      JSON.stringify({ rubric1: { reason: 'x', choice: material.answer === 'bad' ? 'wrong' : 'right' } });
    const choices = '{type: judge, rubric: Polite., choices: {right: 1, partly: 0.5, wrong: 0}}';
    const labelled = answers.map((answer, i) => ({
      ...answer,
      label: ['right', 'partly', 'wrong', 'wrong'][i],
      ...(i === 0 ? { rubric: 'Short.' } : {}),
    }));
    const { judge, project } = await setUp(choose, choices, labelled);
    const { stdout } = await cli(['--format', 'json']);
    expect(JSON.parse(stdout)).toMatchObject({
      kind: 'choice',
      categories: ['wrong', 'partly', 'right'],
      table: [
        [1, 0, 1],
        [0, 0, 1],
        [0, 0, 1],
      ],
    });
    expect(judge.seen.map(({ body }) => body.messages[0]?.content.includes('Short.'))).toEqual([true, false, false, false]);
    project.write('labels.jsonl', labelled.map((answer, i) => JSON.stringify({ ...answer, label: [1, 0.5, 0, 0.2][i] })).join('\n'));
    const numbers = JSON.parse((await cli(['--format', 'json'])).stdout);
    expect(numbers).toMatchObject({ kind: 'number', categories: ['0', '0.2', '0.5', '1'], atThreshold: { agreement: 0.5 } });
    expect(judge.seen).toHaveLength(4);
  });

  it('prints no secret that the judge says back', async () => {
    const { project } = await setUp(({ key }) => verdict(1, `you are ${key}`));
    project.write('agent-regress.yml', project.read('agent-regress.yml').replace('{model: m', `{model: m, apiKey: "\${env:JUDGE_KEY}"`));
    const env = { JUDGE_KEY: 'sk-0123456789abcdef' };
    const { stdout } = await runCli(['judge-agreement', 'labels.jsonl'], { cwd: project.folder, env });
    expect(stdout).toContain('[redacted:JUDGE_KEY]');
    expect(stdout).not.toContain(env.JUDGE_KEY);
  });

  it('says what a kappa without an interval is', async () => {
    await setUp(({ material }) => verdict(material.answer === 'good' || material.answer === 'fine' ? 0 : 10));
    expect((await cli()).stdout).toContain('Kappa -1.00 (no interval: they never agree)');
  });

  it('names every label that is none, and a suite without a judge', async () => {
    const { project } = await setUp(byText, undefined, [
      { input: 'x', output: 'x', label: 'maybe' },
      { input: 'x', label: 2 },
      { input: 'x', output: 'x' },
    ]);
    const { code, stderr } = await cli();
    expect(code).toBe(2);
    expect(stderr).toMatch(/labels.jsonl:1.*"maybe" is none of pass, fail/);
    expect(stderr).toMatch(/labels.jsonl:2.*there is no answer/);
    expect(stderr).toMatch(/labels.jsonl:3.*label/);
    project.write('agent-regress.yml', project.read('agent-regress.yml').replace('{type: judge, rubric: Polite.}', '{type: length, min: 1}'));
    expect(await cli()).toMatchObject({ code: 2, stderr: expect.stringMatching(/has no "judge" checker/) });
    expect(await cli(['--min-kappa', '2'])).toMatchObject({ code: 2, stderr: expect.stringMatching(/min-kappa 2/) });
  });
});
