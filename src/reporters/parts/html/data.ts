import { diffArrays, diffWordsWithSpace } from 'diff';
import type { SampleEvidence, SlotEvidence } from '../../../records/evidence.ts';
import { toDisplay, toLine } from '../escape.ts';
import { safeUrl } from '../escape-markdown.ts';
import { parsePhrase } from '../phrase.ts';
import type { SampleRow } from '../rows.ts';
import { bounded, type SlotTranscript, type TranscriptLine, transcriptPair, valueText } from '../transcript.ts';
import type { ReportView } from '../view.ts';

/** Text in parts: 0 plain, 1 code or marked as different. */
type Parts = [0 | 1, string][];

interface Line {
  kind: TranscriptLine['kind'];
  name?: string;
  parts: Parts;
}

/** One sample's evidence; a step of one side stands beside its counterpart of the other. */
export interface SampleDetail {
  input?: string;
  expected?: string;
  steps: { before?: Line; now?: Line }[];
  /** The slot that is shown and the outcomes of all that were recorded. */
  sides: { label: string; epoch?: number; traceId?: string; outcomes: string[] }[];
  scores: { checker: string; before?: string; now?: string; reason: string; isPass: boolean }[];
  note?: string;
}

/**
 * What the page's script draws beside the samples, which stand in `groups: {class, title, meaning, rows: PageRow[]}[]`.
 * Every text is safe to show, none is markup.
 */
export interface PageFrame {
  tables: { title: string; columns: string[]; rows: { tone: string; cells: Parts[] }[] }[];
  decision: Parts[];
  provenance: { label: string; value: Parts }[];
  footer: Parts[];
  links: { label: string; url: string }[];
  effect?: { change: number; low: number; high: number };
  note: string;
}

export interface PageRow {
  id: string;
  isCritical: boolean;
  baseline: string;
  now: string;
  changes: Parts[];
  where?: string;
  url?: string;
  detail?: SampleDetail;
}

/** Steps of one transcript; the run log has the rest. */
const maxSteps = 120;
/** Edits after which two texts are called different as a whole. */
const maxEdits = 400;

/** The view as page data, without its samples. */
export function pageFrame(view: ReportView): PageFrame {
  const { suiteEffect: effect } = view.assessment;
  const urls = [
    { label: 'run', url: view.links.runUrl },
    { label: 'baseline', url: view.links.baselineUrl },
  ];
  return {
    tables: view.tables.map((table) => ({
      title: table.title,
      columns: table.columns,
      rows: table.rows.map((row) => ({ tone: row.tone, cells: row.cells.map(phraseParts) })),
    })),
    decision: view.decision.map(phraseParts),
    provenance: view.provenance.map(({ label, value }) => ({ label, value: phraseParts(value) })),
    footer: [view.baseline, view.effort].map(phraseParts),
    links: urls.flatMap(({ label, url }) => link(label, url)),
    ...(effect ? { effect: { change: effect.change, low: effect.interval[0], high: effect.interval[1] } } : {}),
    note: '',
  };
}

/** The evidence of one sample as page data. */
export function sampleDetail(evidence: SampleEvidence): SampleDetail {
  const { baseline, now } = transcriptPair(evidence);
  const cut = Math.max(baseline?.lines.length ?? 0, now?.lines.length ?? 0) - maxSteps;
  return {
    ...(evidence.input === undefined ? {} : { input: toDisplay(bounded(valueText(evidence.input))) }),
    ...(evidence.expected === undefined ? {} : { expected: toDisplay(bounded(valueText(evidence.expected))) }),
    steps: alignedSteps(baseline?.lines.slice(0, maxSteps) ?? [], now?.lines.slice(0, maxSteps) ?? []),
    sides: [side('baseline', baseline, evidence.baseline), side('now', now, evidence.current)],
    scores: scoresOf(baseline, now),
    ...(cut > 0 ? { note: `${cut} more steps are in the run log.` } : {}),
  };
}

/** One sample as a row of the page, without its detail. */
export function pageRow(row: SampleRow): PageRow {
  const url = row.url === undefined ? undefined : safeUrl(row.url);
  return {
    id: toLine(row.id),
    isCritical: row.isCritical,
    baseline: row.baseline,
    now: row.now,
    changes: row.changes.map(phraseParts),
    ...(row.file === undefined ? {} : { where: `${toLine(row.file)}${row.line === undefined ? '' : `:${row.line}`}` }),
    ...(url === undefined ? {} : { url }),
  };
}

function phraseParts(phrase: string): Parts {
  return parsePhrase(toDisplay(phrase)).map(({ kind, text }) => [kind === 'code' ? 1 : 0, text]);
}

function link(label: string, url: string | undefined): { label: string; url: string }[] {
  const safe = url === undefined ? undefined : safeUrl(url);
  return safe === undefined ? [] : [{ label, url: safe }];
}

function side(label: string, shown: SlotTranscript | undefined, slots: readonly SlotEvidence[]): SampleDetail['sides'][number] {
  const traceId = slots.find((slot) => slot.epoch === shown?.epoch)?.traceId;
  const isTrace = traceId !== undefined && /^[0-9a-f]{32}$/.test(traceId);
  return { label, outcomes: slots.map((slot) => slot.outcome), ...(shown ? { epoch: shown.epoch } : {}), ...(isTrace ? { traceId } : {}) };
}

/** Steps of the same kind and name stand side by side, in order; the others stand alone. */
function alignedSteps(before: readonly TranscriptLine[], now: readonly TranscriptLine[]): SampleDetail['steps'] {
  const steps: SampleDetail['steps'] = [];
  const [left, right] = [[...before], [...now]];
  for (const change of diffArrays(before.map(stepKey), now.map(stepKey))) {
    for (let index = 0; index < change.count; index++) {
      const was = change.added ? undefined : left.shift();
      const is = change.removed ? undefined : right.shift();
      if (was && is) steps.push(pairedStep(was, is));
      else if (was) steps.push({ before: wholeLine(was, 1) });
      else if (is) steps.push({ now: wholeLine(is, 1) });
    }
  }
  return steps;
}

function stepKey({ kind, name }: TranscriptLine): string {
  return `${kind} ${name ?? ''}`;
}

function pairedStep(was: TranscriptLine, is: TranscriptLine): SampleDetail['steps'][number] {
  if (was.text === is.text) return { before: wholeLine(was, 0), now: wholeLine(is, 0) };
  const parts = diffWordsWithSpace(was.text, is.text, { maxEditLength: maxEdits });
  if (!parts) return { before: wholeLine(was, 1), now: wholeLine(is, 1) };
  return {
    before: { ...wholeLine(was, 0), parts: parts.filter((part) => !part.added).map((part) => [part.removed ? 1 : 0, toDisplay(part.value)]) },
    now: { ...wholeLine(is, 0), parts: parts.filter((part) => !part.removed).map((part) => [part.added ? 1 : 0, toDisplay(part.value)]) },
  };
}

function wholeLine({ kind, name, text }: TranscriptLine, mark: 0 | 1): Line {
  return { kind, ...(name === undefined ? {} : { name: toLine(name) }), parts: [[mark, toDisplay(text)]] };
}

function scoresOf(before: SlotTranscript | undefined, now: SlotTranscript | undefined): SampleDetail['scores'] {
  const names = [...new Set([...(now?.scores ?? []), ...(before?.scores ?? [])].map(({ checker }) => checker))];
  return names.map((checker) => {
    const was = before?.scores.find((score) => score.checker === checker);
    const is = now?.scores.find((score) => score.checker === checker);
    return {
      checker: toLine(checker),
      ...(was ? { before: was.value } : {}),
      ...(is ? { now: is.value } : {}),
      reason: toDisplay((is ?? was)?.reason ?? ''),
      isPass: (is ?? was)?.isPass ?? false,
    };
  });
}
