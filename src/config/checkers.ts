import type { CheckerConfig, CheckerDefinition } from '../checkers/checker.ts';
import type { Problem } from '../errors.ts';
import { type Registry, unknownNameRemedy } from '../registry.ts';
import { describeIssue, problemsOf } from './issues.ts';
import { type Located, type LocatedMap, nodeAt, type Path, placeAt, plainObjectOf, problemAt } from './located.ts';
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
    parsed.push({ config: { ...result.config, name: name ?? result.config.type }, isNamed: name !== undefined, path: entryPath });
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

/** A checker that asks a judge needs one; OpenAI's own endpoint needs a key. Told once, however many checkers ask. */
export function judgeProblems(root: Located, checkers: readonly CheckerConfig[], registry: Registry<CheckerDefinition>): Problem[] {
  const asking = checkers.find(({ type }) => registry.get(type).needs.includes('judge'));
  const has = (key: string): boolean => {
    const node = nodeAt(root, ['judge', key]);
    return node?.kind === 'scalar' && node.value !== null && node.value !== '';
  };
  if (!asking || (has('model') && (has('apiKey') || has('baseUrl')))) return [];
  const key = has('model') ? 'apiKey' : 'model';
  const remedy = `add: judge: {model: gpt-5-mini, apiKey: "\${env:OPENAI_API_KEY}"}, with a baseUrl for another endpoint than that of OpenAI`;
  const message = has('model')
    ? "OpenAI's endpoint wants a key, and there is none"
    : `the checker "${asking.name}" asks a judge model, and none is named`;
  return [problemAt(placeAt(root, ['judge']), ['judge', key], { message, remedy })];
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
  if (!options.success || !common.success) return { problems };
  const { required, weight, not, name } = common.data;
  const config = { type, name: type, required: required ?? true, weight: weight ?? 1, not: not ?? false, options: options.data };
  return name ? { config, name, problems } : { config, problems };
}
