import type { Json, JsonObject } from '../../../records/json.ts';
import { type CheckCode, checksModule } from './adapters.ts';
import { belongsToSuite, convertAll, ownWords } from './assertions.ts';
import { type At, isMap, keysOf, type Note, type Noter, shown } from './notes.ts';
import { type Prompt, readPrompts } from './prompts.ts';
import { convertProvider, fromFolder, type VariableNames } from './providers.ts';
import { type FlatTest, type Placed, readTests, type TestReader, testsOfScenarios, understoodOfTests } from './tests.ts';

/** A promptfoo config that was read, and how to read what it names. */
export interface ConversionRequest extends Pick<TestReader, 'readRows' | 'readText'> {
  config: JsonObject;
  /** Where a field of the config was written. */
  placeOf(field: readonly (string | number)[]): At;
  /** Of the suite, where the config has no description. */
  defaultSuite: string;
  /** Folder of the written samples and modules, relative to the config. */
  folder: string;
  notes: Note[];
}

export interface Conversion {
  /** The config of ours as an object, in the order in which it is written. */
  config: JsonObject;
  /** Samples and modules by path. */
  files: Record<string, string>;
  samples: number;
}

const understood = new Set(['description', 'prompts', 'providers', 'targets', 'tests', 'defaultTest', 'scenarios', 'evaluateOptions', '$schema']);

/** A promptfoo config as a config and samples of ours. What has no counterpart is in `notes`, with its place. */
export async function convertPromptfoo(request: ConversionRequest): Promise<Conversion> {
  const { config, placeOf, readRows, readText } = request;
  const note: Noter = (given, field, message) => {
    const at = Object.hasOwn(config, /^\w+/.exec(field)?.[0] ?? '') ? placeOf(pathOf(field)) : given;
    const isKnown = request.notes.some(
      (known) => known.file === at.file && known.line === at.line && known.field === field && known.message === message,
    );
    if (!isKnown) request.notes.push({ ...at, field, message });
  };
  for (const key of Object.keys(config)) if (!understood.has(key)) note(placeOf([key]), key, `"${key}" is left out`);
  const fallback = isMap(config.defaultTest) ? config.defaultTest : {};
  if (typeof config.defaultTest === 'string')
    note(placeOf(['defaultTest']), 'defaultTest', 'a defaultTest in a file of its own is left out: write it into the config');
  for (const key of Object.keys(fallback)) {
    if (!understoodOfTests.has(key)) note(placeOf(['defaultTest', key]), `defaultTest.${key}`, `"${key}" of defaultTest is left out`);
  }
  const list = (key: string): Placed[] =>
    [config[key] ?? []]
      .flat()
      .map((value, index) => ({ value, at: placeOf(Array.isArray(config[key]) ? [key, index] : [key]), field: `${key}[${index}]` }));
  const prompts = readPrompts(list('prompts'), { note, readText });
  const tests = await readTests([...list('tests'), ...testsOfScenarios(list('scenarios'), note)], fallback, {
    note,
    readRows,
    readText,
    fallbackAt: placeOf(['defaultTest']),
  });
  const files: Record<string, string> = {};
  const names = variableNames(prompts, tests);
  const judge = judgeOf(fallback, note, placeOf);
  const suites = suitesOf(tests, { ...request, note, names, prompts, files });
  const agents = agentsOf([...list('providers'), ...list('targets')], {
    ...{ prompts, names, note, files, folder: request.folder },
    configAt: placeOf([]),
  });
  const options = isMap(config.evaluateOptions) ? config.evaluateOptions : {};
  for (const key of Object.keys(options)) {
    if (!['repeat', 'maxConcurrency', 'showProgressBar', 'cache'].includes(key))
      note(placeOf(['evaluateOptions', key]), `evaluateOptions.${key}`, `"${key}" is left out`);
  }
  const suite = suiteName(typeof config.description === 'string' ? config.description : request.defaultSuite);
  const asksJudge = JSON.stringify(suites).includes('"type":"judge"');
  const asksEmbeddings = JSON.stringify(suites).includes('"type":"embedding-similarity"');
  const [first, ...more] = suites;
  const own = more.length === 0 ? first : undefined;
  const shared: JsonObject = {
    suite,
    ...(own ? { samples: own.samples } : {}),
    ...agents,
    ...(typeof options.repeat === 'number' ? { repeats: options.repeat } : {}),
    concurrency: typeof options.maxConcurrency === 'number' ? options.maxConcurrency : 4,
    ...(own ? { checkers: own.checkers } : {}),
    ...(asksJudge ? { judge } : {}),
    ...(asksEmbeddings ? { embeddings: { model: 'text-embedding-3-small', apiKey: openaiKey } } : {}),
    baseline: 'auto',
    ...(own
      ? {}
      : {
          suites: Object.fromEntries(
            suites.map(({ samples, checkers }, index) => [index === 0 ? suite : `${suite} ${index + 1}`, { samples, checkers }]),
          ),
        }),
  };
  return { config: shared, files, samples: tests.length };
}

/** `tests[2].assert[0]` as keys and indexes. */
function pathOf(field: string): (string | number)[] {
  return [...field.matchAll(/([^.[\]]+)|\[(\d+)\]/g)].map((match) => (match[2] === undefined ? (match[1] ?? '') : Number(match[2])));
}

/** One variable in every prompt and no other is the input itself; several make an object. */
function variableNames(prompts: readonly Prompt[], tests: readonly FlatTest[]): VariableNames & { asked: string[] } {
  const asked = [...new Set(prompts.flatMap(({ variables }) => variables))];
  const [only] = asked;
  const isText = tests.every(({ vars }) => typeof vars[only ?? ''] === 'string');
  const isPath = prompts.some(({ text }) => text.includes(`{{${only}.`));
  const single = asked.length === 1 && isText && !isPath ? only : undefined;
  const reference = (path: string): string => {
    const keys = keysOf(path);
    const [name = ''] = keys;
    if (name === single) return '{{input}}';
    return `{{${asked.includes(name) ? 'input' : 'metadata'}.${keys.join('.')}}}`;
  };
  return { single, reference, asked };
}

function judgeOf(fallback: JsonObject, note: Noter, placeOf: ConversionRequest['placeOf']): JsonObject {
  const options = isMap(fallback.options) ? fallback.options : {};
  for (const key of Object.keys(options)) {
    if (key !== 'provider') note(placeOf(['defaultTest', 'options', key]), `defaultTest.options.${key}`, `the option "${key}" is left out`);
  }
  const id = typeof options.provider === 'string' ? options.provider : isMap(options.provider) ? shown(options.provider.id) : '';
  const model = /^openai:(?:chat:|responses:)?([\w.-]+)$/.exec(id)?.[1];
  if (id !== '' && model === undefined)
    note(
      placeOf(['defaultTest', 'options', 'provider']),
      'defaultTest.options.provider',
      `the grader "${id}" is left out: set judge.model and judge.baseUrl`,
    );
  return { model: model ?? 'gpt-5-mini', apiKey: openaiKey };
}

/** As a config names it; the name of promptfoo's own variable. */
const openaiKey = '${' + 'env:OPENAI_API_KEY}';

interface WrittenSuite extends JsonObject {
  samples: string;
  checkers: JsonObject[];
}

/** Tests whose code and judges are the same share a suite: those checkers cannot come with a sample. */
function suitesOf(
  tests: readonly FlatTest[],
  of: Omit<ConversionRequest, 'notes'> & {
    note: Noter;
    names: VariableNames & { asked: string[] };
    prompts: readonly Prompt[];
    files: Record<string, string>;
  },
): WrittenSuite[] {
  const { files, folder } = of;
  const codes: CheckCode[] = [];
  const groups = new Map<string, { rows: JsonObject[]; checkers: JsonObject[] }>();
  for (const test of tests) {
    const { row, checkers } = sampleOf(test, { ...of, codes });
    const key = JSON.stringify(checkers);
    const group = groups.get(key) ?? { rows: [], checkers };
    group.rows.push(row);
    groups.set(key, group);
  }
  if (codes.length > 0) files[`${folder}/promptfoo-checks.mjs`] = checksModule(codes);
  const isMany = groups.size > 1;
  return [...groups.values()].map(({ rows, checkers }, index) => {
    const samples = `${folder}/samples${isMany ? `-${index + 1}` : ''}.jsonl`;
    files[samples] = rows.map((row) => `${JSON.stringify(row)}\n`).join('');
    // A suite has at least one checker of its own; this one decides nothing.
    return { samples, checkers: checkers.length > 0 ? checkers : [{ type: 'latency', maxMs: 60_000, required: false }] };
  });
}

function sampleOf(
  test: FlatTest,
  of: Pick<ConversionRequest, 'readText' | 'folder'> & { note: Noter; names: VariableNames & { asked: string[] }; codes: CheckCode[] },
): { row: JsonObject; checkers: JsonObject[] } {
  const { vars, at } = test;
  const { names, note, readText, folder, codes } = of;
  const codeEntry = (code: { source?: string; reference?: string; threshold?: number }) => codeCheck(code, { codes, folder });
  const converted = test.asserts.flatMap(({ list, field, at: place }) => convertAll(list, { vars, at: place, field, note, readText, codeEntry }));
  const counted = converted.filter(({ required }) => required !== false);
  const entries =
    test.threshold === undefined || counted.length === 0
      ? converted
      : [{ type: 'weighted-mean', threshold: test.threshold, checkers: counted }, ...converted.filter(({ required }) => required === false)];
  const words: JsonObject = {};
  const checkers = entries.filter(belongsToSuite).map((entry) => withWordsOfSample(entry, words));
  const own = entries.filter((entry) => !belongsToSuite(entry));
  const rest = Object.fromEntries(Object.entries(vars).filter(([name]) => !names.asked.includes(name)));
  const metadata = { ...rest, ...test.metadata, ...words };
  const input =
    names.single === undefined
      ? Object.fromEntries(names.asked.map((name) => [name, (Object.hasOwn(vars, name) ? vars[name] : undefined) ?? '']))
      : vars[names.single];
  const row: JsonObject = {
    input: (names.asked.length === 0 ? (test.description ?? JSON.stringify(vars)) : input) ?? '',
    ...(test.description === undefined ? {} : { tags: [test.description.slice(0, 100)] }),
    ...(own.length > 0 ? { checkers: own } : {}),
    ...(Object.keys(metadata).length > 0 ? { metadata } : {}),
  };
  if (converted.length === 0) note(at, test.field, 'the test has no assertion that was converted: it passes whenever there is an answer');
  return { row, checkers };
}

/**
 * The rubric or reference as a field of the sample, so that tests with other words share the suite, and that nothing in the words is
 * taken for a placeholder.
 */
function withWordsOfSample(entry: JsonObject, metadata: JsonObject): JsonObject {
  if (Array.isArray(entry.checkers)) {
    return { ...entry, checkers: entry.checkers.map((part) => (isMap(part) ? withWordsOfSample(part, metadata) : part)) };
  }
  const option = ownWords[String(entry.type)];
  const words = option === undefined ? undefined : entry[option];
  if (option === undefined || words === undefined) return entry;
  const keep = (text: Json): string => {
    const name = `${option}${Object.keys(metadata).length + 1}`;
    metadata[name] = text;
    return `{{metadata.${name}}}`;
  };
  return { ...entry, [option]: Array.isArray(words) ? words.map(keep) : keep(words) };
}

function codeCheck(
  code: { source?: string; reference?: string; threshold?: number },
  { codes, folder }: { codes: CheckCode[]; folder: string },
): JsonObject {
  const { source, reference, threshold } = code;
  const [file = '', exportName] = (reference ?? '').split(/:(?=[\w$]+$)/);
  const wanted = {
    ...(source === undefined ? { path: fromFolder(file, folder), exportName: exportName ?? 'default' } : { source }),
    ...(threshold === undefined ? {} : { threshold }),
  };
  const same = codes.find(({ name: _, ...known }) => JSON.stringify(known) === JSON.stringify(wanted));
  const name = same?.name ?? `check${codes.length + 1}`;
  if (!same) codes.push({ name, ...wanted });
  return { type: 'module', path: `${folder}/promptfoo-checks.mjs`, export: name };
}

/** Every provider with every prompt; one of them is `agent`, several are `agents`. */
function agentsOf(
  providers: readonly Placed[],
  of: { prompts: readonly Prompt[]; names: VariableNames; note: Noter; files: Record<string, string>; folder: string; configAt: At },
): JsonObject {
  const found: Record<string, JsonObject> = {};
  for (const { value, at, field } of providers) {
    for (const prompt of of.prompts) {
      const converted = convertProvider({ provider: value as Json, at, field, ...of, prompt });
      if (!converted) break;
      const wanted = of.prompts.length > 1 ? `${converted.name} ${of.prompts.indexOf(prompt) + 1}` : converted.name;
      const base =
        wanted
          .replace(/[^\p{L}\p{N}._-]+/gu, '-')
          .replace(/^[^\p{L}\p{N}]+/u, '')
          .slice(0, 45) || 'agent';
      let name = base;
      for (let number = 2; Object.hasOwn(found, name); number++) name = `${base}-${number}`;
      found[name] = converted.agent;
    }
  }
  const [only, ...more] = Object.values(found);
  if (!only) {
    const message = 'no provider with a prompt was converted: the agent is "do-nothing", which answers nothing; write the agent by hand';
    of.note(of.configAt, 'providers', message);
    return { agent: { type: 'do-nothing' } };
  }
  return more.length === 0 ? { agent: only } : { agents: found };
}

function suiteName(description: string): string {
  const name = description
    .replace(/[^\p{L}\p{N} ._-]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .replace(/^[^\p{L}\p{N}]+/u, '')
    .trim()
    .slice(0, 60)
    .trim();
  return name === '' ? 'suite' : name;
}
