import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { systems, type benchkit as Types } from '../../../src/index.ts';
import type { Json, JsonObject } from '../../../src/records/json.ts';

const benchkit = await systems.benchkit();

interface Case {
  id: string;
  input: Json;
  expected: Json;
}

function vector<I, E>(name: string): JsonObject & { cases: { id: string; input: I; expected: E }[] } {
  const read = JSON.parse(readFileSync(new URL(`../../vectors/benchkit-${name}.json`, import.meta.url), 'utf8')) as JsonObject & { cases: Case[] };
  return read as unknown as JsonObject & { cases: { id: string; input: I; expected: E }[] };
}

describe('the check list of a sample', () => {
  const shared = vector<JsonObject & { response?: string }, string>('checkers');
  const {
    id_fields: idFields,
    before,
    after,
  } = shared.environment as unknown as {
    id_fields: Record<string, string>;
    before: Types.EnvironmentFile[];
    after: Types.EnvironmentFile[];
  };
  it.each(shared.cases)('$id', ({ input, expected }) => {
    const material = {
      conversationHistory: shared.conversation_history as JsonObject[],
      response: input.response ?? 'done',
      environment: { before, after, idFields },
    };
    expect(benchkit.runCheck(input, material).检查结论).toBe(expected);
  });
});

describe('the verdict of a list of conclusions', () => {
  it.each(vector<string[], Json>('overall-from-items').cases)('$id', ({ input, expected }) => {
    expect(benchkit.overallFromItems(input)).toEqual(expected);
  });
});

describe('the verdict of a checker result', () => {
  it.each(vector<JsonObject, string>('verdict-fields').cases)('$id', ({ input, expected }) => {
    expect(benchkit.verdictOf(input)).toBe(expected);
  });
});

describe('a checker result in its standard form', () => {
  it.each(vector<JsonObject, JsonObject>('standardize').cases)('$id', ({ input, expected }) => {
    expect(benchkit.standardize(input)).toEqual(expected);
  });
});

describe('the summary of cases', () => {
  it.each(vector<Types.SummaryCase[], Json>('summary').cases)('$id', ({ input, expected }) => {
    expect(benchkit.summarize(input)).toEqual(expected);
  });
});

interface Attempts {
  errors: string[];
  max_retries: number;
  execution_status: string | null;
}

describe('a checker that fails', () => {
  it.each(vector<Attempts, JsonObject>('check-retry').cases)('$id', async ({ input, expected }) => {
    const left = [...input.errors];
    const sleeps: number[] = [];
    let calls = 0;
    const result = await benchkit.checkWithRetries({
      check: async () => {
        calls++;
        const error = left.shift();
        if (error !== undefined) throw new Error(error);
        return { overall_result: 'Success' };
      },
      sleep: async (ms) => void sleeps.push(ms / 1000),
      maxRetries: input.max_retries,
      executionStatus: input.execution_status,
    });
    expect({
      checker_calls: calls,
      sleeps,
      overall_result: result.overall_result,
      completion_status: result.completion_status ?? null,
    }).toEqual(expected);
  });
});
