import { describe, expect, it } from 'vitest';
import { inertLine } from '../../src/action/host.ts';
import { outputsOf, worstOf } from '../../src/action/outputs.ts';
import type { Evaluation } from '../../src/pipeline/ports.ts';
import { anAssessment } from '../helpers/assessment.ts';
import { parseWorkflowCommands } from '../helpers/workflow-commands.ts';

const evaluation = (overrides: Parameters<typeof anAssessment>[0] = {}) =>
  ({
    assessment: anAssessment(overrides),
    runLog: '/w/.agent-regress/a/run.jsonl',
    files: { html: '/w/.agent-regress/a/report.html' },
    exitCode: 0,
  }) as unknown as Evaluation;

describe('outputs', () => {
  it('are small scalars and our own paths', () => {
    const outputs = outputsOf(
      { suite: 'a', exitCode: 1, evaluation: evaluation(), published: { comment: { kind: 'published', url: 'https://github.com/c' } } },
      true,
    );
    expect(outputs).toMatchObject({
      verdict: 'no-change',
      'exit-code': '1',
      'pass-rate': '0.9111',
      change: '-0.0028',
      'comment-url': 'https://github.com/c',
      'check-url': '',
    });
  });

  it('leave out a report that is not wanted and a commit that is none', () => {
    const outputs = outputsOf({ suite: 'a', exitCode: 0, evaluation: evaluation({ baseline: { sha: 'x\ny=1' } }), published: {} }, false);
    expect(outputs['report-html']).toBe('');
    expect(outputs['baseline-sha']).toBe('');
  });

  it('are those of the worst suite', () => {
    const outcome = (suite: string, exitCode: number) => ({ suite, exitCode, published: {} });
    expect(worstOf([outcome('a', 0), outcome('b', 3), outcome('c', 1), outcome('d', 0)])?.suite).toBe('c');
    expect(worstOf([])).toBeUndefined();
  });
});

describe('log lines', () => {
  it.each(['::set-output name=x::y', '  ::stop-commands::t', 'text ##[add-mask]x', 'a\r::error::x', 'a\v::error::x', '\t::debug::x', '##[error]x'])(
    'carry no command: %j',
    (hostile) => {
      expect(parseWorkflowCommands(`${inertLine(hostile)}\n`)).toEqual([]);
    },
  );

  it('leave ordinary text as it is', () => {
    expect(inertLine('support-bot: 3/10 done (50 %)')).toBe('support-bot: 3/10 done (50 %)');
  });
});
