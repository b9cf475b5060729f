import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { contradictions } from '../compare/contradictions.ts';
import { type ExitCode, messageOf, ToolError } from '../errors.ts';
import { readText } from '../io/files.ts';
import { isThere } from '../io/is-there.ts';
import { readRunIndex, resolveRunLog, runLogName } from '../io/run-log-file.ts';
import { Assessment, assessmentSchemaVersion } from '../records/assessment.ts';
import { SampleEvidence } from '../records/evidence.ts';
import { isDeeper, type Json } from '../records/json.ts';
import { makeReportView } from '../reporters/parts/view.ts';
import { compareRuns } from './compare-runs.ts';
import { storedHistory } from './history.ts';
import { makeOutputFolder } from './output-folder.ts';
import type { PipelineEvent, ReportedRun } from './ports.ts';
import { writeReports } from './report.ts';

/** Which finished run, or which comparison of finished runs: its folder or its run log. */
interface StoredRequest {
  run: string;
  onEvent: (event: PipelineEvent) => void;
}

/**
 * The reports of a finished run, or of a comparison of finished runs, made again from what it stored; a run that was only
 * executed or checked is assessed without a baseline. Asks nothing, executes nothing of the run.
 * @throws ToolError `run-log-not-found`; those of `readAssessment` and `compareRuns`
 */
export async function reportStored(request: StoredRequest & { outputDir?: string }): Promise<ReportedRun> {
  const { run, onEvent } = request;
  const place = await resolveStored(run);
  const outputDir = request.outputDir ?? place.folder;
  const stored = await readStored(place, onEvent);
  if (!stored) return compareRuns({ base: [], head: place.runLog ?? run, outputDir, onEvent });
  await makeOutputFolder(outputDir);
  return { ...stored, files: await writeReports(stored.view, outputDir) };
}

/**
 * The same to be shown elsewhere: nothing is written. A run of which no verdict was made, or whose verdict is not its own, is
 * incomplete: nobody may take it for judged.
 * @throws ToolError as `reportStored`
 */
export async function showStored({ run, onEvent }: StoredRequest): Promise<ReportedRun> {
  const place = await resolveStored(run);
  const stored = await readStored(place, onEvent);
  if (stored) return stored;
  const head = place.runLog ?? run;
  const { end } = await readRunIndex(head);
  const outputDir = await mkdtemp(join(tmpdir(), 'agent-regress-'));
  try {
    const stopReason = end ? { stopReason: 'no verdict was made of it' } : {};
    return { ...(await compareRuns({ base: [], head, outputDir, onEvent, ...stopReason })), files: {} };
  } finally {
    await rm(outputDir, { recursive: true, force: true });
  }
}

const assessmentName = 'assessment.json';

/** What `compare` wrote holds no run log: those that it compared stay where they are. */
async function resolveStored(run: string): Promise<StoredPlace> {
  if (isThere(join(run, assessmentName)) && !isThere(join(run, runLogName))) return { folder: run };
  const runLog = await resolveRunLog(run);
  return { runLog, folder: dirname(runLog) };
}

interface StoredPlace {
  runLog?: string;
  folder: string;
}

/** Undefined: there is no verdict of this run. One that lies beside its log may be of an earlier run in the same folder. */
async function readStored({ runLog, folder }: StoredPlace, onEvent: StoredRequest['onEvent']): Promise<ReportedRun | undefined> {
  const path = join(folder, assessmentName);
  if (!isThere(path)) return undefined;
  const assessment = await readAssessment(path);
  const onNote = (message: string) => onEvent({ kind: 'notice', level: 'warning', message });
  const [claim] = runLog === undefined ? [] : contradictions(assessment, await readRunIndex(runLog));
  if (claim !== undefined) {
    onNote(`${path} is not about the run log beside it, and is left out: ${claim}`);
    return undefined;
  }
  const history = await storedHistory(folder, { suite: assessment.suite, onNote });
  const view = makeReportView({ assessment, evidence: await readStoredEvidence(join(folder, 'evidence.jsonl'), onNote), history });
  const exitCode = assessment.verdict.exitCode as ExitCode;
  return { assessment, view, history, exitCode, files: {}, ...(runLog === undefined ? {} : { runLog }) };
}

/** @throws ToolError `assessment-invalid`. */
export async function readAssessment(path: string): Promise<Assessment> {
  const remedy = 'make it again with: agent-regress compare BASE HEAD';
  let value: unknown;
  try {
    value = JSON.parse(await readText(path, maxBytes));
    if (isDeeper(value as Json, maxLevels)) throw new Error(`it is nested deeper than ${maxLevels} levels`);
  } catch (error) {
    throw new ToolError({ code: 'assessment-invalid', message: `${path}: ${messageOf(error)}`, remedy, cause: error });
  }
  const parsed = Assessment.safeParse(value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new ToolError({
      code: 'assessment-invalid',
      message: `${path}: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'not an assessment'}`,
      remedy,
    });
  }
  if (parsed.data.schemaVersion > assessmentSchemaVersion) {
    throw new ToolError({
      code: 'assessment-newer',
      message: `${path} was written by a newer version (schema ${parsed.data.schemaVersion})`,
      remedy: 'use that version of agent-regress',
    });
  }
  return parsed.data;
}

/** Transcripts are an extra: what cannot be read of them is told and left out. */
async function readStoredEvidence(path: string, onNote: (message: string) => void): Promise<SampleEvidence[]> {
  if (!isThere(path)) return [];
  let text: string;
  try {
    text = await readText(path, maxBytes);
  } catch (error) {
    onNote(`the transcripts are left out: ${messageOf(error)}`);
    return [];
  }
  const lines = text.split('\n').filter((line) => line !== '');
  const evidence = lines.flatMap((line) => evidenceIn(line) ?? []);
  if (evidence.length < lines.length)
    onNote(`${path}: ${lines.length - evidence.length} of ${lines.length} transcripts cannot be read and are left out`);
  return evidence;
}

function evidenceIn(line: string): SampleEvidence | undefined {
  try {
    const value: unknown = JSON.parse(line);
    if (isDeeper(value as Json, maxLevels)) return undefined;
    const parsed = SampleEvidence.safeParse(value);
    return parsed.success ? (parsed.data as SampleEvidence) : undefined;
  } catch {
    return undefined;
  }
}

const maxBytes = 256 * 1024 * 1024;
/** A trajectory may have 220 of them. */
const maxLevels = 250;
