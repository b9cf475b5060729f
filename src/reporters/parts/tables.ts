import type { Assessment, Effect } from '../../records/assessment.ts';
import { count, metric, percent, points, pointsInterval, probability, ratio, ratioInterval, score } from './format.ts';
import { named, quoted } from './phrase.ts';

/** A table of phrases. */
export interface ReportTable {
  key: 'checkers' | 'preference' | 'lost' | 'slices' | 'metrics' | 'repeats' | 'noise' | 'split';
  title: string;
  columns: string[];
  /** One tone per row, for colour; the words say the same. */
  rows: { cells: string[]; tone: 'bad' | 'good' | 'plain' }[];
}

const effects: Record<Effect, string> = {
  regressed: 'worse',
  improved: 'better',
  unchanged: 'unchanged',
  inconclusive: 'not decided',
  'too-few-samples': 'too few samples',
};

/** Names that people know better than the record's. */
const metricNames: Record<string, string> = {
  latencyMs: 'latency',
  firstByteMs: 'time to first byte',
  inputTokens: 'input tokens',
  outputTokens: 'output tokens',
  costUsd: 'cost',
};

const none = '—';

/** Checkers, slices, metrics and what judges disagree about as tables; those without a row are left out. */
export function reportTables(assessment: Assessment): ReportTable[] {
  return [
    checkerTable(assessment),
    preferenceTable(assessment),
    lostTable(assessment),
    sliceTable(assessment),
    metricTable(assessment),
    passKTable(assessment),
    noiseTable(assessment),
    splitTable(assessment),
  ].filter((table) => table.rows.length > 0);
}

function checkerTable(assessment: Assessment): ReportTable {
  return {
    key: 'checkers',
    title: `Checkers${weightedScore(assessment)}`,
    columns: ['mean score', 'baseline (n)', 'now (n)', 'change', '95 % interval', 'p', 'effect'],
    rows: assessment.checkers.map((checker) => ({
      cells: [
        named(checker.name) + (checker.required === false ? ' (not required)' : ''),
        mean(checker.baseline),
        mean(checker.current),
        optional(checker.change, points),
        optional(checker.interval, (interval) => `${pointsInterval(interval)} pp`),
        optional(checker.p, probability),
        effects[checker.effect],
      ],
      tone: toneOf(checker.effect),
    })),
  };
}

function preferenceTable({ preference }: Assessment): ReportTable {
  const rows: ReportTable['rows'] = [];
  if (preference && preference.reason === undefined) {
    const { samples, wins, ties, losses, share, interval, p, effect, unscored = 0, unasked = 0 } = preference;
    const cells = [
      ...[wins, ties, losses, unscored + unasked, samples].map(count),
      optional(share, percent),
      optional(interval, ([low, high]) => `${percent(low)} … ${percent(high)}`),
      optional(p, probability),
      effects[effect],
    ];
    rows.push({ cells, tone: toneOf(effect) });
  }
  return {
    key: 'preference',
    title: "Answers beside the baseline's",
    columns: ['preferred', 'tie', 'worse', 'not compared', 'samples', 'share preferred', '95 % interval', 'p', 'effect'],
    rows,
  };
}

function lostTable({ preference }: Assessment): ReportTable {
  return {
    key: 'lost',
    title: "Samples in which the baseline's answers are preferred",
    columns: ['sample', 'preferred', 'tie', 'worse', 'the judge says'],
    rows: (preference?.worst ?? []).map(({ sample, wins, ties, losses, reason }) => ({
      cells: [named(sample), ...[wins, ties, losses].map(count), optional(reason, said)],
      tone: 'plain',
    })),
  };
}

/** Stored as a quotation already. */
function said(reason: string): string {
  return quoted(reason.replace(/^"|"$/g, ''));
}

/** Only where weights or graded scores make it differ from the pass rate. */
function weightedScore({ score: weighted }: Assessment): string {
  const sides = [weighted?.baseline, weighted?.current].flatMap((value) => (value === undefined ? [] : score(value)));
  return sides.length === 0 ? '' : ` · Weighted score ${sides.join(' → ')}`;
}

function sliceTable(assessment: Assessment): ReportTable {
  return {
    key: 'slices',
    title: 'Slices',
    columns: ['slice', 'samples', 'baseline', 'now', 'change', 'p', 'effect'],
    rows: assessment.slices.map((slice) => ({
      cells: [
        named(slice.name),
        count(slice.samples),
        optional(slice.baselineRate, percent),
        optional(slice.rate, percent),
        optional(slice.change, points),
        optional(slice.p, probability),
        effects[slice.effect],
      ],
      tone: toneOf(slice.effect),
    })),
  };
}

function metricTable(assessment: Assessment): ReportTable {
  return {
    key: 'metrics',
    title: 'Latency and cost',
    columns: ['per sample', 'baseline', 'now', 'ratio', '95 % interval', 'effect'],
    rows: assessment.metrics.map((entry) => ({
      cells: [
        Object.hasOwn(metricNames, entry.name) ? (metricNames[entry.name] ?? '') : named(entry.name),
        optional(entry.baseline, (value) => metric(entry.name, value)),
        optional(entry.current, (value) => metric(entry.name, value)),
        optional(entry.ratio, ratio),
        optional(entry.interval, (interval) => `×${ratioInterval(interval)}`),
        effects[entry.effect],
      ],
      tone: toneOf(entry.effect),
    })),
  };
}

/** The best and the worst of several tries, for who may try again and for who may not. */
function passKTable({ passK = [] }: Assessment): ReportTable {
  const told = (side: (typeof passK)[number]['current'], value: 'passAtK' | 'passHatK') => optional(side?.[value], percent);
  return {
    key: 'repeats',
    title: 'Repeats',
    columns: ['of k repeats', 'at least one passes (pass@k): baseline', 'now', 'all pass (pass^k): baseline', 'now'],
    rows: passK.map(({ k, baseline, current }) => ({
      cells: [count(k), told(baseline, 'passAtK'), told(current, 'passAtK'), told(baseline, 'passHatK'), told(current, 'passHatK')],
      tone: 'plain',
    })),
  };
}

/** What `check RUN --rejudge K` found. */
function noiseTable({ judgeNoise = [] }: Assessment): ReportTable {
  return {
    key: 'noise',
    title: 'Noise of the judge',
    columns: ['judged again', 'judgements', 'answers', "judge's share of the variance", 'split answers', 'split samples', 'judge calls'],
    rows: judgeNoise.map((noise) => ({
      cells: [
        named(noise.checker),
        count(noise.judgements),
        count(noise.answers),
        optional(noise.varianceShare, percent),
        count(noise.splitAnswers),
        count(noise.splitSamples),
        optional(noise.usage?.calls, count),
      ],
      tone: 'plain',
    })),
  };
}

const shownSplits = 20;

function splitTable({ judgeNoise = [] }: Assessment): ReportTable {
  const all = judgeNoise.flatMap(({ checker, straddling }) => straddling.map((answer) => ({ checker, ...answer })));
  const total = judgeNoise.reduce((sum, { splitAnswers }) => sum + splitAnswers, 0);
  return {
    key: 'split',
    title: `Split judgements${total > shownSplits ? ` (${shownSplits} of ${count(total)} answers)` : ''}`,
    columns: ['sample', 'repeat', 'judged by', 'passes', 'values'],
    rows: all.slice(0, shownSplits).map(({ sample, epoch, checker, passes, judgements, values }) => ({
      cells: [
        named(sample),
        optional(epoch, count),
        named(checker),
        `${count(passes)}/${count(judgements)}`,
        (values ?? []).map(score).join(', ') || none,
      ],
      tone: 'plain',
    })),
  };
}

function mean(side: { mean: number; n: number } | undefined): string {
  return side === undefined ? none : `${score(side.mean)} (${count(side.n)})`;
}

function optional<T>(value: T | undefined, format: (value: T) => string): string {
  return value === undefined ? none : format(value);
}

function toneOf(effect: Effect): 'bad' | 'good' | 'plain' {
  return effect === 'regressed' ? 'bad' : effect === 'improved' ? 'good' : 'plain';
}
