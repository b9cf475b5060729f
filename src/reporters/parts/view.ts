import type { Assessment } from '../../records/assessment.ts';
import type { SampleEvidence } from '../../records/evidence.ts';
import type { HistoryRow } from '../../records/history.ts';
import { decisionOf, provenanceOf } from './decision.ts';
import { type HistoryView, historyView } from './history.ts';
import { splitMarks } from './judge-noise.ts';
import type { SampleGroup } from './rows.ts';
import { sampleGroups } from './rows.ts';
import type { Tone } from './sentences.ts';
import { baselineSentence, effortSentence, headlineOf, isPartialRun, summaryOf, toneOf } from './sentences.ts';
import type { ReportTable } from './tables.ts';
import { reportTables } from './tables.ts';

export interface ReportLinks {
  /** Where a sample's row can be read, such as its line on GitHub. */
  sampleUrl?(file: string, line: number): string | undefined;
  /** The full report. */
  reportUrl?: string;
  /** The workflow run. */
  runUrl?: string;
  baselineUrl?: string;
  /** Where an earlier run can be looked at. */
  historyUrl?(row: HistoryRow): string | undefined;
}

export interface ReportInput {
  assessment: Assessment;
  /** Of the samples whose records were read back; the order does not matter. May be empty. */
  evidence: readonly SampleEvidence[];
  /** This run and those before it, oldest first. */
  history?: readonly HistoryRow[];
  links?: ReportLinks;
}

/**
 * Everything that a reporter prints, decided once: no reporter computes or words anything of its own. Sentences are
 * phrases (see `parsePhrase`): names between backticks, quotations between double quotes, not escaped for any sink.
 */
export interface ReportView {
  suite: string;
  assessment: Assessment;
  tone: Tone;
  /** The run did not finish; every output says so. */
  isPartial: boolean;
  headline: string;
  /** The sentences after the headline: pass rate, samples, what it means. */
  summary: string[];
  /** By class, most telling first; empty classes are left out. */
  groups: SampleGroup[];
  /** Checkers, slices, metrics; empty tables are left out. */
  tables: ReportTable[];
  baseline: string;
  /** Calls, cost, tokens, duration. */
  effort: string;
  /** How this was decided, a paragraph each. */
  decision: string[];
  provenance: { label: string; value: string }[];
  /** By sample id. */
  evidence: ReadonlyMap<string, SampleEvidence>;
  /** Absent without an earlier run. */
  history?: HistoryView;
  links: { reportUrl?: string; runUrl?: string; baselineUrl?: string };
}

/** The view of one assessment. Never throws on an empty one; the same input gives an equal view. */
export function makeReportView(input: ReportInput): ReportView {
  const { assessment, links = {} } = input;
  const baselineUrl = links.baselineUrl ?? assessment.baseline.url;
  const history = historyView(input.history ?? [], { startedAt: assessment.run.startedAt, urlOf: links.historyUrl });
  return {
    suite: assessment.suite,
    assessment,
    tone: toneOf(assessment),
    isPartial: isPartialRun(assessment),
    headline: headlineOf(assessment),
    summary: summaryOf(assessment),
    groups: sampleGroups(assessment.samples, links.sampleUrl, splitMarks(assessment)),
    tables: reportTables(assessment),
    baseline: baselineSentence(assessment),
    effort: effortSentence(assessment),
    decision: decisionOf(assessment),
    provenance: provenanceOf(assessment),
    evidence: new Map(input.evidence.map((sample) => [sample.id, sample])),
    ...(history ? { history } : {}),
    links: {
      ...(links.reportUrl === undefined ? {} : { reportUrl: links.reportUrl }),
      ...(links.runUrl === undefined ? {} : { runUrl: links.runUrl }),
      ...(baselineUrl === undefined ? {} : { baselineUrl }),
    },
  };
}
