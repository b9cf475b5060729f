import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createEditDistance } from '../../src/checkers/parts/edit-distance.ts';

/** By the table of Wagner and Fischer. */
function plainDistance(a: string, b: string): number {
  let above = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const here = [row];
    for (let column = 1; column <= b.length; column++) {
      const changed = (above[column - 1] as number) + (a[row - 1] === b[column - 1] ? 0 : 1);
      here.push(Math.min((above[column] as number) + 1, (here[column - 1] as number) + 1, changed));
    }
    above = here;
  }
  return above[b.length] as number;
}

const distance = createEditDistance();
/** Few letters, so that much is alike; lengths around the borders of the blocks of 32. */
const text = fc.oneof(
  fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 140 }),
  fc.string({ unit: fc.constantFrom('x', '\u0000', '\uffff', '😀'), minLength: 30, maxLength: 34 }),
  fc.string({ unit: 'binary', maxLength: 70 }),
);

describe('the edit distance', () => {
  it.each([
    ['', '', 0],
    ['', 'abc', 3],
    ['kitten', 'sitting', 3],
    ['flaw', 'lawn', 2],
    ['intention', 'execution', 5],
    ['same', 'same', 0],
  ])('of "%s" and "%s" is %i', (a, b, wanted) => {
    expect(distance(a, b)).toBe(wanted);
    expect(distance(b, a)).toBe(wanted);
  });

  it('is that of the plain table, whatever was measured before', () => {
    fc.assert(
      fc.property(text, text, (a, b) => {
        expect(distance(a, b)).toBe(plainDistance(a, b));
      }),
      { numRuns: 400 },
    );
  });

  it('is that of the plain table for texts that share much', () => {
    const edited = fc.tuple(text, fc.nat(140), fc.nat(8), fc.string({ maxLength: 5 }));
    fc.assert(
      fc.property(edited, ([base, at, cut, put]) => {
        const other = base.slice(0, at) + put + base.slice(at + cut);
        expect(distance(base, other)).toBe(plainDistance(base, other));
      }),
      { numRuns: 400 },
    );
  });
});
