import { checkers } from '../../../checkers/registry.ts';
import type { Json, JsonObject } from '../../../records/json.ts';
import { templateNames } from '../../../template.ts';
import { isCode } from './adapters.ts';
import { type At, beyondVariables, isMap, lookUp, mapTexts, type Noter, rewrite, shown } from './notes.ts';

/** What the assertions of a test are read with. */
export interface AssertionContext {
  vars: JsonObject;
  at: At;
  field: string;
  note: Noter;
  /** A file of the user's as text; `undefined` and noted when it cannot be read. */
  readText(reference: string, at: At, field: string): string | undefined;
  /** Keeps code of an assertion; gives the entry that calls it. */
  codeEntry(code: { source?: string; reference?: string; threshold?: number }): JsonObject;
}

type Convert = (value: Json | undefined, entry: JsonObject, context: AssertionContext) => JsonObject | string;

const threshold = (entry: JsonObject, initial: number): number => (typeof entry.threshold === 'number' ? entry.threshold : initial);
const texts = (value: Json | undefined): string[] =>
  Array.isArray(value)
    ? value.map(shown)
    : shown(value)
        .split(',')
        .map((text) => text.trim())
        .filter((text) => text !== '');
const text =
  (options: JsonObject): Convert =>
  (value) =>
    value === undefined ? 'it has no value' : { type: 'contains', value: shown(value), ...options };
const list =
  (key: 'any' | 'all', options: JsonObject): Convert =>
  (value) => {
    const found = texts(value);
    return found.length === 0 ? 'it has no value' : { type: 'contains', [key]: found, ...options };
  };
const ignoreCase = { ignoreCase: true };

function json(anywhere: boolean): Convert {
  return (value) => {
    const schema = typeof value === 'string' && value.trim().startsWith('{') ? (JSON.parse(value) as Json) : value;
    if (isMap(schema)) return { type: 'json-schema', schema, ...(anywhere ? { anywhere } : {}) };
    return value === undefined ? { type: 'is-json', ...(anywhere ? { anywhere } : {}) } : 'its value is no JSON Schema';
  };
}

function xml(anywhere: boolean): Convert {
  return (value) => {
    const wanted = isMap(value) ? value.requiredElements : value;
    return { type: 'is-xml', ...(wanted === undefined ? {} : { elements: texts(wanted) }), ...(anywhere ? { anywhere } : {}) };
  };
}

function sql(anywhere: boolean): Convert {
  return (value, _, { note, at, field }) => {
    const { databaseType, ...limits } = isMap(value) ? value : {};
    for (const key of Object.keys(limits))
      note(at, `${field}.value.${key}`, `"${key}" is left out: set "statements", "tables" and "columns" of is-sql`);
    const dialect: JsonObject = typeof databaseType === 'string' ? { dialect: databaseType.toLowerCase() } : {};
    return { type: 'is-sql', ...dialect, ...(anywhere ? { anywhere } : {}) };
  };
}

/** Needs `traces` in the suite, as it does there. */
function spanEntry(pattern: Json | undefined, limits: JsonObject): JsonObject | string {
  if (typeof pattern === 'string' && pattern.includes('?')) return 'a pattern of "spans" has no "?", only "*"';
  return { type: 'spans', ...(typeof pattern === 'string' && pattern !== '' ? { span: pattern } : {}), ...limits };
}

function sureness(limits: (threshold: number | undefined) => JsonObject | undefined): Convert {
  return (_, entry, { note, at, field }) => {
    const limit = limits(typeof entry.threshold === 'number' ? entry.threshold : undefined);
    if (!limit) return 'it has no threshold';
    note(at, field, 'it is unscored until the agent, of the type openai-chat or openai-responses, has "logprobs: true"');
    return { type: 'perplexity', ...limit };
  };
}

/** A checker of our own with a reference text and a threshold. */
const measure =
  (type: string, initial: number, options: JsonObject = {}): Convert =>
  (value, entry) =>
    value === undefined ? 'it has no value' : { type, ...options, reference: shown(value), threshold: threshold(entry, initial) };

/** One that compares with the best of several texts too. */
const bestOf =
  (type: string, options: JsonObject = {}): Convert =>
  (value, entry, context) => {
    const single = measure(type, 0.5, options)(value, entry, context);
    return typeof single === 'string' || !Array.isArray(value) ? single : { ...single, reference: value.map(shown) };
  };

const meteorWeights = ['alpha', 'beta', 'gamma'] as const;
const meteor: Convert = (value, entry, context) => {
  const given = meteorWeights.flatMap((key) => (typeof entry[key] === 'number' ? [[key, entry[key]] as const] : []));
  return bestOf('meteor', Object.fromEntries(given))(value, entry, context);
};

const judge =
  (words: (value: string) => string, initial: number): Convert =>
  (value, entry) => {
    const rubrics = (Array.isArray(value) ? value : [value]).map((item) => words(shown(item)));
    return { type: 'judge', rubric: rubrics.length === 1 ? (rubrics[0] ?? '') : rubrics, threshold: threshold(entry, initial) };
  };

const toolNames = (value: Json | undefined): JsonObject[] => texts(value).map((name) => ({ name }));

const kinds: Record<string, Convert> = {
  equals: (value) =>
    value === undefined ? 'it has no value' : { type: 'equals', value: value ?? '', ...(typeof value === 'string' ? { trim: false } : {}) },
  contains: text({}),
  icontains: text(ignoreCase),
  'contains-all': list('all', {}),
  'contains-any': list('any', {}),
  'icontains-all': list('all', ignoreCase),
  'icontains-any': list('any', ignoreCase),
  'starts-with': text({ at: 'start' }),
  regex: (value) => (value === undefined ? 'it has no value' : { type: 'regex', pattern: shown(value) }),
  'is-json': json(false),
  'contains-json': json(true),
  'is-xml': xml(false),
  'contains-xml': xml(true),
  levenshtein: (value, entry, { note, at, field }) => {
    const edits = threshold(entry, 5);
    const length = Math.max(1, shown(value).length);
    note(at, field, `${edits} edits became a share of the length of the expected text: longer outputs may have more`);
    return { type: 'similarity', reference: shown(value), threshold: Math.max(0, Math.round((1 - edits / length) * 1000) / 1000) };
  },
  'rouge-n': measure('rouge', 0.75, { variant: '1' }),
  bleu: bestOf('bleu'),
  gleu: bestOf('bleu', { variant: 'gleu' }),
  meteor,
  similar: measure('embedding-similarity', 0.75),
  'word-count': (value): JsonObject | string => {
    if (isMap(value)) return { type: 'length', unit: 'words', ...value };
    return Number.isInteger(Number(value)) ? { type: 'length', unit: 'words', min: Number(value), max: Number(value) } : 'its value is no number';
  },
  latency: (_, entry) => ({ type: 'latency', maxMs: threshold(entry, 1000) }),
  cost: (_, entry) => (typeof entry.threshold === 'number' ? { type: 'cost', maxUsd: entry.threshold } : 'it has no threshold'),
  'is-refusal': () => ({ type: 'refusal' }),
  perplexity: sureness((limit) => (limit === undefined ? undefined : { max: limit })),
  'perplexity-score': sureness((limit) => ({ threshold: limit ?? 0 })),
  'trace-span-count': (value) => {
    if (!isMap(value) || typeof value.pattern !== 'string') return 'it names no spans';
    return spanEntry(value.pattern, { count: Object.fromEntries(Object.entries(value).filter(([key]) => key === 'min' || key === 'max')) });
  },
  'trace-span-duration': (value) => {
    if (!isMap(value) || typeof value.max !== 'number') return 'it has no "max"';
    return spanEntry(value.pattern, { durationMs: { max: value.max, ...(value.percentile === undefined ? {} : { percentile: value.percentile }) } });
  },
  'trace-error-spans': (value) => {
    const { pattern, max_count: max, max_percentage: percentage }: JsonObject = isMap(value) ? value : { max_count: value ?? null };
    const share: JsonObject = typeof percentage === 'number' ? { maxShare: percentage / 100 } : {};
    return spanEntry(pattern, { errors: { ...(typeof max === 'number' ? { max } : typeof percentage === 'number' ? {} : { max: 0 }), ...share } });
  },
  'finish-reason': (value) => (texts(value).length === 0 ? 'it has no value' : { type: 'finish-reason', reasons: texts(value) }),
  'is-html': () => ({ type: 'is-html' }),
  'contains-html': () => ({ type: 'is-html', anywhere: true }),
  'is-sql': sql(false),
  'contains-sql': sql(true),
  'tool-call-f1': (value, entry) => ({ type: 'trajectory', match: 'f1', args: 'ignore', expected: toolNames(value), threshold: threshold(entry, 1) }),
  'trajectory:tool-used': (value) => {
    const [name, range] = isMap(value)
      ? [shown(value.name ?? value.pattern), { min: value.min ?? 1, ...(value.max === undefined ? {} : { max: value.max }) }]
      : [undefined, { min: 1 }];
    const names = name === undefined ? texts(value) : [name];
    return { type: 'tool-budget', tools: Object.fromEntries(names.map((tool) => [tool, range])) };
  },
  'trajectory:tool-sequence': (value) => {
    const [steps, mode] = isMap(value) ? [value.steps, value.mode] : [value, undefined];
    return { type: 'trajectory', match: mode === 'exact' ? 'exact' : 'in-order', args: 'ignore', expected: toolNames(steps) };
  },
  'trajectory:tool-args-match': (value) => {
    if (!isMap(value) || typeof value.name !== 'string' || !isMap(value.args)) return 'it names no tool with arguments';
    const args = value.mode === 'exact' ? 'exact' : 'subset';
    return { type: 'trajectory', match: 'any-order', args, expected: [{ name: value.name, args: value.args }] };
  },
  'llm-rubric': judge((value) => value, 0.5),
  'g-eval': judge((value) => value, 0.7),
  factuality: judge((value) => `Its facts agree with this answer, or contain it, and contradict nothing of it: ${value}`, 0.5),
  'model-graded-closedqa': judge((value) => `It meets this criterion: ${value}`, 0.5),
  'answer-relevance': judge(() => 'It answers the question that was asked, and nothing else.', 0.7),
  javascript: (value, entry, { codeEntry }) => {
    const limit = typeof entry.threshold === 'number' ? { threshold: entry.threshold } : {};
    if (typeof value !== 'string') return 'it has no code';
    if (!value.startsWith('file://') && !isCode(value)) return 'its code is neither an expression nor the body of a function';
    return value.startsWith('file://') ? codeEntry({ reference: value.slice('file://'.length), ...limit }) : codeEntry({ source: value, ...limit });
  },
  webhook: (value) => (typeof value === 'string' ? { type: 'webhook', url: value } : 'it has no address'),
};
/** What comes near to an assertion that is not converted. */
const hints: Readonly<Record<string, string>> = {
  python: 'a "script" checker can run the code',
  ruby: 'a "script" checker can run the code',
  classifier: 'a "webhook" checker can ask a service',
  moderation: 'a "webhook" checker can ask a service',
  pi: 'a "webhook" checker can ask a service',
  guardrails: '"finish-reason" with content_filter, or "refusal", each with "not: true", comes near to it',
  'skill-used': '"tool-budget" or "trajectory" can look for the tool that loads skills',
  'select-best': 'a baseline is compared instead',
};
const others: Readonly<Record<string, string>> = { 'model-graded-factuality': 'factuality' };
const known = new Set(['type', 'value', 'threshold', 'weight', 'metric', 'assert']);

/** Options whose words are a test's own, of checkers that cannot come with its sample: they become fields of the sample. */
export const ownWords: Readonly<Record<string, string>> = { judge: 'rubric', 'embedding-similarity': 'reference' };

function own<T>(table: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}

/** Checkers that a sample cannot bring. */
const suiteOnly = new Set(checkers.entries.filter(({ runsCode, costsMoney }) => runsCode || costsMoney).map(({ type }) => type));

/** Whether an entry, or one inside it, has to stand in the config. */
export function belongsToSuite(entry: JsonObject): boolean {
  const inner = Array.isArray(entry.checkers) ? entry.checkers : [];
  return suiteOnly.has(String(entry.type)) || inner.some((part) => isMap(part) && belongsToSuite(part));
}

/** One assertion as a checker entry; undefined, and noted, when there is none like it. */
export function convertAssertion(given: JsonObject, context: AssertionContext): JsonObject | undefined {
  const { note, at, field } = context;
  const written = typeof given.type === 'string' ? given.type : '';
  const not = written.startsWith('not-');
  const type = not ? written.slice('not-'.length) : written;
  const common: JsonObject = { ...(typeof given.metric === 'string' && given.metric !== '' ? { name: given.metric } : {}), ...(not ? { not } : {}) };
  const isKnown = (key: string): boolean => known.has(key) || (type === 'meteor' && meteorWeights.some((weight) => weight === key));
  for (const key of Object.keys(given).filter((key) => !isKnown(key))) note(at, `${field}.${key}`, `"${key}" of the assertion is left out`);
  if (given.weight === 0) Object.assign(common, { required: false });
  else if (typeof given.weight === 'number') Object.assign(common, { weight: given.weight });
  if (type === 'assert-set') {
    const parts = convertAll(Array.isArray(given.assert) ? given.assert : [], { ...context, field: `${field}.assert` }).map(
      ({ required: _, ...part }) => part,
    );
    if (parts.length === 0) return undefined;
    return typeof given.threshold === 'number'
      ? { type: 'weighted-mean', threshold: given.threshold, checkers: parts, ...common }
      : { type: 'all', checkers: parts, ...common };
  }
  const convert = own(kinds, own(others, type) ?? type);
  if (!convert) {
    const hint = Object.hasOwn(hints, type) ? `: ${hints[type]}` : '';
    note(at, field, `there is no checker like "${written}"${hint}`);
    return undefined;
  }
  try {
    const entry = convert(filledValue(given, context, type), given, context);
    if (typeof entry !== 'string' && checkers.has(String(entry.type))) {
      const filled = Object.hasOwn(ownWords, String(entry.type)) ? [] : templateNames(entry);
      if (filled.length > 0) note(at, field, `{{${filled[0]}}} in its text is a placeholder here, and not a text: write the value by hand`);
      return { ...entry, ...common };
    }
    note(at, field, typeof entry === 'string' ? `"${written}" is left out: ${entry}` : `there is no checker like "${written}"`);
  } catch {
    note(at, field, `"${written}" is left out: its value cannot be read`);
  }
  return undefined;
}

/** The assertions of a list that can be converted, in order. */
export function convertAll(list: readonly Json[], context: AssertionContext): JsonObject[] {
  return list.flatMap((given, index): JsonObject[] => {
    const field = `${context.field}[${index}]`;
    if (isMap(given)) return [convertAssertion(given, { ...context, field })].filter((entry) => entry !== undefined);
    context.note(context.at, field, 'it is no mapping');
    return [];
  });
}

/** The value with the test's variables put in and files read; code stays as it is. */
function filledValue(given: JsonObject, context: AssertionContext, type: string): Json | undefined {
  const { vars, note, at, field } = context;
  if (given.value === undefined || type === 'javascript') return given.value;
  return mapTexts(given.value, (text) => {
    const odd = beyondVariables(text);
    if (odd !== undefined) note(at, field, `${odd} is kept as text: only {{variables}} are understood`);
    const filled = rewrite(text, (path) => shown(lookUp(vars, path)));
    if (!filled.startsWith('file://')) return filled;
    const content = context.readText(filled.slice('file://'.length), at, field) ?? '';
    return /\.json$/.test(filled) ? (JSON.parse(content) as Json) : content;
  });
}

/** `contains: x`, `similar(0.8): x`, `not-icontains: x` of a CSV cell as an assertion; plain text is `equals`. */
export function assertionOfCell(cell: string): JsonObject {
  const found = /^(not-)?([a-z][a-z0-9-]*(?::[a-z0-9-]+)?)(?:\((-?[\d.]+)\))?(?::\s*([\s\S]*))?$/.exec(cell.trim());
  const [, not = '', type = '', limit, value] = found ?? [];
  const name = type === 'grade' ? 'llm-rubric' : type === 'fn' || type === 'eval' ? 'javascript' : type;
  if (
    found &&
    (Object.hasOwn(kinds, name) || Object.hasOwn(others, name)) &&
    (value !== undefined || /^(is|contains)-|^latency$|^cost$/.test(name))
  ) {
    return { type: `${not}${name}`, ...(limit === undefined ? {} : { threshold: Number(limit) }), ...(value === undefined ? {} : { value }) };
  }
  return { type: 'equals', value: cell };
}
