import { dirname, join, resolve } from 'node:path';
import { ToolError } from '../errors.ts';
import { systemClock } from '../io/clock.ts';
import { isThere } from '../io/is-there.ts';
import { openJournal } from '../io/journal.ts';
import { readRunIndex, readRunLog } from '../io/run-log-file.ts';
import type { RunIndex } from '../records/run-index.ts';
import type { RunLogRecord, RunRecord } from '../records/run-log.ts';
import { joinShards, type LostShard } from '../run/core/join-shards.ts';
import { createRedactor } from '../run/core/redact.ts';
import { evaluateOpenSuite } from './evaluate.ts';
import { liveRunLog } from './live-baseline.ts';
import { type OpenSuite, openSuite } from './open-suite.ts';
import { makeOutputFolder } from './output-folder.ts';
import type { EvaluateRequest, Evaluation } from './ports.ts';
import { writeSamples } from './stages.ts';

export interface MergeRequest extends Omit<EvaluateRequest, 'resume' | 'leaveOpen'> {
  /** Of one suite; each is a run log that was read, in any order. */
  shards: readonly RunIndex[];
  /** Shards that are known of and cannot be had. */
  lost?: readonly LostShard[];
}

/**
 * Joins the shards to one run log and does with it all that comes after the planned slots: confirmation, verdict, reports. What
 * comes out is what an undivided run would have come to. When a shard or a slot is missing, the run is incomplete and says which:
 * it is not asked here.
 * @throws ToolError `shards-mismatch`, `shards-missing`, and as `evaluateSuite`.
 */
export async function mergeShards(request: MergeRequest): Promise<Evaluation> {
  const { config, outputDir } = request;
  const suite = await openSuite(config, request.signal);
  try {
    await makeOutputFolder(outputDir);
    const runLog = join(outputDir, 'run.jsonl');
    // Before anything is written: the log of this name may be the baseline itself.
    const found = suite.baselineSuite ? undefined : await request.findBaseline(suite.config);
    if (found?.runLogs.some((path) => resolve(path) === resolve(runLog))) throw inTheWay(`${runLog} is the baseline itself`);
    const findBaseline = found ? () => Promise.resolve(found) : request.findBaseline;
    const together = await joinLogs(request, { suite, to: runLog, shards: request.shards });
    const second = suite.baselineSuite ? await joinSecondLogs(request, suite.baselineSuite) : [];
    const missing = [...together, ...second.filter((text) => !together.includes(text))];
    if (missing.length > 0) request.onEvent({ kind: 'notice', level: 'warning', message: `incomplete: ${missing.join('; ')}` });
    return await evaluateOpenSuite(
      { ...request, findBaseline, resume: true, ...(missing.length === 0 ? {} : { leaveOpen: firstOf(missing) }) },
      suite,
    );
  } finally {
    await suite.close();
  }
}

/** @returns what is missing, in words. */
async function joinLogs(request: MergeRequest, log: { suite: OpenSuite; to: string; shards: readonly RunIndex[] }): Promise<string[]> {
  const { suite, shards } = log;
  if (shards.some(({ source }) => resolve(source) === resolve(log.to))) throw inTheWay(`${log.to} is a shard itself`);
  const today = suite.header(request.git, systemClock.now());
  const samples = new Map<string, { hash: string; scoreHash: string }>();
  for await (const { id, hash, scoreHash } of suite.samples.listing()) samples.set(id, { hash, scoreHash });
  const { count, missing } = joinShards({ today, samples, shards, lost: request.lost ?? [] });
  const journal = await openJournal({
    path: log.to,
    resume: false,
    redactor: createRedactor(request.config.secrets),
    header: mergedHeader(today, shards, count),
  });
  try {
    await writeSamples(suite.samples, journal);
    for (const { source } of inOrder(shards)) for await (const batch of answersOf(source)) journal.append(...batch);
  } finally {
    await journal.close();
  }
  return missing;
}

/** The merged log does not depend on the order in which they were named. */
function inOrder(shards: readonly RunIndex[]): RunIndex[] {
  return [...shards].sort((a, b) => (a.header?.shard?.index ?? 0) - (b.header?.shard?.index ?? 0));
}

function inTheWay(message: string): ToolError {
  return new ToolError({ code: 'usage', message, remedy: 'choose another folder with --output' });
}

/** What the second agent answered in each shard lies beside the shard's own log. */
async function joinSecondLogs(request: MergeRequest, suite: OpenSuite): Promise<string[]> {
  const shards: RunIndex[] = [];
  const lost = [...(request.lost ?? [])];
  for (const { source, header } of request.shards) {
    const path = liveRunLog(dirname(source));
    if (isThere(path)) shards.push(await readRunIndex(path));
    else if (header?.shard) lost.push({ ...header.shard, reason: 'the answers of the second agent are not there' });
  }
  const to = liveRunLog(request.outputDir);
  // The second agent does not run the code under test, so its log names no commit.
  const { git: _, ...withoutCommit } = request;
  return joinLogs({ ...withoutCommit, lost }, { suite, to, shards });
}

/** The run began when the first of its shards did, at their commit. */
function mergedHeader(today: RunRecord, shards: readonly RunIndex[], count: number): RunRecord {
  const headers = shards.flatMap(({ header }) => header ?? []);
  const startedAt = headers.map((header) => header.startedAt).sort()[0] ?? today.startedAt;
  const git = today.git ?? headers[0]?.git;
  return { ...today, ...(git ? { git } : {}), startedAt, mergedShards: count };
}

/** Everything that was recorded of slots, some records at a time. */
async function* answersOf(path: string): AsyncGenerator<RunLogRecord[]> {
  let batch: RunLogRecord[] = [];
  for await (const record of readRunLog(path)) {
    if (record.type === 'attempt' || record.type === 'response' || record.type === 'score' || record.type === 'done') batch.push(record);
    if (batch.length < 200) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

const toldShards = 3;

/** For the verdict's reason; the log of the job has all of them. */
function firstOf(missing: readonly string[]): string {
  const more = missing.length - toldShards;
  return missing.slice(0, toldShards).join('; ') + (more > 0 ? `; and ${more} more` : '');
}
