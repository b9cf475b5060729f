import { describe, expect, it } from 'vitest';
import type { CheckerDefinition } from '../../src/checkers/checker.ts';
import { checkers } from '../../src/checkers/registry.ts';
import { scopeOf } from '../../src/records/check-scope.ts';
import type { Json } from '../../src/records/json.ts';
import type { Sample } from '../../src/records/sample.ts';
import * as z from '../../src/records/schema.ts';
import { Score } from '../../src/records/score.ts';
import type { Trajectory } from '../../src/records/trajectory.ts';
import { makeSample, makeTrajectory, noPorts, toStep, turnsWithCalls } from '../checkers/build.ts';

function nested(depth: number): Json {
  let value: Json = 1;
  for (let level = 0; level < depth; level++) value = level % 2 === 0 ? [value] : { a: value };
  return value;
}

const protoArgs = JSON.parse('{"__proto__": {"polluted": true}, "constructor": {"prototype": {"polluted": true}}, "toString": 1}') as Json;
const strange = 'a\ud800b \udfff \u0000 \u202e \u001b[31m {{expected}} {{input}} \r\n::error::x ```json';

function withStep(output: string, args: Json): Trajectory {
  return {
    turns: [{ input: 'x', output, steps: [toStep({ name: '__proto__', args }), toStep({ name: '', args }), { kind: 'error', message: strange }] }],
  };
}

const trajectories: Record<string, Trajectory> = {
  'no turns': { turns: [] },
  'an empty output': makeTrajectory(''),
  'a huge output': makeTrajectory('word 12 '.repeat(150_000)),
  'one huge word': makeTrajectory('x'.repeat(1_000_000)),
  'strange characters': withStep(strange, strange),
  'deep JSON text': withStep(`${'{"a":['.repeat(20_000)}1${']}'.repeat(20_000)}`, 1),
  'deep JSON values': { ...withStep('x', nested(20_000)), finalState: nested(20_000) },
  'keys of prototypes': withStep(JSON.stringify(protoArgs), protoArgs),
  'absurd numbers': { ...makeTrajectory('1e999 -0 NaN Infinity'), latencyMs: 1e308, usage: { inputTokens: 1e308, outputTokens: 1e308, costUsd: 0 } },
  'many calls': { turns: [{ input: 'x', output: 'y', steps: Array.from({ length: 20_000 }, () => toStep({ name: 'a', args: { x: 1 } })) }] },
};

const samples: Record<string, Sample> = {
  'nothing expected': makeSample(),
  'text expected': makeSample({ expected: 'word 12' }),
  'an object expected': makeSample({
    expected: protoArgs as { [key: string]: Json },
    turns: turnsWithCalls([{ name: '__proto__', args: protoArgs }]),
  }),
  'deep JSON expected': makeSample({ expected: nested(20_000), turns: turnsWithCalls([{ name: 'a', args: { x: nested(20_000) } }]) }),
  'two turns expected': makeSample({
    turns: [
      { input: 'x', expected: 'a' },
      { input: 'y', expected: 5, toolCalls: [] },
    ],
  }),
};

/** 50 kB each of what patterns, scanners and counters might stumble over. */
const junk: Record<string, string> = {
  'opening brackets': '[({<'.repeat(12_500),
  'half links': '](https://a:'.repeat(4_200),
  'half tags and entities': '<a b="&amp'.repeat(5_000),
  'quotes and dots': `"“«.'`.repeat(10_000),
  'digits and separators': '+1 (2-3.'.repeat(6_250),
  'half addresses': 'a@b.c@-'.repeat(7_200),
  'half keys': 'sk-eyJ.eyJ-xoxb-AKIA'.repeat(2_500),
  'astral and joined characters': '😀\u200d\u0301'.repeat(12_500),
  'control characters': '\u0000\u001b\u202e\r'.repeat(12_500),
  'different words': Array.from({ length: 7_000 }, (_, index) => (index * 7_919_993).toString(36)).join(' '),
  'braces of JSON text': '{"a":['.repeat(8_300),
  'commands of a workflow': '::error::x {{output}} <!-- -->\n'.repeat(1_250),
};

/** An entry as a config holds it, without the keys that are not the checker's own. */
function exampleOptions(definition: CheckerDefinition): unknown {
  const { type: _type, name: _name, required: _required, weight: _weight, not: _not, ...own } = definition.example;
  return definition.options.parse(own);
}

describe.each(checkers.entries.map((definition) => [definition.type, definition] as const))('%s', (type, definition) => {
  const create = async () => definition.create(exampleOptions(definition), noPorts);
  const inputOf = (sample: Sample, trajectory: Trajectory) => ({ sample, trajectory, epoch: 1, scope: scopeOf(sample, trajectory, 1) });

  it('describes itself, and its example is an entry of its own type that works', async () => {
    expect(type).toMatch(/^[a-z]+(-[a-z0-9]+)*$/);
    expect(definition.summary).toMatch(/^[A-Z].*[^.]$/);
    expect(definition.example.type).toBe(type);
    await expect(create()).resolves.toBeTypeOf('function');
  });

  it('has a JSON Schema for editors, in which every option is described', () => {
    const schema = z.toJSONSchema(definition.options, { io: 'input' });
    expect(Object.keys(schema.properties ?? {})).not.toHaveLength(0);
    for (const [name, option] of Object.entries(schema.properties ?? {})) expect(option, name).toHaveProperty('description');
  });

  it('refuses options that it does not know, and options that are no mapping', () => {
    const { type: _type, required: _required, ...own } = definition.example;
    expect(definition.options.safeParse({ ...own, surely_unknown: 1 }).success).toBe(false);
    for (const bad of [null, 'text', [], 5]) expect(definition.options.safeParse(bad).success).toBe(false);
  });

  it.each(Object.keys(trajectories))('gives a sound score and does not throw for %s', async (name) => {
    const check = await create();
    for (const sample of Object.values(samples)) {
      const input = inputOf(sample, trajectories[name] as Trajectory);
      const score = await check(input);
      const parsed = Score.parse(score);
      expect(parsed.reason).not.toBe('');
      expect(parsed.reason.length).toBeLessThan(600);
      expect(parsed.reason).not.toMatch(/[\p{Cc}\p{Cs}]/u);
      if (parsed.kind === 'scored') expect(Number.isFinite(parsed.value)).toBe(true);
      if (name === 'no turns' && parsed.kind === 'scored') expect(parsed.pass).toBe(false);
    }
  });

  it.each(Object.keys(junk))('takes less than a second for 50 kB of %s', async (name) => {
    const check = await create();
    const text = junk[name] as string;
    const step = toStep({ name: text.slice(0, 100), args: { text }, ...{ result: text } });
    const trajectory = { turns: [{ input: 'x', output: text, steps: [step, { kind: 'message' as const, text }] }], finalState: { text } };
    const started = process.cpuUsage();
    for (const sample of [
      makeSample({ expected: text, metadata: { context: [text] } }),
      makeSample({ expected: 'x', turns: turnsWithCalls([{ name: 'a' }]) }),
    ]) {
      const score = Score.parse(await check(inputOf(sample, trajectory)));
      expect(score.reason).not.toMatch(/[\p{Cc}\p{Cs}]/u);
      expect(score.reason.length).toBeLessThan(600);
    }
    expect(process.cpuUsage(started).user / 1_000).toBeLessThan(1_000);
  });

  it('says in words what is wrong with an option', () => {
    const { type: _type, name: _name, required: _required, weight: _weight, not: _not, ...own } = definition.example;
    for (const key of Object.keys(z.toJSONSchema(definition.options, { io: 'input' }).properties ?? {})) {
      for (const bad of [-5, 'no such word', { no: 'such key' }, [[]], Number.NaN]) {
        const parsed = definition.options.safeParse({ ...own, [key]: bad });
        for (const { message } of parsed.error?.issues ?? []) expect(message, `${key}: ${JSON.stringify(bad)}`).toMatch(/\w{3}/);
      }
    }
  });

  it('is unscored, and says why, where what it needs is not there', async () => {
    if (!definition.needs.includes('expected')) return;
    const { type: _type, name: _name, required: _required, weight: _weight, not: _not, ...own } = definition.example;
    const references = ['value', 'any', 'all', 'reference', 'expected', 'schema'];
    const options = definition.options.safeParse(Object.fromEntries(Object.entries(own).filter(([key]) => !references.includes(key))));
    if (!options.success) return; // What is expected always stands in the entry.
    const check = await definition.create(options.data, noPorts);
    const score = await check(inputOf(makeSample(), makeTrajectory('some answer')));
    expect(score.kind).toBe('unscored');
    expect(score.reason).toMatch(/\w{3}/);
  });

  it('says the same of the same trajectory, and leaves it as it was', async () => {
    const check = await create();
    for (const name of ['an empty output', 'strange characters', 'keys of prototypes']) {
      const input = inputOf(makeSample({ expected: 'x', turns: turnsWithCalls([{ name: 'a' }]) }), structuredClone(trajectories[name] as Trajectory));
      const before = structuredClone(input);
      expect(await check(input)).toEqual(await (await create())(input));
      expect(input).toEqual(before);
    }
  });
});

it('leaves no trace on the prototypes of the process', () => {
  expect({}).not.toHaveProperty('polluted');
});
