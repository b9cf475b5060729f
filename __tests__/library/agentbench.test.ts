import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { systems, type agentbench as Types } from '../../src/index.ts';
import type { Json } from '../../src/records/json.ts';

const agentbench = await systems.agentbench();

interface Case {
  id: string;
  input: never;
  expected: never;
}

function casesOf(name: string): Case[] {
  return JSON.parse(readFileSync(new URL(`../vectors/agentbench-${name}.json`, import.meta.url), 'utf8')).cases;
}

describe('what AgentBench does, case by case', () => {
  it.each(casesOf('prompter'))('prompter: $id', ({ input, expected }) => {
    const { prompter, history } = input as { prompter?: Types.PrompterConfig; history: Types.HistoryItem[] };
    expect(agentbench.compilePrompter(prompter)(history)).toEqual(expected);
  });

  it.each(casesOf('return-format'))('return format: $id', ({ input, expected }) => {
    const { return_format: format, response_json: response } = input as { return_format: string; response_json: Json };
    const said = () => agentbench.formatResponse(format, response);
    if (isError(expected)) expect(said).toThrow();
    else expect(said()).toBe(expected);
  });

  it.each(casesOf('context-limit'))('context limit: $id', ({ input, expected }) => {
    expect(agentbench.isContextLimit(input)).toBe(expected);
  });

  it.each(casesOf('http-retry'))('tries and waits: $id', ({ input, expected }) => {
    const { replies, return_format: returnFormat } = input as { replies: [number, string][]; return_format: string };
    expect(tryAll(replies, returnFormat)).toMatchObject(withoutErrorText(expected));
  });

  it.each(casesOf('v01-em'))('EM: $id', ({ input, expected }) => {
    const { outputs, targets } = input as { outputs: Json[]; targets: Json[] };
    expect(agentbench.exactMatch(outputs, targets)).toBeCloseTo(expected, 9);
  });

  it.each(casesOf('v02-assignments'))('assignments: $id', ({ input, expected }) => {
    const { assignments, faults } = agentbench.expandAssignments(input, new Date(0));
    if (isError(expected)) return expect(faults).not.toEqual([]);
    expect(faults).toEqual([]);
    const pairs = assignments?.pairs.map(({ agent, task }) => [agent, task]);
    const names = (all: object | undefined) => Object.keys(all ?? {}).sort();
    const found = {
      pairs: pairs?.sort(),
      agents: names(assignments?.agents),
      tasks: names(assignments?.tasks),
      concurrency: assignments?.concurrency,
    };
    const sorted = expected as { pairs: string[][]; agents: string[]; tasks: string[] };
    expect(found).toEqual({ ...sorted, pairs: sorted.pairs.sort(), agents: sorted.agents.sort(), tasks: sorted.tasks.sort() });
  });

  it.each(casesOf('overall'))('overall.json: $id', ({ input, expected }) => {
    expect(agentbench.overallOf(input, { score: 0.5 })).toEqual(expected);
  });

  it.each(casesOf('resume'))('resume: $id', ({ input, expected }) => {
    const { indices, runs_jsonl: lines, overall_exists: hasOverall } = input as { indices: number[]; runs_jsonl: string[]; overall_exists: boolean };
    const { isSkipped, remaining, completed, unknown } = agentbench.remainingIndices({ indices, lines, hasOverall });
    expect({ skipped: isSkipped, remaining, completed, ignored_with_warning: unknown }).toMatchObject(expected);
  });
});

function isError(expected: unknown): boolean {
  return typeof expected === 'object' && expected !== null && 'error' in expected && expected.error === true;
}

/** The tries of one call over recorded replies, the last reply again and again. */
function tryAll(replies: readonly (readonly [number, string])[], returnFormat: string) {
  const waits: number[] = [];
  for (let attempt = 1; attempt <= agentbench.httpTries; attempt++) {
    const [status, body] = replies[Math.min(attempt, replies.length) - 1] ?? [0, ''];
    const verdict = agentbench.judgeReply({ status, body }, { returnFormat, attempt });
    if (verdict.kind === 'answer') return { requests: attempt, waits_seconds: waits, result: verdict.text };
    if (verdict.kind !== 'retry') return { requests: attempt, waits_seconds: waits, isError: true };
    waits.push(verdict.waitMs / 1000);
  }
  return { requests: agentbench.httpTries, waits_seconds: waits, isError: true };
}

/** The words of an error are ours. */
function withoutErrorText(expected: object): object {
  const { error, ...rest } = expected as { error?: string };
  return error === undefined ? rest : { ...rest, isError: true };
}
