import { type CheckerConfig, type CheckerDefinition, maxCheckerDepth, nestedEntriesOf } from '../checkers/checker.ts';
import type { Problem } from '../errors.ts';
import type { JsonObject } from '../records/json.ts';
import { type Registry, unknownNameRemedy } from '../registry.ts';
import { describeIssue, problemsOf } from './issues.ts';
import { formatPath, type Located, type LocatedMap, nodeAt, type Path, placeAt, plainObjectOf, problemAt } from './located.ts';
import { CheckerCommon } from './suite-file.ts';

export interface CheckerParseResult {
  checkers: CheckerConfig[];
  problems: Problem[];
}

/** Keys of a checker entry that are not options of its type. */
export const checkerCommonKeys: readonly string[] = Object.keys(CheckerCommon.shape);

/**
 * The checker entries at a path of a suite, a list or a mapping from name to entry, validated with the schemas of their
 * types. Entries that are not mappings are left to the schema of the file. None gives none.
 */
export function parseCheckers(root: Located, path: Path, registry: Registry<CheckerDefinition>): CheckerParseResult {
  const node = nodeAt(root, path);
  const problems: Problem[] = [];
  const parsed: { config: CheckerConfig; isNamed: boolean; path: Path }[] = [];
  for (const { entry, key } of entriesOf(node)) {
    const entryPath = [...path, key];
    const result = parseEntry({ root, entry, path: entryPath, registry });
    problems.push(...result.problems);
    if (!result.config) continue;
    const name = result.name ?? (typeof key === 'string' ? key : undefined);
    const config = { ...result.config, name: name ?? result.config.type, field: formatPath(entryPath) };
    parsed.push({ config, isNamed: name !== undefined, path: entryPath });
  }
  const taken = new Set<string>();
  for (const { config, path: entryPath } of parsed.filter(({ isNamed }) => isNamed)) {
    if (taken.has(config.name)) {
      const at = nodeAt(root, [...entryPath, 'name'])?.at ?? root.at;
      problems.push(problemAt(at, [...entryPath, 'name'], { message: `two checkers are called "${config.name}"`, remedy: 'give one another name' }));
    }
    taken.add(config.name);
  }
  for (const { config } of parsed.filter(({ isNamed }) => !isNamed)) {
    for (let number = 2; taken.has(config.name); number++) config.name = `${config.type}-${number}`;
    taken.add(config.name);
  }
  return { checkers: parsed.map(({ config }) => config), problems };
}

/** Where checkers may hold environment variables, entries inside entries too. */
export function checkerEnvironmentPaths(root: Located, registry: Registry<CheckerDefinition>): Path[] {
  const pathsOf = (entry: LocatedMap, path: Path): Path[] => {
    const type = entry.entries.get('type')?.value;
    if (path.length > 4 * maxCheckerDepth || type?.kind !== 'scalar' || typeof type.value !== 'string' || !registry.has(type.value)) return [];
    const { envFields = [], nested = [] } = registry.get(type.value);
    const below = nested.flatMap((key) => {
      const held = entry.entries.get(key)?.value;
      const inside =
        held?.kind === 'map' ? [{ entry: held, path: [key] }] : entriesOf(held).map((item) => ({ entry: item.entry, path: [key, item.key] }));
      return inside.flatMap((item) => pathsOf(item.entry, [...path, ...item.path]));
    });
    return [...envFields.map((field) => [...path, field]), ...below];
  };
  return entriesOf(nodeAt(root, ['checkers'])).flatMap(({ entry, key }) => pathsOf(entry, ['checkers', key]));
}

/** A checker that asks a judge needs one; OpenAI's own endpoint needs a key. Told once, however many checkers ask. */
export function judgeProblems(root: Located, checkers: readonly CheckerConfig[], registry: Registry<CheckerDefinition>): Problem[] {
  const asking = checkers.find(({ type, options }) => asks('judge', type, options, registry))?.name;
  const isComparing = nodeAt(root, ['judge', 'preference'])?.kind === 'map';
  const has = (key: string): boolean => isGiven(nodeAt(root, ['judge', key]));
  if ((asking === undefined && !isComparing) || (has('model') && (has('apiKey') || has('baseUrl')))) return [];
  const key = has('model') ? 'apiKey' : 'model';
  const remedy = `add: judge: {model: gpt-5-mini, apiKey: "\${env:OPENAI_API_KEY}"}, with a baseUrl for another endpoint than that of OpenAI`;
  const message = has('model')
    ? "OpenAI's endpoint wants a key, and there is none"
    : `${asking === undefined ? 'judge.preference' : `the checker "${asking}"`} asks a judge model, and none is named`;
  return [problemAt(placeAt(root, ['judge']), ['judge', key], { message, remedy })];
}

/** A model that plays the user has to be reached; OpenAI's own endpoint needs a key. */
export function userProblems(root: Located): Problem[] {
  const has = (key: string): boolean => isGiven(nodeAt(root, ['user', key]));
  const listed = nodeAt(root, ['samples', 'controller']);
  const type = nodeAt(root, ['user', 'type']);
  if (listed && isGiven(listed) && !(type?.kind === 'scalar' && type.value === 'controller')) {
    const message = 'the samples are those of a task controller, and there is none';
    const remedy = 'add: user: {type: controller, url: "http://localhost:5000/api", task: …}; or name the dataset with samples.path';
    return [problemAt(placeAt(root, ['samples', 'controller']), ['samples', 'controller'], { message, remedy })];
  }
  if (!has('model') || has('apiKey') || has('baseUrl')) return [];
  const message = "the user model is at OpenAI's endpoint, which wants a key, and there is none";
  const remedy = `add: apiKey: "\${env:OPENAI_API_KEY}", or a baseUrl for another endpoint than that of OpenAI`;
  return [problemAt(placeAt(root, ['user']), ['user', 'apiKey'], { message, remedy })];
}

/** A checker that compares vectors needs a model or a module, not both; OpenAI's own endpoint needs a key. */
export function embeddingsProblems(root: Located, checkers: readonly CheckerConfig[], registry: Registry<CheckerDefinition>): Problem[] {
  const asking = checkers.find(({ type, options }) => asks('embeddings', type, options, registry));
  const has = (key: string): boolean => isGiven(nodeAt(root, ['embeddings', key]));
  const problem = (key: string, message: string, remedy: string): Problem[] => [
    problemAt(placeAt(root, ['embeddings']), ['embeddings', key], { message, remedy }),
  ];
  const example = `embeddings: {model: text-embedding-3-small, apiKey: "\${env:OPENAI_API_KEY}"}`;
  if (has('model') && has('module')) return problem('module', 'the vectors come from a model or from a module, not from both', 'keep one of them');
  if (!asking || has('module') || (has('model') && (has('apiKey') || has('baseUrl')))) return [];
  if (has('model')) return problem('apiKey', "OpenAI's endpoint wants a key, and there is none", `write: ${example}`);
  return problem('model', `the checker "${asking.name}" compares vectors, and nothing is named that makes them`, `add: ${example}`);
}

function isGiven(node: Located | undefined): boolean {
  return node?.kind === 'scalar' && node.value !== null && node.value !== '';
}

/** Itself, or through an entry inside its options. */
function asks(need: 'judge' | 'embeddings', type: string, options: unknown, registry: Registry<CheckerDefinition>): boolean {
  const definition = registry.get(type);
  return (
    definition.needs.includes(need) ||
    (need === 'judge' && definition.asksJudge?.(options) === true) ||
    nestedEntriesOf(definition, options).some(({ entry }) => typeof entry.type === 'string' && asks(need, entry.type, entry, registry))
  );
}

function entriesOf(node: Located | undefined): { entry: LocatedMap; key: string | number }[] {
  if (node?.kind === 'list') return node.items.flatMap((entry, key) => (entry.kind === 'map' ? [{ entry, key }] : []));
  if (node?.kind !== 'map') return [];
  return [...node.entries].flatMap(([key, { value }]) => (value.kind === 'map' ? [{ entry: value, key }] : []));
}

function parseEntry(of: { root: Located; entry: LocatedMap; path: Path; registry: Registry<CheckerDefinition> }): {
  config?: CheckerConfig;
  name?: string;
  problems: Problem[];
} {
  const where = { root: of.root, prefix: of.path, secrets: [] };
  const all = Object.entries(plainObjectOf(of.entry));
  const common = CheckerCommon.safeParse(Object.fromEntries(all.filter(([key]) => checkerCommonKeys.includes(key))), { error: describeIssue(where) });
  const problems = common.success ? [] : problemsOf(common.error, where);
  const typeNode = of.entry.entries.get('type')?.value;
  const type = typeNode?.kind === 'scalar' && typeof typeNode.value === 'string' ? typeNode.value : undefined;
  if (typeNode === undefined || type === undefined || type === '') return { problems };
  if (!of.registry.has(type)) {
    problems.push(
      problemAt(typeNode.at, [...of.path, 'type'], { message: `unknown checker "${type}"`, remedy: unknownNameRemedy(type, of.registry.types) }),
    );
    return { problems };
  }
  const error = describeIssue({ ...where, known: checkerCommonKeys.filter((key) => key !== 'type') });
  const own = Object.fromEntries(all.filter(([key]) => !checkerCommonKeys.includes(key)));
  const options = of.registry.get(type).options.safeParse(own, { error });
  if (!options.success) problems.push(...problemsOf(options.error, where));
  const nested = problemsOfNested({ ...of, type, own });
  problems.push(...nested);
  if (nested.length > 0) return { problems };
  if (!options.success || !common.success) return { problems };
  const { required, weight, not, name } = common.data;
  const config = { type, name: type, required: required ?? true, weight: weight ?? 1, not: not ?? false, options: options.data };
  return name ? { config, name, problems } : { config, problems };
}

/** What is wrong with the entries inside an entry, where they were written. */
function problemsOfNested(of: { root: Located; path: Path; registry: Registry<CheckerDefinition>; type: string; own: JsonObject }): Problem[] {
  return nestedEntriesOf(of.registry.get(of.type), of.own).flatMap(({ path: below }) => {
    const path = [...of.path, ...below];
    const entry = nodeAt(of.root, path);
    if (entry?.kind !== 'map') return [];
    if (path.filter((key) => typeof key === 'string').length > maxCheckerDepth + 1) {
      return [problemAt(entry.at, path, { message: `checkers are nested more than ${maxCheckerDepth} levels deep` })];
    }
    const required = entry.entries.get('required');
    const misplaced = required
      ? [
          problemAt(required.keyAt, [...path, 'required'], {
            message: '"required" says nothing inside another checker',
            remedy: 'take it out; the checker around it decides which of its parts have to pass',
          }),
        ]
      : [];
    return [...misplaced, ...parseEntry({ root: of.root, entry, path, registry: of.registry }).problems];
  });
}
