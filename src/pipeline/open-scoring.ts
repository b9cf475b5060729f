import type { CheckerPorts, JudgePort, ModulePort } from '../checkers/checker.ts';
import { type CompiledChecker, compileCheckers, compileSampleCheckers } from '../checkers/compile.ts';
import { withPlaces } from '../config/locate-problems.ts';
import type { SuiteConfig } from '../config/suite-config.ts';
import { readBytesNow } from '../io/files.ts';
import { shortDigest } from '../io/hash.ts';
import { readInside, realPlace } from '../io/inside.ts';
import type { createJudge } from '../io/judge.ts';
import { createModulePort } from '../io/modules.ts';
import type { Sample } from '../records/sample.ts';
import { openCheckerServices } from './checker-services.ts';
import type { GatheredProblems } from './gather-problems.ts';
import { allKinds } from './kinds.ts';
import type { SuiteKinds } from './ports.ts';

/** Of a schema and the like, at most. */
const maxCheckerFileBytes = 64 * 1024 * 1024;

/** What scores the answers of a suite. */
export interface Scoring {
  /** Of the suite, in the order of its config. */
  compiled: readonly CompiledChecker[];
  /** A plain list where the sample brings none of its own: most do not, and nothing has to wait. */
  checkersOf(sample: Sample): readonly CompiledChecker[] | Promise<readonly CompiledChecker[]>;
  /** Asks the judge model of the suite; absent without judge settings. */
  judge?: JudgePort;
  close(): Promise<void>;
}

/**
 * Compiles the checkers of a suite, which may have none; nothing is asked.
 * @param of.givenKinds absent: a sample's own checkers are of any kind there is
 * @param of.problems gets what is wrong with the checkers, the judge and the embeddings; undefined is returned then
 */
export async function openScoring(
  config: SuiteConfig,
  of: { kinds: SuiteKinds; givenKinds: SuiteKinds | undefined; signal: AbortSignal; problems: GatheredProblems },
): Promise<Scoring | undefined> {
  const { kinds, givenKinds, signal, problems } = of;
  const before = problems.count;
  const modules = lazyModules(config);
  const opened: { close(): unknown }[] = [modules];
  const close = async (): Promise<void> => {
    await Promise.all(opened.map((part) => part.close()));
  };
  try {
    const judge = config.judge && (await problems.of(openJudge(config, config.judge, signal)));
    if (judge) opened.push(judge);
    const services = await problems.of(openCheckerServices(config, modules.port, signal));
    if (services) opened.push(services);
    const ports: CheckerPorts = {
      baseDir: config.baseDir,
      modules: modules.port,
      ...services?.ports,
      ...(config.judge ? { judge: judge?.port ?? unusableJudge } : {}),
      readText: (path) => readBytesNow(path, maxCheckerFileBytes).toString('utf8'),
      readInside: (folder, path) => readInside(realPlace(folder), path, { maxBytes: maxCheckerFileBytes, followsLinks: true }).toString('utf8'),
      fileDigest: (path) => shortDigest(readBytesNow(path, maxCheckerFileBytes)),
    };
    const compiled = services && (await problems.of(compiledAt(config, kinds, ports)));
    if (compiled && problems.count === before)
      return { compiled, checkersOf: sampleCheckers(compiled, ports, givenKinds), ...(judge ? { judge: judge.port } : {}), close };
  } catch (error) {
    await close();
    throw error;
  }
  await close();
  return undefined;
}

/** @throws ToolError with the places of the checkers in the config */
async function compiledAt(config: SuiteConfig, kinds: SuiteKinds, ports: CheckerPorts): Promise<CompiledChecker[]> {
  try {
    return await compileCheckers(config.checkers, kinds.checkers, ports, shortDigest);
  } catch (error) {
    throw withPlaces(error, config);
  }
}

/** Stands for a judge that cannot be opened while the checkers are looked at, and is never asked. */
const unusableJudge: JudgePort = {
  identity: null,
  marker: () => '',
  ask: () => Promise.reject(new Error('this judge cannot be asked')),
};

async function openJudge(
  config: SuiteConfig,
  judge: NonNullable<SuiteConfig['judge']>,
  signal: AbortSignal,
): Promise<ReturnType<typeof createJudge>> {
  const { createJudge } = await import('../io/judge.ts');
  const { file, deadlines, timeoutMs, maxRetries, concurrency } = config;
  return createJudge({ ...judge, file, deadlines, timeoutMs, maxRetries, concurrency, signal });
}

/** The checkers of the suite and, after them, those of the sample, which may be of any kind. */
function sampleCheckers(suite: readonly CompiledChecker[], ports: CheckerPorts, givenKinds: SuiteKinds | undefined): Scoring['checkersOf'] {
  const names = suite.map(({ name }) => name);
  const withOwn = async (sample: Sample) => {
    const { checkers } = givenKinds ?? (await allKinds());
    return [...suite, ...(await compileSampleCheckers(sample, checkers, ports, shortDigest, names))];
  };
  return (sample) => (sample.checkers.length === 0 ? suite : withOwn(sample));
}

/** No process is started for a suite without a module checker. */
function lazyModules(config: SuiteConfig): { port: ModulePort; close(): Promise<void> } {
  let opened: ReturnType<typeof createModulePort> | undefined;
  const open = () => {
    opened ??= createModulePort({ baseDir: config.baseDir, poolSize: Math.min(config.concurrency, 2) });
    return opened;
  };
  return { port: { call: (request) => open().call(request) }, close: async () => opened?.close() };
}
