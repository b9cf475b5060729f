import { ToolError } from '../errors.ts';
import type { JsonObject } from '../records/json.ts';
import { maxRounds, stopWord } from '../systems/benchkit/sample.ts';
import { selectSamples } from '../systems/benchkit/selection.ts';
import { benchkitAgent } from './parts/benchkit-agent.ts';
import { type BenchkitFlags, benchkitFlags, readFlags } from './parts/benchkit-flags.ts';
import { type ModelFiles, modelFlags, placedModel, type RoleModel, readModelFiles, roleModel } from './parts/benchkit-models.ts';
import { answersIn, below, idsIn, lostIn, readSamples, type ScenarioSamples } from './parts/benchkit-samples.ts';
import { type ConvertedProject, type ConvertedSuite, defineProject, type ProjectNote, type ProjectRequest } from './project.ts';

/** A BenchKit scenario as it is: `execute` is its executor, `check` its evaluator, `run` both. */
export const benchkit = defineProject({
  type: 'benchkit',
  summary: 'a BenchKit scenario: execute asks the agent, check judges what it did, run does both',
  usage: '--scenario DIR --samples FILE --results-dir DIR --model NAME --base-url URL --api-key KEY',
  flags: benchkitFlags,
  convert,
});

/** What every part of the config is made of. */
export interface Scenario {
  request: ProjectRequest;
  flags: BenchkitFlags;
  /** From the working folder. */
  folder: string;
  samples: ScenarioSamples;
  resultsDir: string;
  outputDir: string;
  models: ModelFiles;
  notes: ProjectNote[];
  /** A path as the config holds it. */
  shown(path: string): string;
}

async function convert(request: ProjectRequest): Promise<ConvertedProject> {
  const flags = readFlags(request);
  const isInit = request.command === 'init';
  const folder = trimmed(flags.text('scenario') ?? request.operands[0] ?? '.');
  if ((await request.files.kind(folder)) !== 'folder') throw noScenario(folder);
  const results = below(folder, 'evaluation_outputs');
  const scenario: Scenario = {
    request,
    flags,
    folder,
    samples: await readSamples(request.files, folder, flags.text('samples')),
    resultsDir: trimmed(flags.text('results-dir') ?? `${results}/execution`),
    outputDir: trimmed(flags.text('output-dir') ?? `${results}/evaluation`),
    models: await readModelFiles(request, flags.text('model-config'), folder),
    notes: [],
    shown: (path) => (isInit ? inFolder(folder, path) : path),
  };
  const suites = request.command === 'check' ? await checkSuite(scenario) : await askSuite(scenario);
  flags.finish();
  return { folder: isInit ? folder : '.', suites, notes: scenario.notes };
}

/** The executor, and what judges the answers. */
async function askSuite(scenario: Scenario): Promise<ConvertedSuite[]> {
  const { request, flags, samples, resultsDir, outputDir, shown, notes } = scenario;
  const { command } = request;
  const selection = await selectionOf(scenario);
  const agent = await benchkitAgent(scenario);
  const checking = await checkingOf(scenario);
  const user = simulatorOf(scenario);
  if (selection === undefined) {
    notes.push({ file: resultsDir, line: 1, field: '--resume', message: 'every sample has a result: there is nothing left to ask' });
    return [];
  }
  const resumed: JsonObject = flags.has('resume') ? { resume: true } : {};
  const config: JsonObject = {
    suite: suiteName(scenario),
    samples: { path: shown(samples.path), format: 'benchkit', ...selection.samples },
    agent: agent.config,
    ...(command === 'init' ? {} : { repeats: 1 }),
    concurrency: flags.number('max-concurrency', { fallback: 1, least: 1, most: 1000 }),
    maxRetries: flags.number('max-retries', { fallback: 2, least: 0, most: 20 }),
    timeoutMs: 1_800_000,
    deadlines: { firstByteMs: agent.role.timeoutMs ?? 300_000, idleMs: agent.role.timeoutMs ?? 300_000 },
    ...user.config,
    ...checking.config,
    exports: [
      { type: 'benchkit', path: shown(resultsDir), phase: 'execution', environments: shown(resultsDir), ...resumed },
      ...(command === 'execute' ? [] : [{ type: 'benchkit', path: shown(outputDir), phase: 'evaluation', ...resumed }]),
    ],
  };
  const resume = selection.isNew === undefined ? {} : { resume: !selection.isNew };
  const checkWords = [
    '--from',
    'benchkit',
    '--scenario',
    scenario.folder,
    '--samples',
    samples.path,
    '--results-dir',
    resultsDir,
    '--output-dir',
    outputDir,
  ];
  return [{ config, overrides: [...agent.overrides, ...user.overrides, ...checking.overrides], checkWords, ...resume }];
}

/**
 * Which samples are asked; undefined: none is left. With `--resume` the results folder says what is done; answers that an interrupted run
 * left in its log only are not lost: that run is then gone on with.
 */
async function selectionOf({ request, flags, samples, resultsDir, folder }: Scenario): Promise<{ samples: JsonObject; isNew?: boolean } | undefined> {
  const offset = flags.number('offset', { fallback: 0, least: 0 });
  const limit = flags.number('limit', { fallback: 0, least: 0 });
  if (!flags.has('resume') || request.command === 'init') return { samples: { ...(offset > 0 ? { offset } : {}), ...(limit > 0 ? { limit } : {}) } };
  const completed = await idsIn(request.files, resultsDir);
  const output = request.flags.output;
  const runFolder = typeof output === 'string' ? trimmed(output) : `.agent-regress/${suiteName({ folder })}`;
  const { listed, answered } = await answersIn(request.files, `${runFolder}/run.jsonl`);
  if (answered.some((id) => !completed.includes(id))) return { samples: { where: { ids: listed } }, isNew: false };
  const ids = selectSamples(samples.ids, { resume: true, completed, offset, limit });
  return ids.length === 0 ? undefined : { samples: { where: { ids } }, isNew: true };
}

/** The evaluator: judges what lies in the results folder and asks no agent. */
async function checkSuite(scenario: Scenario): Promise<ConvertedSuite[]> {
  const { request, flags, samples, resultsDir, outputDir, notes } = scenario;
  const done = new Set(await idsIn(request.files, resultsDir));
  if (!samples.ids.some((id) => done.has(id))) throw noResults(scenario);
  const lost = new Set(await lostIn(request.files, resultsDir));
  const ids = samples.ids.filter((id) => done.has(id) || lost.has(id));
  const resumed: JsonObject = flags.has('resume') ? { resume: true } : {};
  const checking = await checkingOf(scenario);
  const concurrency = flags.number('max-concurrency', { fallback: 1, least: 1, most: 1000 });
  if (flags.has('start-servers')) {
    const message = 'checking starts no MCP server: a checker script gets the files that the agent left behind as --work-dir';
    notes.push({ file: below(scenario.folder, 'env/servers.json'), line: 1, field: '--start-servers', message });
  }
  const config: JsonObject = {
    suite: suiteName(scenario),
    samples: { path: samples.path, format: 'benchkit', where: { ids } },
    agent: { type: 'do-nothing' },
    repeats: 1,
    concurrency,
    ...checking.config,
    exports: [{ type: 'benchkit', path: outputDir, phase: 'evaluation', ...resumed }],
  };
  const output = `.agent-regress/${suiteName(scenario)}-check`;
  return [{ config, overrides: checking.overrides, results: { type: 'benchkit', path: resultsDir }, output, resume: false }];
}

/** The built-in checks, or the script of the scenario in one of the four places where it may be. */
async function checkingOf(scenario: Scenario): Promise<{ config: JsonObject; overrides: NonNullable<ConvertedSuite['overrides']> }> {
  const { request, flags, folder, resultsDir, shown } = scenario;
  const places = ['checkers/checker.py', 'env/checker.py', 'env/check.py', 'checker.py'].map((path) => below(folder, path));
  let script: string | undefined;
  for (const place of places) if (script === undefined && (await request.files.kind(place)) === 'file') script = place;
  const judge = judgeOf(scenario);
  // What was checked before stands, and is not paid for again.
  const cases: JsonObject = request.command === 'check' && flags.has('resume') ? { cases: `${scenario.outputDir}/cases` } : {};
  if (script === undefined) {
    const { config, overrides } = placedModel(judge, 'judge');
    const hasJudge = judge.model !== undefined;
    const checker = { type: 'benchkit', environments: shown(resultsDir), ...cases, ...(hasJudge ? { judge: true } : {}) };
    return { config: { checkers: { benchkit: checker }, ...(hasJudge ? { judge: config } : {}) }, overrides: hasJudge ? overrides : [] };
  }
  const { config, overrides } = placedModel(judge, 'checkers.benchkit');
  const maxRetries = flags.number('max-retries', { fallback: 2, least: 0, most: 20 });
  const checker = { type: 'benchkit-script', script: shown(script), environments: shown(resultsDir), maxRetries, ...cases, ...config };
  return { config: { checkers: { benchkit: checker } }, overrides };
}

function judgeOf({ request, flags, models }: Scenario): RoleModel {
  return roleModel('judge', { request, flags: modelFlags(flags, request).judge, files: models });
}

/** @throws ToolError when samples need a simulated user and nothing names its model. */
function simulatorOf({ request, flags, samples, models, shown }: Scenario): {
  config: JsonObject;
  overrides: NonNullable<ConvertedSuite['overrides']>;
} {
  if (!samples.isSimulated) return { config: {}, overrides: [] };
  const role = roleModel('simulator', { request, flags: { model: flags.text('user-model') }, files: models });
  const { config, overrides } = placedModel(role, 'user');
  if (role.model !== undefined) return { config: { user: { ...config, style: 'reactive', maxTurns: maxRounds, stop: stopWord } }, overrides };
  flags.refuse({
    file: shown(samples.path),
    field: 'user_simulator_prompt',
    message: 'samples have a user_simulator_prompt, and nothing names the model that plays the user',
    remedy: 'set BENCH_SIM_MODEL (with BENCH_SIM_BASE_URL, BENCH_SIM_API_KEY), or "simulator" in benchkit/model_config.json, or give --user-model',
  });
  return { config: {}, overrides: [] };
}

/** The folder of the scenario, where that has a name. */
function suiteName({ folder }: Pick<Scenario, 'folder'>): string {
  const name = folder.split(/[\\/]/).findLast((part) => part !== '' && part !== '.' && part !== '..') ?? 'benchkit';
  return name.replace(/[^\p{L}\p{N}._-]+/gu, '-').replace(/^[.-]+/, '') || 'benchkit';
}

function trimmed(path: string): string {
  const plain = path.replace(/^(\.\/+)+/, '').replace(/\/+$/, '');
  return plain === '' ? (path.startsWith('/') ? '/' : '.') : plain;
}

/** A path of the working folder, seen from a folder in it. */
function inFolder(folder: string, path: string): string {
  if (folder === '.' || path.startsWith('/')) return path;
  if (path.startsWith(`${folder}/`)) return path.slice(folder.length + 1);
  return `${folder
    .split('/')
    .map(() => '..')
    .join('/')}/${path}`;
}

function noResults({ samples, resultsDir }: Scenario): ToolError {
  const message = `${resultsDir} has no result of a sample of ${samples.path}`;
  const remedy = 'execute them first, and name the same samples and folder with --samples and --results-dir';
  return new ToolError({ code: 'project-not-found', message, remedy, problems: [{ field: '--results-dir', message, remedy }] });
}

function noScenario(folder: string): ToolError {
  const message = `there is no scenario folder ${folder}`;
  const remedy = 'name the folder that holds samples/ and env/servers.json: --scenario DIR';
  return new ToolError({ code: 'project-not-found', message, remedy, problems: [{ field: '--scenario', message, remedy }] });
}
