import { afterEach, describe, expect, it } from 'vitest';
import { type JudgeServer, startJudgeServer } from '../helpers/judge-server.ts';
import { makeProject, type Project, runCli } from '../helpers/run-cli.ts';

let judge: JudgeServer | undefined;
let project: Project | undefined;

afterEach(async () => {
  await judge?.close();
  project?.remove();
});

interface Shown {
  input: string;
  first: string;
  second: string;
  reference?: string;
  firstTrajectory?: string;
}

const says = (better: string, reason = `the ${better} one`) => JSON.stringify({ reason, better });
/** Likes what is good, whichever comes first. */
const byTaste = ({ first, second }: Shown) => {
  const [a, b] = [first.includes('good'), second.includes('good')];
  return says(a === b ? 'tie' : a ? 'first' : 'second', 'it is kinder');
};
const ids = Array.from({ length: 8 }, (_, i) => `s${i}`);
const answers = (word: (id: string, epoch: number) => string) =>
  ids.flatMap((id) => [1, 2].map((epoch) => ({ id, epoch, output: `${word(id, epoch)} ${epoch}`, toolCalls: [{ name: 'look', args: { id } }] })));

async function setUp(taste: (shown: Shown) => ReturnType<JudgeServer['reply']>, more = '', preference = '{}') {
  judge = await startJudgeServer(({ material }) => taste(material as unknown as Shown));
  project = makeProject({
    'samples.jsonl': ids.map((id) => ({ id, input: `hello ${id}`, expected: 'good', metadata: { tone: 'kind' } })),
    'base.jsonl': answers(() => 'good old'),
    'head.jsonl': answers((id, epoch) => (id === 's0' ? 'good old' : epoch === 1 ? 'poor new' : 'good new')),
    'agent-regress.yml': `suite: bot\nsamples: samples.jsonl\nagent: {type: replay, path: head.jsonl}\nrepeats: 2\nbaseline: none\nmaxRetries: 0\ncheckers: [{type: length, min: 1}]\njudge: {model: m, baseUrl: "${judge.url}", preference: ${preference}}\n${more}`,
  });
  project.write('base.yml', project.read('agent-regress.yml').replace('head.jsonl', 'base.jsonl'));
  const base = await cli(['run', '--config', 'base.yml', '--output', 'base']);
  expect({ code: base.code, seen: judge.seen.length }).toEqual({ code: 0, seen: 0 });
  expect(project.assessment('base').preference).toMatchObject({ samples: 0, reason: 'there is no baseline to compare with' });
  return { judge, project };
}

const cli = (args: string[]) => runCli([...args, '--no-color'], { cwd: project?.folder ?? '' });
const run = () => cli(['run', '--baseline', 'base']);
const out = '.agent-regress/bot';

describe('the answers beside those of the baseline', { timeout: 90_000 }, () => {
  it('are shown in both orders, the same text is a tie without a question, and no slot fails for it', async () => {
    const { judge, project } = await setUp(byTaste);
    const { stdout, stderr, code } = await run();
    expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' });
    // 14 pairs of other texts in two orders; s0 says the same twice.
    expect(judge.seen).toHaveLength(28);
    const shown = judge.seen.map(({ material }) => material as unknown as Shown).filter(({ input }) => input === 'hello s1');
    expect(shown.map(({ first, second }) => [first, second]).sort()).toEqual([
      ['good new 2', 'good old 2'],
      ['good old 1', 'poor new 1'],
      ['good old 2', 'good new 2'],
      ['poor new 1', 'good old 1'],
    ]);
    expect(shown[0]).toMatchObject({ reference: 'good' });
    const { preference, outcomes, cost, verdict } = project.assessment(out);
    expect(preference).toMatchObject({ samples: 8, wins: 0, ties: 9, losses: 7, effect: 'inconclusive', usage: { calls: 28 } });
    expect(preference?.share).toBeCloseTo((0.5 + 7 * 0.25) / 8, 12);
    expect(preference?.p).toBeCloseTo(2 ** -7, 12);
    expect(preference?.worst?.[0]).toEqual({ sample: 's1', wins: 0, ties: 1, losses: 1, reason: '"it is kinder"' });
    expect(outcomes).toMatchObject({ pass: 16, fail: 0 });
    expect(cost.judgeCalls).toBe(28);
    expect(verdict.status).not.toBe('regressed');
    expect(stdout).toContain("Beside the baseline's answers the judge finds today's preferred 0, tie 9, worse 7.");
    for (const file of ['report.md', 'report.html']) expect(project.read(`${out}/${file}`)).toContain('share preferred');
  });

  it('are asked about once: report, check and compare say the same later', async () => {
    const { judge, project } = await setUp(byTaste);
    const { stdout } = await run();
    const { preference } = project.assessment(out);
    judge.seen.length = 0;
    expect((await cli(['report', out])).stdout).toBe(stdout);
    await cli(['check', out, '--baseline', 'base']);
    expect(project.assessment(out).preference).toEqual(preference);
    await cli(['compare', 'base', out, '--output', 'plain']);
    expect(project.assessment('plain').preference).toEqual(preference);
    expect(judge.seen).toHaveLength(0);
    // Another rubric is another question.
    project.write(
      'agent-regress.yml',
      project
        .read('agent-regress.yml')
        .replace('preference: {}', 'preference: {rubric: "Be {{metadata.tone}}.", pairs: 1, trajectory: true, votes: 3}'),
    );
    await cli(['check', out, '--baseline', 'base']);
    expect(judge.seen).toHaveLength(42);
    expect(judge.seen[0]?.body.messages[0]?.content).toContain('Be kind.');
    expect((judge.seen[0] as unknown as { material: Shown }).material.firstTrajectory).toContain('"tool":"look"');
    expect(project.assessment(out).preference).toMatchObject({ ties: 1, losses: 7 });
    // Where nobody says which rubric is meant, it is the latest, and no pair of the one before is counted with it.
    await cli(['compare', 'base', out, '--output', 'plain']);
    expect(project.assessment('plain').preference).toMatchObject({ ties: 1, losses: 7 });
  });

  it('tie where the judge goes by the order', async () => {
    const { project } = await setUp(() => says('first'));
    await run();
    expect(project.assessment(out).preference).toMatchObject({ wins: 0, ties: 16, losses: 0, share: 0.5, effect: 'inconclusive' });
  });

  it('turn the verdict red where the policy gates checkers', async () => {
    const { project } = await setUp(({ first }) => says(first.includes('old') ? 'first' : 'second'), 'policy: {slices: [checkers]}\n');
    project.write(
      'head.jsonl',
      answers(() => 'new')
        .map((line) => JSON.stringify(line))
        .join('\n'),
    );
    const { code, stdout } = await run();
    expect(code).toBe(1);
    expect(project.assessment(out).verdict.reasons[0]).toMatch(
      /the judge prefers the baseline's answers: of today's, 0 are preferred, 0 tie, 16 are worse/,
    );
    expect(stdout).toContain('got worse');
  });

  it('stay uncounted where the judge refuses or the budget ends, and are asked about by the next check', async () => {
    const refusing = await setUp(() => ({ message: { content: null, refusal: 'no' } }));
    await run();
    expect(refusing.project.assessment(out).preference).toMatchObject({ unscored: 14, ties: 2, losses: 0, samples: 1 });
    refusing.judge.reply = ({ material }) => byTaste(material as unknown as Shown);
    const config = refusing.project.read('agent-regress.yml');
    refusing.project.write('agent-regress.yml', `${config}budget: {costUsd: 0.01}\nconcurrency: 1\n`);
    await run();
    const stopped = refusing.project.assessment(out).preference;
    expect(stopped?.unasked).toBeGreaterThan(5);
    expect(stopped?.losses).toBeGreaterThan(0);
    const asked = refusing.judge.seen.length;
    // What was paid for comparisons before counts.
    const { stderr } = await cli(['check', out, '--baseline', 'base']);
    expect(stderr).toContain('budget.costUsd (0.01) is used up');
    expect(refusing.judge.seen).toHaveLength(asked);
    refusing.project.write('agent-regress.yml', config);
    await cli(['check', out, '--baseline', 'base']);
    expect(refusing.project.assessment(out).preference).toMatchObject({ ties: 9, losses: 7, usage: { calls: 28 } });
    expect(refusing.judge.seen.length - asked).toBeLessThan(28);
  });

  it('hold no secret that the judge says back', async () => {
    const { judge, project } = await setUp(byTaste);
    project.write('agent-regress.yml', project.read('agent-regress.yml').replace('{model: m', `{model: m, apiKey: "\${env:JUDGE_KEY}"`));
    judge.reply = ({ key, material }) => says((material as unknown as Shown).first.includes('old') ? 'first' : 'second', `you are ${key}`);
    const env = { JUDGE_KEY: 'sk-0123456789abcdef' };
    const { stdout } = await runCli(['run', '--baseline', 'base'], { cwd: project.folder, env });
    const told = [stdout, ...['preferences.jsonl', 'assessment.json', 'report.md', 'report.html'].map((file) => project.read(`${out}/${file}`))];
    for (const text of told) expect(text).not.toContain(env.JUDGE_KEY);
    expect(project.assessment(out).preference?.worst?.[0]?.reason).toContain('[redacted:JUDGE_KEY]');
  });

  it('need a judge, and a rubric that the agent did not write', async () => {
    const { project } = await setUp(byTaste);
    const config = project.read('agent-regress.yml');
    project.write('agent-regress.yml', config.replace('preference: {}', 'preference: {rubric: "{{output}}"}'));
    expect(await cli(['validate'])).toMatchObject({ code: 2, stderr: expect.stringMatching(/judge\.preference\.rubric/) });
    project.write('agent-regress.yml', config.replace(/judge: .*/, 'judge: {model: m, preference: {}}'));
    expect(await cli(['validate'])).toMatchObject({ code: 2, stderr: expect.stringMatching(/judge\.apiKey: OpenAI's endpoint wants a key/) });
  });
});
