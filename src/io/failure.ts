import { AgentFailure } from '../agents/agent.ts';
import { messageOf } from '../errors.ts';

type Phase = 'not-sent' | 'ambiguous' | 'answered';

/** Why a call ended early: `timeout` when the signal's reason is a TimeoutError (the slot's deadline), else `aborted`. */
export function abortFailure(signal: AbortSignal, phase: Phase): AgentFailure {
  const reason: unknown = signal.reason;
  const isTimeout = reason instanceof Error && reason.name === 'TimeoutError';
  if (isTimeout) return new AgentFailure('timeout', 'the time limit of the slot passed before the answer was complete', { phase });
  return new AgentFailure('aborted', 'the run was stopped', { phase, isTransient: false, cause: reason });
}

/** Safe to send again after a pause: the server says that it did not serve the request. 504 is a gateway's own answer. */
const transientStatuses = new Set([408, 425, 429, 502, 503, 504, 529]);

/** What a status outside 200..299 means for a retry. `excerpt` is the start of the body, as one line of text. */
export function statusFailure(status: number, options: { excerpt?: string; retryAfterMs?: number | undefined; cause?: unknown }): AgentFailure {
  const { excerpt, retryAfterMs, cause } = options;
  const message = `the agent answered with status ${status}${excerpt ? `: ${excerpt}` : ''}`;
  const details = { status, cause, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
  if (status === 500) return new AgentFailure('http-status', message, { phase: 'ambiguous', ...details });
  const kind = status === 429 ? 'rate-limited' : 'http-status';
  return new AgentFailure(kind, message, { phase: 'answered', isTransient: transientStatuses.has(status), ...details });
}

/**
 * `Retry-After` as milliseconds from now: seconds, however many, or an HTTP date (RFC 9110, section 5.6.7) against the
 * response's own `Date` header, so that a wrong clock on either side does not matter. A past date is 0. Absent, negative or junk: undefined.
 */
export function parseRetryAfter(retryAfter: string | undefined, date: string | undefined): number | undefined {
  const text = retryAfter?.trim() ?? '';
  if (/^\d{1,100}(\.\d{1,100})?$/.test(text)) return Math.ceil(Number(text) * 1000);
  const until = parseHttpDate(text);
  return until === undefined ? undefined : Math.max(0, until - (parseHttpDate(date ?? '') ?? Date.now()));
}

/** The three forms of a date in HTTP. `Date.parse` alone would see one in many other texts, and takes the oldest form for local time. */
const httpDate = /^(?:[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} [\d:]{8} GMT|[A-Z][a-z]{5,8}, \d{2}-[A-Z][a-z]{2}-\d{2} [\d:]{8} GMT)$/;
const asctimeDate = /^[A-Z][a-z]{2} ([A-Z][a-z]{2}) ([ \d]\d) ([\d:]{8}) (\d{4})$/;

function parseHttpDate(value: string): number | undefined {
  const text = value.trim();
  const ms = httpDate.test(text) ? Date.parse(text) : asctimeDate.test(text) ? Date.parse(text.replace(asctimeDate, '$2 $1 $4 $3 GMT')) : Number.NaN;
  return Number.isNaN(ms) ? undefined : ms;
}

const tlsCode = /^(ERR_TLS|ERR_SSL|CERT_|UNABLE_TO|DEPTH_ZERO|SELF_SIGNED|EPROTO|HOSTNAME_MISMATCH|INVALID_CA)/;
const unreachableCodes = new Set(['ENOTFOUND', 'EAI_AGAIN', 'EAI_FAIL', 'EAI_NODATA', 'EHOSTUNREACH', 'ENETUNREACH', 'EHOSTDOWN', 'EADDRNOTAVAIL']);

/** An error of a socket or of name resolution as a failure. `phase` is what is known of the request then; `where` goes into the message. */
export function networkFailure(error: unknown, phase: Phase, where: string): AgentFailure {
  const code = codeOf(error);
  const message = messageOf(error) || code;
  if (code === 'ECONNREFUSED') return new AgentFailure('refused', `nothing listens at ${where} (${message})`, { phase: 'not-sent', cause: error });
  if (unreachableCodes.has(code)) return new AgentFailure('unreachable', `${where} cannot be reached (${message})`, { phase, cause: error });
  if (code === 'ETIMEDOUT') return new AgentFailure('timeout', `the connection to ${where} timed out (${message})`, { phase, cause: error });
  if (tlsCode.test(code))
    return new AgentFailure('tls', `no secure connection to ${where} (${message})`, { phase, isTransient: false, cause: error });
  if (code.startsWith('HPE_'))
    return new AgentFailure('bad-response', `${where} gave no valid HTTP reply (${message})`, { phase: 'answered', cause: error });
  return new AgentFailure('reset', `the connection to ${where} broke (${message})`, { phase, cause: error });
}

/** Error text of several addresses sits in an AggregateError, whose own code is that of the first. */
function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return '';
  if ('code' in error && typeof error.code === 'string') return error.code;
  return error instanceof AggregateError ? codeOf(error.errors[0]) : '';
}

/** Text of a stranger as one short line for a message: no control or format characters, at most `maxLength` characters, never half a word. */
export function excerptOf(text: string, maxLength = 200): string {
  const head = text.slice(0, maxLength * 8);
  const title = /<title[^>]*>([^<]*)</i.exec(head)?.[1];
  const source = /^\s*<(?:!doctype|html)/i.test(head) ? `an HTML page "${title?.trim() || head.replace(/<[^>]*>/g, ' ')}"` : head;
  const line = source.replace(/[\p{Cc}\p{Cf}\p{Cs}\s]+/gu, ' ').trim();
  const characters = [...line];
  const isCut = characters.length > maxLength || (source === head && head.length < text.length);
  return isCut ? `${characters.slice(0, maxLength).join('').replace(cutWordAtEnd, '')}…` : line;
}

/** The end of a text, at most `maxLength` characters, never half a word. */
export function tailOf(text: string, maxLength: number): string {
  return text.length > maxLength ? `…${text.slice(-maxLength).replace(cutWordAtStart, '')}` : text;
}

/** A cut goes in front of a word, not through it: nobody would recognize, and hide, half of a secret. */
const cutWordAtEnd = /[!#-&(-;=?-~]+$/;
const cutWordAtStart = /^[!#-&(-;=?-~]+/;
