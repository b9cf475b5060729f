import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { AgentFailure } from '../../src/agents/agent.ts';
import { readRunIndex } from '../../src/io/run-log-file.ts';
import type { Clock } from '../../src/run/core/ports.ts';
import { agent, containsOk, run, sample, samples, temporaryFolder, trajectory } from './builders.ts';

/** A clock whose sleeps take no time. */
function fastClock(): Clock & { slept: number[] } {
  let now = 0;
  const slept: number[] = [];
  return {
    slept,
    now: () => new Date(0),
    monotonicMs: () => now,
    async sleep(ms) {
      slept.push(ms);
      now += ms;
    },
  };
}

const notSent = () => new AgentFailure('refused', 'connection refused', { phase: 'not-sent' });
const status = (code: number, options: { isTransient?: boolean; retryAfterMs?: number } = {}) =>
  new AgentFailure(code === 429 ? 'rate-limited' : 'http-status', `status ${code}`, { phase: 'answered', status: code, ...options });

describe('a stop', () => {
  it('aborts calls under way, leaves them to a resume, and asks nothing more', async () => {
    using folder = temporaryFolder();
    const interrupt = new AbortController();
    let asked = 0;
    const first = await run(folder.path, samples(20), {
      signal: interrupt.signal,
      agent: agent(async ({ signal }) => {
        if (++asked === 10) setTimeout(() => interrupt.abort(), 5);
        if (asked < 8) return trajectory('ok');
        return new Promise((_, reject) =>
          signal.addEventListener('abort', () => reject(new AgentFailure('aborted', 'aborted', { phase: 'ambiguous' }))),
        );
      }),
    });
    expect(first.stop).toEqual({ reason: 'interrupted' });
    expect(first.counts.pass).toBe(7);
    expect(first.index.attempts.size).toBe(4);
    const keys: string[] = [];
    const second = await run(folder.path, samples(20), {
      resume: true,
      agent: agent(async ({ idempotencyKey, attempt }) => {
        keys.push(`${idempotencyKey} ${attempt}`);
        return trajectory('ok');
      }),
    });
    expect(second.counts.pass).toBe(13);
    expect(keys.filter((key) => key.endsWith(' 2'))).toHaveLength(4);
  });

  it('does not wait for a checker that hangs; a resume only scores its slot', async () => {
    using folder = temporaryFolder();
    const interrupt = new AbortController();
    const hanging = { ...containsOk, check: () => new Promise<never>(() => setTimeout(() => interrupt.abort(), 5)) };
    const result = await run(folder.path, [sample('a')], {
      signal: interrupt.signal,
      agent: agent(async () => trajectory('ok')),
      checkersOf: () => [hanging],
    });
    expect(result.stop?.reason).toBe('interrupted');
    expect(result.index.pending.size).toBe(1);
  });

  it.each([
    ['budget-calls', { calls: 7 }],
    ['budget-cost', { costUsd: 0.07 }],
    ['budget-tokens', { tokens: 70 }],
  ] as const)('comes at the %s limit, resumed sessions included', async (reason, caps) => {
    using folder = temporaryFolder();
    const paid = agent(async () => trajectory('ok', { usage: { inputTokens: 4, outputTokens: 6, costUsd: 0.01 } }));
    const first = await run(folder.path, samples(20), { caps, concurrency: 1, agent: paid });
    expect(first.stop?.reason).toBe(reason);
    expect(first.agentCalls).toBe(7);
  });

  it('comes when the minutes are over, with calls under way', async () => {
    using folder = temporaryFolder();
    const result = await run(folder.path, samples(20), { caps: { minutes: 0.0005 }, agent: agent(() => new Promise(() => {})) });
    expect(result.stop?.reason).toBe('budget-minutes');
  });

  it('comes with one clear error when the agent is not there, and no slot is lost', async () => {
    using folder = temporaryFolder();
    let asked = 0;
    const refusing = agent(async () => {
      asked++;
      throw notSent();
    });
    const result = await run(folder.path, samples(20), { clock: fastClock(), concurrency: 1, agent: refusing });
    expect(result.stop).toMatchObject({
      reason: 'agent-unreachable',
      error: { exitCode: 3, message: expect.stringContaining('connection refused') },
    });
    expect(asked).toBe(5);
    const again = await run(folder.path, samples(20), { resume: true, agent: agent(async () => trajectory('ok')) });
    expect(again.counts.pass).toBe(20);
  });

  it('comes when the first three answers refuse the credentials, but not later', async () => {
    using folder = temporaryFolder();
    const result = await run(folder.path, samples(20), { concurrency: 1, agent: agent(() => Promise.reject(status(401))) });
    expect(result.stop?.reason).toBe('agent-refused-credentials');
    expect(result.agentCalls).toBe(3);
    let asked = 0;
    const later = await run(folder.path, samples(20), {
      agent: agent(async () => {
        if (++asked > 1) throw status(403);
        return trajectory('ok');
      }),
    });
    expect(later.stop).toBeUndefined();
    expect(later.counts).toMatchObject({ pass: 1, error: 19 });
  });

  it('comes when a server asks for a longer wait than 120 s', async () => {
    using folder = temporaryFolder();
    const limited = agent(() => Promise.reject(status(429, { isTransient: true, retryAfterMs: 500_000 })));
    const result = await run(folder.path, samples(3), { concurrency: 1, agent: limited });
    expect(result.stop).toMatchObject({ reason: 'rate-limited', error: { exitCode: 3 } });
    expect(result.agentCalls).toBe(1);
  });

  it('records the failure of slots that could not be sent when the agent answers after all', async () => {
    using folder = temporaryFolder();
    const some = agent(async ({ sample: { id } }) => {
      if (id === 's1' || id === 's20') throw notSent();
      return trajectory('ok');
    });
    const result = await run(folder.path, samples(20), { clock: fastClock(), concurrency: 1, agent: some });
    expect(result.stop).toBeUndefined();
    expect(result.counts).toMatchObject({ pass: 18, error: 2 });
    expect((await readRunIndex(join(folder.path, 'run.jsonl'))).pending.size).toBe(0);
  });
});

describe('a retry', () => {
  it('is a new attempt with the same key, and is recorded', async () => {
    using folder = temporaryFolder();
    const keys: string[] = [];
    const flaky = agent(async ({ idempotencyKey }) => {
      keys.push(idempotencyKey);
      if (keys.length < 3) throw status(503, { isTransient: true });
      return trajectory('ok');
    });
    const result = await run(folder.path, [sample('a')], { clock: fastClock(), agent: flaky });
    expect(result.counts.pass).toBe(1);
    expect(new Set(keys).size).toBe(1);
    expect(readFileSync(join(folder.path, 'run.jsonl'), 'utf8').match(/"type":"attempt"/g)).toHaveLength(3);
    expect(result.index.samples.get('a')?.slots[0]?.attempts).toBe(3);
  });

  it('pauses every slot when the server limits the rate, and never comes early', async () => {
    using folder = temporaryFolder();
    const clock = fastClock();
    let limitedAt: number | undefined;
    const result = await run(folder.path, samples(6), {
      clock,
      concurrency: 3,
      agent: agent(async () => {
        await new Promise((resolve) => setTimeout(resolve, 1));
        if (limitedAt === undefined) {
          limitedAt = clock.monotonicMs();
          throw status(429, { isTransient: true, retryAfterMs: 7000 });
        }
        if (clock.monotonicMs() > limitedAt) expect(clock.monotonicMs()).toBeGreaterThanOrEqual(limitedAt + 7000);
        return trajectory('ok');
      }),
    });
    expect(result.counts.pass).toBe(6);
    expect(result.events.filter(({ kind }) => kind === 'paused')).toHaveLength(1);
  });

  it('does not send an ambiguous slot again when the user said so, not even after a crash', async () => {
    using folder = temporaryFolder();
    const interrupt = new AbortController();
    await run(folder.path, [sample('a')], {
      signal: interrupt.signal,
      agent: agent(() => new Promise(() => setTimeout(() => interrupt.abort(), 1))),
    });
    const result = await run(folder.path, [sample('a')], {
      resume: true,
      onAmbiguous: 'fail',
      agent: agent(() => Promise.reject(new Error('asked'))),
    });
    expect(result.counts.error).toBe(1);
    expect(result.agentCalls).toBe(0);
  });
});
