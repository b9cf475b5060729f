import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Lexer, LineCounter, Parser } from 'yaml';
import { TokenParser } from '../../src/records/yaml-parser.ts';

/** What may stand in YAML text, and in what is none: indicators, spaces, breaks, and the ends of lines and documents. */
const piece = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom('\n', '\n', '\r\n', ' ', '  ', '    ', '\t', 'a', 'key', '1', 'null') },
  fc.constantFrom('- ', '-', '? ', ': ', ':', ',', '[', ']', '{', '}', '#', ' # c', '&a ', '*a', '!t ', '!!str ', '!', '%YAML 1.2\n', '@', '`'),
  fc.constantFrom(
    '|\n',
    '>-\n',
    '|2+\n',
    '"',
    "'",
    '"x\\n"',
    "'it''s'",
    '---\n',
    '...\n',
    '---',
    '\ufeff',
    '\u0002',
    '\u0018',
    '\u001f',
    '\ud83d\ude00',
  ),
  fc.string({ maxLength: 4 }),
);

const take = (parser: Parser, lexeme: string) => (parser instanceof TokenParser ? parser.take(lexeme) : [...parser.next(lexeme)]);

function read(parser: Parser, lines: LineCounter, text: string): unknown[] {
  const tokens: unknown[] = [];
  lines.addNewLine(0);
  for (const lexeme of new Lexer().lex(text)) tokens.push(...take(parser, lexeme));
  return [...tokens, ...parser.end(), lines.lineStarts];
}

function bothOf(text: string): [unknown[], unknown[]] {
  const [ours, theirs] = [new LineCounter(), new LineCounter()];
  return [read(new TokenParser(ours.addNewLine), ours, text), read(new Parser(theirs.addNewLine), theirs, text)];
}

it('gives the tokens and the beginnings of lines that the parser of the package gives, for any text', () => {
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
      const [ours, theirs] = bothOf(pieces.join(''));
      expect(ours).toEqual(theirs);
    }),
    { numRuns: 3000 },
  );
});

it('gives them for a text that is no YAML token by token', () => {
  const feed = (parser: Parser) => ['\u0002', 'no token', '\n', ': ', ':'].flatMap((lexeme) => take(parser, lexeme)).concat([...parser.end()]);
  expect(feed(new TokenParser())).toEqual(feed(new Parser()));
  expect(JSON.stringify(feed(new TokenParser()))).toContain('Not a YAML token: no token');
});
