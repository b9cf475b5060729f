import type { IncomingMessage } from 'node:http';
import { AgentFailure } from '../agents/agent.ts';
import { messageOf } from '../errors.ts';
import { excerptOf, parseRetryAfter, statusFailure } from './failure.ts';
import { createTextStream, decodeText, decompressed, mediaTypeOf } from './http-body.ts';

/** What happens with a reply. `fail` and `done` may be called more than once; the first call counts. */
export interface Receiver {
  /** For a good `text/event-stream`: gets the text as it comes and says whether more is wanted. */
  onText: ((text: string) => boolean) | undefined;
  /** A status outside 200..299 is as good, redirects excepted. */
  takesAnyStatus?: boolean;
  maxBytes: number;
  onData: () => void;
  fail: (failure: AgentFailure) => void;
  done: (text: string, firstByteAt: number) => void;
}

/** How much, and for how long, is read of the body of a bad status. */
const maxExcuseBytes = 65_536;
const maxExcuseMs = 300;

/** Reads one reply to its end, decompressed, capped and decoded. */
export function receiveReply(incoming: IncomingMessage, receiver: Receiver): void {
  const status = incoming.statusCode ?? 0;
  const contentType = incoming.headers['content-type'];
  const isGood = receiver.takesAnyStatus === true || (status >= 200 && status <= 299);
  if (status >= 300 && status <= 399) {
    receiver.fail(redirectFailure(status, incoming.headers.location));
    return;
  }
  const maxBytes = isGood ? receiver.maxBytes : Math.min(receiver.maxBytes, maxExcuseBytes);
  // Of a bad status only the start is quoted. Whoever never ends it must not make a time-out of it: its Retry-After would be lost.
  if (!isGood) {
    const timer = setTimeout(() => receiver.fail(badStatus(incoming, chunks)), maxExcuseMs);
    incoming.once('close', () => clearTimeout(timer));
  }
  const chunks: Buffer[] = [];
  let packed = 0;
  let size = 0;
  let firstByteAt: number | undefined;
  let isStopped = false;
  const onText = isGood && mediaTypeOf(contentType) === 'text/event-stream' ? receiver.onText : undefined;
  const guarded = (action: () => void) => {
    try {
      action();
    } catch (error) {
      receiver.fail(isGood ? asFailure(error) : badStatus(incoming, chunks));
    }
  };
  guarded(() => {
    const source = decompressed(incoming);
    const toText = onText && createTextStream(contentType);
    const broken = (error: Error) =>
      receiver.fail(isGood ? brokenBody(error, source === incoming || isCut(error, incoming)) : badStatus(incoming, chunks));
    source.on('data', (chunk: Buffer) => {
      firstByteAt ??= performance.now();
      size += chunk.length;
      receiver.onData();
      if (size > maxBytes) {
        source.destroy();
        return receiver.fail(isGood ? tooLarge(receiver.maxBytes) : badStatus(incoming, chunks));
      }
      if (!onText || !toText) {
        chunks.push(chunk);
        // A chunk of one byte takes a hundred: they are put together long before that matters.
        if (chunks.length - packed >= 1024) chunks.push(Buffer.concat(chunks.splice(packed++)));
        return;
      }
      if (isStopped) return;
      guarded(() => {
        isStopped = !onText(toText(chunk));
        if (isStopped) receiver.done('', firstByteAt ?? performance.now());
      });
    });
    source.on('end', () => {
      if (!isGood) return receiver.fail(badStatus(incoming, chunks));
      if (!incoming.complete) return broken(new Error('the body was cut'));
      guarded(() => {
        if (toText && onText && !isStopped) onText(toText(undefined));
        receiver.done(
          decodeText(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks), contentType),
          firstByteAt ?? performance.now(),
        );
      });
    });
    source.on('error', broken);
    if (source !== incoming) incoming.on('error', broken);
  });
}

function asFailure(error: unknown): AgentFailure {
  return error instanceof AgentFailure ? error : new AgentFailure('bad-response', messageOf(error), { phase: 'answered', cause: error });
}

/** Damage is seen while more may still be coming; only an end that came too soon is that of the connection. */
function isCut(error: Error, incoming: IncomingMessage): boolean {
  if (incoming.complete) return false;
  return !('code' in error && typeof error.code === 'string') || error.code === 'Z_BUF_ERROR' || !error.code.startsWith('Z_');
}

function brokenBody(error: Error, isTransport: boolean): AgentFailure {
  if (isTransport) return new AgentFailure('reset', `the reply was cut before its end (${error.message})`, { phase: 'ambiguous', cause: error });
  return new AgentFailure('bad-response', `the compressed body of the reply is damaged (${error.message})`, { phase: 'answered', cause: error });
}

function tooLarge(maxBytes: number): AgentFailure {
  return new AgentFailure('too-large', `the reply is larger than ${maxBytes} bytes`, { phase: 'answered' });
}

function badStatus(incoming: IncomingMessage, chunks: readonly Buffer[]): AgentFailure {
  const { headers, statusCode = 0 } = incoming;
  const excerpt = excerptOf(Buffer.concat(chunks).subarray(0, 4096).toString('utf8'));
  return statusFailure(statusCode, { excerpt, retryAfterMs: parseRetryAfter(headers['retry-after'], headers.date) });
}

/** Only the origin and path of the new place: its query may hold a secret. */
function redirectFailure(status: number, location: string | undefined): AgentFailure {
  const place = location !== undefined && URL.canParse(location) ? new URL(location) : undefined;
  const where = place ? ` to ${excerptOf(place.origin + place.pathname)}` : '';
  return new AgentFailure(
    'redirect',
    `the agent redirects${where} (status ${status}); redirects are never followed, put the final URL in the config`,
    {
      phase: 'answered',
      status,
    },
  );
}
