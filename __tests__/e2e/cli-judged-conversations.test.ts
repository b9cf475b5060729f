import { afterEach, describe, expect, it } from 'vitest';
import type { Trajectory } from '../../src/records/trajectory.ts';
import { type JudgeServer, startJudgeServer, verdict } from '../helpers/judge-server.ts';
import { makeProject, type Project, runCli } from '../helpers/run-cli.ts';
import { startUserServer, type UserServer } from '../helpers/user-server.ts';

const out = '.agent-regress/bot';
let user: UserServer | undefined;
let judge: JudgeServer | undefined;
let project: Project | undefined;

afterEach(async () => {
  await Promise.all([user?.close(), judge?.close()]);
  project?.remove();
});

const talk = { id: 'talk', scenario: { opening: 'hello', plan: 'Get a refund.' } };
/** Says two more messages, whatever it hears. */
const talkative: UserServer['reply'] = ({ conversation }) => ['', 'order 7', 'and now?', '###STOP###'][conversation.length] ?? '###STOP###';

async function run(config: string, files: Record<string, unknown> = {}) {
  project = makeProject({
    'samples.jsonl': [talk],
    'agent.mjs': "export default async ({ input }) => 'heard ' + input;\n",
    'agent-regress.yml': `suite: bot\nsamples: samples.jsonl\nagent: {type: module, path: agent.mjs}\nrepeats: 1\nmaxRetries: 0\nuser: {model: person, baseUrl: "${user?.url}"}\njudge: {model: wise, baseUrl: "${judge?.url}"}\n${config}`,
    ...files,
  });
  const { code, stderr } = await runCli(['run', '--no-color'], { cwd: project.folder });
  return { project, code, stderr };
}

describe('a conversation with a simulated user', () => {
  it('is judged by turn, as a whole, and by what the user said', async () => {
    user = await startUserServer(talkative);
    judge = await startJudgeServer(({ material, body }) => {
      const rules = body.messages.map(({ content }) => content).join('\n');
      if (rules.includes('got what')) return verdict(material.conversation === undefined ? 0 : 10);
      return verdict(material.answer === 'heard order 7' || material.answer === 'order 7' ? 0 : 10);
    });
    const { project, code, stderr } = await run(`baseline: none
checkers:
  - {type: per-turn, name: polite, required: false, checker: {type: judge, rubric: Polite.}}
  - {type: judge, name: solved, rubric: "The user got what this asks for: {{row.scenario.plan}}"}
  - {type: per-turn, name: played, history: true, required: false, checker: {type: judge, actual: "{{input}}", rubric: "Follows: {{row.scenario.plan}}"}}
`);
    expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' });
    const scores = project.records(out, 'score').map(({ checker, value, perTurn }) => ({ checker, value, perTurn }));
    expect(scores).toEqual([
      { checker: 'polite', value: 0, perTurn: [1, 0, 1] },
      { checker: 'solved', value: 1, perTurn: undefined },
      { checker: 'played', value: 0, perTurn: [1, 0, 1] },
    ]);
    const whole = judge.seen.find(({ material }) => material.conversation !== undefined && material.answer === 'heard and now?')?.material;
    for (const said of ['hello', 'heard hello', 'order 7', 'heard order 7', 'and now?']) expect(JSON.stringify(whole)).toContain(said);
    expect(judge.seen.map(({ material }) => material.answer).filter((answer) => !answer.startsWith('heard'))).toEqual([
      'hello',
      'order 7',
      'and now?',
    ]);
    expect(project.assessment(out).cost).toMatchObject({ agentCalls: 1, judgeCalls: 7, userCalls: 3 });
  });

  it('is held with both agents of a comparison, and the cost of both users is counted', async () => {
    user = await startUserServer(talkative);
    judge = await startJudgeServer(() => verdict(10));
    const samples = Array.from({ length: 8 }, (_, index) => ({ ...talk, id: `s${index}` }));
    const { project, code, stderr } = await run(
      'baseline: {agent: {path: base.mjs}}\ncheckers: [{type: per-turn, checker: {type: contains, value: heard}}]\n',
      {
        'samples.jsonl': samples,
        'agent.mjs': "export default async ({ input }) => (input === 'order 7' ? 'what?' : 'heard ' + input);\n",
        'base.mjs': "export default async ({ input }) => 'heard ' + input;\n",
      },
    );
    expect({ code, stderr: code === 1 ? '' : stderr }).toEqual({ code: 1, stderr: '' });
    const { verdict: decided, suiteEffect, cost } = project.assessment(out);
    expect(decided.status).toBe('regressed');
    expect(suiteEffect).toMatchObject({ baselineRate: 1, rate: 0 });
    const conversations = (cost.agentCalls ?? 0) + (cost.baselineAgentCalls ?? 0);
    expect({ users: cost.userCalls, asked: user.seen.length }).toEqual({ users: 3 * conversations, asked: 3 * conversations });
    const [first] = project.records(out, 'response').map(({ trajectory }) => trajectory as Trajectory);
    expect(first).toMatchObject({ end: 'stop', turns: [{ input: 'hello' }, { input: 'order 7', output: 'what?' }, { input: 'and now?' }] });
  });

  it('that an agent answers whole keeps what the user really said', async () => {
    user = await startUserServer(() => 'I want a refund');
    const { project } = await run('baseline: none\ncheckers: [{type: contains, value: done}]\n', {
      'samples.jsonl': [{ id: 'talk', scenario: { plan: 'Get a refund.' } }],
      'agent.mjs': "export default async () => ({ turns: [{ output: 'all done' }] });\n",
    });
    const [first] = project.records(out, 'response').map(({ trajectory }) => trajectory as Trajectory);
    expect(first?.turns).toMatchObject([{ input: 'I want a refund', output: 'all done' }]);
    expect(user.seen).toHaveLength(1);
  });
});
