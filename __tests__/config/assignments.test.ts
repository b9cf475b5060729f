import { describe, expect, it } from 'vitest';
import { parse, problemLines } from './small-registries.ts';

const matrix = (assignments: string, more = '') => `samples: a.jsonl
checkers: [{type: contains, value: x}]
agents: {small: {type: replay, path: s}, large: {type: replay, path: l}}
suites: {sums: {}, shell: {repeats: 2}, own: {agents: {small: null, other: {type: replay, path: o}}}}
${more}assignments: ${assignments}
`;

async function namesOf(text: string): Promise<string[]> {
  const { suites, problems } = await parse(text);
  expect(problems).toEqual([]);
  return suites.map(({ suite }) => suite);
}

describe('assignments', () => {
  it('name the pairs of suite and agent that are run, each once', async () => {
    expect(
      await namesOf(matrix('[{suite: [sums, sums], agent: [large, small]}, {suite: shell, agent: large}, {suite: sums, agent: large}]')),
    ).toEqual(['sums (small)', 'sums (large)', 'shell (large)']);
  });

  it('take all for what an entry leaves out, and all pairs where there are none', async () => {
    expect(await namesOf(matrix('[{agent: small}, {suite: own}]'))).toEqual(['sums (small)', 'shell (small)', 'own (large)', 'own (other)']);
    expect(await namesOf(matrix('null'))).toHaveLength(6);
  });

  it('choose among the agents of a file that is one suite', async () => {
    const text =
      'suite: bot\nsamples: a.jsonl\ncheckers: [{type: contains, value: x}]\nagents: {a: {type: replay, path: a}, b: {type: replay, path: b}}\nassignments: [{agent: b}]\n';
    expect(await namesOf(text)).toEqual(['bot (b)']);
    expect(await problemLines(text.replace('{agent: b}', '{agent: b, suite: bot}'))).toEqual(['5:33 assignments[0].suite: there is no suite "bot"']);
  });

  it('tell every name that is not there, and what is no assignment', async () => {
    expect(await problemLines(matrix('[{suite: sum, agent: [small, big]}, {suites: own}, 7]'))).toEqual([
      '5:51 assignments[1].suites: unknown key "suites"',
      '5:65 assignments[2]: expected a mapping with suite and agent',
      '5:23 assignments[0].suite: there is no suite "sum"',
      '5:43 assignments[0].agent: there is no agent "big"',
    ]);
    expect(await problemLines(matrix('[{suite: own, agent: small}]'))).toEqual(['5:35 assignments[0].agent: the suite "own" has no agent "small"']);
    expect(await problemLines(matrix('{suite: own}'))).toEqual(['5:14 assignments: expected a list of assignments']);
  });
});
