import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type Json, systems, ToolError, type adk as Types } from '../../src/index.ts';

const adk = await systems.adk();

type Tree = { [key: string]: Json };
interface Case<I, E> {
  id: string;
  input: I;
  expected: E;
}

/** Every case of a file of reference values as a row of `test.each`. */
function vector<I, E>(name: string): [string, Case<I, E>][] {
  const text = readFileSync(new URL(`../vectors/${name}.json`, import.meta.url), 'utf8');
  return (JSON.parse(text) as { cases: Case<I, E>[] }).cases.map((one) => [one.id, one]);
}

/** Equal but for rounding: numbers to 1e-6. */
function near(value: Json): unknown {
  if (typeof value === 'number') return expect.closeTo(value, 6);
  if (Array.isArray(value)) return value.map(near);
  return value !== null && typeof value === 'object' ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, near(item)])) : value;
}

const isError = (expected: Json) => expected !== null && typeof expected === 'object' && !Array.isArray(expected) && expected.error === true;

describe('the library gives the reference values of ADK', () => {
  test.each(vector<string[], Tree>('adk-eval-cli-targets'))('targets %s', (_, { input, expected }) => {
    expect(adk.evalSetTargets(input)).toEqual(expected);
  });

  test.each(vector<Json, Json>('adk-eval-config'))('config %s', (_, { input, expected }) => {
    if (isError(expected)) expect(() => adk.evalMetrics(input)).toThrow(ToolError);
    else expect(adk.evalMetrics(input)).toEqual(expected);
  });

  test.each(vector<Json, Tree>('adk-events-to-turn'))('events %s', (_, { input, expected }) => {
    expect(adk.eventsToTurn(input)).toEqual(expected);
  });

  test.each(vector<Types.EvalStatus[], Tree>('adk-final-status'))('status %s', (_, { input, expected }) => {
    expect(adk.finalStatus(input)).toEqual(expected);
  });

  test.each(vector<string[], number | null>('adk-hallucination-score'))('hallucinations %s', (_, { input, expected }) => {
    expect(adk.hallucinationScore(input)).toEqual(near(expected));
  });

  test.each(vector<{ file_name: string; json: Json; initial_session?: Tree }, Json>('adk-legacy-conversion'))(
    'conversion %s',
    (_, { input, expected }) => {
      const { file_name: fileName, json, initial_session: initialSession } = input;
      const convert = () => adk.convertDataset(json, { fileName, ...(initialSession ? { initialSession } : {}) });
      if (isError(expected)) expect(convert).toThrow(ToolError);
      else expect(convert()).toEqual(expected);
    },
  );

  test.each(vector<{ criteria: Tree; first_turn: Tree }, string>('adk-legacy-validation'))('validation %s', (_, { input, expected }) => {
    const validate = () => adk.validateFirstTurn(input.criteria, input.first_turn);
    if (expected === 'error') expect(validate).toThrow(ToolError);
    else expect(validate).not.toThrow();
  });

  test.each(vector<{ threshold: number; runs: (number | null)[][] }, Tree>('adk-multi-run-aggregation'))('runs %s', (_, { input, expected }) => {
    expect(adk.poolRuns(input.threshold, input.runs)).toEqual(near(expected));
  });

  test.each(vector<{ threshold: number; invocations: Record<string, number | null>[][] }, Tree>('adk-rubric-aggregation'))(
    'rubrics %s',
    (_, { input, expected }) => {
      expect(adk.aggregateRubrics(input.threshold, input.invocations)).toEqual(near(expected));
    },
  );

  test.each(vector<{ candidate: string; reference: string }, Record<string, number>>('adk-rouge1-latin'))('ROUGE-1 %s', (_, { input, expected }) => {
    const { precision, recall, fmeasure } = adk.rouge1(input.candidate, input.reference);
    for (const [found, wanted] of [
      [precision, expected.precision],
      [recall, expected.recall],
      [fmeasure, expected.fmeasure],
    ]) {
      expect(Math.abs((found ?? Number.NaN) - (wanted ?? Number.NaN))).toBeLessThan(1e-6);
    }
  });

  test.each(vector<{ candidate: string; reference: string }, Record<string, number>>('adk-rouge1-nonlatin'))(
    'ROUGE-1, not Latin %s',
    (_, { input, expected }) => {
      expect(Math.abs(adk.rouge1(input.candidate, input.reference).fmeasure - (expected.fmeasure_unicode_tokenizer ?? Number.NaN))).toBeLessThan(
        1e-6,
      );
    },
  );

  test.each(vector<string, string>('rouge-porter-stemmer'))('stem %s', (_, { input, expected }) => {
    expect(adk.stemToken(input)).toBe(expected);
  });

  test.each(vector<Parameters<typeof adk.trajectoryScore>[0], { score: number }>('adk-trajectory-match'))(
    'trajectory %s',
    (_, { input, expected }) => {
      expect(adk.trajectoryScore(input)).toBe(expected.score);
    },
  );

  test.each(vector<Parameters<typeof adk.trajectoryAverage>[0], Tree>('adk-trajectory-average'))('trajectories %s', (_, { input, expected }) => {
    expect(adk.trajectoryAverage(input)).toEqual(near(expected));
  });

  test.each(vector<{ actual: string[]; expected: string[]; single_tool: string }, Tree>('trajectory-six-measures'))(
    'measures %s',
    (_, { input, expected }) => {
      expect(adk.trajectoryMeasures(input.actual, input.expected, input.single_tool)).toEqual(expected);
    },
  );
});
