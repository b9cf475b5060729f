import { dirname, join } from 'node:path';
import type { Agent } from '../agents/agent.ts';
import { AgentFailure } from '../agents/agent.ts';
import { compareFingerprints, expectsElse } from '../baseline/compatible.ts';
import type { SuiteConfig } from '../config/suite-config.ts';
import { ExitCode, ToolError } from '../errors.ts';
import { isThere } from '../io/is-there.ts';
import { openJournal, previousRunLogName } from '../io/journal.ts';
import { replaceKeeping } from '../io/replace-file.ts';
import { readRunIndex, readRunLog, resolveRunLog } from '../io/run-log-file.ts';
import { type RunIndex, slotAt, slotKey } from '../records/run-index.ts';
import { createRedactor } from '../run/core/redact.ts';
import { concludeRun } from './compare-runs.ts';
import { liveRunLog } from './live-baseline.ts';
import { type OpenSuite, openSuite } from './open-suite.ts';
import type { BaselineFinder, Evaluation, FoundBaseline, PipelineEvent } from './ports.ts';
import { rejudge } from './rejudge.ts';
import { rescoreRunLog } from './rescore.ts';
import { slotsToScore } from './slots.ts';
import { askSlots, closeRun, openStage } from './stages.ts';

export interface CheckRequest {
  /** Run folder or run log. */
  run: string;
  config: SuiteConfig;
  findBaseline: BaselineFinder;
  /** Score every answer so many times more, beside the log, with the checkers that may change their mind. */
  rejudge?: number;
  signal: AbortSignal;
  onEvent: (event: PipelineEvent) => void;
}

/**
 * Scores the recorded answers of a run with the checkers of the config, in place; asks the agent nothing.
 * With `rejudge` a log that these checkers have scored keeps its scores.
 * The log as it was before is kept beside it as `run.previous.jsonl` when all of it is scored again.
 */
export async function checkRun(request: CheckRequest): Promise<Evaluation> {
  const suite = await openSuite(request.config, request.signal);
  try {
    const runLog = await resolveRunLog(request.run);
    await scoreLog(runLog, request, suite);
    if (request.rejudge !== undefined)
      await rejudge({ runLog, index: await readRunIndex(runLog), suite, times: request.rejudge, onEvent: request.onEvent });
    const found = suite.baselineSuite ? await scoreSecondAgent(runLog, request, suite.baselineSuite) : await request.findBaseline(request.config);
    if (request.config.exports.length > 0) await (await import('./export-run.ts')).writeExports(suite, runLog, request.onEvent);
    return await concludeRun({ runLog, found, outputDir: dirname(runLog), suite, onEvent: request.onEvent });
  } finally {
    await suite.close();
  }
}

async function scoreLog(runLog: string, request: CheckRequest, suite: OpenSuite): Promise<void> {
  const index = await readRunIndex(runLog);
  const differs = index.header && compareFingerprints(suite.header(undefined, new Date(0)), index.header).score.length > 0;
  if (!differs && index.pending.size > 0) return await scorePending(runLog, request, suite);
  // Every slot has its scores and the end is missing: a check died there, and a judge is not paid a second time.
  const isUnended = !differs && isComplete(index);
  if (differs || (request.rejudge === undefined && !isUnended) || (await expectsOther(suite, index)))
    await scoreAgain({ runLog, index, suite, differs: differs === true, onEvent: request.onEvent });
  else if (isUnended) await finish(runLog, suite);
}

/** The baseline is what the second agent answered in that run. */
async function scoreSecondAgent(runLog: string, request: CheckRequest, suite: OpenSuite): Promise<FoundBaseline> {
  const path = liveRunLog(dirname(runLog));
  if (!isThere(path)) throw noSecondAgent(path);
  await scoreLog(path, request, suite);
  const agent = (await readRunIndex(path)).header?.agent;
  return { info: { kind: 'agent', runs: 1, ...(agent ? { agent: agent.endpoint ?? agent.type } : {}) }, runLogs: [path] };
}

/** Without what the second agent said this is not the comparison that the config asks for, and never a pass. */
function noSecondAgent(path: string): ToolError {
  return new ToolError({
    code: 'baseline-unusable',
    message: `the answers of the second agent are not there: ${path}`,
    remedy: 'keep the folder baseline-agent/ with the run log, or compare with something else: --baseline none',
    exitCode: ExitCode.incomplete,
  });
}

async function expectsOther(suite: OpenSuite, index: RunIndex): Promise<boolean> {
  for await (const sample of suite.samples.stream()) if (expectsElse(sample, index)) return true;
  return false;
}

interface ScoringAgain {
  runLog: string;
  index: RunIndex;
  suite: OpenSuite;
  /** The log was scored with other checkers. */
  differs: boolean;
  onEvent: CheckRequest['onEvent'];
}

async function scoreAgain({ runLog, index, suite, differs, onEvent }: ScoringAgain): Promise<void> {
  const folder = dirname(runLog);
  const fresh = join(folder, 'run.rescored.jsonl');
  const { slots, leftOut } = await rescoreRunLog({ from: runLog, to: fresh, suite, isLeftover: true });
  onEvent({ kind: 'rescored', slots, reason: `with the checkers of ${suite.config.file}` });
  // Scores that cost money, or that nobody may give again, are not written over either.
  const isPaid = index.header?.checkers.some(({ pure }) => pure === false) ?? false;
  const kept = await keptName(folder, { isUnique: leftOut > 0 || isPaid, differs, runId: index.header?.runId });
  if (leftOut > 0 && kept !== undefined) onEvent({ kind: 'notice', level: 'warning', message: leftOutText(leftOut, kept) });
  await replaceKeeping({ path: runLog, by: fresh, ...(kept === undefined ? {} : { kept: join(folder, kept) }) });
  if (!index.end) await finish(runLog, suite);
}

/**
 * A log that holds answers which the new one does not is never written over, nor is that of another run. Undefined: the same
 * checkers have given the same scores, as when a check that died is repeated, so that the log before it is the one to keep.
 */
async function keptName(folder: string, log: { isUnique: boolean; differs: boolean; runId: string | undefined }): Promise<string | undefined> {
  if (!isThere(join(folder, previousRunLogName))) return previousRunLogName;
  if (!log.isUnique && !log.differs) return undefined;
  if (!log.isUnique && (await runIdOf(join(folder, previousRunLogName))) === log.runId) return previousRunLogName;
  for (let number = 2; ; number++) {
    const name = `run.previous-${number}.jsonl`;
    if (!isThere(join(folder, name))) return name;
  }
}

async function runIdOf(path: string): Promise<string | undefined> {
  try {
    for await (const record of readRunLog(path)) return record.type === 'run' ? record.runId : undefined;
  } catch {
    // What cannot be read is not known to be worthless.
  }
  return undefined;
}

function leftOutText(count: number, kept: string): string {
  const what = count === 1 ? '1 recorded answer is' : `${count} recorded answers are`;
  return `${what} left out: the suite no longer has the sample, or asks something else in it; everything is kept in ${kept}`;
}

async function scorePending(runLog: string, request: CheckRequest, suite: OpenSuite): Promise<void> {
  const journal = await reopen(runLog, suite);
  try {
    const total = journal.index.pending.size;
    const redactor = createRedactor(suite.config.secrets);
    const stage = openStage({ suite, journal, agent: silentAgent, redactor, signal: request.signal, onEvent: request.onEvent });
    const stopReason = await askSlots(stage, slotsToScore(runLog, suite.samples, journal.index), { phase: 'run', total });
    if (stopReason !== undefined || isComplete(journal.index)) closeRun(journal, stopReason);
  } finally {
    await journal.close();
  }
}

/** A run whose planned slots are all done is complete, whoever scored the last of them. */
async function finish(runLog: string, suite: OpenSuite): Promise<void> {
  const journal = await reopen(runLog, suite);
  try {
    if (isComplete(journal.index)) closeRun(journal, undefined);
  } finally {
    await journal.close();
  }
}

function isComplete(index: RunIndex): boolean {
  const repeats = index.header?.planned.repeats ?? 0;
  if (index.end || index.samples.size < (index.header?.planned.samples ?? 1)) return false;
  for (const sample of index.samples.values()) {
    for (let epoch = 1; epoch <= repeats; epoch++) {
      if (!slotAt(sample, epoch) || index.pending.has(slotKey(sample.id, epoch))) return false;
    }
  }
  return true;
}

async function reopen(runLog: string, suite: OpenSuite) {
  const { header } = await readRunIndex(runLog);
  const today = suite.header(undefined, new Date(0));
  // Only the checkers must agree: nothing is asked, so the agent of the config does not matter.
  const expected = header ? { ...header, fingerprints: { ...header.fingerprints, score: today.fingerprints.score } } : today;
  return openJournal({ path: runLog, resume: true, redactor: createRedactor(suite.config.secrets), header: expected });
}

/** `check` has nothing to ask: every slot it is given has its answer. */
const silentAgent: Agent = {
  ask: () => Promise.reject(new AgentFailure('aborted', 'check asks the agent nothing', { phase: 'answered' })),
  close: () => Promise.resolve(),
};
