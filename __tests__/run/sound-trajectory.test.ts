import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AgentFailure } from '../../src/agents/agent.ts';
import type { Json } from '../../src/records/json.ts';
import { Trajectory } from '../../src/records/trajectory.ts';
import { createRedactor } from '../../src/run/core/redact.ts';
import { isTrajectory, soundTrajectory } from '../../src/run/sound-trajectory.ts';

const odd = fc.constantFrom<Json>(null, true, -1, 1.5, '', 'text', [], {}, [{}], ['a']);
const sometimes = (usual: fc.Arbitrary<Json>) =>
  fc.option(fc.oneof({ weight: 8, arbitrary: usual }, { weight: 1, arbitrary: odd }), { nil: undefined });
const text = fc.string({ maxLength: 3 });
const step = fc.record({
  kind: fc.constantFrom('toolCall', 'message', 'error', 'other'),
  name: sometimes(text),
  args: sometimes(fc.jsonValue() as fc.Arbitrary<Json>),
  id: sometimes(text),
  server: sometimes(text),
  isError: sometimes(fc.boolean()),
  text: sometimes(text),
  author: sometimes(text),
  message: sometimes(text),
});
const turn = fc.record({ input: sometimes(text), output: sometimes(text), steps: sometimes(fc.array(step, { maxLength: 2 }) as fc.Arbitrary<Json>) });
const amount = fc.nat(9);
const usage = fc.record({ inputTokens: sometimes(amount), outputTokens: sometimes(amount), costUsd: sometimes(amount) });
const trajectory = fc.record({
  turns: fc.array(turn, { maxLength: 2 }),
  usage: sometimes(usage as fc.Arbitrary<Json>),
  latencyMs: sometimes(amount),
  firstByteMs: sometimes(amount),
  finalState: sometimes(fc.jsonValue() as fc.Arbitrary<Json>),
});

describe('the trajectory that is recorded', () => {
  it('is never taken for sound when the schema refuses it', () => {
    fc.assert(
      fc.property(trajectory, (made) => {
        const text = JSON.stringify(made);
        const value = JSON.parse(text) as Json;
        if (!text.includes('__proto__') && isTrajectory(value)) expect(Trajectory.safeParse(value)).toEqual({ success: true, data: value });
      }),
      { numRuns: 3000 },
    );
  });

  it('needs no schema for answers with tool calls, messages and usage', () => {
    const steps = [
      { kind: 'toolCall', name: 'roll', args: { sides: 6 }, id: 'c1', isError: false, result: 4 },
      { kind: 'message', text: 'hm' },
    ];
    expect(isTrajectory({ turns: [{ input: 'a', output: 'b', steps }], usage: { inputTokens: 1 }, latencyMs: 2.5, firstByteMs: 0 })).toBe(true);
  });

  it('has no key __proto__, wherever the agent puts one', () => {
    const text =
      '{"turns":[{"input":{"__proto__":1},"output":"a","steps":[{"kind":"toolCall","name":"b","args":{"__proto__":{"c":1}}}]}],"finalState":{"\\u005f_proto__":2}}';
    const sound = soundTrajectory(JSON.parse(text) as Trajectory, createRedactor([]));
    expect(JSON.stringify(sound)).not.toContain('__proto__');
    expect(sound).toMatchObject({ turns: [{ output: 'a' }] });
  });

  it('is a failure that names the place when the driver gives something else', () => {
    const failure = soundTrajectory({ turns: [{ input: 'a', steps: [] }] } as unknown as Trajectory, createRedactor([]));
    expect(failure).toBeInstanceOf(AgentFailure);
    expect((failure as AgentFailure).message).toMatch(/turns\.0\.output/);
  });

  it('is never so deep that the log could be written and not be read again', () => {
    const made = (depth: number): Trajectory => ({
      turns: [{ input: 'a', output: 'b', steps: [{ kind: 'toolCall', name: 'c', args: JSON.parse('['.repeat(depth) + ']'.repeat(depth)) as Json }] }],
    });
    expect(soundTrajectory(made(200), createRedactor([]))).toEqual(made(200));
    for (const depth of [300, 3000, 20_000])
      expect(soundTrajectory(made(depth), createRedactor([]))).toMatchObject({ kind: 'bad-response', phase: 'answered' });
  });
});
