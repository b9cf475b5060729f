import { join } from 'node:path';
import { ExitCode } from '../errors.ts';
import { systemClock } from '../io/clock.ts';
import { openJournal } from '../io/journal.ts';
import type { RunIndex } from '../records/run-index.ts';
import { createRedactor } from '../run/core/redact.ts';
import { goOnFromEarlier, headerIn } from './earlier-attempt.ts';
import { askBoth, openLiveBaseline } from './live-baseline.ts';
import { openSuite } from './open-suite.ts';
import { makeOutputFolder } from './output-folder.ts';
import type { EvaluateRequest } from './ports.ts';
import { slotsToAsk, slotsToScore } from './slots.ts';
import { askSlots, closeRun, doneSlots, openStage, tellKeptPart, tellStart, writeSamples } from './stages.ts';

export interface Execution {
  runLog: string;
  exitCode: ExitCode;
  index: RunIndex;
  stopReason?: string;
}

export interface ExecuteRequest extends Omit<EvaluateRequest, 'findBaseline' | 'leaveOpen'> {
  /** The answers are scored too, and the log gets its end: one shard of a run. Default false. */
  isScored?: boolean;
}

/**
 * Only asks, a second agent too, and compares nothing: the answers are in `run.jsonl`, unscored unless `isScored`; `check` scores
 * them later without asking again.
 */
export async function executeSuite(request: ExecuteRequest): Promise<Execution> {
  const { config, outputDir, signal, onEvent, isScored = false } = request;
  const suite = await openSuite(config, signal);
  await makeOutputFolder(outputDir);
  const runLog = join(outputDir, 'run.jsonl');
  const header = headerIn(request.workflow, suite.header(request.git, systemClock.now()));
  const redactor = createRedactor(config.secrets);
  const resume = request.resume || (await goOnFromEarlier({ request, suite, header, redactor }));
  const live = await openLiveBaseline({ suite, header, outputDir, resume, redactor });
  const journal = await openJournal({ path: runLog, resume, redactor, header });
  tellKeptPart(journal, onEvent);
  let isAsked = false;
  const agent = await suite.openAgent((message) => onEvent({ kind: 'notice', level: 'warning', message }));
  try {
    const logs = live ? [journal, live.journal] : [journal];
    const slots = tellStart({ suite, logs, settled: (log) => log.index.pending.size + doneSlots(log), onEvent });
    if (journal.index.end) return { runLog, exitCode: ExitCode.pass, index: journal.index };
    await writeSamples(suite.samples, journal);
    const stage = openStage({ suite, journal, agent, redactor, signal, onEvent }, live?.journal.index);
    const planned = { phase: 'run' as const, total: slots, isScored };
    let stopReason: string | undefined = isScored ? await askSlots(stage, slotsToScore(runLog, suite.samples, journal.index), planned) : undefined;
    stopReason ??= live
      ? await askBoth(stage, live, planned)
      : await askSlots(stage, slotsToAsk(suite.samples, config.repeats, journal.index), planned);
    if (stopReason === undefined && config.controller) await (await import('./task-metric.ts')).recordTaskMetric(stage);
    if (isScored || stopReason !== undefined) closeRun(journal, stopReason);
    isAsked = true;
    const exitCode = stopReason === undefined ? ExitCode.pass : ExitCode.incomplete;
    return { runLog, exitCode, index: journal.index, ...(stopReason === undefined ? {} : { stopReason }) };
  } finally {
    await agent.close();
    await journal.close();
    await live?.journal.close();
    // A shard is a part: `merge` exports the whole, once.
    if (isAsked && config.exports.length > 0 && !config.shard) await (await import('./export-run.ts')).writeExports(suite, runLog, onEvent);
    await suite.close();
  }
}
