import { copyFile, mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { compareFingerprints } from '../baseline/compatible.ts';
import { createSampleMatch, partialNote, type SampleMatch } from '../baseline/match.ts';
import { choosePool, nameOfRun } from '../baseline/pool.ts';
import { ExitCode, messageOf, ToolError } from '../errors.ts';
import { readRunIndex } from '../io/run-log-file.ts';
import type { BaselineInfo } from '../records/assessment.ts';
import type { HistoryRow } from '../records/history.ts';
import type { RunIndex } from '../records/run-index.ts';
import type { RunRecord } from '../records/run-log.ts';
import type { OpenSuite } from './open-suite.ts';
import type { FoundBaseline, PipelineEvent } from './ports.ts';
import { rescoreRunLog } from './rescore.ts';

/** The baseline as the comparison uses it: scored with the checkers of this run. */
export interface LoadedBaseline {
  info: BaselineInfo;
  /** Newest first; at most five. */
  pool: RunIndex[];
  /** Both, under the names that the comparison takes. */
  comparison: { baseline: BaselineInfo; pool: RunIndex[] };
  /** What came with the found runs, oldest first. */
  history?: readonly HistoryRow[];
}

/**
 * Reads, pools and, where the checkers differ, re-scores the found run logs. Copies and re-scored logs go to `folder`.
 * @throws ToolError when a run that the user named cannot be read; one that was searched for is left out with a note.
 */
export async function loadBaseline(
  found: FoundBaseline,
  run: { header: RunRecord; suite: OpenSuite | undefined; folder: string; outputLog?: string; onEvent: (event: PipelineEvent) => void },
): Promise<LoadedBaseline> {
  const notes: string[] = [...(found.info.notes ?? [])];
  const candidates: RunIndex[] = [];
  for (const path of found.runLogs) {
    try {
      candidates.push(await readRunIndex(await keepCopy(path, run)));
    } catch (error) {
      if (found.info.kind === 'path' || !(error instanceof ToolError)) throw error;
      notes.push(`${path} was left out: ${messageOf(error)}`);
    }
  }
  const chosen = choosePool(run.header, candidates);
  notes.push(...chosen.notes);
  const isSearched = found.info.kind !== 'path' && found.info.kind !== 'agent' && !found.isNamed;
  const measured: Measured[] = [];
  for (const [number, index] of chosen.pool.entries()) {
    measured.push(await measuredAlike(index, number, { ...run, isSearched, isSecondAgent: found.info.kind === 'agent' }, notes));
  }
  const fitting = measured.filter((one) => one.index !== undefined);
  const pool = fitting.flatMap(({ index }) => index ?? []);
  if (pool.length === 0 && (found.info.kind === 'path' || found.info.kind === 'agent')) throw unusable(notes, found.info.kind);
  if (run.suite) leaveOut(run.suite, pool, notes);
  if (run.suite && found.info.kind !== 'path' && pool.length > 1) await startEpoch(run.suite, pool, notes);
  const info = describe(found, pool, notes);
  if (fitting[0]?.match) info.match = fitting[0].match;
  if (pool.length === 0 && measured.length > 0) info.absence = 'incompatible';
  for (const message of pool.length > 0 ? (found.warnings ?? []) : []) run.onEvent({ kind: 'notice', level: 'warning', message });
  return { info, pool, comparison: { baseline: info, pool }, history: await historyOf(found, run) };
}

async function historyOf(found: FoundBaseline, run: { header: RunRecord; onEvent: (event: PipelineEvent) => void }): Promise<readonly HistoryRow[]> {
  if (found.info.kind !== 'path') return found.history ?? [];
  const onNote = (message: string) => run.onEvent({ kind: 'notice', level: 'warning', message });
  const { historyBeside } = await import('./history.ts');
  return historyBeside(found.runLogs, { suite: run.header.suite, onNote });
}

/** The run that is about to start writes to its output folder: a baseline that lies there is copied away first. */
async function keepCopy(path: string, { folder, outputLog }: { folder: string; outputLog?: string }): Promise<string> {
  if (outputLog === undefined || resolve(path) !== resolve(outputLog)) return path;
  await mkdir(folder, { recursive: true });
  const copy = join(folder, 'previous-run.jsonl');
  await copyFile(path, copy);
  return copy;
}

/** That a second agent is another one is no note: that is what it is asked for. */
export function askedDifferently(parts: readonly string[], isSecondAgent: boolean | undefined): string[] {
  const worthSaying = isSecondAgent ? parts.filter((part) => part !== 'endpoint') : parts;
  return worthSaying.length > 0 ? [`asked differently than the baseline: ${worthSaying.join(', ')}`] : [];
}

/** A run under today's checkers; without an index it cannot be compared, and a note says why. */
interface Measured {
  index?: RunIndex;
  match?: BaselineInfo['match'];
}

interface MeasuringRun {
  header: RunRecord;
  suite: OpenSuite | undefined;
  folder: string;
  /** Nobody named it: one that cannot be compared is as good as none. */
  isSearched: boolean;
  isSecondAgent?: boolean;
  onEvent: (event: PipelineEvent) => void;
}

async function measuredAlike(index: RunIndex, number: number, run: MeasuringRun, notes: string[]): Promise<Measured> {
  if (!index.header) return { index };
  const differing = compareFingerprints(run.header, index.header);
  if (number === 0) notes.push(...askedDifferently(differing.call, run.isSecondAgent));
  if (!run.suite) {
    if (differing.score.length > 0) notes.push(`scored differently than the baseline (${differing.score.join(', ')}); give --config to re-score it`);
    return { index };
  }
  const match = await matchSamples(run.suite, index);
  if (run.isSearched && match.shared === 0 && match.added + match.changed > 0) {
    const samples = `none of its ${index.samples.size} samples asks what a sample of this suite asks today`;
    notes.push(`${nameOfRun(index)} was left out as incompatible: ${samples}`);
    return {};
  }
  const partial = partialNote(match);
  if (number === 0 && partial !== '') notes.push(partial);
  const fit = partial !== '' ? 'partial' : 'exact';
  if (differing.score.length === 0 && match.expectElse === 0) return { index, match: fit };
  const what =
    differing.score.length > 0
      ? `checkers differ (${differing.score.join(', ')})`
      : `expectations of ${match.expectElse} sample${match.expectElse === 1 ? '' : 's'} differ`;
  const rescored = await scoredAgain(index, { ...run, suite: run.suite, number, what }, notes);
  return rescored ? { index: rescored, match: partial !== '' ? 'partial' : 're-scored' } : {};
}

/** The run with today's scores; undefined when its answers cannot be scored and nobody named it. */
async function scoredAgain(
  index: RunIndex,
  run: MeasuringRun & { suite: OpenSuite; number: number; what: string },
  notes: string[],
): Promise<RunIndex | undefined> {
  const { suite, number, what } = run;
  const leftOut = (why: string): undefined => {
    notes.push(`${nameOfRun(index)} was left out as incompatible: ${what}, and its answers cannot be scored with today's: ${why}`);
  };
  await mkdir(run.folder, { recursive: true });
  const path = join(run.folder, `rescored-${number + 1}.jsonl`);
  try {
    const { slots } = await rescoreRunLog({ from: index.source, to: path, suite });
    run.onEvent({ kind: 'rescored', slots, reason: `of the baseline: ${what}` });
    const rescored = await readRunIndex(path);
    if (run.isSearched && slots > 0 && !hasVerdicts(rescored)) return leftOut('none of them got a score');
    notes.push(`baseline run ${number + 1}: ${what}; its ${slots} recorded answers were scored again with today's checkers`);
    return rescored;
  } catch (error) {
    if (!run.isSearched || suite.signal.aborted || !(error instanceof ToolError)) throw error;
    return leftOut(messageOf(error));
  }
}

function hasVerdicts({ samples }: RunIndex): boolean {
  for (const { slots } of samples.values()) if (slots.some(({ outcome }) => outcome === 'pass' || outcome === 'fail')) return true;
  return false;
}

async function matchSamples(suite: OpenSuite, index: RunIndex): Promise<SampleMatch> {
  const match = createSampleMatch(index, suite.samples.isLeftOut);
  for await (const sample of suite.samples.stream()) match.add(sample);
  return match.result();
}

/** A baseline that was named and cannot serve is a mistake, never "no baseline". */
function unusable(notes: string[], kind: 'path' | 'agent'): ToolError {
  return new ToolError({
    code: 'baseline-unusable',
    message: `no named baseline can be used: ${notes.join('; ')}`,
    remedy:
      kind === 'path'
        ? 'name a finished run of the same suite, or compare with nothing: --baseline none'
        : 'finish the run first: run with --resume asks both agents for what is missing',
    ...(kind === 'agent' ? { exitCode: ExitCode.incomplete } : {}),
  });
}

/** Runs that were named are taken as they are; of those that were found, the ones before an accepted change say nothing of today. */
async function startEpoch(suite: OpenSuite, pool: RunIndex[], notes: string[]): Promise<void> {
  const { currentEpoch } = await import('../compare/epoch.ts');
  const { runs, startedBy } = currentEpoch(pool, suite.config.policy);
  if (!startedBy) return;
  const older = pool.length - runs.length;
  const before = `the ${older === 1 ? 'run' : `${older} runs`} before it, which ${older === 1 ? 'is' : 'are'} left out`;
  const what = { regressed: 'got worse than', improved: 'got better than', accepted: 'was accepted as worse than' }[startedBy.status];
  notes.push(`${nameOfRun(startedBy.run)} ${what} ${before}`);
  pool.splice(runs.length);
}

/** Samples that this run was told to leave out (filter, limit, offset) are not removed ones. */
function leaveOut(suite: OpenSuite, pool: readonly RunIndex[], notes: string[]): void {
  const { count, total, isLeftOut } = suite.samples;
  if (count === total) return;
  for (const index of pool) {
    for (const id of index.samples.keys()) if (isLeftOut(id)) index.samples.delete(id);
  }
  notes.push(`only ${count} of the ${total} samples were chosen for this run; the others are left out on both sides`);
}

const oldHours = 30 * 24;

function describe(found: FoundBaseline, pool: readonly RunIndex[], notes: string[]): BaselineInfo {
  const [newest] = pool;
  const finished = newest?.end?.at ?? newest?.header?.startedAt;
  const info: BaselineInfo = { ...found.info, runs: pool.length };
  const { sha, ref } = newest?.header?.git ?? {};
  if (info.sha === undefined && sha !== undefined) info.sha = sha;
  if (info.ref === undefined && ref !== undefined) info.ref = ref;
  if (info.ageHours === undefined && finished !== undefined) info.ageHours = Math.max(0, (Date.now() - Date.parse(finished)) / 3_600_000);
  if (pool.length === 0 && found.info.kind !== 'none') {
    info.kind = 'none';
    info.reason = notes.at(-1) ?? 'no usable run';
  }
  if (pool.length > 0 && info.ageHours !== undefined && info.ageHours > oldHours)
    notes.push(`the baseline is ${Math.floor(info.ageHours / 24)} days old: a newer run of the base branch says more about today`);
  if (notes.length > 0) info.notes = notes;
  return info;
}
