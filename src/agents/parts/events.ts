import { createParser } from 'eventsource-parser';
import type { Json } from '../../records/json.ts';
import { AgentFailure } from '../agent.ts';
import { badReply } from './reply.ts';

/** One server-sent event: its type, its data with several `data:` lines joined, and the data as JSON where it is JSON. */
export interface StreamEvent {
  type: string | undefined;
  data: string;
  json: Json | undefined;
}

/**
 * Collects the events of a stream, wherever the text is cut. `feed` says whether more is wanted: not after the end mark.
 * `finish` gives the events; a last one that no blank line ended is kept unless it is JSON that was cut.
 * @throws AgentFailure `reset` from `finish` when a demanded end mark did not come or an event was cut.
 */
export interface EventCollector {
  feed(text: string): boolean;
  finish(): StreamEvent[];
}

/** What an event costs beside its text: a stream of tiny ones takes many times its own size. */
const eventChars = 64;

/** Gathers the events of one streamed reply until its end mark, `[DONE]` by default; more than `maxChars` of text is refused. */
export function collectEvents(options: { endMark: string | undefined; maxChars: number }): EventCollector {
  const endMark = options.endMark ?? '[DONE]';
  const events: StreamEvent[] = [];
  let size = 0;
  let isEnded = false;
  const parser = createParser({
    maxBufferSize: options.maxChars,
    onEvent({ event, data }) {
      if (isEnded) return;
      size += data.length + eventChars;
      if (size > options.maxChars) throw tooLarge(options.maxChars);
      if (data.trim() === endMark) isEnded = true;
      else if (data !== '') events.push({ type: event, data, json: jsonOf(data) });
    },
    onError(error) {
      if (error.type === 'max-buffer-size-exceeded') throw badReply('one event of the stream is too large');
    },
  });
  // The parser drops a badly encoded byte order mark where it fills the start of the first piece: that one is empty.
  parser.feed('');
  let isAfterReturn = false;
  return {
    feed(text) {
      // A CR ends a line by itself, but the parser waits for the LF that may follow: it gets one at once, and not a second one.
      const rest = isAfterReturn && text.startsWith('\n') ? text.slice(1) : text;
      if (text !== '') isAfterReturn = text.endsWith('\r');
      parser.feed(isAfterReturn ? `${rest}\n` : rest);
      return !isEnded;
    },
    finish() {
      const before = events.length;
      if (!isEnded) parser.feed('\n\n');
      const last = events.at(-1);
      if (events.length > before && last && /^[{[]/.test(last.data) && last.json === undefined)
        throw cutStream('the event stream was cut inside an event');
      if (!isEnded && options.endMark !== undefined) throw cutStream(`the event stream ended without "${endMark}"`);
      return events;
    },
  };
}

function tooLarge(maxChars: number): AgentFailure {
  return new AgentFailure('too-large', `the events of the reply are larger than ${maxChars} bytes`, { phase: 'answered' });
}

function cutStream(message: string): AgentFailure {
  return new AgentFailure('reset', message, { phase: 'ambiguous' });
}

function jsonOf(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}
