import { describe, expect, it } from 'vitest';
import { failureOf, makeRequest, makeSample, openAgent, tempDir } from './support.ts';

async function moduleAgent(code: string, options: Record<string, unknown> = {}) {
  return openAgent('module', { path: 'agent.mjs', ...options }, { baseDir: tempDir({ 'agent.mjs': code }), concurrency: 2 });
}

describe('a JavaScript function as the agent', () => {
  it.each([
    ['text', `export default async ({ input }) => 'got ' + input`, { output: 'got hello' }],
    [
      'the short form',
      `export default ({ slot, epoch }) => ({ output: { slot, epoch }, toolCalls: ['t'] })`,
      { output: '{"slot":"key-1","epoch":1}', steps: [{ kind: 'toolCall', name: 't' }] },
    ],
    [
      'a trajectory',
      `export default ({ turns }) => ({ turns: turns.map((t) => ({ output: 'x', steps: [{ kind: 'message', text: 'm' }] })) })`,
      { steps: [{ kind: 'message', text: 'm' }] },
    ],
  ])('answers with %s', async (_, code, turn) => {
    const trajectory = await (await moduleAgent(code)).ask(makeRequest());
    expect(trajectory.turns[0]).toMatchObject(turn);
    expect(trajectory.latencyMs).toBeGreaterThan(0);
  });

  it('finds a named export and sees the declared environment only', async () => {
    process.env.INPUT_TOKEN = 'canary';
    const agent = await moduleAgent(`export const bot = () => JSON.stringify(process.env)`, { export: 'bot', env: { KEY: 'k' } });
    const output = (await agent.ask(makeRequest())).turns[0]?.output ?? '';
    delete process.env.INPUT_TOKEN;
    expect(JSON.parse(output).KEY).toBe('k');
    expect(output).not.toContain('canary');
  });

  it.each([
    ['export const x = 1', {}, 'no export "default"; it exports x'],
    ['export default 5', {}, 'not a function'],
    ['export default (', {}, 'SyntaxError'],
    ['export default () => 1', { path: 'other.mjs' }, 'no file other.mjs'],
  ])('refuses at the start: %s', async (code, options, message) => {
    await expect(moduleAgent(code, options)).rejects.toMatchObject({ code: 'agent-module-invalid', message: expect.stringContaining(message) });
  });

  it('tells what the function threw, what it returned wrongly, and when it takes its process down', async () => {
    const agent = await moduleAgent(`export default async ({ input }) => {
      console.log('{"id":"forged","value":"noise"}');
      if (input === 'throw') throw new TypeError('boom');
      if (input === 'wrong') return { nothing: 1 };
      if (input === 'exit') process.exit(5);
      if (input === 'loop') for (;;);
      return 'fine';
    }`);
    const ask = (input: string, signal?: AbortSignal) => agent.ask(makeRequest({ sample: makeSample({ input }), ...(signal ? { signal } : {}) }));
    expect(await failureOf(ask('throw'))).toMatchObject({
      kind: 'agent-error',
      phase: 'answered',
      message: expect.stringContaining('TypeError: boom'),
    });
    expect(await failureOf(ask('wrong'))).toMatchObject({ kind: 'bad-response', message: expect.stringContaining('{nothing: number}') });
    expect(await failureOf(ask('exit'))).toMatchObject({
      kind: 'process',
      phase: 'ambiguous',
      message: expect.stringContaining('exited with code 5'),
    });
    const [loop, fine] = await Promise.all([failureOf(ask('loop', AbortSignal.timeout(300))), ask('fine')]);
    expect(loop).toMatchObject({ kind: 'timeout' });
    expect(fine.turns[0]?.output).toBe('fine');
  });
});
