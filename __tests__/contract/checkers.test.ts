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
