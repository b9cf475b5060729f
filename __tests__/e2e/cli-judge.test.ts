import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { type JudgeServer, startJudgeServer, verdict } from '../helpers/judge-server.ts';
import { makeProject, type Project, runCli } from '../helpers/run-cli.ts';

const key = 'sk-canary-5f2c9b7e41';
let judge: JudgeServer | undefined;
let project: Project | undefined;

afterEach(async () => {
  await judge?.close();
  project?.remove();
});

/** Three samples, two recorded answers each: `clear` is good, `split` is arguable, `odd` differs between its repeats. */
const answers = [
  { id: 'clear', epoch: 1, output: 'good' },
  { id: 'clear', epoch: 2, output: 'good' },
  { id: 'split', epoch: 1, output: 'arguable' },
  { id: 'split', epoch: 2, output: 'arguable' },
  { id: 'odd', epoch: 1, output: 'good' },
  { id: 'odd', epoch: 2, output: 'bad' },
];

async function setUp(
  reply: JudgeServer['reply'],
  checker = '{type: judge, rubric: Polite.}',
  more = '',
): Promise<{ judge: JudgeServer; project: Project }> {
  judge = await startJudgeServer(reply);
  project = makeProject({
    'samples.jsonl': ['clear', 'split', 'odd'].map((id) => ({ id, input: `hello ${id}`, expected: 'good' })),
    'recorded.jsonl': answers,
    'agent-regress.yml': `suite: bot\nsamples: samples.jsonl\nagent: {type: replay, path: recorded.jsonl}\nrepeats: 2\nbaseline: none\nconcurrency: 1\nmaxRetries: 1\ncheckers: [${checker}]\njudge: {model: m, baseUrl: "${judge.url}", apiKey: "\${env:JUDGE_KEY}"}\n${more}`,
  });
  return { judge, project };
}

const cli = (args: string[]) => runCli([...args, '--no-color'], { cwd: project?.folder ?? '', env: { JUDGE_KEY: key } });
const out = '.agent-regress/bot';

describe('a judge', () => {
  it('scores every answer; its calls, tokens and cost are in the log and the assessment, its key in no file', async () => {
    const { project, judge } = await setUp(({ material }) => verdict(material.answer === 'bad' ? 2 : 9, `about ${material.answer}`));
    const { code, stderr } = await cli(['run']);
    expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' });
    expect(judge.seen[0]).toMatchObject({ key: `Bearer ${key}`, material: { input: 'hello clear', answer: 'good', reference: 'good' } });
    expect(judge.seen[0]?.body.response_format).toMatchObject({ type: 'json_schema', json_schema: { strict: true } });
    const { cost, outcomes } = project.assessment(out);
    expect(cost).toMatchObject({ judgeCalls: 6, inputTokens: 600, outputTokens: 60 });
    expect(cost.costUsd).toBeCloseTo(0.006);
    expect(outcomes).toMatchObject({ pass: 5, fail: 1 });
    expect(project.records(out, 'score')[0]).toMatchObject({ value: 0.9, pass: true, judge: { calls: 1, inputTokens: 100 } });
    for (const file of readdirSync(join(project.folder, out), { recursive: true, withFileTypes: true }))
      if (file.isFile()) expect(readFileSync(join(file.parentPath, file.name), 'utf8'), file.name).not.toContain(key);
  });

  it.each([
    ['a refusal', { message: { content: null, refusal: 'I will not grade this' } }, /the judge refused: "I will not grade this"/, 1],
    ['broken JSON', '{"rubric1": {"reason": "x", "score": 9}', /did not reply in the form/, 1],
    ['a grade in prose', 'Score: 10/10', /did not reply in the form/, 1],
    ['a score out of range', verdict(11), /did not reply in the form/, 1],
    ['a status 500, asked twice', { status: 500 }, /the judge gave no answer: it answered with status 500/, 2],
    ['a reply that is no JSON', { body: '<html>' }, /the judge gave no answer/, 1],
  ])('that gives %s leaves the answer unscored, never failed', async (_, reply, reason, calls) => {
    const { project, judge } = await setUp(() => reply);
    const { code } = await cli(['run', '--limit', '1', '--repeats', '1']);
    expect(code).toBe(3);
    const [score] = project.records(out, 'score');
    expect(score).toMatchObject({ kind: 'unscored', judge: { calls } });
    expect(score?.reason).toMatch(reason);
    expect(project.assessment(out).outcomes).toMatchObject({ unscored: 1, fail: 0 });
    // The answer is kept: once the judge is well again, only it is asked.
    judge.reply = () => verdict(9);
    await cli(['check', out]);
    expect(project.assessment(out).outcomes).toMatchObject({ unscored: 0, pass: 1 });
  });

  it.each([
    ['cost', 'costUsd: 0.003'],
    ['tokens', 'tokens: 330'],
  ])('is asked without a schema where the endpoint does not know one, and stopped by the budget: %s', async (what, budget) => {
    const { judge, project } = await setUp(({ body }) => (body.response_format ? { status: 400 } : verdict(8)), undefined, `budget: {${budget}}\n`);
    expect((await cli(['run'])).code).toBe(3);
    expect(judge.seen.filter(({ body }) => body.response_format !== undefined)).toHaveLength(1);
    expect(project.assessment(out).run.stopReason).toBe(`budget-${what}`);
    expect(judge.seen.length).toBeLessThan(6);
  });

  it('without settings is found by validate, with a remedy', async () => {
    const { project } = await setUp(() => verdict(9));
    project.write('agent-regress.yml', project.read('agent-regress.yml').replace(/judge: \{.*\n/, ''));
    const { code, stderr } = await cli(['validate']);
    expect(code).toBe(2);
    expect(stderr).toMatch(/judge\.model: the checker "judge" asks a judge model, and none is named/);
    expect((await cli(['validate', '--judge-model', 'm', '--judge-api-key', key])).code).toBe(0);
  });

  it('of another model or prompt scores the baseline again', async () => {
    const { project, judge } = await setUp(() => verdict(9));
    expect((await cli(['run', '--output', 'base'])).code).toBe(0);
    expect((await cli(['run', '--baseline', 'base', '--judge-model', 'other'])).code).toBe(0);
    expect(judge.seen.filter(({ body }) => body.model === 'other')).toHaveLength(12);
    expect(project.assessment(out).baseline.notes?.join(' ')).toMatch(/checkers differ \(judge\)/);
  });
});

describe('check --rejudge', () => {
  /** 0.6 and 0.8 in turn for what is arguable. */
  function moody(): JudgeServer['reply'] {
    let turn = 0;
    return ({ material }) => verdict(material.answer === 'arguable' ? (turn++ % 2 === 0 ? 8 : 6) : material.answer === 'good' ? 9 : 1);
  }

  it("tells the judge's noise from the agent's, names what straddles, and leaves the log as it is", async () => {
    const { project, judge } = await setUp(moody());
    expect((await cli(['run'])).code).toBe(0);
    const log = project.read(join(out, 'run.jsonl'));
    judge.seen.length = 0;
    const { code, stdout } = await cli(['check', out, '--rejudge', '4']);
    expect(code).toBe(0);
    expect(judge.seen).toHaveLength(24);
    expect(project.read(join(out, 'run.jsonl'))).toBe(log);
    const [noise] = project.assessment(out).judgeNoise ?? [];
    expect(noise).toMatchObject({ checker: 'judge', judgements: 24, answers: 6, splitAnswers: 2, splitSamples: 1, usage: { calls: 24 } });
    expect(noise?.straddling.map(({ sample, epoch, passes }) => [sample, epoch, passes])).toEqual([
      ['split', 1, 2],
      ['split', 2, 2],
    ]);
    // MSW = 8 · 0.01 / 18; MSB = 1.28 / 3, of answers of 4 judgements each.
    const [within, between] = [0.08 / 18, 1.28 / 3];
    expect(noise?.varianceShare).toBeCloseTo(within / (within + (between - within) / 4), 9);
    expect(stdout).toMatch(/of the variance of judge is the judge's own: more repeats help/);
    expect(stdout).toMatch(/judge is split in repeat 1: passes 2 of 4 times|split +1 +judge +2\/4/);
    for (const file of ['report.md', 'report.html']) expect(project.read(join(out, file))).toContain('Split judgements');
    const again = await cli(['report', out]);
    expect(again.stdout).toBe(stdout);
    await cli(['run', '--output', 'base']);
    expect((await cli(['compare', 'base', out, '--output', 'other'])).code).toBe(0);
    expect(project.assessment('other').judgeNoise?.[0]?.splitAnswers).toBe(2);
  });

  it('stops at once, and then leaves the log and the judgements of an earlier call as they are', async () => {
    const { project, judge } = await setUp(moody());
    await cli(['run']);
    await cli(['check', out, '--rejudge', '2']);
    const files = () => ['run.jsonl', 'judgements.jsonl'].map((name) => project.read(join(out, name)));
    const before = files();
    for (const more of [['--rejudge', '3'], []]) {
      let interrupt = (): void => {};
      judge.reply = () => {
        setTimeout(() => interrupt(), 50);
        return { status: 0 };
      };
      const stopped = await runCli(['check', out, ...more], {
        cwd: project.folder,
        env: { JUDGE_KEY: key },
        onStart: (child) => {
          let isStopped = false;
          interrupt = () => {
            if (!isStopped) child.kill('SIGINT');
            isStopped = true;
          };
        },
      });
      expect(stopped.code).toBe(130);
      expect(files()).toEqual(before);
    }
  });

  it('refuses a number that is none, and a suite in which nothing can change', async () => {
    const { project } = await setUp(() => verdict(9));
    expect(await cli(['check', out, '--rejudge', '1'])).toMatchObject({ code: 2, stderr: expect.stringMatching(/2 to 20/) });
    project.write('agent-regress.yml', project.read('agent-regress.yml').replace('{type: judge, rubric: Polite.}', '{type: contains, value: good}'));
    await cli(['run']);
    expect(await cli(['check', out, '--rejudge', '2'])).toMatchObject({ code: 2, stderr: expect.stringMatching(/nothing to do/) });
  });
});
