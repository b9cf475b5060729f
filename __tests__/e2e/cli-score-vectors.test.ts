import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, test } from 'vitest';
import { makeProject, type Project, runCli } from '../helpers/run-cli.ts';

interface Call {
  name: string;
  args?: unknown;
}

let project: Project;
afterEach(() => project.remove());

function vector<C>(name: string): C[] {
  return (JSON.parse(readFileSync(new URL(`../vectors/${name}.json`, import.meta.url), 'utf8')) as { cases: C[] }).cases;
}

interface Row {
  id: string;
  sample: Record<string, unknown>;
  answer: { output: string; toolCalls?: Call[] };
}

/** Runs all rows as one suite over a recording. @returns the value of a checker, null where it is unscored. */
async function scoresOf(rows: readonly Row[]): Promise<(id: string, checker: string) => number | null | undefined> {
  project = makeProject({
    'agent-regress.json': {
      suite: 'scores',
      samples: 'samples.jsonl',
      agent: { type: 'replay', path: 'recorded.jsonl' },
      repeats: 1,
      checkers: [{ type: 'steps', max: 1000, required: false }],
    },
    'samples.jsonl': rows.map(({ id, sample }) => ({ id, input: 'question', ...sample })),
    'recorded.jsonl': rows.map(({ id, answer }) => ({ id, ...answer })),
  });
  const { code, stderr } = await runCli(['run', '-o', 'out', '-q'], { cwd: project.folder });
  expect([0, 3], stderr).toContain(code);
  const scores = new Map<string, number | null>();
  for (const { sample, checker, kind, value } of project.records('out', 'score') as Record<string, string | number>[]) {
    scores.set(`${sample} ${checker}`, kind === 'scored' ? Number(value) : null);
  }
  expect(scores.size, stderr).toBeGreaterThan(rows.length);
  return (id, checker) => scores.get(`${id} ${checker}`);
}

describe('the command line scores the reference cases', { timeout: 60_000 }, () => {
  test('matches trajectories as ADK does', async () => {
    const matchOf: Record<string, string> = { EXACT: 'exact', IN_ORDER: 'in-order', ANY_ORDER: 'any-order' };
    const cases = vector<{
      id: string;
      input: { match_type: string; ignore_args: boolean; actual: Call[]; expected: Call[] };
      expected: { score: number };
    }>('adk-trajectory-match');
    const scoreOf = await scoresOf(
      cases.map(({ id, input }) => ({
        id,
        sample: {
          toolCalls: input.expected,
          checkers: [{ type: 'trajectory', name: 'adk', match: matchOf[input.match_type], ...(input.ignore_args ? { args: 'ignore' } : {}) }],
        },
        answer: { output: '', toolCalls: input.actual },
      })),
    );
    for (const { id, expected } of cases) expect(scoreOf(id, 'adk'), id).toBe(expected.score);
  });

  test('gives the six measures of trajectories', async () => {
    const cases = vector<{
      id: string;
      input: { actual: string[]; expected: string[]; single_tool: string };
      expected: Record<string, number | null>;
    }>('trajectory-six-measures');
    const matchOf: Record<string, string> = {
      exact_match: 'exact',
      in_order_match: 'in-order',
      any_order_match: 'any-order',
      precision: 'precision',
      recall: 'recall',
      single_tool_use: 'single-tool',
    };
    const call = (name: string) => ({ name, args: {} });
    const scoreOf = await scoresOf(
      cases.map(({ id, input, expected }) => ({
        id,
        sample: {
          toolCalls: input.expected.map(call),
          checkers: Object.keys(expected).map((measure) => ({
            type: 'trajectory',
            name: measure,
            match: matchOf[measure],
            ...(measure === 'single_tool_use' ? { tool: input.single_tool } : {}),
          })),
        },
        answer: { output: '', toolCalls: input.actual.map(call) },
      })),
    );
    for (const { id, expected } of cases) {
      for (const [measure, value] of Object.entries(expected)) expect(scoreOf(id, measure), `${id} ${measure}`).toBe(value);
    }
  });

  test('scores ROUGE-1 as rouge_score does', async () => {
    type Case = { id: string; input: { candidate: string; reference: string }; expected: Record<string, number> };
    const latin = vector<Case>('adk-rouge1-latin').map((one) => ({ ...one, id: `latin/${one.id}` }));
    const others = vector<Case>('adk-rouge1-nonlatin').map((one) => ({ ...one, id: `other/${one.id}` }));
    const measures = ['f1', 'precision', 'recall'];
    const scoreOf = await scoresOf(
      [...latin, ...others].map(({ id, input }) => ({
        id,
        sample: { expected: input.reference, checkers: measures.map((measure) => ({ type: 'rouge', name: measure, variant: 1, measure })) },
        answer: { output: input.candidate },
      })),
    );
    for (const { id, expected } of latin) {
      expect(scoreOf(id, 'f1'), id).toBeCloseTo(expected.fmeasure ?? Number.NaN, 5);
      expect(scoreOf(id, 'precision'), id).toBeCloseTo(expected.precision ?? Number.NaN, 5);
      expect(scoreOf(id, 'recall'), id).toBeCloseTo(expected.recall ?? Number.NaN, 5);
    }
    for (const { id, expected } of others) expect(scoreOf(id, 'f1'), id).toBeCloseTo(expected.fmeasure_unicode_tokenizer ?? Number.NaN, 5);
  });
});
