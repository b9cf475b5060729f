import type { Json } from '../../records/json.ts';

/** Shorter text appears by chance in ordinary answers; such a secret cannot be found without destroying them. */
export const shortestSecret = 6;

const leastCased = 7;

/**
 * Every form in which a secret may come back: as it is, trimmed, each of its lines, each text inside it when it is
 * JSON, the login and keys of an address, the key behind `Bearer`; and of each of these base64 at any offset (url-safe too), percent-encoding, JSON, HTML, hex and shell escapes, and another case.
 * Only forms of at least `shortestSecret` characters; none for a shorter secret.
 */
export function secretForms(value: string): string[] {
  const forms = new Set<string>();
  for (const text of texts(value)) {
    if (text.length < shortestSecret) continue;
    for (const form of encodings(text)) if (form.length >= shortestSecret) forms.add(form);
  }
  return [...forms];
}

function texts(value: string): Set<string> {
  // Messages show a text as one line.
  const found = new Set([value, value.trim(), value.replace(/[\p{Cc}\p{Cf}\p{Cs}\s]+/gu, ' ').trim()]);
  for (const line of value.split(/\r\n|\r|\n/)) found.add(line.trim());
  // Where a stream is cut inside a character of four bytes, that one is lost and the rest is not.
  for (const part of value.split(/[\u{10000}-\u{10FFFF}]+/u)) found.add(part.trim());
  for (const text of [...textsInJson(value), ...textsInUrl(value.trim())]) found.add(text);
  const credentials = /^(?:bearer|basic|token|apikey)\s+(\S.*)$/i.exec(value.trim())?.[1];
  if (credentials !== undefined) found.add(credentials);
  return found;
}

/** What of an address is secret by itself, as it is and decoded: the login, parameters that are keys, parts that nobody chose by hand. */
function textsInUrl(value: string): string[] {
  const match = /^([a-z][a-z0-9+.-]*:\/\/)(?:([^/?#]*)@)?([^/?#]*)([^?#]*)(?:\?([^#]*))?/i.exec(value);
  if (!match) return [];
  const [, scheme = '', login = '', host = '', path = '', query = ''] = match;
  const parameters = query.split('&').map((pair) => /^([^=]*)=(.*)$/.exec(pair)?.slice(1) ?? [pair, '']);
  const found = [
    // How an endpoint is shown: without login and query.
    path.length > 1 ? scheme + host + path : '',
    ...(login === '' ? [] : [login, login.slice(login.indexOf(':') + 1)]),
    ...parameters.flatMap(([name = '', text = '']) => (/key|token|secret|sig|pass|auth|code|cred/i.test(name) || isRandom(text) ? [text] : [])),
    ...path.split('/').filter(isRandom),
  ];
  return found.filter((text) => text !== '').flatMap((text) => [text, percentDecoded(text)]);
}

function isRandom(text: string): boolean {
  return text.length >= 16 && /\d/.test(text) && /[A-Za-z]/.test(text);
}

function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function textsInJson(value: string): string[] {
  if (!/^\s*[[{"]/.test(value)) return [];
  try {
    return leaves(JSON.parse(value) as Json);
  } catch {
    return [];
  }
}

function leaves(value: Json): string[] {
  if (typeof value === 'string') return [value];
  return value !== null && typeof value === 'object' ? Object.values(value).flatMap((item) => leaves(item)) : [];
}

function encodings(text: string): string[] {
  const bytes = utf8Bytes(text);
  const json = jsonEscaped(text);
  const ascii = asciiEscaped(json);
  const percent = [percentEncoded(bytes, isUriUnreserved), percentEncoded(bytes, isFormUnreserved), percentEncoded(bytes, isRfc3986Unreserved)];
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0'));
  return [
    text,
    json,
    ascii,
    ascii.replace(/\\u[0-9a-f]{4}/g, (unit) => `\\u${unit.slice(2).toUpperCase()}`),
    json.replaceAll('/', '\\/'),
    jsonEscaped(json),
    ...percent,
    ...percent.map((form) => form.replace(/%[0-9A-F]{2}/g, (unit) => unit.toLowerCase())),
    ...percent.map((form) => form.replaceAll('%20', '+')),
    ...percent.map((form) => form.replaceAll('%', '%25')),
    // Names of hosts, headers and types come back in lower case; a plain word is left alone.
    ...(text.length > leastCased && /[^\p{L}\s]/u.test(text) ? [text.toLowerCase(), text.toUpperCase()] : []),
    ...htmlForms(text),
    ...shellForms(text),
    hex.join(''),
    hex.join('').toUpperCase(),
    hex.join(' '),
    hex.join(':'),
    hex.map((pair) => `\\x${pair}`).join(''),
    ...base64Forms(bytes),
  ];
}

function jsonEscaped(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

function asciiEscaped(text: string): string {
  return text.replace(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

function htmlForms(text: string): string[] {
  const named = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  const quoted = named.replaceAll('"', '&quot;');
  const numbered = (sign: string, base: 10 | 16) => `&#${base === 16 ? 'x' : ''}${sign.charCodeAt(0).toString(base)};`;
  return [
    named,
    quoted,
    ...['&#39;', '&#039;', '&#x27;', '&apos;'].map((apostrophe) => quoted.replaceAll("'", apostrophe)),
    named.replaceAll('"', '&#34;').replaceAll("'", '&#39;'),
    ...([10, 16] as const).map((base) => text.replace(/[&<>"']/g, (sign) => numbered(sign, base))),
  ];
}

/** As an argument between quotes: of a POSIX shell, of PowerShell and of expressions, of Windows; and with a backslash before every sign. */
function shellForms(text: string): string[] {
  return [
    text.replaceAll("'", `'\\''`),
    text.replaceAll("'", `'"'"'`),
    text.replaceAll("'", "''"),
    text.replaceAll('"', '\\"'),
    text.replace(/["\\$`]/g, '\\$&'),
    text.replace(/[^A-Za-z0-9@%_+=:,./-]/gu, '\\$&'),
  ];
}

/** encodeURIComponent leaves `!'()*` alone, a form also encodes those but not `*`, strict encoders leave only `-._~`. */
const isUriUnreserved = (unit: string) => /[A-Za-z0-9\-_.!~*'()]/.test(unit);
const isFormUnreserved = (unit: string) => /[A-Za-z0-9\-_.*]/.test(unit);
const isRfc3986Unreserved = (unit: string) => /[A-Za-z0-9\-_.~]/.test(unit);

function percentEncoded(bytes: readonly number[], isUnreserved: (unit: string) => boolean): string {
  return bytes
    .map((byte) => {
      const unit = String.fromCharCode(byte);
      return byte < 128 && isUnreserved(unit) ? unit : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
    })
    .join('');
}

/** The whole encoding with its padding, and for each offset in a longer text the digits that the secret alone decides. */
function base64Forms(bytes: readonly number[]): string[] {
  const whole = base64Digits(bytes);
  const forms = [whole, whole + '='.repeat((4 - (whole.length % 4)) % 4)];
  for (const offset of [0, 1, 2]) {
    const digits = base64Digits([...new Array<number>(offset).fill(0), ...bytes]);
    forms.push(digits.slice(Math.ceil((8 * offset) / 6), Math.floor((8 * (offset + bytes.length)) / 6)));
  }
  return [...forms, ...forms.map((form) => form.replaceAll('+', '-').replaceAll('/', '_'))];
}

const base64Alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

function base64Digits(bytes: readonly number[]): string {
  let digits = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const group = ((bytes[i] ?? 0) << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    const count = Math.min(4, bytes.length - i + 1);
    for (let digit = 0; digit < count; digit++) digits += base64Alphabet[(group >> (18 - 6 * digit)) & 63];
  }
  return digits;
}

function utf8Bytes(text: string): number[] {
  const bytes: number[] = [];
  for (const character of text) {
    const point = character.codePointAt(0) ?? 0;
    const code = point >= 0xd800 && point < 0xe000 ? 0xfffd : point;
    if (code < 0x80) bytes.push(code);
    else if (code < 0x800) bytes.push(0xc0 | (code >> 6), 0x80 | (code & 63));
    else if (code < 0x10000) bytes.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
    else bytes.push(0xf0 | (code >> 18), 0x80 | ((code >> 12) & 63), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
  }
  return bytes;
}
