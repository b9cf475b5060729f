import { join, resolve } from 'node:path';
import type { Override } from '../config/overrides.ts';
import type { SuiteConfig } from '../config/suite-config.ts';
import { ToolError } from '../errors.ts';
import type { SuiteKinds } from '../pipeline/ports.ts';
import { withoutFile } from './inline-suite.ts';
import type { ComparisonOptions, EvaluationResult, FileOptions, InlineSuite, RunOptions } from './types.ts';

/** What is shared by all that one call needs. */
interface Call {
  config: SuiteConfig;
  kinds?: SuiteKinds;
  options: RunOptions;
  cwd: string;
  env: Readonly<Record<string, string | undefined>>;
}

/** Asks, checks, compares and reports the suite of a config file, as `agent-regress run` does. */
export async function evaluateFile(file: string, options: FileOptions): Promise<EvaluationResult> {
  const { cwd, env } = placeOf(options);
  const config = await loadOne(file, { cwd, env, suite: options.suite, overrides: overridesOf(options) });
  if (!options.agent) return run({ config, options, cwd, env });
  const { withOwnAgent } = await import('./inline-suite.ts');
  return run({ ...withOwnAgent(config, options.agent), options, cwd, env });
}

/** The same for a suite that is written in the program itself. */
export async function evaluateInline(suite: InlineSuite, options: RunOptions): Promise<EvaluationResult> {
  const { cwd, env } = placeOf(options);
  const { prepareInline } = await import('./inline-suite.ts');
  try {
    return await run({ ...(await prepareInline(suite, { cwd, env })), options, cwd, env });
  } catch (error) {
    throw error instanceof ToolError ? withoutFile(error) : error;
  }
}

/** Compares finished runs; asks nothing. */
export async function compareFinished(options: ComparisonOptions): Promise<EvaluationResult> {
  const { cwd, env } = placeOf(options);
  const config = options.config === undefined ? undefined : await loadOne(options.config, { cwd, env, suite: options.suite, overrides: [] });
  const outputDir = resolve(cwd, options.outputDir ?? '.agent-regress/comparison');
  const [{ compareRuns }, { resultOf }] = await Promise.all([import('../pipeline/compare-runs.ts'), import('./result.ts')]);
  const evaluation = await compareRuns({
    base: [options.base].flat().map((path) => resolve(cwd, path)),
    head: resolve(cwd, options.head),
    ...(config ? { config } : {}),
    outputDir,
    onEvent: noticesTo(options),
  });
  return resultOf(evaluation, outputDir);
}

async function run({ config: given, kinds, options, cwd, env }: Call): Promise<EvaluationResult> {
  const { secrets = {}, resume = false, signal = new AbortController().signal } = options;
  const named = Object.entries(secrets).flatMap(([name, value]) => (value === undefined ? [] : [{ name, value }]));
  const config = { ...given, secrets: [...given.secrets, ...named] };
  const [{ evaluateSuite }, { resultOf }, { findBaselineFrom, gitFrom }, { folderName }] = await Promise.all([
    import('../pipeline/evaluate.ts'),
    import('./result.ts'),
    import('../pipeline/environment.ts'),
    import('../pipeline/output-folder.ts'),
  ]);
  const outputDir = resolve(cwd, options.outputDir ?? join('.agent-regress', folderName(config.suite)));
  const git = gitFrom(env, cwd);
  const evaluation = await evaluateSuite({
    config,
    outputDir,
    resume,
    findBaseline: findBaselineFrom(env, cwd),
    ...(git ? { git } : {}),
    signal,
    onEvent: noticesTo(options),
    ...(kinds ? { kinds } : {}),
  });
  return resultOf(evaluation, outputDir);
}

function placeOf({ cwd = '.', env = process.env }: RunOptions): Pick<Call, 'cwd' | 'env'> {
  return { cwd: resolve(cwd), env };
}

function noticesTo({ onNotice }: RunOptions) {
  return (event: { kind: string; message?: string }): void => {
    if (event.kind === 'notice' && event.message !== undefined) onNotice?.(event.message);
  };
}

function overridesOf({ baseline, repeats, limit }: FileOptions): Override[] {
  const given: [path: string, name: string, value: Override['value'] | undefined][] = [
    ['baseline', 'baseline', baseline as Override['value'] | undefined],
    ['repeats', 'repeats', repeats],
    ['samples.limit', 'limit', limit],
  ];
  return given.flatMap(([path, name, value]) => (value === undefined ? [] : [{ path, value, origin: 'flag', source: `option ${name}` }]));
}

/** @throws ToolError for a file with several suites of which none is named. */
async function loadOne(
  file: string,
  from: Pick<Call, 'cwd' | 'env'> & { suite: string | undefined; overrides: readonly Override[] },
): Promise<SuiteConfig> {
  const { loadSuites } = await import('../pipeline/load-suites.ts');
  const suites = await loadSuites({ configPaths: [file], overrides: from.overrides, env: from.env, cwd: from.cwd });
  const found = from.suite === undefined ? suites : suites.filter(({ suite }) => suite === from.suite);
  const [only] = found;
  if (only && found.length === 1) return only;
  const { unknownNameRemedy } = await import('../registry.ts');
  const names = suites.map(({ suite }) => suite);
  throw new ToolError({
    code: 'suite-not-named',
    message: from.suite === undefined ? `${file} holds ${suites.length} suites` : `${file} holds no suite "${from.suite}"`,
    remedy:
      from.suite === undefined ? `name one: {suite: ${JSON.stringify(names[0])}}. Known: ${names.join(', ')}` : unknownNameRemedy(from.suite, names),
  });
}
