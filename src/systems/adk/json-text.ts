import type { Json, JsonObject } from '../../records/json.ts';
import { type AdkSource, adkError } from './source.ts';

/** Deeper nesting is refused: no file of ADK comes near it. */
const maxDepth = 200;

export interface JsonText {
  value: Json;
  source: AdkSource;
}

/**
 * Reads the JSON text of an ADK file and remembers on which line each field starts. More than JSON.parse: a byte order
 * mark and a comma before a closing bracket are taken, as people leave them in files that they write by hand; a key that
 * stands twice is refused, because one of the two would be lost.
 * @throws ToolError of `code` with file, line and what was expected
 */
export function parseJsonText(text: string, { file, code }: { file: string; code: string }): JsonText {
  const lines = new Map<string, number>();
  const lineOf = (field: string): number => {
    for (let path = field; ; path = path.replace(/(?:\.[^.[\]]*|\[\d+\]|^[^.[\]]*)$/, '')) {
      const line = lines.get(path);
      if (line !== undefined) return line;
      if (path === '') return 1;
    }
  };
  const source = { file, code, lineOf };
  const reader = new Reader(text, file, code, lines);
  return { value: reader.readAll(), source };
}

class Reader {
  private readonly text: string;
  private readonly file: string;
  private readonly code: string;
  private readonly lines: Map<string, number>;
  private at: number;
  private line = 1;

  constructor(text: string, file: string, code: string, lines: Map<string, number>) {
    this.text = text;
    this.file = file;
    this.code = code;
    this.lines = lines;
    this.at = text.startsWith('\uFEFF') ? 1 : 0;
  }

  readAll(): Json {
    this.skipSpace();
    if (this.at >= this.text.length) throw this.fail('the file is empty', 'write an eval set, such as {"eval_set_id": "…", "eval_cases": […]}');
    const value = this.readValue('', 0);
    this.skipSpace();
    if (this.at < this.text.length) throw this.fail(`${this.found()} stands after the end of the JSON value`, 'keep one JSON value in the file');
    return value;
  }

  private readValue(path: string, depth: number): Json {
    if (depth > maxDepth) throw this.fail(`values are nested more than ${maxDepth} levels deep`, 'flatten them');
    this.lines.set(path, this.line);
    const start = this.text[this.at];
    if (start === '{') return this.readObject(path, depth);
    if (start === '[') return this.readList(path, depth);
    if (start === '"') return this.readText();
    return this.readWord();
  }

  private readObject(path: string, depth: number): JsonObject {
    const object: JsonObject = {};
    this.at++;
    for (;;) {
      this.skipSpace();
      if (this.take('}')) return object;
      if (this.text[this.at] !== '"') throw this.fail(`a key in quotes or } is expected, found ${this.found()}`, mendIt);
      const key = this.readText();
      if (Object.hasOwn(object, key)) throw this.fail(`the key ${JSON.stringify(key)} stands twice in one object`, 'keep one of them');
      this.skipSpace();
      if (!this.take(':')) throw this.fail(`a colon is expected after the key ${JSON.stringify(key)}, found ${this.found()}`, mendIt);
      this.skipSpace();
      const value = this.readValue(path === '' ? key : `${path}.${key}`, depth + 1);
      // `__proto__` is a key like any other.
      Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
      this.skipSpace();
      if (this.take(',')) continue;
      if (this.take('}')) return object;
      throw this.fail(`a comma or } is expected, found ${this.found()}`, mendIt);
    }
  }

  private readList(path: string, depth: number): Json[] {
    const list: Json[] = [];
    this.at++;
    for (;;) {
      this.skipSpace();
      if (this.take(']')) return list;
      list.push(this.readValue(`${path}[${list.length}]`, depth + 1));
      this.skipSpace();
      if (this.take(',')) continue;
      if (this.take(']')) return list;
      throw this.fail(`a comma or ] is expected, found ${this.found()}`, mendIt);
    }
  }

  private readText(): string {
    let end = this.at + 1;
    while (end < this.text.length && this.text[end] !== '"' && this.text[end] !== '\n') end += this.text[end] === '\\' ? 2 : 1;
    const raw = this.text.slice(this.at, end + 1);
    if (this.text[end] !== '"') throw this.fail('a text in quotes does not end', 'close it with " on the same line; a line break inside is \\n');
    try {
      const value = JSON.parse(raw) as string;
      this.at = end + 1;
      return value;
    } catch {
      throw this.fail('a text in quotes has a character or an escape that JSON does not know', 'write \\" \\\\ \\n \\t or \\u and four digits');
    }
  }

  private readWord(): Json {
    pattern.lastIndex = this.at;
    const [word] = pattern.exec(this.text) ?? [];
    try {
      const value = JSON.parse(word ?? '') as Json;
      this.at += word?.length ?? 0;
      return value;
    } catch {
      throw this.fail(`a value is expected, found ${this.found()}`, mendIt);
    }
  }

  private take(character: string): boolean {
    if (this.text[this.at] !== character) return false;
    this.at++;
    return true;
  }

  private skipSpace(): void {
    for (; this.at < this.text.length; this.at++) {
      const character = this.text[this.at];
      if (character === '\n') this.line++;
      else if (character !== ' ' && character !== '\t' && character !== '\r') return;
    }
  }

  private found(): string {
    const character = this.text.codePointAt(this.at);
    if (character === undefined) return 'the end of the file';
    const isShown = character > 0x20 && character < 0x7f;
    return isShown ? `"${String.fromCodePoint(character)}"` : `the character U+${character.toString(16).toUpperCase().padStart(4, '0')}`;
  }

  private fail(message: string, remedy: string) {
    const { file, code, line } = this;
    return adkError({ file, code, lineOf: () => line }, '', `not JSON: ${message}`, remedy);
  }
}

const mendIt = 'mend the syntax at that line; a file that was cut off has to be fetched again';
const pattern = /[-+.\w]+/y;
