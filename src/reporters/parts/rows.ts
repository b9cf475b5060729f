import type { SampleAssessment, SampleClass } from '../../records/assessment.ts';
import { score } from './format.ts';
import { named } from './phrase.ts';

/** One sample as every output shows it. */
export interface SampleRow {
  id: string;
  class: SampleClass;
  isCritical: boolean;
  /** Passes of repeats: `9/9`; `—` without any. */
  baseline: string;
  now: string;
  /** What changed, phrases; empty when nothing is worth saying. */
  changes: string[];
  file?: string;
  line?: number;
  url?: string;
}

export interface SampleGroup {
  class: SampleClass;
  title: string;
  /** What the class means, a sentence. */
  meaning: string;
  rows: SampleRow[];
}

const classes: readonly { class: SampleClass; title: string; meaning: string }[] = [
  { class: 'regressed', title: 'Regressed', meaning: 'Passed before, fails now, and chance is ruled out.' },
  { class: 'suspect', title: 'Suspect', meaning: 'Looks worse, but chance is not ruled out.' },
  { class: 'errored', title: 'Errored', meaning: 'Fewer than half of the planned repeats have a usable answer; not counted as failures.' },
  { class: 'fixed', title: 'Fixed', meaning: 'Failed before, passes now, and chance is ruled out.' },
  { class: 'flaky', title: 'Flaky', meaning: 'Sometimes passes, sometimes fails, on both sides alike.' },
  { class: 'new', title: 'New', meaning: 'Not in the baseline.' },
  { class: 'removed', title: 'Removed', meaning: 'In the baseline only.' },
  { class: 'stable-fail', title: 'Failing as before', meaning: 'Fails on both sides.' },
  { class: 'stable-pass', title: 'Passing as before', meaning: 'Passes on both sides.' },
];

/** The samples by class, most telling class first; inside a class critical ones, then the surest, then by id. */
export function sampleGroups(
  samples: readonly SampleAssessment[],
  sampleUrl: ((file: string, line: number) => string | undefined) | undefined,
): SampleGroup[] {
  // Making one loads the tables of a language: a tenth of the time of a small run.
  let collator: Intl.Collator | undefined;
  const compare = (a: string, b: string): number => {
    collator ??= new Intl.Collator('en', { numeric: true });
    return collator.compare(a, b);
  };
  return classes
    .map((group) => ({
      ...group,
      rows: samples
        .filter((sample) => sample.class === group.class)
        .sort((a, b) => bySurety(a, b) || compare(a.id, b.id) || (a.id < b.id ? -1 : 1))
        .map((sample) => rowOf(sample, sampleUrl)),
    }))
    .filter((group) => group.rows.length > 0);
}

function rowOf(sample: SampleAssessment, sampleUrl: ((file: string, line: number) => string | undefined) | undefined): SampleRow {
  const { file, line } = sample;
  const url = file !== undefined && line !== undefined ? sampleUrl?.(file, line) : undefined;
  return {
    id: sample.id,
    class: sample.class,
    isCritical: sample.critical === true,
    baseline: passesText(sample.baseline),
    now: passesText(sample.current),
    changes: sample.changes && sample.changes.length > 0 ? sample.changes : sample.baseline ? scoreChanges(sample) : none,
    ...(file === undefined ? {} : { file }),
    ...(line === undefined ? {} : { line }),
    ...(url === undefined ? {} : { url }),
  };
}

const none: string[] = [];

function passesText(side: { passes: number; repeats: number } | undefined): string {
  return side === undefined || side.repeats === 0 ? '—' : `${side.passes}/${side.repeats}`;
}

/** Stands in where no records were read back: the scores that moved, largest first, at most three. */
function scoreChanges(sample: SampleAssessment): string[] {
  return Object.entries(sample.scores)
    .map(([checker, { baseline, current }]) => ({ checker, baseline, current, change: Math.abs((current ?? 0) - (baseline ?? 0)) }))
    .filter(({ baseline, current, change }) => baseline !== undefined && current !== undefined && change >= 0.005)
    .sort((a, b) => b.change - a.change || (a.checker < b.checker ? -1 : 1))
    .slice(0, 3)
    .map(({ checker, baseline = 0, current = 0 }) => `${named(checker)} ${score(baseline)} → ${score(current)}`);
}

function bySurety(a: SampleAssessment, b: SampleAssessment): number {
  return Number(b.critical === true) - Number(a.critical === true) || (a.adjusted ?? 1) - (b.adjusted ?? 1) || (a.p ?? 1) - (b.p ?? 1);
}
