import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AgentFailure } from '../../src/agents/agent.ts';
import { collectEvents } from '../../src/agents/parts/events.ts';
import { compileReplyMap } from '../../src/agents/parts/reply-map.ts';
import type { HttpClient } from '../../src/io/http.ts';
import { createTextStream } from '../../src/io/http-body.ts';
import { createChatClient } from '../../src/io/openai.ts';
import { isFull, size, soakRow } from '../harness/soak.ts';

const seed = isFull && process.env.SOAK_SEED ? Number(process.env.SOAK_SEED) : 20_261;
const streams = size(60, 1000);
const cutsPerStream = 5;

const json = (d: string) => `data: ${JSON.stringify({ d })}`;
const end = fc.constantFrom('\n', '\r', '\r\n');
const text = fc.constantFrom('a', 'é', '漢字', '😀', '👩‍👩‍👧', '\\n', ' x ', 'data: [DONE]', '[DONE]', '\u2028', 'ï»¿');
const line = fc.oneof(
  { weight: 6, arbitrary: text.map(json) },
  { weight: 6, arbitrary: fc.constant('') },
  fc.constantFrom(
    ': a comment',
    'event: message',
    'event: error',
    'id: 7',
    'retry: 10',
    'data',
    'data:',
    'data: {"d":',
    'data: "more"}',
    'junk',
    'datax: {}',
  ),
  fc.constantFrom('data: [DONE]', 'data:[DONE]', 'data: [DONE] ', 'data:  [DONE]'),
);
/** Bytes of a stream as a server might send it: whole or cut, with or without marks, with line ends that change on the way. */
const stream = fc
  .record({
    mark: fc.constantFrom('', '', '\ufeff', 'ï»¿'),
    lines: fc.array(fc.tuple(line, end), { minLength: 1, maxLength: 14 }),
    lost: fc.nat({ max: 6 }),
  })
  .map(({ mark, lines, lost }) => {
    const whole = Buffer.from(mark + lines.map(([one, tail]) => one + tail).join(''));
    // Half of them are whole.
    return whole.subarray(0, whole.length - (lost > 3 ? lost : 0));
  });
const cuts = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 12 });

function pieces(bytes: Buffer, at: readonly number[]): Buffer[] {
  const places = [...new Set([0, ...at.map((share) => Math.floor(share * bytes.length)), bytes.length])].sort((a, b) => a - b);
  return places.slice(1).map((place, i) => bytes.subarray(places[i], place));
}
/** Where it looks as if an end mark began a line. */
const beforeMarks = (bytes: Buffer) =>
  pieces(
    bytes,
    [...bytes.toString('latin1').matchAll(/data: \[DONE\]/g)].map(({ index }) => (index + 0.1) / bytes.length),
  );
const bytewise = (bytes: Buffer) => [...bytes].map((byte) => Buffer.from([byte]));

/** What comes of something, an error as its kind and words. */
async function outcomeOf(action: () => unknown): Promise<unknown> {
  try {
    return await action();
  } catch (error) {
    return error instanceof AgentFailure ? { kind: error.kind, phase: error.phase, message: error.message } : { message: String(error) };
  }
}

/** As the agent `http` reads a stream. */
function readEvents(chunks: readonly Buffer[], endMark: string | undefined): unknown {
  const toText = createTextStream('text/event-stream');
  const collector = collectEvents({ endMark, maxChars: 100_000 });
  const isOver = chunks.some((chunk) => !collector.feed(toText(chunk)));
  if (!isOver) collector.feed(toText(undefined));
  const events = collector.finish();
  return { isOver, events, reply: compileReplyMap({}, { output: '/d' }).fromEvents(events) };
}

/** As a model's stream is read: by the SDK, over an HTTP client that gives the text in these pieces. */
async function readChat(chunks: readonly Buffer[]): Promise<unknown> {
  let isOver = false;
  const http: HttpClient = {
    request({ onText }) {
      const toText = createTextStream('text/event-stream');
      isOver = chunks.some((chunk) => onText?.(toText(chunk)) === false);
      if (!isOver) onText?.(toText(undefined));
      return Promise.resolve({ status: 200, headers: {}, contentType: 'text/event-stream', body: '', firstByteMs: 1 });
    },
    close() {},
  };
  const messages = [{ role: 'user', content: 'q' }];
  const { signal } = new AbortController();
  const client = createChatClient({ http, baseUrl: 'http://127.0.0.1/v1' });
  const reply = await outcomeOf(() => client.complete({ model: 'm', messages, isStream: true, signal }));
  return { isOver, reply };
}

/** The lines of `stream` as a model would say them. */
const asChat = (bytes: Buffer) =>
  Buffer.from(bytes.toString('utf8').replaceAll(/\{"d":("[^"\n\r]*")\}/g, '{"choices":[{"delta":{"content":$1},"finish_reason":"stop"}]}'));

describe('F14 what is read of an event stream does not depend on where it was cut', () => {
  const readers: [string, (chunks: readonly Buffer[]) => unknown, (bytes: Buffer) => Buffer][] = [
    ['an agent', (chunks) => readEvents(chunks, undefined), (bytes) => bytes],
    ['an agent with an end mark', (chunks) => readEvents(chunks, '[DONE]'), (bytes) => bytes],
    ['a model', readChat, asChat],
  ];
  let different = 0;
  let compared = 0;

  it.each(readers)('read as %s', async (_, read, prepare) => {
    const property = fc.asyncProperty(stream, fc.array(cuts, { minLength: cutsPerStream - 2, maxLength: cutsPerStream - 2 }), async (raw, ways) => {
      const bytes = prepare(raw);
      const whole = await outcomeOf(() => read([bytes]));
      for (const chunks of [...ways.map((way) => pieces(bytes, way)), bytewise(bytes), beforeMarks(bytes)]) {
        compared += 1;
        different += 1;
        expect(await outcomeOf(() => read(chunks))).toEqual(whole);
        different -= 1;
      }
    });
    try {
      await fc.assert(property, { seed, numRuns: streams });
    } finally {
      if (read === readChat) {
        const wanted = '≥ 5,000 chunkings; 0 that change what is read';
        const measured = `${compared.toLocaleString('en')} chunkings; ${different} that change what is read`;
        soakRow({ goal: 'G4', what: 'event streams cut anywhere', wanted, measured, isMet: compared >= 5000 && different === 0 });
      }
    }
  });

  it('ends at once at an end mark whose lines end with CR, on a connection that stays open', () => {
    const collector = collectEvents({ endMark: undefined, maxChars: 1000 });
    expect(collector.feed('data: a\r\rdata: [DONE]\r\r')).toBe(false);
    expect(collector.finish().map(({ data }) => data)).toEqual(['a']);
  });
});
