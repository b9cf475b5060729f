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
    // No encoding of a text is shorter than the text.
    if (text.length >= shortestSecret) for (const form of encodings(text)) forms.add(form);
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
  const parameters = query.split('&').map((pair) => /^([^=]*)=(.*)$/.exec(pair)?.slice(1) ?? ['', pair]);
  return [
    // How an endpoint is shown: without login and query.
    path.length > 1 ? scheme + host + path : '',
    login,
    login.slice(login.indexOf(':') + 1),
    ...parameters.flatMap(([name = '', text = '']) => (/key|token|secret|sig|pass|auth|code|cred/i.test(name) || isRandom(text) ? [text] : [])),
    ...path.split('/').filter(isRandom),
  ].flatMap((text) => [text, percentDecoded(text)]);
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
  const percent = unreserved.map((isKept) => percentEncoded(bytes, isKept));
  const anyCase = [...percent, ...percent.map((form) => form.replace(/%[0-9A-F]{2}/g, (unit) => unit.toLowerCase()))];
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0'));
  return [
    text,
    json,
    ascii,
    ascii.replace(/\\u[0-9a-f]{4}/g, (unit) => `\\u${unit.slice(2).toUpperCase()}`),
    json.replaceAll('/', '\\/'),
    jsonEscaped(json),
    ...anyCase,
    ...anyCase.map((form) => form.replaceAll('%20', '+')),
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

/**
 * What encoders leave alone: encodeURIComponent, a form, strict ones, those that keep the slashes of a path, and encodeURI and
 * programs that put a text into an address as it is.
 */
const unreserved = [/[A-Za-z0-9\-_.!~*'()]/, /[A-Za-z0-9\-_.*]/, /[A-Za-z0-9\-_.~]/, /[A-Za-z0-9\-_.~/]/, /[A-Za-z0-9\-_.!~*'();/?:@&=+$,#]/];

function percentEncoded(bytes: readonly number[], isKept: RegExp): string {
  return bytes
    .map((byte) => {
      const unit = String.fromCharCode(byte);
      return isKept.test(unit) ? unit : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
    })
    .join('');
}

/** The whole encoding with its padding, and for each offset in a longer text the digits that the secret alone decides. */
function base64Forms(bytes: readonly number[]): string[] {
  const bits = bytes.map((byte) => byte.toString(2).padStart(8, '0')).join('');
  const whole = base64Digits(bits + '0'.repeat(5));
  const padded = whole + '='.repeat((4 - (whole.length % 4)) % 4);
  // What of the first byte belongs to the digit before, after none, one and two other bytes.
  const inside = [0, 4, 2].map((shared) => base64Digits(bits.slice(shared)));
  const forms = [whole, padded, ...inside];
  return [...forms, ...forms.map((form) => form.replaceAll('+', '-').replaceAll('/', '_'))];
}

const base64Alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Six bits a digit, the last ones only where they are six. */
function base64Digits(bits: string): string {
  return [...bits.matchAll(/.{6}/g)].map(([digit]) => base64Alphabet.charAt(Number.parseInt(digit, 2))).join('');
}

/** As encoders do it, half a pair of surrogates becomes U+FFFD. */
function utf8Bytes(text: string): number[] {
  const percent = encodeURIComponent(text.replace(/\p{Cs}/gu, '\ufffd'));
  return [...percent.matchAll(/%(..)|./g)].map(([unit, hex]) => (hex === undefined ? unit.charCodeAt(0) : Number.parseInt(hex, 16)));
}
