import type { Json, JsonObject } from '../../records/json.ts';

/** A value that a script gives to one of the names, and where. */
export interface ScriptValue {
  value: Json;
  /** From 1. */
  line: number;
}

/** What a Python script says of an experiment, as far as it stands there literally. */
export interface DemoScript {
  /** First literal of each name; `isAgain`: another one follows. */
  values: ReadonlyMap<string, ScriptValue & { isAgain: boolean }>;
  /** Names that are only given by expressions, with the line of the first. */
  computed: ReadonlyMap<string, number>;
  /** It runs tasks side by side (`RayEvaluator`, `run_experiment_parallel`). */
  isParallel: boolean;
}

/**
 * Finds `NAME=literal` for the names, in calls and assignments: texts without placeholders, whole numbers, True, False, None, and
 * dictionaries and lists of these. Nothing is run, comments and texts are passed over. Linear in the length of the script.
 */
export function readDemoScript(script: string, names: readonly string[]): DemoScript {
  const tokens = tokensOf(script);
  const values = new Map<string, ScriptValue & { isAgain: boolean }>();
  const computed = new Map<string, number>();
  let isParallel = false;
  for (const [index, token] of tokens.entries()) {
    if (token.kind !== 'name') continue;
    if (/^(RayEvaluator|ParallelEvaluator|run_experiment_parallel)$/.test(token.text) && tokens[index + 1]?.text === '(') isParallel = true;
    if (!names.includes(token.text) || tokens[index + 1]?.text !== '=') continue;
    const found = readLiteral(tokens, index + 2);
    const end = found && tokens[found.next];
    const isWhole = found && (!end || /^[,)]$/.test(end.text) || end.line > (tokens[found.next - 1]?.line ?? 0));
    if (!found || !isWhole) {
      if (!computed.has(token.text)) computed.set(token.text, token.line);
      continue;
    }
    const before = values.get(token.text);
    if (!before) values.set(token.text, { value: found.value, line: token.line, isAgain: false });
    else if (JSON.stringify(before.value) !== JSON.stringify(found.value)) before.isAgain = true;
  }
  for (const name of values.keys()) computed.delete(name);
  return { values, computed, isParallel };
}

interface Token {
  kind: 'name' | 'text' | 'number' | 'sign' | 'other';
  /** Of a text its value. */
  text: string;
  line: number;
}

// A text that has no end takes the rest of its line, or of the script: nothing is looked at twice.
const tokenPattern =
  /(?<space>[ \t\f\\]+)|(?<line>\r?\n)|(?<comment>#[^\n]*)|(?<text>[A-Za-z]{0,2}(?:"""(?:[^"\\]|\\[\s\S]|"(?!""))*"""|'''(?:[^'\\]|\\[\s\S]|'(?!''))*'''|"(?:[^"\\\n]|\\[\s\S])*"|'(?:[^'\\\n]|\\[\s\S])*'))|(?<broken>[A-Za-z]{0,2}(?:"""[\s\S]*|'''[\s\S]*|["'][^\n]*))|(?<name>[\p{L}_][\p{L}\p{N}_]*)|(?<number>\d[\d_]*(?:\.\d+)?)|(?<sign>==|[=(){}[\],:.-])|(?<other>[\s\S])/gu;

function tokensOf(script: string): Token[] {
  const tokens: Token[] = [];
  let line = 1;
  for (const { groups = {}, 0: whole } of script.matchAll(tokenPattern)) {
    if (groups.text !== undefined) tokens.push({ ...textToken(groups.text), line });
    else if (groups.name !== undefined) tokens.push({ kind: 'name', text: whole, line });
    else if (groups.number !== undefined) tokens.push({ kind: 'number', text: whole, line });
    else if (groups.sign !== undefined) tokens.push({ kind: 'sign', text: whole, line });
    else if (groups.other !== undefined || groups.broken !== undefined) tokens.push({ kind: 'other', text: whole, line });
    for (let at = whole.indexOf('\n'); at >= 0; at = whole.indexOf('\n', at + 1)) line += 1;
  }
  return tokens;
}

/** A text with placeholders, or of bytes, is no literal of ours. */
function textToken(written: string): Pick<Token, 'kind' | 'text'> {
  const [, prefix = '', quote = ''] = /^([A-Za-z]*)("""|'''|"|')/.exec(written) ?? [];
  if (/[fb]/i.test(prefix)) return { kind: 'other', text: written };
  const body = written.slice(prefix.length + quote.length, written.length - quote.length);
  return { kind: 'text', text: /r/i.test(prefix) ? body : unescaped(body) };
}

const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', '\\': '\\', "'": "'", '"': '"', '\n': '' };

function unescaped(body: string): string {
  return body.replace(/\\(u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|[\s\S])/g, (whole, code: string) =>
    code.length > 1 ? String.fromCharCode(Number.parseInt(code.slice(1), 16)) : (escapes[code] ?? whole),
  );
}

const words: Readonly<Record<string, Json>> = { True: true, False: false, None: null };
const maxDepth = 20;

function readLiteral(tokens: readonly Token[], at: number, depth = 0): { value: Json; next: number } | undefined {
  const token = tokens[at];
  if (!token || depth > maxDepth) return undefined;
  if (token.kind === 'text') return readTexts(tokens, at);
  if (token.kind === 'number') return { value: Number(token.text.replaceAll('_', '')), next: at + 1 };
  if (token.text === '-' && tokens[at + 1]?.kind === 'number') return { value: -Number(tokens[at + 1]?.text.replaceAll('_', '')), next: at + 2 };
  if (token.kind === 'name' && Object.hasOwn(words, token.text)) return { value: words[token.text] ?? null, next: at + 1 };
  if (token.text === '{') return readDictionary(tokens, at + 1, depth);
  return token.text === '[' ? readList(tokens, at + 1, depth) : undefined;
}

/** Texts that follow each other are one. */
function readTexts(tokens: readonly Token[], at: number): { value: string; next: number } {
  let value = '';
  let next = at;
  for (let token = tokens[next]; token?.kind === 'text'; token = tokens[++next]) value += token.text;
  return { value, next };
}

function readList(tokens: readonly Token[], at: number, depth: number): { value: Json[]; next: number } | undefined {
  const value: Json[] = [];
  for (let next = at; ; ) {
    if (tokens[next]?.text === ']' && tokens[next]?.kind === 'sign') return { value, next: next + 1 };
    const item = readLiteral(tokens, next, depth + 1);
    if (!item) return undefined;
    value.push(item.value);
    next = tokens[item.next]?.text === ',' ? item.next + 1 : item.next;
    if (next === item.next && tokens[next]?.text !== ']') return undefined;
  }
}

function readDictionary(tokens: readonly Token[], at: number, depth: number): { value: JsonObject; next: number } | undefined {
  const entries: [string, Json][] = [];
  for (let next = at; ; ) {
    if (tokens[next]?.text === '}' && tokens[next]?.kind === 'sign') return { value: Object.fromEntries(entries), next: next + 1 };
    const key = tokens[next];
    if (key?.kind !== 'text' || tokens[next + 1]?.text !== ':') return undefined;
    const item = readLiteral(tokens, next + 2, depth + 1);
    if (!item) return undefined;
    entries.push([key.text, item.value]);
    next = tokens[item.next]?.text === ',' ? item.next + 1 : item.next;
    if (next === item.next && tokens[next]?.text !== '}') return undefined;
  }
}
