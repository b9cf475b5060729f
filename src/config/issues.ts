import type { Problem } from '../errors.ts';
import type * as z from '../records/schema.ts';
import { nearestNames, unknownNameRemedy } from '../registry.ts';
import { type Located, type Path, placeAt, problemAt } from './located.ts';

/**
 * What zod found, as problems that stand where the value was written. `root` is the whole suite, `prefix` the path of
 * the value that was validated. Values of `secrets` never appear in the text.
 */
export function problemsOf(error: z.$ZodError, where: { root: Located; prefix: Path; secrets: readonly string[] }): Problem[] {
  return error.issues.flatMap(flatten).map((issue) => {
    const path = [...where.prefix, ...issue.path.filter((key) => typeof key !== 'symbol')];
    const { message, remedy } = splitText(issue.message, path);
    return problemAt(placeAt(where.root, path, issue.code === 'unrecognized_keys'), path, {
      message: withoutSecrets(message, where.secrets),
      remedy: remedy === undefined ? undefined : withoutSecrets(remedy, where.secrets),
    });
  });
}

/**
 * zod's error map of the config: a sentence and, on the next line, the remedy. `elsewhere` says of a key that is known
 * in another place where it belongs.
 */
export function describeIssue(options: {
  secrets: readonly string[];
  /** Keys that zod does not know, in any mapping. */
  known?: readonly string[];
  /** Such keys of the outermost mapping alone. */
  knownAtTop?: readonly string[];
  elsewhere?: (key: string) => string | undefined;
}) {
  return (issue: z.core.$ZodRawIssue): string | undefined => {
    switch (issue.code) {
      case 'invalid_type':
        return typeText(issue.expected, issue.input);
      case 'unrecognized_keys': {
        const known = [...keysOf(issue.inst), ...(options.known ?? []), ...((issue.path ?? []).length === 0 ? (options.knownAtTop ?? []) : [])];
        // One issue holds several keys; `flatten` gives each its own line.
        return issue.keys.map((key) => `unknown key "${key}"\n${options.elsewhere?.(key) ?? unknownNameRemedy(key, known)}`).join('\n');
      }
      case 'invalid_value': {
        const values = issue.values.map(String);
        const shown = shortText(issue.input, options.secrets);
        const near = typeof issue.input === 'string' ? nearestNames(issue.input, values) : [];
        const hint = near.length > 0 ? `did you mean "${near[0]}"?` : undefined;
        return `expected ${listOf(values)}${shown === undefined ? '' : `, found ${shown}`}${hint ? `\n${hint}` : ''}`;
      }
      case 'invalid_union':
        return issue.input === undefined || issue.input === null ? 'is missing' : undefined;
      case 'too_small':
        return rangeText(issue, issue.minimum, 'at least');
      case 'too_big':
        return rangeText(issue, issue.maximum, 'at most');
      default:
        return undefined;
    }
  };
}

/** `text` with every secret replaced by stars. */
export function withoutSecrets(text: string, secrets: readonly string[]): string {
  return secrets.reduce((clean, secret) => (secret === '' ? clean : clean.split(secret).join('***')), text);
}

type Issue = z.core.$ZodIssue;

/** One issue per thing that is wrong: several unknown keys become several, and a union speaks for the form that was meant. */
function flatten(issue: Issue): Issue[] {
  if (issue.code === 'unrecognized_keys') {
    const lines = issue.message.split('\n');
    return issue.keys.map((key, index) => ({
      ...issue,
      keys: [key],
      path: [...issue.path, key],
      message: lines.slice(2 * index, 2 * index + 2).join('\n'),
    }));
  }
  if (issue.code !== 'invalid_union' || issue.errors.length === 0 || issue.message === 'is missing') return [issue];
  const isOtherForm = (inner: Issue) => inner.path.length === 0 && (inner.code === 'invalid_type' || inner.code === 'invalid_value');
  const forms = issue.errors.filter((branch) => !branch.some(isOtherForm));
  const values = issue.errors.filter((branch) => branch.every((inner) => inner.code === 'invalid_value'));
  const meant = forms.length > 0 ? forms : values;
  const [best] = [...meant].sort((a, b) => depthOf(b) - depthOf(a) || a.length - b.length);
  if (best) return best.flatMap((inner) => flatten({ ...inner, path: [...issue.path, ...inner.path] }));
  const found = issue.errors.flat().flatMap((inner) => / found (.*)/.exec(inner.message)?.[1] ?? [])[0];
  const expected = [...new Set(issue.errors.flat().flatMap((inner) => /^expected (.*?)(?:, found|\n|$)/.exec(inner.message)?.[1] ?? []))];
  return [{ ...issue, message: expected.length === 0 ? issue.message : `expected ${listOf(expected, '')}${found ? `, found ${found}` : ''}` }];
}

function depthOf(branch: readonly Issue[]): number {
  return Math.max(0, ...branch.map((issue) => issue.path.length));
}

function splitText(text: string, path: Path): { message: string; remedy?: string } {
  const [message = '', ...rest] = text.split('\n');
  const named = message.startsWith('is missing') ? `"${String(path.at(-1) ?? 'the value')}" ${message}` : message;
  return rest.length === 0 ? { message: named } : { message: named, remedy: rest.join(' ') };
}

const typeNames: Record<string, string | undefined> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a mapping',
  record: 'a mapping',
  null: 'null',
};

function typeText(expectedType: string, input: unknown): string {
  const expected = typeNames[expectedType] ?? expectedType;
  if (input === undefined || input === null) return `is missing\nexpected ${expected}`;
  const found = `expected ${expected}, found ${foundType(input)}`;
  if (expectedType === 'string' && (typeof input === 'number' || typeof input === 'boolean')) return `${found}\nput it in quotes`;
  const isNumeric = typeof input === 'string' && input.trim() !== '' && Number.isFinite(Number(input));
  if ((expectedType === 'number' || expectedType === 'int') && isNumeric) return `${found}\nwrite it without quotes`;
  return found;
}

function foundType(input: unknown): string {
  if (Array.isArray(input)) return 'a list';
  if (typeof input === 'string') return 'text';
  if (typeof input === 'number') return Number.isInteger(input) ? 'a whole number' : 'a number with a fraction';
  return typeof input === 'boolean' ? 'true or false' : 'a mapping';
}

function rangeText(issue: { origin: string; inclusive?: boolean; input?: unknown }, bound: number | bigint, words: 'at least' | 'at most'): string {
  if (issue.origin === 'string') return bound === 1 && words === 'at least' ? 'the text is empty' : `expected ${words} ${bound} characters`;
  if (issue.origin === 'array' || issue.origin === 'set') return `expected ${words} ${bound} ${bound === 1 ? 'entry' : 'entries'}`;
  const isInclusive = issue.inclusive ?? true;
  const range = isInclusive ? `of ${words}` : words === 'at least' ? 'above' : 'below';
  return `expected a number ${range} ${bound}${typeof issue.input === 'number' ? `, found ${issue.input}` : ''}`;
}

function shortText(input: unknown, secrets: readonly string[]): string | undefined {
  if (typeof input === 'number' || typeof input === 'boolean') return String(input);
  if (typeof input !== 'string' || secrets.some((secret) => input.includes(secret))) return undefined;
  return JSON.stringify(input.length > 60 ? `${input.slice(0, 59)}…` : input);
}

function listOf(values: readonly string[], quote = '"'): string {
  const quoted = values.map((value) => `${quote}${value}${quote}`);
  return quoted.length < 2 ? (quoted[0] ?? '') : `${quoted.slice(0, -1).join(', ')} or ${quoted.at(-1)}`;
}

function keysOf(schema: unknown): string[] {
  const shape = (schema as { _zod?: { def?: { shape?: object } } } | undefined)?._zod?.def?.shape;
  return shape ? Object.keys(shape) : [];
}
