import { expect, it } from 'vitest';
import { clampBytes } from '../../src/github/clamp.ts';
import { reporters } from '../../src/reporters/registry.ts';
import { readMarkdown } from '../harness/markdown-sink.ts';
import { inertFaults } from '../harness/sink-checker.ts';
import { size, soakRow } from '../harness/soak.ts';
import { anAssessment, anEvidence, aSample, aSlot, aToolCall } from '../helpers/assessment.ts';
import { hostile } from '../helpers/hostile.ts';
import { aView } from '../helpers/views.ts';

const bytes = (text: string): number => Buffer.byteLength(text);

/** UTF-8 bytes that each sink takes; GitHub counts characters of a comment, which are never more. */
const sinks = {
  comment: { reporter: 'comment', maxBytes: 65_536 },
  check: { reporter: 'markdown', maxBytes: 65_535 },
  summary: { reporter: 'markdown', maxBytes: 1024 * 1024 },
  terminal: { reporter: 'terminal', maxBytes: 1024 * 1024 },
  html: { reporter: 'html', maxBytes: 8_000_000 },
} as const;

it('T13 keeps every payload under its limit, in whole characters and valid markdown, for huge outputs of many failures', () => {
  // One text in all places of all samples: it is the same memory.
  const attack = Object.values(hostile.markdown).join(' ');
  const huge = `${'漢字🎉👩‍👩‍👧é'.repeat(1000)}${attack}`.repeat(700).slice(0, size(1_000_000, 10_000_000));
  const failures = size(20, 500);
  const ids = Array.from({ length: failures }, (_, index) => `${'👩‍👩‍👧'.repeat(12)}-${index}`);
  const slot = aSlot(huge, {
    outcome: 'fail',
    input: huge,
    calls: [aToolCall(huge, { text: huge }, huge)],
    scores: [{ checker: 'contains', score: { kind: 'scored', value: 0, pass: false, reason: huge } }],
  });
  const samples = ids.map((id) => aSample(id, { class: 'regressed', current: { passes: 0, repeats: 3 }, changes: [`says "${huge.slice(0, 80)}"`] }));
  const evidence = ids.map((id) => ({ ...anEvidence(id, [slot], [slot]), input: huge, expected: huge }));
  const view = aView({ assessment: anAssessment({ samples, verdict: { status: 'regressed', exitCode: 1 } }), evidence });
  const faults = Object.entries(sinks).flatMap(([sink, { reporter, maxBytes }]) => {
    const text = reporters.get(reporter).render(view, { maxBytes });
    const found = [
      ...(bytes(text) > maxBytes ? [`${bytes(text)} bytes`] : []),
      ...(/\p{Cs}|\ufffd/u.test(text) ? ['half a character'] : []),
      ...(clampBytes(text, maxBytes) === text ? [] : ['is cut afterwards']),
      ...(reporter === 'comment' || reporter === 'markdown' ? inertFaults(readMarkdown(text)) : []),
    ];
    return found.map((fault) => `${sink}: ${fault}`);
  });
  soakRow({
    goal: 'T13',
    what: 'huge outputs of many failures',
    wanted: '10 MB × 500 failures; every payload under its limit and valid',
    measured: `${huge.length / 1e6} MB × ${failures} failures; ${faults.length} faults`,
    isMet: faults.length === 0 && huge.length >= 10_000_000 && failures >= 500,
  });
  expect(faults).toEqual([]);
});
