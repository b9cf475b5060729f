import { describe, expect, it } from 'vitest';
import { anAssessment, aSample, samplesOf, stableSamples } from '../helpers/assessment.ts';
import { aView } from '../helpers/views.ts';

describe('the view', () => {
  it('is never green on a partial run, whatever the status', () => {
    for (const status of ['improved', 'no-change', 'inconclusive', 'no-baseline'] as const) {
      const view = aView({ assessment: anAssessment({ verdict: { status, complete: false, exitCode: 3 } }) });
      expect(view.tone).toBe('warn');
      expect(view.headline).toBe('support-bot: partial run, no verdict.');
    }
    const worse = aView({ assessment: anAssessment({ verdict: { status: 'regressed', complete: false, exitCode: 1 } }) });
    expect([worse.tone, worse.headline]).toEqual(['bad', 'support-bot got worse (partial run).']);
  });

  it('is red when the policy fails without a regression, and says why', () => {
    const view = aView({ assessment: anAssessment({ verdict: { exitCode: 1, reasons: ['the critical sample `refund-1` failed'] } }) });
    expect([view.tone, view.headline]).toEqual(['bad', 'support-bot breaks its policy.']);
    expect(view.summary).toContain('The critical sample `refund-1` failed.');
  });

  it('says that nothing was measured before it says that there is no baseline', () => {
    const outcomes = { pass: 0, fail: 0, error: 7, unscored: 2, skipped: 0 };
    const reasons = ['no slot has a verdict: 7 errors, 2 unscored', 'there is no baseline to compare with'];
    for (const status of ['no-baseline', 'inconclusive'] as const) {
      const view = aView({
        assessment: anAssessment({ verdict: { status, exitCode: 3, reasons }, outcomes, passRate: undefined, suiteEffect: undefined }),
      });
      expect([view.tone, view.headline]).toEqual(['warn', 'support-bot: nothing could be measured.']);
      expect(view.summary[0]).toBe('No slot has a verdict: 7 errors, 2 unscored.');
    }
  });

  it('says "no change" only with the drop that is excluded', () => {
    const view = aView({ assessment: anAssessment({ verdict: { excludedDrop: 0.0312 } }) });
    expect(view.summary.join(' ')).toContain('A drop of more than 3.1 pp is excluded with 95 % confidence.');
  });

  it('says what would settle an inconclusive run, from the verdict where it knows', () => {
    const settle = (gates: Record<string, unknown>): string =>
      aView({ assessment: anAssessment({ verdict: { status: 'inconclusive', gates } }) }).summary.join(' ');
    expect(settle({ settle: ['12 repeats', '3 more nightly runs.'] })).toContain('What would settle it: 12 repeats, or 3 more nightly runs.');
    expect(settle({})).toContain('What would settle it: more repeats, or more runs of the base branch.');
  });

  it('says when a drop has no single culprit', () => {
    const view = aView({ assessment: anAssessment({ verdict: { status: 'regressed', exitCode: 1 } }) });
    expect(view.summary.join(' ')).toContain('No single sample accounts for the drop among 120 samples.');
  });

  it('puts critical samples first, then the surest, then natural order', () => {
    const samples = [
      aSample('b-10', { class: 'regressed' }),
      aSample('b-9', { class: 'regressed' }),
      aSample('sure', { class: 'regressed', adjusted: 0.001 }),
      aSample('critical', { class: 'regressed', critical: true }),
      ...stableSamples(2),
      ...samplesOf('suspect', 1, 's'),
    ];
    const groups = aView({ assessment: anAssessment({ samples }) }).groups;
    expect(groups.map((group) => group.class)).toEqual(['regressed', 'suspect', 'stable-pass']);
    expect([...(groups[0]?.rows ?? [])].map((row) => row.id)).toEqual(['critical', 'sure', 'b-9', 'b-10']);
  });

  it('tells moved scores where nothing was read back', () => {
    const samples = [aSample('a', { class: 'suspect', scores: { contains: { baseline: 1, current: 0.33 }, same: { baseline: 1, current: 1 } } })];
    const [row] = aView({ assessment: anAssessment({ samples }) }).groups[0]?.rows ?? [];
    expect(row?.changes).toEqual(['`contains` 1.00 → 0.33']);
  });

  it('prints gates of any shape and never fails on them', () => {
    const gates = {
      suite: { p: 0.0004, fired: true },
      text: 'a whole sentence',
      nested: { a: [1, 2], b: { c: null }, d: Number.NaN },
      none: null,
      list: [],
    };
    const { decision } = aView({ assessment: anAssessment({ verdict: { gates } }) });
    expect(decision).toContain('Suite: p < 0.001, fired yes.');
    expect(decision).toContain('A whole sentence.');
  });
});
