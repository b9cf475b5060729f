import { dirname, join } from 'node:path';
import { compareFingerprints, expectsElse } from '../baseline/compatible.ts';
import { calibrate } from '../compare/calibration/calibrate.ts';
import type { SuiteConfig } from '../config/suite-config.ts';
import { ExitCode, type Problem, ToolError } from '../errors.ts';
import { writeFileWhole } from '../io/files.ts';
import { readRunIndex, resolveRunLog } from '../io/run-log-file.ts';
import type { Calibration } from '../records/calibration.ts';
import { defaultPolicy, type Policy } from '../records/policy.ts';
import type { RunIndex } from '../records/run-index.ts';
import type { RunRecord } from '../records/run-log.ts';
import { calibrationMarkdown } from '../reporters/calibration/markdown.ts';
import { type CalibrationPage, calibrationPage } from '../reporters/calibration/page.ts';
import { type Spending, spentIn, totalSpent } from '../run/core/budget.ts';
import { refuseShard } from '../run/core/shards.ts';
import { evaluateSuite } from './evaluate.ts';
import { makeOutputFolder } from './output-folder.ts';
import type { EvaluateRequest, PipelineEvent } from './ports.ts';

/** What shall be found, and how the runs are called. */
export interface CalibrationWish {
  /** 0..1. */
  power: number;
  /** 0..1. */
  drop: number;
  /** A path as the reader knows it. */
  nameOf: (path: string) => string;
}

export interface CalibrationOutcome {
  calibration: Calibration;
  page: CalibrationPage;
  /** `incomplete` when a run is partial. */
  exitCode: ExitCode;
  /** Absolute paths. */
  files: { json: string; markdown: string };
}

/**
 * Calibrates from runs that exist; asks nothing.
 * @throws ToolError for runs that cannot be read, are of several suites or were asked or scored differently.
 */
export async function calibrateRuns(
  request: CalibrationWish & {
    /** Run folders or run logs, in any order. */
    runs: readonly string[];
    /** Its policy decides; without it the default one. */
    config?: SuiteConfig;
    /** Gets the name of the suite, which is known only now. */
    outputDirOf: (suite: string) => string;
  },
): Promise<CalibrationOutcome> {
  const indexes: RunIndex[] = [];
  for (const path of request.runs) indexes.push(await readRunIndex(await resolveRunLog(path)));
  const runs = withHeaders(indexes).sort(newestFirst);
  refuseMixture(runs);
  const suite = runs[0]?.header.suite ?? '';
  if (request.config && request.config.suite !== suite)
    throw new ToolError({
      code: 'calibration-mixed',
      message: `the runs are of the suite "${suite}", the config is of "${request.config.suite}"`,
      remedy: 'name the config of the runs, or leave --config out',
    });
  return conclude(runs, request.config?.policy ?? defaultPolicy, request, request.outputDirOf(suite));
}

/**
 * Runs the suite so many times against the same agent, one run after another, then calibrates from these runs. Each has its folder
 * below `calibrate/` of the output folder. The budget of the config is that of all runs together. A run that stops is
 * followed by no other; what is there is analysed, and `resume` goes on.
 * @throws ToolError as a run does, and when no slot got a verdict.
 */
export async function calibrateLive(
  request: CalibrationWish &
    Omit<EvaluateRequest, 'findBaseline' | 'onEvent'> & { runCount: number; onEvent: (event: PipelineEvent, run: number) => void },
): Promise<CalibrationOutcome> {
  const { config, runCount, outputDir, resume, git, signal } = request;
  await makeOutputFolder(outputDir);
  const logs: string[] = [];
  const startedAtMs = performance.now();
  for (let number = 1; number <= runCount; number++) {
    const budget = await budgetLeft(config.budget, logs, startedAtMs);
    const { runLog, assessment } = await evaluateSuite({
      config: { ...config, budget, baseline: { kind: 'none' }, policy: { ...config.policy, confirm: false, topUp: false, failOn: [] } },
      outputDir: join(outputDir, 'calibrate', `run-${number}`),
      resume,
      ...(git ? { git } : {}),
      findBaseline: () => Promise.resolve({ info: { kind: 'none', reason: 'a calibration has none', runs: 0 }, runLogs: [] }),
      signal,
      onEvent: (event) => request.onEvent(event, number),
    });
    logs.push(runLog);
    if (!assessment.verdict.complete) break;
  }
  const runs: RunIndex[] = [];
  for (const log of logs) runs.push(await readRunIndex(log));
  const missing = runCount - runs.filter(({ end }) => end).length;
  const notes = missing > 0 ? [`${missing} of ${runCount} runs did not come to their end; go on with the same command and --resume.`] : [];
  return conclude(withHeaders(runs).sort(newestFirst), config.policy, request, outputDir, notes);
}

/** The limits of the next run: what the earlier ones have left over. */
async function budgetLeft(budget: SuiteConfig['budget'], logs: readonly string[], startedAtMs: number): Promise<SuiteConfig['budget']> {
  const spent: Spending[] = [];
  for (const log of logs) spent.push(spentIn(await readRunIndex(log)));
  const { calls, costUsd, tokens } = totalSpent(spent);
  const minutes = (performance.now() - startedAtMs) / 60_000;
  return {
    ...(budget.calls === undefined ? {} : { calls: Math.max(0, budget.calls - calls) }),
    ...(budget.costUsd === undefined ? {} : { costUsd: Math.max(0, budget.costUsd - costUsd) }),
    ...(budget.tokens === undefined ? {} : { tokens: Math.max(0, budget.tokens - tokens) }),
    ...(budget.minutes === undefined ? {} : { minutes: Math.max(0, budget.minutes - minutes) }),
  };
}

async function conclude(
  runs: readonly RunWithHeader[],
  policy: Policy,
  { power, drop, nameOf }: CalibrationWish,
  outputDir: string,
  notes: readonly string[] = [],
): Promise<CalibrationOutcome> {
  refuseSilence(runs);
  await makeOutputFolder(outputDir);
  const shown = runs.map((run) => ({ ...run, source: nameOf(dirname(run.source)) }));
  const calibration = calibrate({ runs: shown, policy, power, drop, notes: [...notes, ...notesOn(runs)] });
  const page = calibrationPage(calibration);
  const files = { json: join(outputDir, 'calibration.json'), markdown: join(outputDir, 'calibration.md') };
  await writeFileWhole(files.json, `${JSON.stringify(calibration, null, 2)}\n`);
  await writeFileWhole(files.markdown, calibrationMarkdown(page));
  const isComplete = calibration.complete && notes.length === 0;
  return { calibration, page, files, exitCode: isComplete ? ExitCode.pass : ExitCode.incomplete };
}

type RunWithHeader = RunIndex & { header: RunRecord };

function withHeaders(runs: readonly RunIndex[]): RunWithHeader[] {
  return runs.map((run) => {
    refuseShard(run);
    if (run.header) return { ...run, header: run.header };
    throw new ToolError({
      code: 'run-log-damaged',
      message: `${run.source} has no run header: it is empty or was cut at its start`,
      remedy: 'leave this run out',
    });
  });
}

function newestFirst(a: RunWithHeader, b: RunWithHeader): number {
  return a.header.startedAt > b.header.startedAt ? -1 : a.header.startedAt < b.header.startedAt ? 1 : 0;
}

/** Runs that measure different things would show their difference as noise. */
function refuseMixture(runs: readonly RunWithHeader[]): void {
  const [newest, ...others] = runs;
  if (!newest) return;
  const problems = others.flatMap((run): Problem[] => mixtureOf(newest, run).map((problem) => ({ file: run.source, ...problem })));
  const twice = others.filter((run, i) => [newest, ...others.slice(0, i)].some(({ header }) => header.runId === run.header.runId));
  for (const run of twice) problems.push({ file: run.source, message: 'this run is named twice', remedy: 'name each run once' });
  if (problems.length > 0) throw new ToolError({ code: 'calibration-mixed', message: 'these runs are not of one unchanged suite', problems });
}

function mixtureOf(newest: RunWithHeader, run: RunWithHeader): Problem[] {
  if (run.header.suite !== newest.header.suite)
    return [
      {
        message: `it is a run of the suite "${run.header.suite}", the newest is of "${newest.header.suite}"`,
        remedy: 'calibrate one suite at a time',
      },
    ];
  const { call, score } = compareFingerprints(newest.header, run.header);
  if (call.length > 0)
    return [
      {
        message: `the agent was asked differently than in the newest run (${call.join(', ')})`,
        remedy: 'leave it out: only runs of an unchanged agent tell its noise',
      },
    ];
  const expected = [...newest.samples.values()].filter((sample) => expectsElse(sample, run)).length;
  const remedy = `score it again: agent-regress check ${run.source} --config FILE`;
  if (score.length > 0) return [{ message: `it was scored differently than the newest run (${score.join(', ')})`, remedy }];
  return expected > 0 ? [{ message: `the expectations of ${expected} sample${expected === 1 ? '' : 's'} differ from the newest run`, remedy }] : [];
}

/** Nothing can be said of runs without a verdict. */
function refuseSilence(runs: readonly RunWithHeader[]): void {
  const slots = runs.flatMap((run) => [...run.samples.values()].flatMap((sample) => sample.slots));
  if (slots.some(({ outcome }) => outcome === 'pass' || outcome === 'fail')) return;
  const isUnscored = runs.some((run) => run.pending.size > 0);
  throw new ToolError({
    code: 'calibration-empty',
    message: isUnscored ? 'the answers of these runs are not scored yet' : 'no slot of these runs has a verdict',
    remedy: isUnscored ? `agent-regress check ${runs[0]?.source ?? 'RUN'} --config FILE` : 'calibrate with a run in which the agent answers',
    exitCode: ExitCode.incomplete,
  });
}

/** What the reader must know of the runs that were given. */
function notesOn(runs: readonly RunWithHeader[]): string[] {
  const [newest, ...others] = runs;
  const partial = runs.filter(({ end }) => !end);
  const isShared = (id: string, hash: string): boolean => others.every((run) => run.samples.get(id)?.hash === hash);
  const alone = newest ? [...newest.samples.values()].filter(({ id, hash }) => !isShared(id, hash)).length : 0;
  const repeats = new Set(runs.map(({ header }) => header.planned.repeats));
  return [
    ...(partial.length > 0
      ? [
          `${partial.length} of ${runs.length} runs ${partial.length === 1 ? 'is' : 'are'} partial: counted with the slots that are done, not compared with the others.`,
        ]
      : []),
    ...(alone > 0 ? [`${alone} of ${newest?.samples.size} samples of the newest run are missing, or ask something else, in another run.`] : []),
    ...(repeats.size > 1 ? [`The runs have different repeats (${[...repeats].join(', ')}); the newest one's count as today's.`] : []),
  ];
}
