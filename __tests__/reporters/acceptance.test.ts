import { describe, expect, it } from 'vitest';
import type { Assessment } from '../../src/records/assessment.ts';
import { reporters } from '../../src/reporters/registry.ts';
import { anAssessment, samplesOf, stableSamples } from '../helpers/assessment.ts';
import { aView } from '../helpers/views.ts';

const sha = 'abc1234'.padEnd(40, '0');
const acceptance = { by: 'mona', reason: 'shorter is *better* @all', sha, at: '2026-11-22T10:00:00Z', via: 'comment' as const, commentId: 7 };
const samples = [...samplesOf('regressed', 2, 'refund'), ...stableSamples(5)];
const accepted = (over: Partial<Assessment> = {}) =>
  aView({ assessment: anAssessment({ samples, acceptance, verdict: { status: 'regressed', exitCode: 0, acceptedExitCode: 0 }, ...over }) });

describe('a report of an accepted regression', () => {
  it('still says that it got worse, is not green, and names who accepted it and why', () => {
    const view = accepted();
    expect([view.tone, view.headline]).toEqual(['warn', 'support-bot got worse, accepted.']);
    expect(view.summary[0]).toBe('Accepted by `mona` on 2026-11-22 for `abc1234`: "shorter is *better* @all".');
  });

  it.each(['terminal', 'markdown', 'comment', 'html', 'json', 'junit'])('shows it as %s', (type) => {
    const text = reporters.get(type).render(accepted(), {});
    for (const part of ['mona', 'abc1234', 'shorter is *better* @all']) expect(text).toContain(part);
  });

  it('fails no test case of a JUnit file: the regressed samples are skipped', () => {
    const text = reporters.get('junit').render(accepted(), {});
    expect(text).toContain('failures="0" errors="0" skipped="2"');
    expect(text).not.toContain('<failure');
    expect(text).toContain('<skipped message="regressed: ');
    expect(text).toContain('<property name="accepted" value="Accepted by mona');
  });

  it('stays red where a demand of the policy is broken too', () => {
    const view = accepted({ verdict: { status: 'regressed', exitCode: 1, acceptedExitCode: 1, reasons: [], complete: true } });
    expect([view.tone, view.headline]).toEqual(['bad', 'support-bot got worse.']);
    expect(reporters.get('junit').render(view, {})).toContain('failures="3"');
  });

  it('says why an acceptance does not hold', () => {
    const voidAcceptance = { by: 'mona', sha, why: 'does not cover this commit' };
    const view = aView({ assessment: anAssessment({ voidAcceptance, verdict: { status: 'regressed', exitCode: 1 } }) });
    expect(view.tone).toBe('bad');
    expect(view.summary[0]).toBe('The acceptance of `abc1234` by `mona` does not cover this commit.');
  });
});
