import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';

/**
 * Searches what a run wrote for the secrets that it was given, in the encodings in which a secret comes back. Written apart from the
 * redaction of `src`, so that a form which that one forgets is found here.
 */
export interface Canary {
  name: string;
  value: string;
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const shifted = (text: string, before: string) => Buffer.from(`${before}${text}zz`).toString('base64');

/** What an agent or an error may make of a secret: each as a whole text that holds it. */
export const encodings: Record<string, (secret: string) => string> = {
  raw: (secret) => secret,
  trimmed: (secret) => secret.trim(),
  'its longest line': (secret) => longest(secret.split('\n')).trim(),
  base64: (secret) => Buffer.from(secret).toString('base64'),
  'base64 after one byte': (secret) => shifted(secret, 'x'),
  'base64 after two bytes': (secret) => shifted(secret, 'xy'),
  base64url: (secret) => Buffer.from(secret).toString('base64url'),
  percent: (secret) => encodeURIComponent(secret),
  'lower-case percent': (secret) => encodeURIComponent(secret).replace(/%[0-9A-F]{2}/g, (unit) => unit.toLowerCase()),
  JSON: (secret) => JSON.stringify({ secret }),
  HTML: (secret) => secret.replace(/[&<>"']/g, (sign) => entities[sign] ?? sign),
  XML: (secret) => secret.replace(/[&<>"']/g, (sign) => (sign === "'" ? '&apos;' : (entities[sign] ?? sign))),
  'HTML by number': (secret) => secret.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`),
  hex: (secret) => Buffer.from(secret).toString('hex'),
  shell: (secret) => `'${secret.replaceAll("'", `'\\''`)}'`,
};

/** Texts of which none may be found. Shorter ones than six characters appear by chance. */
export function needlesOf({ value }: Canary): string[] {
  const lines = value.split('\n').filter((line) => !/^-+(BEGIN|END)/.test(line));
  const parts = new Set([value, value.trim(), ...(lines.length > 1 ? lines : [])]);
  const found = [...parts].flatMap((part) => [
    part,
    Buffer.from(part).toString('base64').replace(/=+$/, ''),
    Buffer.from(part).toString('base64url'),
    // What the secret alone decides of a longer text's digits.
    shifted(part, 'x').slice(2, -4),
    shifted(part, 'xy').slice(3, -4),
    ...['percent', 'lower-case percent', 'HTML', 'XML', 'HTML by number', 'hex'].flatMap((name) => encodings[name]?.(part) ?? []),
    JSON.stringify(part).slice(1, -1),
    part.replaceAll("'", `'\\''`),
  ]);
  return [...new Set(found)].filter((text) => text.length >= 6);
}

/** Half a secret is a secret too: its longest word without the last and without the first quarter, where it is long enough to be known. */
export function halvesOf({ value }: Canary): string[] {
  const word = longest(value.split(/\s+/));
  if (word.length < 16) return [];
  const length = Math.ceil(word.length * 0.75);
  return [word.slice(0, length), word.slice(-length)];
}

/** `place: secret` for every place that holds a canary in any form. */
export function findCanaries(canaries: readonly Canary[], places: Iterable<readonly [string, string | Uint8Array]>): string[] {
  const needles = canaries.flatMap((canary) => [...needlesOf(canary), ...halvesOf(canary)].map((needle) => ({ name: canary.name, needle })));
  return [...places].flatMap(([place, content]) => {
    const bytes = typeof content === 'string' ? Buffer.from(content) : Buffer.from(content.buffer, content.byteOffset, content.byteLength);
    return needles
      .filter(({ needle }) => bytes.includes(needle))
      .map(({ name, needle }) => `${place}: ${name} as ${JSON.stringify(needle.slice(0, 60))}`);
  });
}

/** Every file below a folder, and their names, which are written too. */
export function writtenBelow(folder: string, leaveOut: (path: string) => boolean = () => false): [string, Uint8Array][] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .map((entry) => ({ entry, path: relative(folder, join(entry.parentPath, entry.name)) }))
    .filter(({ path }) => !leaveOut(path))
    .flatMap(({ entry, path }): [string, Uint8Array][] => [
      [`name of ${path.slice(0, 40)}`, Buffer.from(path)],
      ...(entry.isFile() ? [[path, readFileSync(join(folder, path))] as [string, Uint8Array]] : []),
    ]);
}

function longest(texts: readonly string[]): string {
  return texts.reduce((best, text) => (text.length > best.length ? text : best), '');
}

const keyName = /(^|[_-])(token|secret|password|key|pat)$/i;

/** The variables that hold keys, by their names: every one that a helper hands to a program under test is a canary. */
export function canariesIn(env: Readonly<Record<string, string | undefined>>): Canary[] {
  return Object.entries(env).flatMap(([name, value = '']) => (keyName.test(name) && value.length >= 12 ? [{ name, value }] : []));
}

/** Cheap enough for every run of every test: the forms that programs make by themselves. @throws Error that names place and variable */
export function assertNoCanary(canaries: readonly Canary[], places: Iterable<readonly [string, string | Uint8Array]>): void {
  if (canaries.length === 0) return;
  const needles = canaries.flatMap(({ name, value }) => {
    const bytes = Buffer.from(value);
    return [value, bytes.toString('base64').replace(/=+$/, ''), encodeURIComponent(value), JSON.stringify(value).slice(1, -1)].map((needle) => ({
      name,
      needle,
    }));
  });
  const found = [...places].flatMap(([place, content]) =>
    needles
      .filter(({ needle }) =>
        typeof content === 'string' ? content.includes(needle) : Buffer.from(content.buffer, content.byteOffset, content.byteLength).includes(needle),
      )
      .map(({ name }) => `${name} in ${place}`),
  );
  if (found.length > 0) throw new Error(`a secret left the program under test: ${[...new Set(found)].join(', ')}`);
}

const largestScanned = 20 * 1024 * 1024;

/** What lies in folders that hold a run log, and in those below. */
export function writtenByRuns(folder: string): [string, Uint8Array][] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const roots = entries.filter(({ name }) => name === 'run.jsonl').map(({ parentPath }) => parentPath);
  return entries
    .filter(({ parentPath }) => roots.some((root) => parentPath === root || parentPath.startsWith(`${root}/`)))
    .map(({ parentPath, name }) => join(parentPath, name))
    .filter((path) => statSync(path).size <= largestScanned)
    .map((path) => [relative(folder, path), readFileSync(path)]);
}
