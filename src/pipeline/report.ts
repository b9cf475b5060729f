import { join } from 'node:path';
import { explainChanges } from '../compare/explain.ts';
import { historyText } from '../compare/history.ts';
import { named, quoted } from '../compare/quote.ts';
import type { SelectedSamples } from '../datasets/select.ts';
import { type FileContent, writeFilesWhole } from '../io/files.ts';
import { readEvidence } from '../io/run-log-file.ts';
import type { Assessment, SampleAssessment } from '../records/assessment.ts';
import type { SampleEvidence } from '../records/evidence.ts';
import type { HistoryRow } from '../records/history.ts';
import type { Sample } from '../records/sample.ts';
import { makeReportView, type ReportView } from '../reporters/parts/view.ts';
import { reporters } from '../reporters/registry.ts';
import { piecesOf } from '../reporters/reporter.ts';
import { historyFile } from './history.ts';
import { samplesById } from './slots.ts';

/** Samples whose transcripts are kept for the reports, worst first. The run log has all of them. */
const maxEvidence = 200;
/** Repeats per side and sample that a report shows. */
const maxEpochs = 12;

/**
 * Gathers the transcripts worth showing, says in words what changed, and writes every report of the registry.
 * @returns the assessment with `changes` filled in, the view, and the written files by reporter type.
 */
export async function report(input: {
  assessment: Assessment;
  /** Path of the current run log. */
  current: string;
  /** Paths of the baseline's run logs, newest first. */
  pool: readonly { source: string }[];
  outputDir: string;
  /** For expected values; absent when only run logs are at hand. */
  samples?: SelectedSamples;
  /** This run and those before it, oldest first; stored beside the reports. */
  history?: readonly HistoryRow[];
}): Promise<{ assessment: Assessment; view: ReportView; history: readonly HistoryRow[]; files: Record<string, string> }> {
  const evidence = await gatherEvidence(input);
  const assessment = withAllChanges(input.assessment, evidence);
  const { outputDir, history = [] } = input;
  const view = makeReportView({ assessment, evidence, history });
  const stored = [{ path: join(outputDir, 'evidence.jsonl'), content: linesOf(evidence) }];
  const kept = history.length > 0 ? [{ path: join(outputDir, historyFile), content: historyText(history) }] : [];
  return { assessment, view, history, files: await writeReports(view, outputDir, [...stored, ...kept]) };
}

/** Every reporter that has a file name, and what else belongs beside them: each whole or absent. */
export async function writeReports(
  view: ReportView,
  outputDir: string,
  others: readonly { path: string; content: FileContent }[] = [],
): Promise<Record<string, string>> {
  const written = reporters.entries.flatMap((reporter) => {
    const { type, fileName } = reporter;
    return fileName === undefined ? [] : [{ type, path: join(outputDir, fileName), content: piecesOf(reporter, view) }];
  });
  await writeFilesWhole([...others, ...written]);
  return Object.fromEntries(written.map(({ type, path }) => [type, path]));
}

function* linesOf(evidence: readonly SampleEvidence[]): Generator<string> {
  for (const item of evidence) yield `${JSON.stringify(item)}\n`;
}

function withAllChanges(assessment: Assessment, evidence: readonly SampleEvidence[]): Assessment {
  if (evidence.length === 0) return assessment;
  const byId = new Map(evidence.map((item) => [item.id, item]));
  return { ...assessment, samples: assessment.samples.map((sample) => withChanges(sample, byId.get(sample.id))) };
}

const toldClasses: readonly SampleAssessment['class'][] = ['regressed', 'suspect', 'errored', 'fixed'];

function withChanges(sample: SampleAssessment, evidence: SampleEvidence | undefined): SampleAssessment {
  if (!evidence || !toldClasses.includes(sample.class)) return sample;
  if (evidence.baseline.length === 0 && sample.class !== 'errored') return sample;
  const changes = [...explainChanges(evidence), ...unscoredReason(evidence)];
  return changes.length > 0 ? { ...sample, changes } : sample;
}

/** Why there is no outcome though there is an answer: the first checker that could not say. */
function unscoredReason({ current }: SampleEvidence): string[] {
  for (const slot of current) {
    if (slot.outcome !== 'unscored') continue;
    const found = slot.scores.find(({ score }) => score.kind === 'unscored');
    if (found) return [`${named(found.checker)} could not score: ${quoted(found.score.reason)}`];
  }
  return [];
}

async function gatherEvidence(input: Parameters<typeof report>[0]): Promise<SampleEvidence[]> {
  const shown = input.assessment.samples.filter(isWorthShowing).slice(0, maxEvidence);
  const ids = new Set(shown.map(({ id }) => id));
  if (ids.size === 0) return [];
  const current = await readEvidence(input.current, ids, { maxEpochs });
  const baselines = await Promise.all(input.pool.map((index) => readEvidence(index.source, ids, { maxEpochs })));
  const samples = input.samples ? await samplesById(input.samples, ids) : new Map<string, Sample>();
  return shown.map(({ id }) => {
    const sample = samples.get(id);
    const now = current.get(id) ?? [];
    const before = baselines.flatMap((runs) => runs.get(id) ?? []).slice(0, maxEpochs);
    const input = sample?.input ?? [...now, ...before].find((slot) => slot.trajectory)?.trajectory?.turns[0]?.input;
    return {
      id,
      ...(input === undefined ? {} : { input }),
      ...(sample?.expected === undefined ? {} : { expected: sample.expected }),
      baseline: before,
      current: now,
    };
  });
}

/** All that is not plainly fine: a stable pass is told by its count. */
function isWorthShowing(sample: SampleAssessment): boolean {
  if (sample.class === 'stable-pass' || sample.class === 'removed') return false;
  if (sample.class !== 'new') return true;
  return sample.current === undefined || sample.current.passes < sample.current.repeats;
}
