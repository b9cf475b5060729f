import type { Json } from '../../records/json.ts';
import { secretForms, shortestSecret } from './secret-forms.ts';

export interface Secret {
  name: string;
  value: string;
}

/** Takes secrets out of whatever is about to be written. */
export interface Redactor {
  /** Names of secrets that are too short to be found; they are not redacted. */
  readonly ignored: readonly string[];
  /** The same text when it holds no secret. */
  text(text: string): string;
  /** Texts, keys and numbers at any depth; the same value when it holds no secret. */
  json<T>(value: T): T;
}

/**
 * Replaces every form of every secret by `[redacted:NAME]`: see secretForms; also what is left of one where the text was cut. Where forms overlap the whole covered
 * stretch goes, under the name of the longest. Costs nothing without secrets. In `json`, the words of our own
 * formats stay as keys and kinds even when a secret has the same text.
 */
export function createRedactor(secrets: readonly Secret[]): Redactor {
  const ignored = secrets.filter(({ value }) => value.trim().length < shortestSecret && value.trim() !== '').map(({ name }) => name);
  const needles = secrets.flatMap(({ name, value }) => secretForms(value).map((form) => ({ form, label: `[redacted:${name}]` })));
  if (needles.length === 0) return { ignored, text: (text) => text, json: (value) => value };

  const parts = [...new Set(needles.flatMap(({ form }) => [form.slice(0, leastPart), form.slice(-leastPart)]))];
  const text = (original: string): string =>
    original.length >= shortestSecret && parts.some((part) => original.includes(part)) ? replaceAll(original, needles) : original;
  return { ignored, text, json: (value) => redactValue(value, text) as typeof value };
}

interface Needle {
  form: string;
  label: string;
}

interface Span {
  start: number;
  end: number;
  label: string;
}

function replaceAll(text: string, needles: readonly Needle[]): string {
  const spans: Span[] = [];
  for (const needle of needles) {
    const { form, label } = needle;
    for (let start = text.indexOf(form); start >= 0; start = text.indexOf(form, start + 1)) spans.push({ start, end: start + form.length, label });
    spans.push(...cutSpans(text, needle));
  }
  if (spans.length === 0) return text;
  spans.sort((a, b) => a.start - b.start || b.end - a.end);
  let result = '';
  let end = 0;
  for (const span of spans) {
    if (span.start >= end) result += text.slice(end, span.start) + span.label;
    end = Math.max(end, span.end);
  }
  return result + text.slice(end);
}

/** Of a secret that was cut, so much is known again; less than that is left alone. */
const leastPart = 8;
/** With the quote that V8 puts before it, in what it says of text that is no JSON. */
const cutHere = /^"?(?:…|\.\.\.)/;
const cutBefore = /(?:…|\.\.\.)"?$/;

/** Where a text was cut in the middle of a form: its beginning before an ellipsis, its end after one. */
function cutSpans(text: string, { form, label }: Needle): Span[] {
  if (form.length <= leastPart) return [];
  const spans: Span[] = [];
  const first = form.slice(0, leastPart);
  let end: number;
  // On from where the last one ended, so that a text of nothing but beginnings takes no longer than another.
  for (let start = text.indexOf(first); start >= 0; start = text.indexOf(first, end - leastPart + 1)) {
    end = start + leastPart;
    while (end - start < form.length && text[end] === form[end - start]) end += 1;
    if (cutHere.test(text.slice(end, end + 4))) spans.push({ start, end, label });
  }
  const last = form.slice(-leastPart);
  let before: number;
  for (let at = text.lastIndexOf(last); at >= 0; at = before < 0 ? -1 : text.lastIndexOf(last, before)) {
    const stop = at + leastPart;
    let start = at;
    while (stop - start < form.length && text[start - 1] === form[form.length - (stop - start) - 1]) start -= 1;
    if (cutBefore.test(text.slice(Math.max(0, start - 4), start))) spans.push({ start, end: stop, label });
    before = start - 1;
  }
  return spans;
}

/** Keys of run log records: as keys they say nothing about a secret, and without them a record cannot be read. */
const ownKeys: ReadonlySet<string> = new Set(
  `type schemaVersion toolVersion runId startedAt suite configFile fingerprints call score git sha ref planned samples repeats slots
  samplesDigest caps calls costUsd tokens minutes secrets agent endpoint checkers name required weight pure checksums sample hash scoreHash file
  line tags critical epoch attempt attempts idempotencyKey at trajectory error kind message status turns input output steps args id server
  result isError text author finalState usage inputTokens outputTokens latencyMs firstByteMs checker fingerprint value pass reason perTurn
  outcome traceId durationMs totals fail unscored skipped agentCalls template user tool judge
  workflow repository job`.split(/\s+/),
);

/** Their values are chosen by us or by the dataset, and other records refer to them. */
const referenceKeys: ReadonlySet<string> = new Set(['type', 'kind', 'sample', 'hash', 'scoreHash', 'outcome', 'checksums']);

function redactValue(value: unknown, text: (text: string) => string, key = '', depth = 0): unknown {
  if (typeof value === 'string') return depth === 1 && referenceKeys.has(key) ? value : key === 'kind' && ownKinds.has(value) ? value : text(value);
  if (typeof value === 'number') return (depth === 1 ? ownKeys : ownNumbers).has(key) ? value : redactNumber(value, text);
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) {
    const items = value.map((item: unknown) => redactValue(item, text, key, depth + 1));
    return items.some((item, index) => item !== value[index]) ? items : value;
  }
  const entries = Object.entries(value);
  let isChanged = false;
  const redacted = entries.map(([name, item]): [string, unknown] => {
    const newName = ownKeys.has(name) ? name : text(name);
    const newItem = redactValue(item, text, name, depth + 1);
    isChanged ||= newName !== name || newItem !== item;
    return [newName, newItem];
  });
  return isChanged ? Object.fromEntries(redacted) : value;
}

const ownNumbers: ReadonlySet<string> = new Set(
  'latencyMs firstByteMs inputTokens outputTokens costUsd status samples repeats slots calls minutes weight perTurn'.split(' '),
);

const ownKinds: ReadonlySet<string> = new Set(['toolCall', 'message', 'error']);

function redactNumber(value: number, text: (text: string) => string): Json {
  const original = String(value);
  const redacted = text(original);
  return redacted === original ? value : redacted;
}
