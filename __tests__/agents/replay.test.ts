import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { failureOf, makeRequest, makeSample, openAgent, tempDir } from './support.ts';

async function recording(lines: (object | string)[]) {
  const text = lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n');
  return openAgent('replay', { path: 'recorded.jsonl' }, { baseDir: tempDir({ 'recorded.jsonl': text }) });
}

const ask = (id: string, epoch = 1) => makeRequest({ sample: makeSample({ id }), epoch });

describe('recorded lines', () => {
  it('answers in the short form and as a whole trajectory, with the numbers of the line', async () => {
    const agent = await recording([
      { id: 'a', output: 'x', toolCalls: [{ name: 't', args: { n: 1 }, result: 2 }], latencyMs: 12, usage: { inputTokens: 3 } },
      '',
      {
        id: 'b',
        trajectory: {
          turns: [{ input: 'i', output: 'o', steps: [{ kind: 'message', text: 'm' }], note: 'kept' }],
          finalState: { k: 1 },
          latencyMs: 5,
        },
      },
    ]);
    expect(await agent.ask(ask('a'))).toEqual({
      turns: [{ input: 'hello', output: 'x', steps: [{ kind: 'toolCall', name: 't', args: { n: 1 }, result: 2 }] }],
      usage: { inputTokens: 3 },
      latencyMs: 12,
    });
    expect(await agent.ask(ask('b'))).toEqual({
      turns: [{ input: 'i', output: 'o', steps: [{ kind: 'message', text: 'm' }], note: 'kept' }],
      finalState: { k: 1 },
      latencyMs: 5,
    });
  });

  it('prefers the line of the epoch, and lets the last of equal lines win', async () => {
    const agent = await recording([
      { id: 'a', output: 'any, old' },
      { id: 'a', epoch: 2, output: 'second, old' },
      { id: 'a', epoch: 2, output: 'second' },
      { id: 'a', output: 'any' },
    ]);
    const outputs = await Promise.all([1, 2, 7].map(async (epoch) => (await agent.ask(ask('a', epoch))).turns[0]?.output));
    expect(outputs).toEqual(['any', 'second', 'any']);
  });

  it('has an error for a slot without a line, and for a recorded error', async () => {
    const agent = await recording([
      { id: 'a', epoch: 1, output: 'x' },
      { id: 'b', error: { kind: 'timeout', message: 'no reply' } },
      { id: 'c', error: { kind: 'quota', message: 'spent' } },
    ]);
    expect(await failureOf(agent.ask(ask('a', 2)))).toMatchObject({
      kind: 'no-recording',
      phase: 'answered',
      isTransient: false,
      message: expect.stringContaining('repeat 2'),
    });
    expect((await failureOf(agent.ask(ask('__proto__')))).kind).toBe('no-recording');
    expect(await failureOf(agent.ask(ask('b')))).toMatchObject({ kind: 'timeout', phase: 'answered', isTransient: false, message: 'no reply' });
    expect(await failureOf(agent.ask(ask('c')))).toMatchObject({ kind: 'agent-error', message: 'quota: spent' });
  });

  it.each([
    [['{"id": "a"'], ':1: not JSON'],
    [[{ id: 'a', output: 'x' }, { output: 'y' }], ':2: id: '],
    [[{ id: 'a' }], 'needs "output", "trajectory" or "error"'],
    [[{ id: 'a', epoch: 0, output: 'x' }], ':1: epoch: '],
    [[{ id: 'a', trajectory: { steps: [] } }], ':1: '],
    [[{ id: 'a', output: 'x', toolCalls: [{ args: {} }] }], 'a tool call without a name'],
    [[], 'the recording is empty'],
  ])('refuses %j at the start, with file and line', async (lines, message) => {
    await expect(recording(lines)).rejects.toMatchObject({ code: 'recording-invalid', message: expect.stringContaining(message) });
    await expect(recording(lines)).rejects.toThrow('recorded.jsonl');
  });

  it('names a recording that is not there', async () => {
    await expect(openAgent('replay', { path: 'nowhere.jsonl' })).rejects.toThrow('nowhere.jsonl: the recording cannot be read');
  });
});

describe('run logs', () => {
  const records = [
    {
      type: 'run',
      schemaVersion: 1,
      toolVersion: '0.1.0',
      runId: 'r',
      startedAt: '2026-01-01T00:00:00Z',
      suite: 's',
      fingerprints: { call: {}, score: {} },
      planned: { samples: 1, repeats: 1, slots: 2 },
      samplesDigest: 'd',
      caps: {},
      secrets: [],
      agent: { type: 'http' },
      checkers: [],
    },
    { type: 'sample', sample: 'a', hash: 'h', scoreHash: 's', file: 'f', line: 1, tags: [], weight: 1, critical: false },
    { type: 'response', sample: 'a', epoch: 1, attempt: 1, trajectory: { turns: [{ input: 'q', output: 'recorded', steps: [] }], latencyMs: 9 } },
    { type: 'done', sample: 'a', epoch: 1, outcome: 'pass', attempts: 1 },
    { type: 'response', sample: 'a', epoch: 2, attempt: 1, error: { kind: 'reset', message: 'broke' } },
  ];
  const text = records.map((record) => `${JSON.stringify(record)}\n`).join('');

  it.each(['run.jsonl', '.'])('answers from a run, named as %s', async (path) => {
    const agent = await openAgent('replay', { path }, { baseDir: tempDir({ 'run.jsonl': text }) });
    expect(await agent.ask(ask('a'))).toEqual({ turns: [{ input: 'q', output: 'recorded', steps: [] }], latencyMs: 9 });
    expect(await failureOf(agent.ask(ask('a', 2)))).toMatchObject({ kind: 'reset', phase: 'answered', isTransient: false });
    expect((await failureOf(agent.ask(ask('a', 3)))).kind).toBe('no-recording');
  });

  it('names a folder that holds no run', async () => {
    await expect(openAgent('replay', { path: join('.') })).rejects.toThrow('run.jsonl');
  });
});
