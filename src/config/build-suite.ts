import type { AgentDefinition } from '../agents/agent.ts';
import type { CheckerDefinition } from '../checkers/checker.ts';
import type { Problem } from '../errors.ts';
import type { ResultFormat } from '../importers/result-format.ts';
import { sampleKeys } from '../records/sample.ts';
import { type Registry, unknownNameRemedy } from '../registry.ts';
import { agentloopDataset, agentloopPaths, withUploads } from './agentloop-samples.ts';
import { agentDefinitionAt, environmentPaths, parseAgent, parseBaselineAgent, withFilledBaselineAgent } from './agents.ts';
import { assemble, type SuiteSource } from './assemble.ts';
import { checkerEnvironmentPaths, embeddingsProblems, judgeProblems, parseCheckers, userProblems } from './checkers.ts';
import { ambientSecrets, type Environment, isKeyField, minSecretLength, type ResolvedEnvironment, resolveEnvironment } from './environment.ts';
import { parseExports } from './exports.ts';
import { childWords, fileWords } from './inherit.ts';
import { describeIssue, problemsOf } from './issues.ts';
import { filePlaces, formatPath, type LocatedMap, nodeAt, type Path, placeAt, plainObjectOf, plainOf, problemAt } from './located.ts';
import { applyOverrides, type Override, schemaAt } from './overrides.ts';
import { nameWithAgent } from './split-agents.ts';
import type { Origin, SuiteConfig } from './suite-config.ts';
import { SuiteFile } from './suite-file.ts';

/** What may be named in a config file. */
export interface ConfigRegistries {
  agents: Registry<AgentDefinition>;
  checkers: Registry<CheckerDefinition>;
  resultFormats: Registry<ResultFormat>;
  /** Names of the dataset formats. */
  datasetTypes: readonly string[];
}

export interface SuiteRequest extends SuiteSource {
  overrides: readonly Override[];
  env: Environment;
  /** Variables of these names from a file beside the environment; only what needs them asks. */
  dotEnv?: (names: readonly string[]) => Environment;
}

/** A suite that only lacks values of environment variables, such as secrets that a fork is not given. */
export interface UnreadySuite {
  suite: string;
  /** Config file as named by the user. */
  file: string;
  /** Names of the variables, sorted. */
  variables: string[];
  /** One for every place where such a variable is used. */
  problems: Problem[];
}

/** What became of one suite: complete, or every problem that it has; `unready` when all of them are variables without a value. */
export interface BuiltSuite {
  suite?: SuiteConfig;
  unready?: UnreadySuite;
  problems: Problem[];
}

/** One suite after inheritance, complete, or every problem that it has. */
export function buildSuite(tree: LocatedMap, registries: ConfigRegistries, request: SuiteRequest): BuiltSuite {
  const definition = agentDefinitionAt(tree, ['agent'], registries.agents);
  const overridden = applyOverrides(tree, request.overrides, (path) =>
    path[0] === 'agent' ? definition && schemaAt(definition.options, path.slice(1)) : schemaAt(SuiteFile, path),
  );
  const environment = resolveEnvironment(overridden, {
    env: request.env,
    allowed: [
      ...environmentPaths(overridden, registries.agents),
      ...modelPaths,
      ...agentloopPaths(overridden),
      ...checkerEnvironmentPaths(overridden, registries.checkers),
    ],
    ...declaredNames(overridden),
  });
  const secrets = environment.secrets.map(({ value }) => value);
  const context: Context = { root: withFilledBaselineAgent(environment.root), secrets, problems: [...environment.problems] };
  const file = parseFile(context);
  const agent = parseAgent(context, ['agent'], registries.agents);
  const baselineAgent = parseBaselineAgent(context, environment.root, registries.agents);
  const checkers = parseCheckers(context.root, ['checkers'], registries.checkers);
  context.problems.push(...checkers.problems, ...judgeProblems(context.root, checkers.checkers, registries.checkers));
  context.problems.push(...embeddingsProblems(context.root, checkers.checkers, registries.checkers), ...userProblems(context.root));
  if (isEmpty(context.root, 'checkers')) {
    const remedy = 'add one, such as: checkers: [{type: contains, value: "{{expected}}"}]';
    context.problems.push(
      problemAt(placeAt(context.root, ['checkers']), ['checkers'], { message: 'there are no checkers: nothing would be scored', remedy }),
    );
  }
  const parsedExports = parseExports(context, registries.resultFormats);
  checkNames(context, registries.datasetTypes);
  checkBaseline(context);
  const dataset = agentloopDataset(context.root, file?.samples, request);
  const { exports, found } = withUploads(context.root, { exports: parsedExports, samples: file?.samples }, request);
  const services = [...(dataset ? [dataset] : []), ...found];
  for (const { problem, unset = [] } of services) {
    if (problem) context.problems.push(problem);
    for (const variable of unset) if (problem) environment.unset.set(problem, variable);
  }
  const problems = context.problems.filter((problem) => !isNoise(problem, environment));
  if (problems.length > 0 || !file || !agent) return { problems, ...unreadyOf(tree, request, { problems, unset: environment.unset }) };
  const suite: SuiteConfig = {
    ...assemble(file, request, dataset?.dataset),
    agent,
    ...(baselineAgent ? { baseline: { kind: 'agent', agent: baselineAgent } } : {}),
    checkers: checkers.checkers,
    exports,
    secrets: [
      ...environment.secrets,
      ...secretOverrides(request.overrides),
      ...services.flatMap((service) => service.secrets),
      ...ambientSecrets(request.env, environment.secrets),
    ],
    origins: originsOf(context.root),
    places: filePlaces(context.root, placedFields),
    warnings: environment.warnings,
  };
  return { suite, problems };
}

function unreadyOf(
  tree: LocatedMap,
  request: SuiteRequest,
  found: { problems: Problem[]; unset: ReadonlyMap<Problem, string> },
): Pick<BuiltSuite, 'unready'> {
  const { problems, unset } = found;
  const variables = [...new Set(problems.flatMap((problem) => unset.get(problem) ?? []))].sort();
  if (problems.length === 0 || problems.some((problem) => !unset.has(problem))) return {};
  const name = nodeAt(tree, ['suite']);
  const base = name?.kind === 'scalar' && name.value !== null ? String(name.value) : request.defaultSuite;
  const suite = nameWithAgent(base, request.agentName);
  return { unready: { suite, file: request.file, variables, problems } };
}

interface Context {
  root: LocatedMap;
  secrets: string[];
  problems: Problem[];
}

/** What is checked once more when the suite is opened. */
const placedFields = [['agent'], ['baseline', 'agent'], ['checkers']] as const;

const nestedKeys = ['agent', 'samples', 'policy', 'budget', 'deadlines', 'judge', 'embeddings', 'traces', 'user'] as const;

/** Where models that help to test are, and their keys. */
const modelPaths: Path[] = [
  ...['judge', 'embeddings', 'user'].flatMap((model) => [
    [model, 'apiKey'],
    [model, 'baseUrl'],
  ]),
  ['user', 'headers'],
  ['user', 'url'],
];

function declaredNames(root: LocatedMap): { declared?: string[] } {
  const node = nodeAt(root, ['env']);
  if (node?.kind !== 'list') return {};
  return { declared: node.items.flatMap((item) => (item.kind === 'scalar' && typeof item.value === 'string' ? [item.value] : [])) };
}

function parseFile(context: Context): SuiteFile | undefined {
  const where = { root: context.root, prefix: [], secrets: context.secrets };
  const error = describeIssue({ ...where, known: fileWords, knownAtTop: ['suites', 'agents'], elsewhere: misplacedAtTop });
  const result = SuiteFile.safeParse(plainObjectOf(context.root), { error });
  if (result.success) return result.data;
  context.problems.push(...problemsOf(result.error, where));
  return undefined;
}

function misplacedAtTop(key: string): string | undefined {
  if (childWords.includes(key)) return `"${key}" works inside "suites", "agents" and "checkers"; all suites of a file are merged over its top level`;
  if (key === 'suites') return 'suites do not hold suites';
  const owner = nestedKeys.find((name) => name !== 'agent' && schemaAt(SuiteFile, [name, key]) !== undefined);
  return owner && `write it under "${owner}"`;
}

function isEmpty(root: LocatedMap, key: string): boolean {
  const node = nodeAt(root, [key]);
  if (node?.kind === 'list') return node.items.length === 0;
  return node?.kind === 'map' ? node.entries.size === 0 : node === undefined || node.value === null;
}

function checkNames(context: Context, datasetTypes: readonly string[]): void {
  const format = nodeAt(context.root, ['samples', 'format']);
  if (format?.kind === 'scalar' && typeof format.value === 'string' && !datasetTypes.includes(format.value)) {
    const text = { message: `unknown format "${format.value}"`, remedy: unknownNameRemedy(format.value, datasetTypes) };
    context.problems.push(problemAt(format.at, ['samples', 'format'], text));
  }
  const map = nodeAt(context.root, ['samples', 'map']);
  for (const [key, { keyAt }] of map?.kind === 'map' ? map.entries : []) {
    if (sampleKeys.includes(key)) continue;
    const text = { message: `a sample has no field "${key}"`, remedy: unknownNameRemedy(key, sampleKeys) };
    context.problems.push(problemAt(keyAt, ['samples', 'map', key], text));
  }
}

function checkBaseline(context: Context): void {
  const node = nodeAt(context.root, ['baseline']);
  if (node?.kind !== 'map') return;
  const given = ['path', 'run', 'sha', 'agent'].filter((key) => node.entries.has(key));
  if (given.length === 1) return;
  const message = `a baseline is exactly one of path, run, sha and agent, found ${given.length === 0 ? 'none of them' : given.join(' and ')}`;
  context.problems.push(problemAt(node.at, ['baseline'], { message, remedy: 'keep one of them' }));
}

/** A schema's complaint about text that still holds `${env:…}`, which has its own problem already. */
function isNoise(problem: Problem, environment: ResolvedEnvironment): boolean {
  const fields = environment.unresolved.map(formatPath);
  return problem.field !== undefined && fields.includes(problem.field) && !environment.problems.includes(problem);
}

/** Keys given by a flag are hidden like those of the environment. */
function secretOverrides(overrides: readonly Override[]): { name: string; value: string }[] {
  return overrides.flatMap(({ path, value, source }) =>
    isKeyField(path.split('.')) && typeof value === 'string' && value.length >= minSecretLength ? [{ name: source, value }] : [],
  );
}

/** By path, two levels deep where a mapping is ours to know. */
function originsOf(root: LocatedMap): Record<string, Origin> {
  const origins: Record<string, Origin> = {};
  const originAt = (path: Path): Origin => {
    const at = placeAt(root, path);
    return 'source' in at ? at.origin : 'file';
  };
  for (const [key, { value }] of root.entries) {
    const isNested = value.kind === 'map' && (nestedKeys as readonly string[]).includes(key);
    for (const path of isNested ? [...value.entries.keys()].map((below) => [key, below]) : [[key]]) {
      if (plainOf(nodeAt(root, path) ?? value) !== null) origins[path.join('.')] = originAt(path);
    }
  }
  return origins;
}
