import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { makeProject, type Project, runCli } from '../helpers/run-cli.ts';

const text = (value: unknown) => JSON.stringify(value);
const content = (role: string, words: string) => ({ role, parts: [{ text: words }] });

const invocation = (answer: string, sides: number, isNew: boolean) => ({
  invocation_id: 'e-1',
  user_content: content('user', 'roll'),
  final_response: content('model', answer),
  intermediate_data: isNew
    ? {
        invocation_events: [
          { author: 'dice', content: { role: 'model', parts: [{ function_call: { id: 'c', name: 'roll_die', args: { sides } } }] } },
          { author: 'dice', content: { role: 'user', parts: [{ function_response: { id: 'c', name: 'roll_die', response: { result: 4 } } }] } },
        ],
      }
    : { tool_uses: [{ name: 'roll_die', args: { sides } }], intermediate_responses: [] },
});

const metric = (name: string, threshold: number, score: number | null, eval_status: number) => ({ metric_name: name, threshold, score, eval_status });

/** A result as ADK of 2025 wrote it, or of 2026. */
function result(answers: { id: string; answer: string; status: number; score: number | null }[], isNew: boolean, time: number) {
  return {
    eval_set_result_id: `dice_rolls_${time}`,
    eval_set_result_name: `dice_rolls_${time}`,
    eval_set_id: 'rolls',
    creation_timestamp: time,
    eval_case_results: answers.map(({ id, answer, status, score }) => {
      const metrics = [
        metric('response_match_score', 0.8, score, status),
        ...(isNew ? [{ metric_name: 'token_usage_v1', score: 212, eval_status: 4 }] : []),
      ];
      return {
        eval_set_id: 'rolls',
        eval_id: id,
        final_eval_status: status,
        ...(isNew
          ? { overall_eval_metric_results: metrics }
          : { eval_metric_results: metrics.map(({ metric_name, ...rest }) => [{ metric_name }, rest]) }),
        eval_metric_result_per_invocation:
          answer === ''
            ? []
            : [
                {
                  actual_invocation: invocation(answer, 6, isNew),
                  expected_invocation: invocation('I rolled 4.', 6, isNew),
                  eval_metric_results: metrics,
                },
              ],
        session_id: 's',
        user_id: 'u',
      };
    }),
  };
}

const old = result(
  [
    { id: 'a', answer: 'I rolled 4.', status: 1, score: 1 },
    { id: 'b', answer: 'No.', status: 2, score: 0 },
    { id: 'c', answer: '', status: 3, score: null },
  ],
  false,
  1_750_000_000.5,
);
const recent = result([{ id: 'a', answer: 'I rolled 4.', status: 1, score: 1 }], true, 1_760_000_000);

describe('results of the Agent Development Kit', { timeout: 60_000 }, () => {
  let project: Project;
  afterEach(() => project?.remove());
  const cli = (...args: string[]) => runCli(args, { cwd: project.folder });

  it('are taken over as a run: both generations, repeats, cases without an answer, what only informs', async () => {
    const history = 'dice/.adk/eval_history';
    project = makeProject({ [`${history}/1.evalset_result.json`]: text(text(old)), [`${history}/2.evalset_result.json`]: text(recent) });
    const { code, stderr } = await cli('import', history, '--output', 'taken');
    expect(code, stderr).toBe(0);
    expect(stderr).toContain('token_usage_v1 only informs');
    const [header] = project.records('taken', 'run');
    expect(header).toMatchObject({ suite: 'rolls', startedAt: new Date(1_750_000_000_500).toISOString() });
    expect(project.records('taken', 'done').map(({ sample, epoch, outcome }) => [sample, epoch, outcome])).toEqual([
      ['rolls:a', 1, 'pass'],
      ['rolls:a', 2, 'pass'],
      ['rolls:b', 1, 'fail'],
      ['rolls:c', 1, 'error'],
    ]);
    const [first, second] = project.records('taken', 'response') as { trajectory: { turns: unknown[] } }[];
    expect(first?.trajectory.turns).toEqual([
      { input: 'roll', output: 'I rolled 4.', steps: [{ kind: 'toolCall', name: 'roll_die', args: { sides: 6 } }] },
    ]);
    expect(second?.trajectory.turns[0]).toMatchObject({ steps: [{ name: 'roll_die', id: 'c', result: { result: 4 } }] });
    expect(project.records('taken', 'score').at(-1)).toMatchObject({ sample: 'rolls:b', checker: 'response_match_score', value: 0, pass: false });
  });

  it('are a baseline of the suite that runs the same eval set, and go back to where ADK looks for them', async () => {
    const cases = ['a', 'b'].map((id) => ({ eval_id: id, conversation: [invocation('I rolled 4.', 6, false)] }));
    project = makeProject({
      'rolls.evalset.json': text({ eval_set_id: 'rolls', eval_cases: cases }),
      'results.json': text(old),
      'agent-regress.json': {
        suite: 'dice',
        samples: 'rolls.evalset.json',
        agent: { type: 'replay', path: 'recorded.jsonl' },
        repeats: 1,
        checkers: [{ type: 'rouge', name: 'response_match_score', threshold: 0.8 }],
      },
      'recorded.jsonl': ['a', 'b'].map((id) => ({
        id: `rolls:${id}`,
        output: 'I rolled 4.',
        toolCalls: [{ name: 'roll_die', args: { sides: 6 }, result: 4 }],
      })),
    });
    const taken = await cli('import', 'results.json', '--from', 'adk', '--config', 'agent-regress.json', '--output', 'base');
    expect(taken.code, taken.stderr).toBe(0);
    expect(
      project.records('base', 'score').map(({ sample, value }) => [sample, value]),
      taken.stderr,
    ).toEqual([
      ['rolls:a', 1],
      ['rolls:b', 0],
    ]);
    const { code, stderr } = await cli('run', '--baseline', 'base', '-q');
    expect(code, stderr).toBe(0);
    const written = await cli('export', '.agent-regress/dice', '--to', 'adk', '--output', 'agents', '--config', 'agent-regress.json');
    expect(written.code, written.stderr).toBe(0);
    const history = 'agents/dice/.adk/eval_history';
    const [name = ''] = readdirSync(join(project.folder, history));
    expect(name).toMatch(/^dice_rolls_[\d.]+\.evalset_result\.json$/);
    expect(JSON.parse(project.read(`${history}/${name}`))).toMatchObject({
      eval_set_id: 'rolls',
      eval_case_results: [
        {
          eval_id: 'a',
          final_eval_status: 1,
          overall_eval_metric_results: [{ metric_name: 'response_match_score', score: 1, threshold: 0.8, eval_status: 1 }],
        },
        { eval_id: 'b', final_eval_status: 1 },
      ],
    });
    const again = await cli('import', 'agents', '--output', 'again');
    expect(again.code, again.stderr).toBe(0);
    expect(project.records('again', 'done').map(({ sample, outcome }) => [sample, outcome])).toEqual([
      ['rolls:a', 'pass'],
      ['rolls:b', 'pass'],
    ]);
  });
});
