import { join } from 'node:path';
import { assess } from '../compare/assess.ts';
import type { SuiteConfig } from '../config/suite-config.ts';
import { type ExitCode, messageOf, ToolError } from '../errors.ts';
import { readRunIndex, resolveRunLog } from '../io/run-log-file.ts';
import type { JudgeNoise } from '../records/assessment.ts';
import { defaultPolicy } from '../records/policy.ts';
import type { RunIndex } from '../records/run-index.ts';
import type { RunRecord } from '../records/run-log.ts';
import { refuseShard } from '../run/core/shards.ts';
import { historyWith } from './history.ts';
import { loadBaseline } from './load-baseline.ts';
import { type OpenSuite, openSuite } from './open-suite.ts';
import { makeOutputFolder } from './output-folder.ts';
import type { Evaluation, FoundBaseline, PipelineEvent } from './ports.ts';
import { comparePreferences } from './preferences.ts';
import { storedNoise } from './rejudge.ts';
import { report } from './report.ts';

export interface CompareRequest {
  /** Run folders or run logs; absent or empty: the head alone is reported. Newest first. */
  base: string[];
  head: string;
  /** With it the baseline is re-scored where its checkers differ, and its policy decides. */
  config?: SuiteConfig;
  outputDir: string;
  onEvent: (event: PipelineEvent) => void;
  /** Why the head is no complete run though its log has an end. */
  stopReason?: string;
}

/**
 * Compares finished runs; asks nothing.
 * @throws ToolError for a run that cannot be read.
 */
export async function compareRuns(request: CompareRequest): Promise<Evaluation> {
  const head = await resolveRunLog(request.head);
  const runLogs: string[] = [];
  for (const path of request.base) runLogs.push(await resolveRunLog(path));
  const found: FoundBaseline =
    runLogs.length > 0
      ? { info: { kind: 'path', reason: request.base.join(', '), runs: runLogs.length }, runLogs }
      : { info: { kind: 'none', reason: 'no baseline was named', runs: 0 }, runLogs };
  const suite = request.config ? await openSuite(request.config) : undefined;
  try {
    const { outputDir, onEvent, stopReason } = request;
    return await concludeRun({ runLog: head, found, outputDir, suite, onEvent, ...(stopReason === undefined ? {} : { stopReason }) });
  } finally {
    await suite?.close();
  }
}

/** The second half of every command that has its answers already: baseline, verdict, reports. */
export async function concludeRun(input: {
  runLog: string;
  found: FoundBaseline;
  outputDir: string;
  suite: OpenSuite | undefined;
  onEvent: (event: PipelineEvent) => void;
  stopReason?: string;
}): Promise<Evaluation> {
  const { runLog, found, outputDir, suite, onEvent } = input;
  await makeOutputFolder(outputDir);
  const current = await readRunIndex(runLog);
  const header = headerOf(current);
  const baseline = await loadBaseline(found, { header, suite, folder: join(outputDir, 'baseline'), onEvent });
  onEvent({ kind: 'baseline', info: baseline.info });
  const policy = suite?.config.policy ?? defaultPolicy;
  const stopReason = input.stopReason ?? (current.end ? undefined : (current.stop?.reason ?? 'the run log has no end'));
  const isAsking = stopReason === undefined && suite !== undefined;
  const preferred = await comparePreferences({
    runLog,
    current,
    pool: baseline.pool,
    suite,
    isAsking,
    minutesLeft: Number.POSITIVE_INFINITY,
    onEvent,
  });
  const judgeNoise = await noiseBeside(runLog, header, onEvent);
  const assessment = {
    ...assess({ current, ...baseline.comparison, policy, ...(stopReason === undefined ? {} : { stopReason }), ...preferred }),
    ...(judgeNoise ? { judgeNoise } : {}),
  };
  const onNote = (message: string) => onEvent({ kind: 'notice', level: 'warning', message });
  const history = await historyWith({ assessment, outputDir, known: baseline.history, onNote });
  const samples = suite ? { samples: suite.samples } : {};
  const written = await report({ assessment, current: runLog, pool: baseline.pool, outputDir, history, ...samples });
  return { ...written, exitCode: written.assessment.verdict.exitCode as ExitCode, runLog };
}

/** Judgements decide nothing, so a file of them that cannot be read holds nothing up. */
async function noiseBeside(runLog: string, header: RunRecord, onEvent: (event: PipelineEvent) => void): Promise<JudgeNoise[] | undefined> {
  try {
    return await storedNoise(runLog, header);
  } catch (error) {
    onEvent({ kind: 'notice', level: 'warning', message: messageOf(error) });
    return undefined;
  }
}

function headerOf(index: RunIndex): RunRecord {
  refuseShard(index);
  if (index.header) return index.header;
  throw new ToolError({
    code: 'run-log-damaged',
    message: `${index.source} has no run header: it is empty or was cut at its start`,
    remedy: 'run the suite again',
  });
}
