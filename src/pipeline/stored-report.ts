import { dirname, join } from 'node:path';
import { type ExitCode, messageOf, ToolError } from '../errors.ts';
import { readText } from '../io/files.ts';
import { isThere } from '../io/is-there.ts';
import { resolveRunLog, runLogName } from '../io/run-log-file.ts';
import { Assessment, assessmentSchemaVersion } from '../records/assessment.ts';
import { SampleEvidence } from '../records/evidence.ts';
import { isDeeper, type Json } from '../records/json.ts';
import { makeReportView } from '../reporters/parts/view.ts';
import { compareRuns } from './compare-runs.ts';
import { storedHistory } from './history.ts';
import { makeOutputFolder } from './output-folder.ts';
import type { PipelineEvent, ReportedRun } from './ports.ts';
import { writeReports } from './report.ts';

/**
 * The reports of a finished run, or of a comparison of finished runs, made again from what it stored; a run that was only
 * executed or checked is assessed without a baseline. Asks nothing, executes nothing of the run.
 * @throws ToolError `run-log-not-found`; those of `readAssessment` and `compareRuns`
 */
export async function reportStored(request: { run: string; outputDir?: string; onEvent: (event: PipelineEvent) => void }): Promise<ReportedRun> {
  const { runLog, folder } = await resolveStored(request.run);
  const outputDir = request.outputDir ?? folder;
  const stored = join(folder, assessmentName);
  if (runLog !== undefined && !isThere(stored)) return compareRuns({ base: [], head: runLog, outputDir, onEvent: request.onEvent });
  await makeOutputFolder(outputDir);
  const assessment = await readAssessment(stored);
  const onNote = (message: string) => request.onEvent({ kind: 'notice', level: 'warning', message });
  const history = await storedHistory(folder, { suite: assessment.suite, onNote });
  const view = makeReportView({ assessment, evidence: await readStoredEvidence(join(folder, 'evidence.jsonl'), onNote), history });
  const files = await writeReports(view, outputDir);
  return { assessment, view, history, files, ...(runLog === undefined ? {} : { runLog }), exitCode: assessment.verdict.exitCode as ExitCode };
}

const assessmentName = 'assessment.json';

/** What `compare` wrote holds no run log: those that it compared stay where they are. */
async function resolveStored(run: string): Promise<{ runLog?: string; folder: string }> {
  if (isThere(join(run, assessmentName)) && !isThere(join(run, runLogName))) return { folder: run };
  const runLog = await resolveRunLog(run);
  return { runLog, folder: dirname(runLog) };
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
  const lines = (await readText(path, maxBytes)).split('\n').filter((line) => line !== '');
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
