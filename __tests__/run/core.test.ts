import { describe, expect, it } from 'vitest';
import { slotsToAsk } from '../../src/pipeline/slots.ts';
import { emptyRunIndex, foldRecord } from '../../src/records/run-index.ts';
import { scored, unscored } from '../../src/records/score.ts';
import { spentIn } from '../../src/run/core/budget.ts';
import { outcomeOf } from '../../src/run/core/outcome.ts';
import { createRetryAllowance, decideRetry, type RetryInput } from '../../src/run/core/retry.ts';
import { idempotencyKey, sampleRecord } from '../../src/run/core/slots.ts';
import { sample, samples, selected, trajectory } from './builders.ts';

describe('the outcome of a slot', () => {
  const pass = { required: true, score: scored(1, '') };
  const fail = { required: true, score: scored(0, '') };
  const unknown = { required: true, score: unscored('judge down') };
  it.each([
    ['pass', [pass, pass]],
    ['fail', [pass, unknown, fail]],
    ['unscored', [pass, unknown]],
    ['pass', [pass, { ...fail, required: false }, { ...unknown, required: false }]],
    ['unscored', [{ ...pass, required: false }]],
    ['unscored', []],
  ])('is %s', (outcome, scores) => {
    expect(outcomeOf(scores)).toBe(outcome);
  });
});

describe('a retry', () => {
  const decide = (overrides: Partial<RetryInput> = {}) =>
    decideRetry({
      failure: { kind: 'refused', phase: 'not-sent', isTransient: true },
      attempt: 1,
      ambiguousAttempts: 0,
      maxRetries: 3,
      onAmbiguous: 'retry',
      random: 1,
      remainingMs: 3_600_000,
      retries: createRetryAllowance(),
      ...overrides,
    });
  const limited = (retryAfterMs?: number): RetryInput['failure'] => ({
    kind: 'rate-limited',
    phase: 'answered',
    isTransient: true,
    status: 429,
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  });

  it('waits twice as long each time, up to 30 s, jittered down to half', () => {
    const waits = (random: number) =>
      [1, 2, 3, 9].map((attempt) => decide({ attempt, random, maxRetries: 9 })).map((one) => (one.retry ? one.waitMs : -1));
    expect(waits(1)).toEqual([500, 1000, 2000, 30_000]);
    expect(waits(0)).toEqual([250, 500, 1000, 15_000]);
  });

  it('ends after the retries that are allowed', () => {
    expect(decide({ attempt: 4 })).toEqual({ retry: false });
    expect(decide({ maxRetries: 0 })).toEqual({ retry: false });
  });

  it('sends what may have been served once more at most, and not at all when told so', () => {
    const failure = { kind: 'timeout', phase: 'ambiguous', isTransient: true } as const;
    expect(decide({ failure, ambiguousAttempts: 1 }).retry).toBe(true);
    expect(decide({ failure, ambiguousAttempts: 2 }).retry).toBe(false);
    expect(decide({ failure, ambiguousAttempts: 1, onAmbiguous: 'fail' }).retry).toBe(false);
  });

  it('does not repeat an answer of the agent that is not transient, nor an aborted call', () => {
    expect(decide({ failure: { kind: 'http-status', phase: 'answered', isTransient: false, status: 400 } }).retry).toBe(false);
    expect(decide({ failure: { kind: 'aborted', phase: 'not-sent', isTransient: true } }).retry).toBe(false);
  });

  it('comes no earlier than the server asks, and stops the run when that is too long', () => {
    expect(decide({ failure: limited(5000) })).toEqual({ retry: true, waitMs: 5000, pauseHost: true });
    expect(decide({ failure: limited() })).toEqual({ retry: true, waitMs: 500, pauseHost: true });
    expect(decide({ failure: limited(120_001) })).toEqual({ retry: false, stopRun: 'rate-limited' });
    expect(decide({ failure: limited(5000), remainingMs: 4000 })).toEqual({ retry: false, stopRun: 'rate-limited' });
  });

  it('keeps the others away too when a slot is given up while its server asks for time', () => {
    expect(decide({ failure: limited(5000), attempt: 4 })).toEqual({ retry: false, pauseMs: 5000 });
    expect(decide({ failure: limited(), attempt: 4 })).toEqual({ retry: false });
  });

  it('is not made early when a busy server asks for more time than there is', () => {
    const busy = { kind: 'http-status', phase: 'answered', isTransient: true, status: 503 } as const;
    expect(decide({ failure: { ...busy, retryAfterMs: 5000 } })).toEqual({ retry: true, waitMs: 5000, pauseHost: false });
    expect(decide({ failure: { ...busy, retryAfterMs: 120_001 } })).toEqual({ retry: false });
    expect(decide({ failure: { ...busy, retryAfterMs: 5000 }, remainingMs: 4000 })).toEqual({ retry: false });
  });

  it('adds at most a fifth to the calls of a run', () => {
    const retries = createRetryAllowance();
    for (let i = 0; i < 1000; i++) retries.addCall();
    let taken = 0;
    while (decide({ retries }).retry) taken++;
    expect(taken).toBe(200);
    expect(decide({ retries, failure: limited(1000) }).retry).toBe(true);
    expect(decide({ retries, failure: limited(0) }).retry).toBe(false);
  });
});

describe('the plan', () => {
  it('covers all samples of one epoch before the next, without slots that are done or answered', async () => {
    const all = samples(3);
    const index = emptyRunIndex('test');
    for (const one of all) foldRecord(index, sampleRecord(one));
    foldRecord(index, { type: 'response', sample: 's2', epoch: 1, attempt: 1, trajectory: trajectory('x') });
    foldRecord(index, { type: 'done', sample: 's2', epoch: 1, outcome: 'pass', attempts: 1 });
    foldRecord(index, {
      type: 'response',
      sample: 's1',
      epoch: 2,
      attempt: 1,
      trajectory: trajectory('x', { usage: { inputTokens: 5, outputTokens: 7, costUsd: 2 } }),
    });
    foldRecord(index, { type: 'attempt', sample: 's3', epoch: 2, attempt: 2, idempotencyKey: 'k', at: '2026-01-01T00:00:00.000Z' });
    const planned: string[] = [];
    for await (const slot of slotsToAsk(selected(all), 2, index)) planned.push(`${slot.epoch} ${slot.sample.id}`);
    expect(planned).toEqual(['1 s1', '1 s3', '2 s2', '2 s3']);
    expect(spentIn(index)).toEqual({ calls: 3, costUsd: 2, tokens: 12 });
  });

  it('gives every slot its own key, the same in every session', () => {
    const same = { hash: 'a'.repeat(64) };
    const keys = [sample('a', same), sample('b', same)].flatMap((one) => [1, 2].map((epoch) => idempotencyKey('run', one, epoch)));
    expect(new Set(keys).size).toBe(4);
    expect(keys[0]).toBe(idempotencyKey('run', sample('a', same), 1));
    expect(idempotencyKey('run', sample('ü\n'.repeat(128), same), 1)).toMatch(/^[\x21-\x7e]+$/);
  });
});
