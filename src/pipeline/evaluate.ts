import { join } from 'node:path';
import type { ComparisonInput } from '../compare/comparison.ts';
import type { ExitCode } from '../errors.ts';
import { systemClock } from '../io/clock.ts';
import { type Journal, openJournal } from '../io/journal.ts';
import type { Assessment } from '../records/assessment.ts';
import type { HistoryRow } from '../records/history.ts';
import { createRedactor, type Redactor } from '../run/core/redact.ts';
import { applyAcceptance } from './accept.ts';
import { goOnFromEarlier, headerIn } from './earlier-attempt.ts';
import { failureNotices } from './failure-notices.ts';
import { askBoth, type LiveBaseline, openLiveBaseline } from './live-baseline.ts';
import { type LoadedBaseline, loadBaseline } from './load-baseline.ts';
import { type OpenSuite, openSuite } from './open-suite.ts';
import { makeOutputFolder } from './output-folder.ts';
import type { EvaluateRequest, Evaluation, PipelineEvent } from './ports.ts';
import type { comparePreferences } from './preferences.ts';
import { confirmationSlots, isTopUpBegun, slotsToAsk, slotsToScore, topUpSlots } from './slots.ts';
import { askSlots, closeRun, doneSlots, openStage, type Stage, tellKeptPart, tellStart, writeSamples } from './stages.ts';
import { unknownWaivers } from './waivers.ts';

/**
 * The whole job of one suite, top to bottom: samples, baseline, answers, scores, confirmation, verdict, reports.
 * Everything that was answered is in `run.jsonl` of the output folder, whatever happens next.
 * @throws ToolError for anything that the user can fix; a slot that fails is a record, not an exception.
 */
export async function evaluateSuite(request: EvaluateRequest): Promise<Evaluation> {
  const suite = await openSuite(request.config, request.signal, request.kinds);
  try {
    return await evaluateOpenSuite(request, suite);
  } finally {
    await suite.close();
  }
}

/** The same for a suite that is open already; the caller closes it. */
export async function evaluateOpenSuite(request: EvaluateRequest, suite: OpenSuite): Promise<Evaluation> {
  const { outputDir } = request;
  await makeOutputFolder(outputDir);
  announce(suite, request.onEvent);
  const runLog = join(outputDir, 'run.jsonl');
  const { assessment, pool, history } = await runAndAssess(request, suite, runLog);
  const { report } = await import('./report.ts');
  if (suite.config.exports.length > 0) await (await import('./export-run.ts')).writeExports(suite, runLog, request.onEvent);
  const written = await report({ assessment, current: runLog, pool, outputDir, samples: suite.samples, history });
  return { ...written, exitCode: written.assessment.verdict.exitCode as ExitCode, runLog };
}

/** What only the verdict needs, the indexes above all, goes with this function: the reports of a large run want the room. */
async function runAndAssess(
  request: EvaluateRequest,
  suite: OpenSuite,
  runLog: string,
): Promise<{ assessment: Assessment; pool: { source: string }[]; history: HistoryRow[] }> {
  const { config, outputDir, onEvent } = request;
  const startedAtMs = systemClock.monotonicMs();
  const header = headerIn(request.workflow, suite.header(request.git, systemClock.now()));
  const redactor = createRedactor(config.secrets);
  const goOn = () => goOnFromEarlier({ request, suite, header, redactor });
  let resume = request.resume || (suite.baselineSuite !== undefined && (await goOn()));
  const live = await openLiveBaseline({ suite, header, outputDir, resume, redactor });
  try {
    const folder = join(outputDir, 'baseline');
    const baseline = live?.loaded ?? (await loadBaseline(await request.findBaseline(config), { header, suite, folder, outputLog: runLog, onEvent }));
    onEvent({ kind: 'baseline', info: baseline.info });
    // Only now: the log that it takes the place of may be the baseline.
    resume ||= live === undefined && (await goOn());
    const journal = await openJournal({ path: runLog, resume, redactor, header });
    tellKeptPart(journal, onEvent);
    let assessment: Assessment;
    try {
      const stopReason = await runStages({ request, suite, journal, redactor, baseline, live });
      for (const message of await failureNotices(runLog, journal.index)) onEvent({ kind: 'notice', level: 'warning', message });
      const isAsking = stopReason === undefined;
      const minutesLeft = isAsking ? minutesLeftOf(config, startedAtMs) : 0;
      const preferred = await preferencesOf({ runLog, current: journal.index, pool: baseline.pool, suite, isAsking, minutesLeft, onEvent });
      const { assess } = await import('../compare/assess.ts');
      const stopped = stopReason === undefined ? {} : { stopReason };
      const found = assess({ current: journal.index, ...baseline.comparison, policy: config.policy, ...stopped, ...preferred });
      assessment = await applyAcceptance(found, journal, request.findAcceptance);
    } finally {
      await journal.close();
    }
    const onNote = (message: string) => onEvent({ kind: 'notice', level: 'warning', message });
    const { historyWith } = await import('./history.ts');
    const history = await historyWith({ assessment, outputDir, known: baseline.history, origin: request.origin, onNote });
    return { assessment, pool: baseline.pool.map(({ source }) => ({ source })), history };
  } finally {
    await live?.journal.close();
  }
}

/** Asks, scores, re-runs the suspicious. @returns why the run stopped before its end, if it did. */
async function runStages(run: {
  request: EvaluateRequest;
  suite: OpenSuite;
  journal: Journal;
  redactor: Redactor;
  baseline: LoadedBaseline;
  live: LiveBaseline | undefined;
}): Promise<string | undefined> {
  const { suite, journal, redactor, baseline, live } = run;
  const { config, signal, onEvent } = run.request;
  const slots = tellStart({ suite, logs: live ? [journal, live.journal] : [journal], settled: doneSlots, onEvent });
  if (journal.index.end) return undefined;
  await writeSamples(suite.samples, journal);
  const isKnown = (id: string) => journal.index.samples.has(id) || suite.samples.isLeftOut(id);
  for (const message of unknownWaivers(config.policy, isKnown)) onEvent({ kind: 'notice', level: 'warning', message });
  const agent = await suite.openAgent((message) => onEvent({ kind: 'notice', level: 'warning', message }));
  const stage = openStage({ suite, journal, agent, redactor, signal, onEvent }, live?.journal.index);
  const judging = loadJudgement();
  try {
    const planned = { phase: 'run' as const, total: slots };
    let stopReason: string | undefined = await askSlots(stage, slotsToScore(journal.path, suite.samples, journal.index), planned);
    stopReason ??= run.request.leaveOpen;
    stopReason ??= live
      ? await askBoth(stage, live, planned)
      : await askSlots(stage, slotsToAsk(suite.samples, config.repeats, journal.index), planned);
    const hasPreference = config.judge?.preference !== undefined;
    const comparison = { current: journal.index, ...baseline.comparison, policy: config.policy, hasPreference };
    if (stopReason === undefined && baseline.pool.length > 0 && config.policy.confirm) stopReason = await confirm(stage, comparison);
    const { needsTopUp } = await judging;
    // One that a killed session began is finished, though every sample may have had some of it.
    const isWanted = stopReason === undefined && ((config.policy.topUp && isTopUpBegun(journal.index)) || needsTopUp(comparison));
    if (isWanted) stopReason = await topUp(stage);
    if (stopReason === undefined && config.controller) await (await import('./task-metric.ts')).recordTaskMetric(stage);
    closeRun(journal, stopReason);
    return stopReason;
  } finally {
    await agent.close();
  }
}

/** What judges and reports is large, and used at the end only: the first answers are on their way while it loads. */
async function loadJudgement() {
  const [confirmation] = await Promise.all([import('../compare/confirmation.ts'), import('../compare/assess.ts'), import('./report.ts')]);
  return confirmation;
}

/** As many repeats again of every sample, under the epochs that its re-runs left. */
async function topUp(stage: Stage): Promise<string | undefined> {
  const { config, samples } = stage.suite;
  const slots = samples.count * config.repeats;
  stage.onEvent({ kind: 'topping-up', slots });
  return askSlots(stage, topUpSlots(samples, config.repeats, stage.journal.index), { phase: 'top-up', total: slots });
}

async function confirm(stage: Stage, comparison: ComparisonInput): Promise<string | undefined> {
  const { config, samples } = stage.suite;
  const { planConfirmation } = await loadJudgement();
  const plan = planConfirmation(comparison);
  if (plan.length === 0) return undefined;
  const extra = new Map(plan.map(({ sample, extraRepeats }) => [sample, extraRepeats]));
  const slots = plan.reduce((sum, { extraRepeats }) => sum + extraRepeats, 0);
  stage.onEvent({ kind: 'confirming', samples: plan.length, slots });
  return askSlots(stage, confirmationSlots(samples, config.repeats, extra, stage.journal.index), { phase: 'confirm', total: slots });
}

function minutesLeftOf({ budget }: OpenSuite['config'], startedAtMs: number): number {
  return (budget.minutes ?? Number.POSITIVE_INFINITY) - (systemClock.monotonicMs() - startedAtMs) / 60_000;
}

/** Only a suite that asks for it loads what it takes. */
async function preferencesOf(of: Parameters<typeof comparePreferences>[0]): ReturnType<typeof comparePreferences> {
  if (!of.suite?.config.judge?.preference) return {};
  return (await import('./preferences.ts')).comparePreferences(of);
}

function announce(suite: OpenSuite, onEvent: (event: PipelineEvent) => void): void {
  for (const message of [...suite.config.warnings, ...suite.samples.warnings]) onEvent({ kind: 'notice', level: 'warning', message });
}
