import { describe, expect, it } from 'vitest';
import { sampleGroups } from '../../src/reporters/parts/rows.ts';
import { reporters } from '../../src/reporters/registry.ts';
import { piecesOf } from '../../src/reporters/reporter.ts';
import { anAssessment, aSample } from '../helpers/assessment.ts';
import { verdictCases } from '../helpers/verdicts.ts';
import { aView } from '../helpers/views.ts';

const written = reporters.entries.filter(({ fileName }) => fileName !== undefined);
const many = Array.from({ length: 20_000 }, (_, i) => aSample(`s${i}`, { class: 'stable-pass', file: 'samples.jsonl', line: i + 1 }));
const large = aView({ assessment: anAssessment({ samples: many }) });

describe.each(written.map((reporter) => ({ type: reporter.type, reporter })))('the pieces of the $type report', ({ reporter }) => {
  it.each(verdictCases())('are together the whole report: $name', (verdict) => {
    const view = aView(verdict);
    expect([...piecesOf(reporter, view)].join('')).toBe(reporter.render(view, {}));
  });

  it('stay small with 20,000 samples', () => {
    const pieces = [...piecesOf(reporter, large)];
    expect(Math.max(...pieces.map((piece) => piece.length))).toBeLessThan(200_000);
    expect(pieces.join('')).toBe(reporter.render(large, {}));
  });
});

it('lays a JSON report out as JSON.stringify does', () => {
  const { assessment } = large;
  expect(reporters.get('json').render(large, {})).toBe(`${JSON.stringify(assessment, null, 2)}\n`);
  const empty = aView({ assessment: anAssessment({ samples: [] }) });
  expect(reporters.get('json').render(empty, {})).toBe(`${JSON.stringify(empty.assessment, null, 2)}\n`);
});

it('keeps a page of more samples than fit within its default limit, and says what is missing', () => {
  const long = many.slice(0, 4000).map((sample, i) => aSample(`${sample.id}-${'x'.repeat(2500)}`, { class: 'new', line: i + 1 }));
  const text = [...piecesOf(reporters.get('html'), aView({ assessment: anAssessment({ samples: long }) }))].join('');
  expect(Buffer.byteLength(text)).toBeGreaterThan(7_900_000);
  expect(Buffer.byteLength(text)).toBeLessThanOrEqual(8_000_000);
  expect(text).toContain('more samples are not shown');
});

it('puts ids that differ in their number in the order of a collator', () => {
  const ids = ['s10', 's9', 's010', 's2', 's0', 's123456789012', 's00', 's1'];
  const order = (list: string[]): string[] =>
    sampleGroups(
      list.map((id) => aSample(id, {})),
      undefined,
    ).flatMap(({ rows }) => [...rows].map(({ id }) => id));
  // One id of another form makes the collator compare them all.
  expect(order(ids)).toEqual(order([...ids, 'z']).slice(0, -1));
});
