import { describe, expect, it } from 'vitest';
import { assess } from '../../src/compare/assess.ts';
import { ExitCode } from '../../src/errors.ts';
import { withAcceptance, withoutAcceptance } from '../../src/pipeline/accept.ts';
import type { Policy } from '../../src/records/policy.ts';
import { makePolicy, makeRun, many, type SampleSpec } from './run-builder.ts';

const steady = makeRun({ runId: 'base', samples: many(50, 'ppp') });
const worse = many(50, (i) => (i < 8 ? 'f'.repeat(12) : 'ppp'));
const judge = (samples: Record<string, string | SampleSpec>, policy: Partial<Policy> = {}, isEnded = true) => {
  const stopped = isEnded ? {} : { stopReason: 'interrupted' };
  return assess({
    current: makeRun({ runId: 'now', samples, isEnded }),
    pool: [steady],
    baseline: { kind: 'path', runs: 1 },
    policy: makePolicy(policy),
    ...stopped,
  });
};

describe('what an acceptance can take away', () => {
  it('is a regression, in strict mode too', () => {
    expect(judge(worse).verdict).toMatchObject({ status: 'regressed', exitCode: ExitCode.regression, acceptedExitCode: ExitCode.pass });
    expect(judge(worse, { mode: 'strict' }).verdict).toMatchObject({ exitCode: ExitCode.regression, acceptedExitCode: ExitCode.pass });
  });

  it('is no critical sample and no required pass rate', () => {
    const vip = judge({ ...worse, vip: { slots: 'fff', critical: true } });
    expect(vip.verdict).toMatchObject({ status: 'regressed', exitCode: ExitCode.regression, acceptedExitCode: ExitCode.regression });
    expect(judge(worse, { minPassRate: 0.95 }).verdict).toMatchObject({ status: 'regressed', acceptedExitCode: ExitCode.regression });
  });

  it('is no run that is not complete', () => {
    expect(judge(worse, {}, false).verdict).toMatchObject({
      ...{ status: 'regressed', complete: false },
      ...{ exitCode: ExitCode.regression, acceptedExitCode: ExitCode.incomplete },
    });
  });

  it('is nothing where no regression decides', () => {
    expect(judge(many(50, 'ppp')).verdict).not.toHaveProperty('acceptedExitCode');
    expect(judge(worse, { failOn: [] }).verdict).not.toHaveProperty('acceptedExitCode');
  });
});

describe('an accepted assessment', () => {
  const acceptance = { by: 'mona', reason: 'wanted', sha: 'a'.repeat(40), at: '2026-01-01T00:00:00Z', via: 'label' as const };

  it('keeps its verdict and gets the exit code, and gets it back', () => {
    const assessment = judge(worse);
    const accepted = withAcceptance(assessment, { acceptance });
    expect(accepted.verdict).toEqual({ ...assessment.verdict, exitCode: ExitCode.pass });
    expect(withoutAcceptance(accepted)).toEqual(assessment);
    expect(withAcceptance(assessment, undefined)).toBe(assessment);
  });

  it('is not made by an acceptance that is void', () => {
    const assessment = judge(worse);
    const voidAcceptance = { by: 'mona', sha: 'a'.repeat(40), why: 'does not cover this commit' };
    expect(withAcceptance(assessment, { voidAcceptance })).toEqual({ ...assessment, voidAcceptance });
    expect(withoutAcceptance({ ...assessment, voidAcceptance })).toEqual(assessment);
  });
});
