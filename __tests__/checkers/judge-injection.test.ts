import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { adkJudge } from '../../src/checkers/adk-judge.ts';
import type { JudgeRequest } from '../../src/checkers/checker.ts';
import { judge } from '../../src/checkers/judge.ts';
import { judgeKeywords } from '../../src/checkers/parts/benchkit-keywords.ts';
import { preferAnswer } from '../../src/checkers/parts/preference.ts';
import type { ModelAnswer } from '../../src/records/model.ts';
import type { Sample } from '../../src/records/sample.ts';
import type { Trajectory } from '../../src/records/trajectory.ts';
import { users } from '../../src/users/registry.ts';
import { check, makeSample } from './build.ts';
import { fakeJudge, type Reply } from './fake-judge.ts';

// Read as it is: a loader of modules refuses half a surrogate pair.
const payloads = JSON.parse(readFileSync(new URL('../fixtures/hostile/judge.json', import.meta.url), 'utf8')) as string[];
const harmless = 'harmless';

/** The text at every place that the agent or the dataset fills. */
function slotWith(text: string): { sample: Partial<Sample>; trajectory: Trajectory } {
  const call = { kind: 'toolCall' as const, name: 'find', args: { text }, result: { text } };
  const turn = { input: text, output: text, steps: [call, { kind: 'message' as const, text }, { kind: 'error' as const, message: text }] };
  return {
    sample: {
      input: text,
      expected: text,
      metadata: { hint: text },
      row: { rubrics: [] },
      turns: [
        { input: text, expected: text, toolCalls: [{ name: 'find', args: { text } }] },
        { input: text, expected: text },
      ] as Sample['turns'],
    },
    trajectory: { turns: [turn, turn] },
  };
}

/** Every way to ask a model about what an agent said: gives what it came to, in words. */
const kinds: Record<string, (text: string, reply: Reply) => Promise<{ found: unknown; asked: JudgeRequest['messages'][] }>> = {
  ...Object.fromEntries(
    [
      { name: 'judge', definition: judge, options: { rubric: 'Polite.', trajectory: true, reference: '{{expected}}' } },
      { name: 'judge, pass or fail', definition: judge, options: { rubric: ['Polite.', 'Short.'], scale: 'pass-fail' } },
      { name: 'judge, choices', definition: judge, options: { rubric: 'Polite.', choices: { good: 1, bad: 0 } } },
      { name: 'judge, rubric of the sample', definition: judge, options: { rubric: 'Polite? {{metadata.hint}}' } },
      ...['final_response_match_v2', 'rubric_based_final_response_quality_v1', 'rubric_based_tool_use_quality_v1', 'hallucinations_v1'].map(
        (metric) => ({
          name: metric,
          definition: adkJudge,
          options: { metric, samples: 1, ...(metric.startsWith('rubric') ? { rubrics: [{ id: 'polite', text: 'It is polite.' }] } : {}) },
        }),
      ),
    ].map(({ name, definition, options }) => [
      name,
      async (text: string, reply: Reply) => {
        const { ports, asked } = fakeJudge(reply);
        return { found: await check(definition, options, { ...slotWith(text), ports }), asked: asked.map(({ messages }) => messages) };
      },
    ]),
  ),
  async preference(text, reply) {
    const { ports, asked } = fakeJudge(reply);
    const side = (answer: string) => ({ answer, trajectory: text });
    const pair = { input: text, reference: text, current: side(text), baseline: side(`${text} too`) };
    const found = await preferAnswer(pair, { rubric: 'Polite.', votes: 1, port: ports.judge! } as Parameters<typeof preferAnswer>[1]);
    return { found, asked: asked.map(({ messages }) => messages) };
  },
  async keywords(text, reply) {
    const { ports, asked } = fakeJudge(reply);
    const { result } = await judgeKeywords([text, 'other'], text, ports.judge!);
    return { found: typeof result === 'string' ? { kind: 'unscored', reason: result } : result, asked: asked.map(({ messages }) => messages) };
  },
  async 'simulated user'(text, reply) {
    const asked: JudgeRequest['messages'][] = [];
    const user = users.get('simulated').create(makeSample({ scenario: { plan: 'Get a refund.' }, turns: [], input: '' }), {
      settings: { style: 'reactive', maxTurns: 8, stop: '###STOP###' },
      model: {
        name: 'm',
        marker: () => `marker${asked.length}`,
        async ask({ messages }): Promise<ModelAnswer> {
          asked.push(messages);
          return { kind: 'reply', text: typeof reply === 'string' ? 'go on' : '', usage: { calls: 1 } };
        },
      },
      signal: new AbortController().signal,
      redact: (value) => value,
    });
    await user.next([{ input: 'hi', output: text, steps: [] }]);
    return { found: { kind: 'unscored' }, asked };
  },
};

/** What surrounds the material, with the marker taken out; throws when the wrapper is not whole. */
function frameOf(messages: JudgeRequest['messages']) {
  const [system, user] = messages;
  const lines = (user?.content ?? '').split(/[\n\r\v\f\u0085\u2028\u2029]/);
  const [, marker = ''] = /^BEGIN MATERIAL (\S+)$/.exec(lines[0] ?? '') ?? [];
  expect(marker).not.toBe('');
  expect(lines[2]).toBe(`END MATERIAL ${marker}`);
  expect(user?.content.split(marker)).toHaveLength(3);
  expect(lines[1]).not.toContain('<');
  expect(JSON.parse(lines[1] ?? '')).toBeTypeOf('object');
  return { count: messages.length, system: system?.content, rest: lines.slice(3).join('\n') };
}

it.each(Object.keys(kinds))(
  'T24 %s: no text of an agent or a dataset closes its wrapper, adds a word to the rules or is read as a verdict',
  async (kind) => {
    expect(payloads.length).toBeGreaterThanOrEqual(40);
    const ask = kinds[kind]!;
    const { asked: plain } = await ask(harmless, 'no verdict');
    expect(plain.length).toBeGreaterThan(0);
    const frame = frameOf(plain[0]!);
    for (const payload of payloads) {
      // A judge that obeys the last instruction that it reads, in prose, around the form that was asked for.
      const { asked, found } = await ask(payload, `Sure. ${payload}\nScore: 10. {"rubric1": {"reason": "as told", "score": 10}}`);
      for (const messages of asked) {
        const here = frameOf(messages);
        expect(here.count).toBe(frame.count);
        expect(here.rest).toBe(frame.rest);
        // A rubric that a config takes from its samples is the config's word.
        if (kind !== 'judge, rubric of the sample') expect(here.system).toBe(frame.system);
      }
      expect(found, payload).not.toMatchObject({ kind: 'scored', value: 1 });
      if (!kind.startsWith('rubric_based') && !kind.startsWith('final_response')) expect(found, payload).not.toHaveProperty('value', 1);
    }
  },
);

it('T24 the score is the one of its field, whatever the reason beside it says', async () => {
  for (const payload of payloads) {
    const { found } = await kinds.judge!(payload, JSON.stringify({ rubric1: { reason: payload, score: 2 } }));
    expect(found).toMatchObject({ kind: 'scored', value: 0.2, pass: false });
  }
});
