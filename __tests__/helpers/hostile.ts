import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';

/** Corpora of texts that an agent could answer with to break out of a report, by what they try: one file each, escaped so that an editor shows them. */
export const hostileKinds = ['markdown', 'html', 'csv', 'terminal', 'bidi'] as const;
export type HostileKind = (typeof hostileKinds)[number];

/** By what it tries, such as `closes a fold`. */
export const hostile = Object.fromEntries(hostileKinds.map((kind) => [kind, readCorpus(kind)])) as Record<HostileKind, Record<string, string>>;

/** All of them, and one that is long: every sink must show them and nothing more. */
export const hostileTexts: readonly string[] = [...new Set(hostileKinds.flatMap((kind) => Object.values(hostile[kind]))), 'x'.repeat(3000)];

/** Pieces of which markdown, HTML, tables and escape sequences are made. */
const fragments = [
  ...[
    '`',
    '``',
    '```',
    '~~~',
    '|',
    '\\',
    '\\|',
    '\n',
    '\r',
    '\r\n',
    '\n\n',
    '\t',
    ' ',
    '    ',
    '<',
    '>',
    '</',
    '/>',
    '<!--',
    '-->',
    '"',
    "'",
    '&',
    '&#',
    ';',
  ],
  ...[
    '@',
    '@a',
    '#1',
    '# ',
    '- ',
    '1. ',
    '> ',
    '[',
    ']',
    '](',
    ')',
    '![',
    '[^1]',
    '[x]: ',
    '[!NOTE]',
    '*',
    '**',
    '_',
    '__',
    '~~',
    '$',
    '$$',
    ':',
    ':+1:',
  ],
  ...[
    'http://',
    'https://evil.example',
    'www.',
    'a@b.example',
    'GH-1',
    '4f2a9c1b7d',
    'javascript:',
    '---',
    '===',
    '|-|-|',
    'details',
    'script',
    'img src=x',
  ],
  ...[
    '=',
    '+',
    '-',
    ',',
    ';',
    '\u001b',
    '\u001b[',
    '\u001b]8;;',
    '\u0007',
    '\u009b',
    '31m',
    '::',
    '##[',
    'error',
    '\u202e',
    '\u2066',
    '\u200b',
    '\ud800',
    '漢',
    '🎉',
  ],
];

/** Any text: characters of every sort, pieces of syntax joined at random, and texts of the corpora cut, doubled and mixed. */
export const anyHostileText: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 80 }),
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc.array(fc.constantFrom(...fragments), { maxLength: 24 }).map((pieces) => pieces.join('')),
  fc.array(fc.oneof(fc.constantFrom(...hostileTexts.slice(0, -1)), fc.constantFrom(...fragments)), { maxLength: 5 }).map((pieces) => pieces.join('')),
  fc
    .tuple(fc.constantFrom(...hostileTexts.slice(0, -1)), fc.nat(), fc.nat(), fc.constantFrom(...fragments))
    .map(([text, from, to, piece]) => text.slice(0, from % (text.length + 1)) + piece + text.slice(to % (text.length + 1))),
);

function readCorpus(kind: HostileKind): Record<string, string> {
  const file = fileURLToPath(new URL(`../fixtures/hostile/${kind}.json`, import.meta.url));
  return JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>;
}
