import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  age,
  cost,
  count,
  counted,
  duration,
  metric,
  percent,
  points,
  pointsInterval,
  probability,
  ratio,
  score,
  utf8Bytes,
} from '../../src/reporters/parts/format.ts';

it('prints rates and changes with their unit, a real minus and no negative zero', () => {
  expect([percent(0.8417), percent(1), percent(-0)]).toEqual(['84.2 %', '100.0 %', '0.0 %']);
  expect([points(-0.072), points(0.012), points(-0.0001), points(0)]).toEqual(['−7.2 pp', '+1.2 pp', '0.0 pp', '0.0 pp']);
  expect(pointsInterval([-0.11, 0.035])).toBe('−11.0 … +3.5');
});

it('prints durations in the unit that a person would use', () => {
  expect([0, 812, 999.6, 4200, 59_990, 60_000, 192_000, 7_500_000].map(duration)).toEqual([
    '0 ms',
    '812 ms',
    '1.0 s',
    '4.2 s',
    '1 min',
    '1 min',
    '3 min 12 s',
    '2 h 5 min',
  ]);
  expect([age(0.7), age(20), age(72)]).toEqual(['42 min old', '20 h old', '3 days old']);
});

it('prints costs, counts, scores and p-values', () => {
  expect([0, 0.84, 0.0031, 0.00001, 1204.5].map(cost)).toEqual(['$0.00', '$0.84', '$0.0031', '< $0.0001', '$1,204.50']);
  expect([count(1234567), counted(1, 'run'), counted(0, 'run')]).toEqual(['1,234,567', '1 run', '0 runs']);
  expect([score(0.9), ratio(1.236)]).toEqual(['0.90', '×1.24']);
  expect([0, 0.0004, 0.01, 0.99999].map(probability)).toEqual(['< 0.001', '< 0.001', '0.010', '> 0.999']);
  expect([metric('latencyMs', 812), metric('costUsd', 0.84), metric('steps', 2.5), metric('steps', 40)]).toEqual(['812 ms', '$0.84', '2.5', '40']);
});

it('says n/a of what is not a number', () => {
  for (const print of [percent, points, duration, cost, count, score, ratio, probability, age]) expect(print(Number.NaN)).toBe('n/a');
});

it('counts the bytes of any text as the encoder does', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => utf8Bytes(text) === new TextEncoder().encode(text).length));
});
