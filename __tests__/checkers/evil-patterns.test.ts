import { expect, it } from 'vitest';
import type { CheckerDefinition } from '../../src/checkers/checker.ts';
import { jsonSchema } from '../../src/checkers/json-schema.ts';
import { regex } from '../../src/checkers/regex.ts';
import { state } from '../../src/checkers/state.ts';
import { trajectory } from '../../src/checkers/trajectory.ts';
import type { Score } from '../../src/records/score.ts';
import patterns from '../fixtures/hostile/regex.json' with { type: 'json' };
import { size } from '../harness/soak.ts';
import { cpuMs } from '../helpers/cpu.ts';
import { check, checkOutput, turnsWithCalls, withCalls } from './build.ts';

const length = 100_000;
const texts = [`${'a'.repeat(length - 1)}!`, ' a'.repeat(length / 2), 'ab"<'.repeat(length / 4)].slice(0, size(1, 3));

/** Every checker that compiles a pattern of a config or a dataset. */
const places: Record<string, (pattern: string, text: string) => Promise<Score>> = {
  regex: (pattern, text) => checkOutput(regex as CheckerDefinition, { pattern }, text),
  'json-schema': (pattern, text) =>
    checkOutput(jsonSchema as CheckerDefinition, { schema: { pattern, patternProperties: { [pattern]: {} } } }, JSON.stringify(text)),
  'json-schema of keys': (pattern, text) =>
    checkOutput(
      jsonSchema as CheckerDefinition,
      { schema: { patternProperties: { [pattern]: { type: 'string' } } } },
      JSON.stringify({ [text]: '' }),
    ),
  'argument of a tool call': (pattern, text) =>
    check(
      trajectory as CheckerDefinition,
      { fields: { text: { regex: pattern } } },
      { sample: { turns: turnsWithCalls([{ name: 'send', args: { text: 'x' } }]) }, trajectory: withCalls([{ name: 'send', args: { text } }]) },
    ),
  'final state': (pattern, text) =>
    check(
      state as CheckerDefinition,
      { assertions: [{ path: '/text', matches: pattern }] },
      { trajectory: { ...withCalls([]), finalState: { text } } },
    ),
};

it.each(Object.keys(places))('T21 no pattern stalls %s on 100 KB', async (place) => {
  expect(patterns.length).toBeGreaterThanOrEqual(25);
  for (const pattern of patterns) {
    for (const text of texts) {
      const started = cpuMs();
      const score = await places[place]?.(pattern, text).catch((error: unknown) => String(error));
      if (typeof score === 'string') expect(score).toMatch(/pattern/);
      else expect(score).toMatchObject({ kind: 'scored' });
      expect(cpuMs() - started, `${pattern} on ${text.slice(0, 4)}`).toBeLessThan(1000);
    }
  }
});
