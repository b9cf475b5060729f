import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { AgentFailure } from '../../src/agents/agent.ts';
import { readResponses, readRunIndex } from '../../src/io/run-log-file.ts';
import { createRedactor } from '../../src/run/core/redact.ts';
import { planAnswered } from '../../src/run/core/slots.ts';
import { agent, containsOk, noSecrets, run, sample, samples, temporaryFolder, trajectory } from './builders.ts';

describe('a run', () => {
  it('asks every slot once, scores it and says so after it is recorded', async () => {
    using folder = temporaryFolder();
    const asked: string[] = [];
    const result = await run(folder.path, samples(10), {
      repeats: 2,
      agent: agent(async (request) => {
        asked.push(request.idempotencyKey);
        return trajectory(request.sample.id === 's3' ? 'no' : 'ok');
      }),
    });
    expect(result.stop).toBeUndefined();
    expect(result.counts).toEqual({ pass: 18, fail: 2, error: 0, unscored: 0, skipped: 0, answered: 0 });
    expect(new Set(asked).size).toBe(20);
    expect(result.events.filter(({ kind }) => kind === 'slot')).toHaveLength(20);
    const index = await readRunIndex(join(folder.path, 'run.jsonl'));
    expect(index.samples.get('s3')?.slots[0]).toMatchObject({ outcome: 'fail', attempts: 1, latencyMs: 5 });
    expect(index.pending.size + index.attempts.size).toBe(0);
    expect(index.samples).toEqual(result.index.samples);
  });

  it('never has more slots under way than its concurrency, and pulls few ahead', async () => {
    using folder = temporaryFolder();
    let active = 0;
    let most = 0;
    let pulled = 0;
    let mostAhead = 0;
    let finished = 0;
    const slots = (function* () {
      for (const one of samples(100)) {
        pulled++;
        mostAhead = Math.max(mostAhead, pulled - finished);
        yield { sample: one, epoch: 1 };
      }
    })();
    await run(folder.path, samples(100), {
      slots,
      concurrency: 5,
      agent: agent(async () => {
        most = Math.max(most, ++active);
        await new Promise((resolve) => setTimeout(resolve, 1));
        active--;
        finished++;
        return trajectory('ok');
      }),
    });
    expect(most).toBe(5);
    expect(mostAhead).toBeLessThanOrEqual(16);
  });

  it('sends the next request before it scores, and keeps the seat of a slot whose checkers wait for others', async () => {
    const order = async (isPure: boolean) => {
      using folder = temporaryFolder();
      const seen: string[] = [];
      await run(folder.path, samples(2), {
        concurrency: 1,
        agent: agent(async ({ sample: { id } }) => {
          seen.push(`ask ${id}`);
          return trajectory('ok');
        }),
        checkersOf: ({ id }) => [
          {
            ...containsOk,
            isPure,
            check(input) {
              seen.push(`score ${id}`);
              return containsOk.check(input);
            },
          },
        ],
      });
      return seen;
    };
    expect(await order(true)).toEqual(['ask s1', 'ask s2', 'score s1', 'score s2']);
    expect(await order(false)).toEqual(['ask s1', 'score s1', 'ask s2', 'score s2']);
  });

  it('records the answer before any checker sees it, and asks nothing again when the checker takes the process down', async () => {
    using folder = temporaryFolder();
    const path = join(folder.path, 'run.jsonl');
    await run(folder.path, [sample('a')], {
      agent: agent(async () => trajectory('ok')),
      checkersOf: () => [
        {
          ...containsOk,
          check: (input) => {
            expect(readFileSync(path, 'utf8')).toContain('"type":"response"');
            return containsOk.check(input);
          },
        },
      ],
    });
  });

  it('leaves answers without an outcome when it only asks, and scores them later without the agent', async () => {
    using folder = temporaryFolder();
    const first = await run(folder.path, samples(3), {
      checkersOf: undefined,
      agent: agent(async ({ sample: { id } }) => {
        if (id === 's2') throw new AgentFailure('bad-response', 'not JSON', { phase: 'answered' });
        return trajectory('ok');
      }),
    });
    expect(first.counts.answered).toBe(3);
    expect(first.index.pending.size).toBe(3);

    const responses = readResponses(join(folder.path, 'run.jsonl'));
    const all = samples(3);
    const index = await readRunIndex(join(folder.path, 'run.jsonl'));
    const slots = planAnswered({ responses, samples: new Map(all.map((one) => [one.id, one])), index });
    const second = await run(folder.path, all, {
      resume: true,
      slots,
      agent: agent(() => Promise.reject(new Error('must not be asked'))),
    });
    expect(second.counts).toMatchObject({ pass: 2, error: 1 });
    expect(second.agentCalls).toBe(0);
    expect(second.index.pending.size).toBe(0);
  });

  it('keeps a checker that throws, and one that gives nonsense, from being a fail', async () => {
    using folder = temporaryFolder();
    const result = await run(folder.path, [sample('a'), sample('b')], {
      agent: agent(async () => trajectory('ok')),
      checkersOf: ({ id }) => [
        {
          ...containsOk,
          check: () => (id === 'a' ? Promise.reject(new Error('judge down')) : { kind: 'scored', value: Number.NaN, pass: true, reason: '' }),
        },
      ],
    });
    expect(result.counts.unscored).toBe(2);
    expect(readFileSync(join(folder.path, 'run.jsonl'), 'utf8')).toContain('judge down');
  });

  it('takes secrets out of answers before they are scored and recorded', async () => {
    using folder = temporaryFolder();
    let seen = '';
    await run(folder.path, [sample('a')], {
      redactor: createRedactor([{ name: 'KEY', value: 'sk-canary-123' }]),
      agent: agent(async () => trajectory('ok, your key is sk-canary-123')),
      checkersOf: () => [
        {
          ...containsOk,
          check(input) {
            seen = String(input.scope.output);
            return containsOk.check(input);
          },
        },
      ],
    });
    expect(seen).toBe('ok, your key is [redacted:KEY]');
    expect(readFileSync(join(folder.path, 'run.jsonl'), 'utf8')).not.toContain('canary');
  });

  it('refuses an answer that cannot be recorded, as an error of its slot', async () => {
    using folder = temporaryFolder();
    const circular: { self?: unknown } = {};
    circular.self = circular;
    const answers: unknown[] = [{ turns: [], finalState: circular }, { turns: 'x' }, null, trajectory('ok', { latencyMs: Number.NaN })];
    const result = await run(folder.path, samples(4), { agent: agent(async () => answers.pop() as never) });
    expect(result.counts.error).toBe(4);
    expect((await readRunIndex(join(folder.path, 'run.jsonl'))).samples.size).toBe(4);
  });

  it('ends every attempt at its deadline even when the driver does not heed its signal', async () => {
    using folder = temporaryFolder();
    const result = await run(folder.path, [sample('a')], {
      timeoutMs: 20,
      maxRetries: 0,
      redactor: noSecrets,
      agent: agent(() => new Promise(() => {})),
    });
    expect(result.counts.error).toBe(1);
    expect(readFileSync(join(folder.path, 'run.jsonl'), 'utf8')).toContain('"kind":"timeout"');
  });

  it('rejects with what a source of slots throws', async () => {
    using folder = temporaryFolder();
    const slots = (async function* () {
      yield { sample: sample('a'), epoch: 1 };
      throw new Error('broken source');
    })();
    await expect(run(folder.path, [sample('a')], { slots, agent: agent(async () => trajectory('ok')) })).rejects.toThrow('broken source');
  });
});
