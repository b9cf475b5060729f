import { describe, expect, it } from 'vitest';
import { serveOpenai } from './openai-endpoint.ts';
import { runSuite } from './support.ts';

const samples = [
  {
    id: 'order',
    turns: [
      { input: 'hello', expected: 'Message 1.' },
      { input: 'order 7', expected: 'It is shipped.', toolCalls: [{ name: 'lookup_order', args: { id: '7' } }] },
      { input: 'and now?', expected: 'Message 3.' },
    ],
  },
  { id: 'busy', input: 'busy', expected: 'Message 1.' },
  { id: 'down', input: 'fail' },
  { id: 'declined', input: 'secret', expected: 'No.' },
];

// Nothing to install here: the real one is the client of the built product.
describe('an OpenAI-style endpoint', () => {
  it.each([
    ['openai-chat', false],
    ['openai-chat', true],
    ['openai-responses', false],
    ['openai-responses', true],
  ])('is spoken with by the built client: %s, streamed: %s', async (type, stream) => {
    const { baseUrl, seen } = await serveOpenai();
    const tools = [{ name: 'lookup_order', result: { status: 'shipped' } }];
    const checkers = [{ type: 'per-turn', checker: { type: 'equals', value: '{{expected}}' }, turns: 'expected' }, { type: 'trajectory' }];
    const { code, slots } = await runSuite(samples, { agent: { type, baseUrl, apiKey: 'k', model: 'm', stream, tools }, checkers, maxRetries: 1 });
    expect(code).toBe(3);
    const { order, busy, down, declined } = slots;
    expect(order).toMatchObject({ outcome: 'pass', trajectory: { usage: { inputTokens: 40, outputTokens: 8 } } });
    const step = { kind: 'toolCall', name: 'lookup_order', args: { id: '7' }, id: 'call-7', result: { status: 'shipped' } };
    expect(order?.trajectory?.turns[1]?.steps).toMatchObject([step]);
    expect(busy?.outcome).toBe('pass');
    expect(declined?.trajectory?.turns[0]?.output).toBe('No.');
    expect(down?.error).toMatchObject({ kind: 'http-status', message: expect.stringContaining('the model is down') });
    expect(seen.every(({ headers }) => headers.authorization === 'Bearer k')).toBe(true);
  });
});
