import { describe, expect, it } from 'vitest';
import { reporters } from '../../src/reporters/registry.ts';
import { anAssessment, anEvidence, aSample, aSlot, aToolCall, repeated } from '../helpers/assessment.ts';
import { hostileTexts } from '../helpers/hostile.ts';
import { incomplete, regressed, verdictCases } from '../helpers/verdicts.ts';
import { aView } from '../helpers/views.ts';

const bytes = (text: string): number => new TextEncoder().encode(text).length;

/** What every output must say of the regressed case; JSON and CSV carry the raw numbers. */
const said: Record<string, RegExp[]> = {
  json: [/"baselineRate": 0\.914/, /"rate": 0\.842/, /"change": -0\.072/, /"regressed": 6/],
  csv: [/(?:^refund-\d,regressed,.*\r\n){6}/m],
};
const sentences = [/Pass rate 91\.4 % → 84\.2 %/, /−7\.2 pp, 95 % interval −11\.0 … −3\.5/, /6 of 120 samples regressed/];

/** 600 regressed samples of long multi-byte text. */
function hugeView(): ReturnType<typeof aView> {
  const long = '漢字🎉 answer '.repeat(400);
  const samples = Array.from({ length: 600 }, (_, index) =>
    aSample(`long-${index}-${long.slice(0, 60)}`, {
      class: 'regressed',
      current: { passes: 0, repeats: 12 },
      changes: [`says "${long.slice(0, 80)}"`],
    }),
  );
  const evidence = samples
    .slice(0, 200)
    .map(({ id }) => anEvidence(id, repeated(aSlot(long), 3), repeated(aSlot(`no ${long}`, { outcome: 'fail' }), 3)));
  return aView({ assessment: anAssessment({ samples, verdict: { status: 'regressed', exitCode: 1 } }), evidence });
}

/** A view that says the text wherever it can. */
function hostileView(): ReturnType<typeof aView> {
  const text = hostileTexts.join(' ');
  const samples = hostileTexts.map((hostile, index) =>
    aSample(`${index}${hostile}`.slice(0, 256), { class: 'regressed', changes: [hostile], file: hostile || 'x' }),
  );
  const slot = aSlot(text, {
    calls: [aToolCall(text, { [text]: text }, text)],
    scores: [{ checker: text, score: { kind: 'scored', value: 0, pass: false, reason: text } }],
  });
  return aView({
    assessment: anAssessment({
      suite: text,
      samples,
      run: { agent: text, stopReason: text },
      baseline: { ref: text, sha: text, notes: [text] },
      verdict: { complete: false, exitCode: 3, reasons: [text] },
    }),
    evidence: [anEvidence('a', [slot], [slot])],
  });
}

describe.each(reporters.entries)('the $type reporter', (reporter) => {
  it('gives the same bytes for the same view', () => {
    for (const verdict of verdictCases()) {
      expect(reporter.render(aView(verdict), {})).toBe(reporter.render(aView(structuredClone(verdict)), {}));
    }
  });

  it('prints the same headline numbers as every other', () => {
    const text = reporter.render(aView(regressed()), { width: 200 });
    for (const sentence of said[reporter.type] ?? sentences) expect(text).toMatch(sentence);
  });

  it('labels a partial run', () => {
    expect(reporter.render(aView(incomplete()), {})).toMatch(/partial|"complete": false/i);
  });

  it.each([4_000, 20_000, 65_535, 1_000_000])('stays within %i bytes and says what it left out', (maxBytes) => {
    const view = hugeView();
    const text = reporter.render(view, { maxBytes });
    expect(bytes(text)).toBeLessThanOrEqual(maxBytes);
    expect(text).not.toMatch(/\p{Cs}/u);
    if (bytes(reporter.render(view, { maxBytes: 1e9 })) > maxBytes) {
      expect(text).toMatch(/more|omitted|not ?shown|Cut to fit|got worse/i);
    }
  });

  it('shows no control, bidi or zero-width character of an agent, and no terminal command', () => {
    const text = reporter.render(hostileView(), {});
    const ours = reporter.type === 'markdown' || reporter.type === 'comment' ? /[\n\u200b]/g : /[\n\r\t]/g;
    expect(text.replace(ours, '')).not.toMatch(/[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069\u200b-\u200f\ufeff]/u);
    if (reporter.type === 'terminal')
      expect(text.split('\n').filter((line) => line.trimStart().startsWith('::') || line.includes('##['))).toEqual([]);
  });

  it('renders an assessment of nothing', () => {
    const nothing = anAssessment({
      samples: [],
      suiteEffect: undefined,
      passRate: undefined,
      outcomes: { pass: 0, fail: 0, error: 0, unscored: 0, skipped: 0 },
    });
    expect(reporter.render(aView({ assessment: nothing }), {})).not.toBe('');
  });
});

it('writes every file of the output folder under its documented name', () => {
  const names = Object.fromEntries(reporters.entries.map(({ type, fileName }) => [type, fileName]));
  expect(names).toEqual({
    terminal: undefined,
    comment: undefined,
    markdown: 'report.md',
    html: 'report.html',
    json: 'assessment.json',
    junit: 'junit.xml',
    csv: 'results.csv',
  });
});
