import { excerptOf, parseRetryAfter } from '../../io/failure.ts';
import { type HttpReply, type HttpTarget, parseTarget } from '../../io/http.ts';
import type { Json } from '../../records/json.ts';
import * as z from '../../records/schema.ts';
import { AgentFailure } from '../agent.ts';
import { pause } from './pause.ts';
import { compilePointer, Pointer } from './pointer.ts';
import { badReply, checkDepth, outputText } from './reply.ts';

const Values = z.array(z.string().check(z.minLength(1)));
const Milliseconds = z.int().check(z.minimum(1), z.maximum(2_147_483_647));

export const PollOptions = z
  .strictObject({
    location: z.described(
      z.optional(Pointer),
      'where the first reply has the address to ask for the result, on the host of `url`; absent: its Location header',
    ),
    path: z.described(
      z.optional(z.string().check(z.regex(/^\/[^{}]*\{\{location\}\}[^{}]*$/, 'a path with {{location}} in it, such as /jobs/{{location}}'))),
      'for a reply that has an id instead of an address: the path to ask, such as /jobs/{{location}}',
    ),
    status: z.described(z.optional(Pointer), 'where the status is; absent: a reply with the HTTP status 202 is not done, any other is'),
    until: z.described(z.optional(Values), 'values of the status that mean done'),
    failed: z.described(
      z._default(Values, ['failed', 'error', 'cancelled', 'canceled', 'expired']),
      'values of the status that mean that the agent failed; default [failed, error, cancelled, canceled, expired]',
    ),
    intervalMs: z.described(z._default(Milliseconds, 1000), 'pause before each question, milliseconds; a longer Retry-After wins; default 1000'),
    maxMs: z.described(
      z._default(Milliseconds, 300_000),
      'time until the result is there, milliseconds; default 300000; the timeoutMs of the suite holds too',
    ),
  })
  .check(z.refine(({ status, until }) => (status === undefined) === (until === undefined), '"status" and "until" belong together'));
export type PollOptions = z.infer<typeof PollOptions>;

/** Asks a path of the agent's own host for the result. */
export type AskAgain<R> = (path: string) => Promise<R>;

interface Polled {
  answer: HttpReply;
}

export interface Poller {
  /** The first reply that is done, which may be the one that is given. @throws AgentFailure, never `not-sent`: the request was served. */
  finish<R extends Polled>(first: R, options: { path: string; signal: AbortSignal; askAgain: AskAgain<R> }): Promise<R>;
}

/** Questions in a row that may fail: a result that is there is worth a few more. */
const maxFailures = 5;

/** Waits for results of an agent that answers later. Only paths on the host of `target` are asked, whatever a reply says. */
export function compilePoller(options: PollOptions, target: HttpTarget): Poller {
  const isDone = compileIsDone(options);
  return {
    async finish(first, { path: askedPath, signal, askAgain }) {
      if (isDone(first.answer)) return first;
      const startedAt = performance.now();
      const path = placeOf(first.answer, options, { target, askedPath });
      let last = first;
      let failures = 0;
      for (;;) {
        const wait = Math.max(options.intervalMs, retryAfterOf(last.answer));
        if (performance.now() - startedAt + wait > options.maxMs) throw tooLate(options.maxMs);
        await pause(wait, signal, 'ambiguous');
        try {
          last = await askAgain(path);
          failures = 0;
        } catch (error) {
          failures += 1;
          if (!(error instanceof AgentFailure) || !isWorthAnother(error) || failures >= maxFailures) throw served(error);
          continue;
        }
        if (isDone(last.answer)) return last;
      }
    },
  };
}

function compileIsDone({ status, until = [], failed }: PollOptions): (answer: HttpReply) => boolean {
  if (status === undefined) return (answer) => answer.status !== 202;
  const read = compilePointer(status);
  return ({ body }) => {
    const found = read(jsonOf(body));
    if (found === undefined) throw badReply(`poll.status: there is nothing at ${status} in ${excerptOf(body, 120) || 'an empty reply'}`);
    const value = outputText(found);
    if (until.includes(value)) return true;
    if (failed.includes(value))
      throw new AgentFailure('agent-error', `the agent reports the status "${excerptOf(value, 80)}": ${excerptOf(body)}`, { phase: 'answered' });
    return false;
  };
}

/** Path and query of the place that the reply names. @throws AgentFailure for a place on another host. */
function placeOf(answer: HttpReply, options: PollOptions, asked: { target: HttpTarget; askedPath: string }): string {
  const { location: pointer, path } = options;
  const found = pointer === undefined ? answer.headers.location : compilePointer(pointer)(jsonOf(answer.body));
  if ((typeof found !== 'string' && typeof found !== 'number') || found === '') {
    const where =
      pointer === undefined ? 'no Location header: say poll: {location: pointer into the reply}' : `no address or id at ${pointer} (poll.location)`;
    throw badReply(`the reply is not the result yet and has ${where}`);
  }
  if (path !== undefined) {
    const id = encodeURIComponent(String(found));
    if (/^\.\.?$/.test(id)) throw badReply('the id of the result is "." or ".."');
    return path.replace('{{location}}', () => id);
  }
  const { target, askedPath } = asked;
  const base = new URL(target.endpoint).origin;
  const place = URL.canParse(String(found), base + askedPath) ? new URL(String(found), base + askedPath) : undefined;
  const isWeb = place?.protocol === 'http:' || place?.protocol === 'https:';
  if (!place || !isWeb || !isSameHost(place, target)) {
    const where = place ? excerptOf(place.origin + place.pathname) : 'a place that is no address';
    throw new AgentFailure('redirect', `the result is said to be at ${where}; only the host of agent.url is asked`, {
      phase: 'answered',
      isTransient: false,
    });
  }
  return place.pathname + place.search;
}

function isSameHost(place: URL, target: HttpTarget): boolean {
  const { isSecure, host, port } = parseTarget(place.origin);
  return isSecure === target.isSecure && host === target.host && port === target.port;
}

function jsonOf(body: string): Json {
  let value: Json;
  try {
    value = JSON.parse(body) as Json;
  } catch {
    return null;
  }
  checkDepth(value);
  return value;
}

function retryAfterOf({ headers }: HttpReply): number {
  return parseRetryAfter(headers['retry-after'], headers.date) ?? 0;
}

/** A question for a result changes nothing, so that any trouble on the way may be tried again. */
function isWorthAnother({ kind, phase, isTransient }: AgentFailure): boolean {
  return kind !== 'aborted' && (phase !== 'answered' || isTransient);
}

function served(error: unknown): unknown {
  if (!(error instanceof AgentFailure) || error.phase === 'answered') return error;
  const { kind, message, status, retryAfterMs } = error;
  return new AgentFailure(kind, `the request was taken, but its result is not there: ${message}`, {
    phase: 'ambiguous',
    isTransient: false,
    ...(status === undefined ? {} : { status }),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    cause: error,
  });
}

function tooLate(maxMs: number): AgentFailure {
  return new AgentFailure('timeout', `the request was taken, but its result did not come within ${maxMs} ms (poll.maxMs)`, { phase: 'ambiguous' });
}
