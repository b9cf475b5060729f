import { describe, expect, it } from 'vitest';
import { citations } from '../../src/checkers/citations.ts';
import type { Json } from '../../src/records/json.ts';
import { check, makeTrajectory } from './build.ts';

const documents = [
  { id: 'terms', text: 'Refunds are paid within 14 days, “at our expense”, by the way you paid.' },
  { id: 'faq', text: 'A parcel takes 3 days.' },
];
const run = (output: string, options: Record<string, unknown> = {}, context: Json = documents) =>
  check(citations, options, { sample: { metadata: { context } }, trajectory: makeTrajectory(output) });

describe('citations', () => {
  it.each([
    ['Refunds take 14 days [terms].', documents, true],
    ['Refunds take 14 days [doc:terms], parcels 3 [source: faq].', documents, true],
    ['Refunds take 14 days [TERMS, faq].', documents, true],
    ['Refunds take 14 days [1]. Parcels three [2][1].', ['one', 'two'], true],
    ['Refunds take 14 days [3].', ['one', 'two'], false],
    ['Refunds take 14 days [doc:nope].', documents, false],
    ['Refunds take 14 days 【1†source】.', 'one text', true],
    ['Refunds [optional] take 14 days [^1].', ['one'], true],
    ['A [1](https://x.example) link is no citation.', ['one'], false],
    ['Nothing is cited.', documents, false],
  ])('"%s": %s', async (output, context, pass) => {
    expect(await run(output, {}, context as Json)).toMatchObject({ kind: 'scored', pass });
  });

  it('looks up quotes, whatever their marks, case and spaces', async () => {
    expect(await run('They say "refunds are paid  within 14 days, \'at our" [terms].')).toMatchObject({ pass: false });
    expect(await run('They say «Refunds are paid within 14 days» [terms].')).toMatchObject({ pass: true });
    expect(await run('They say "refunds are never paid to anyone." [terms]')).toMatchObject({
      value: 0.5,
      reason: expect.stringContaining('never paid'),
    });
    expect(await run('They say "refunds are never paid to anyone." [terms]', { quotes: false })).toMatchObject({ pass: true });
    expect(await run('A "short one" is no quote [terms].')).toMatchObject({ pass: true });
  });

  it('looks up numbers when asked', async () => {
    expect(await run('It takes 14 days [terms].', { numbers: true })).toMatchObject({ pass: true });
    expect(await run('It takes 15 days [terms].', { numbers: true })).toMatchObject({ value: 0.5, reason: expect.stringContaining('15') });
  });

  it('wants a share of the sentences to have one', async () => {
    const text = 'Refunds take 14 days. [terms] A parcel takes 3 [faq]. Thank you. Bye!';
    expect(await run(text, { citedShare: 0.5 })).toMatchObject({ pass: true });
    expect(await run(text, { citedShare: 0.75 })).toMatchObject({ pass: false, value: 0.5, reason: expect.stringContaining('50 %') });
  });

  it('takes each point of a list for a sentence', async () => {
    const points = '- Refunds take 14 days [terms]\n- A parcel takes 3 [faq]\n- Good';
    expect(await run(points, { citedShare: 1 })).toMatchObject({ pass: false, reason: expect.stringContaining('67 %') });
    const numbered = '1. Refunds take 14 days. [terms]\n2. A parcel takes 3 [faq]\n3. [faq] says so';
    expect(await run(numbered, { citedShare: 1 })).toMatchObject({ pass: true });
  });

  it('takes the context of a template, in any form', async () => {
    const slot = { sample: { row: { docs: { a: 'one', b: { content: 'two' } } } }, trajectory: makeTrajectory('So it is [b].') };
    expect(await check(citations, { context: '{{row.docs}}' }, slot)).toMatchObject({ pass: true });
    expect(await check(citations, { context: '{{row.none}}' }, slot)).toMatchObject({ kind: 'unscored' });
    expect(await check(citations, {}, slot)).toMatchObject({ kind: 'unscored', isApplicable: false });
    expect(await run('x [1]', {}, [])).toMatchObject({ kind: 'unscored' });
  });
});
