import { describe, expect, it } from 'vitest';
import { createRegistry, nearestNames, unknownNameRemedy } from '../src/registry.ts';

describe('a registry', () => {
  const checkers = createRegistry('checker', [{ type: 'contains' }, { type: 'regex' }]);

  it('gives its entries by name, in the order of registration', () => {
    expect(checkers.types).toEqual(['contains', 'regex']);
    expect(checkers.get('regex')).toEqual({ type: 'regex' });
    expect([checkers.has('contains'), checkers.has('toString')]).toEqual([true, false]);
  });

  it('answers an unknown name with the nearest ones and the whole list', () => {
    expect(() => checkers.get('contians')).toThrow(
      expect.objectContaining({
        code: 'unknown-checker',
        message: 'unknown checker "contians"',
        remedy: 'did you mean "contains"? Known: contains, regex',
      }),
    );
  });

  it('refuses two entries of one name', () => {
    expect(() => createRegistry('agent', [{ type: 'a' }, { type: 'a' }])).toThrow(/two agent definitions are called "a"/);
  });
});

describe('near names', () => {
  it('are at most three, nearest first, whatever the case', () => {
    expect(nearestNames('TRAJECTORI', ['trajectory', 'latency'])).toEqual(['trajectory']);
    expect(nearestNames('aa', ['ab', 'ac', 'ad', 'ae'])).toEqual(['ab', 'ac', 'ad']);
    expect(nearestNames('x', [])).toEqual([]);
  });

  it('are left out when nothing is near', () => {
    expect(unknownNameRemedy('completely-different', ['regex', 'cost'])).toBe('Known: regex, cost');
  });
});
