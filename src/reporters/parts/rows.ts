import type { SampleAssessment, SampleClass } from '../../records/assessment.ts';
import { score } from './format.ts';
import { named } from './phrase.ts';

/** One sample as every output shows it. */
export interface SampleRow {
  id: string;
  sample: SampleAssessment;
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
  rows: SampleRows;
}

/** Rows that are made each time they are asked for: of 50,000 samples a report needs a few at a time. */
export interface SampleRows extends Iterable<SampleRow> {
  readonly length: number;
  /** As of an array: both ends may be left out, or lie outside. */
  slice(start?: number, end?: number): SampleRows;
}

const classes: readonly { class: SampleClass; title: string; meaning: string }[] = [
  { class: 'regressed', title: 'Regressed', meaning: 'Passed before, fails now, and chance is ruled out.' },
  { class: 'suspect', title: 'Suspect', meaning: 'Looks worse, but chance is not ruled out.' },
  { class: 'errored', title: 'Errored', meaning: 'Fewer than half of the planned repeats have a usable answer; not counted as failures.' },
  { class: 'fixed', title: 'Fixed', meaning: 'Failed before, passes now, and chance is ruled out.' },
  { class: 'flaky', title: 'Flaky', meaning: 'Sometimes passes, sometimes fails, on both sides alike.' },
  { class: 'new', title: 'New', meaning: 'Not in the baseline.' },
  { class: 'waived', title: 'Waived', meaning: 'A known failure that is not judged until its date.' },
  { class: 'removed', title: 'Removed', meaning: 'In the baseline only.' },
  { class: 'stable-fail', title: 'Failing as before', meaning: 'Fails on both sides.' },
  { class: 'stable-pass', title: 'Passing as before', meaning: 'Passes on both sides.' },
];

/** The samples by class, most telling class first; inside a class critical ones, then the surest, then by id. */
export function sampleGroups(samples: readonly SampleAssessment[], sampleUrl: SampleUrl | undefined, marks: Marks = noMarks): SampleGroup[] {
  const byClass = new Map(classes.map((group) => [group.class, [] as SampleAssessment[]]));
  for (const sample of samples) byClass.get(sample.class)?.push(sample);
  return classes.flatMap((group) => {
    const members = byClass.get(group.class) ?? [];
    return members.length === 0 ? [] : [{ ...group, rows: lazyRows(inOrder(members), sampleUrl, marks) }];
  });
}

/** Rows of several groups; with `only`, of that class. */
export function groupSize(groups: readonly SampleGroup[], only?: SampleClass): number {
  return groups.reduce((sum, group) => (only === undefined || group.class === only ? sum + group.rows.length : sum), 0);
}

/** The rows of several groups after one another. */
export function* rowsOf(groups: readonly SampleGroup[]): Generator<SampleRow> {
  for (const { rows } of groups) yield* rows;
}

type SampleUrl = (file: string, line: number) => string | undefined;

/** Phrases to add to what is said of a sample, by its id. */
type Marks = ReadonlyMap<string, readonly string[]>;
const noMarks: Marks = new Map();

function lazyRows(samples: readonly SampleAssessment[], sampleUrl: SampleUrl | undefined, marks: Marks): SampleRows {
  return {
    length: samples.length,
    slice: (start, end) => lazyRows(samples.slice(start, end), sampleUrl, marks),
    *[Symbol.iterator]() {
      for (const sample of samples) yield rowOf(sample, sampleUrl, marks.get(sample.id));
    },
  };
}

/** Sorts in place. */
function inOrder(samples: SampleAssessment[]): SampleAssessment[] {
  const compareIds = idOrder(samples);
  return samples.sort((a, b) => bySurety(a, b) || compareIds(a.id, b.id) || (a.id < b.id ? -1 : 1));
}

/** Numbers inside ids by their value: `b-9` before `b-10`. */
function idOrder(samples: readonly SampleAssessment[]): (a: string, b: string) => number {
  const numbered = /^(\D*)\d{1,15}$/;
  const prefix = numbered.exec(samples[0]?.id ?? '')?.[1];
  // Ids that differ in their number only are the usual ones, and a collator is slow to make and slow to ask.
  if (prefix !== undefined && samples.every(({ id }) => id.startsWith(prefix) && /^\d{1,15}$/.test(id.slice(prefix.length)))) {
    return (a, b) => Number(a.slice(prefix.length)) - Number(b.slice(prefix.length));
  }
  const collator = new Intl.Collator('en', { numeric: true });
  return (a, b) => collator.compare(a, b);
}

function rowOf(sample: SampleAssessment, sampleUrl: SampleUrl | undefined, marks: readonly string[] | undefined): SampleRow {
  const { file, line } = sample;
  const url = file !== undefined && line !== undefined ? sampleUrl?.(file, line) : undefined;
  const changes = sample.changes && sample.changes.length > 0 ? sample.changes : sample.baseline ? scoreChanges(sample) : none;
  return {
    id: sample.id,
    sample,
    class: sample.class,
    isCritical: sample.critical === true,
    baseline: passesText(sample.baseline),
    now: passesText(sample.current),
    changes: marks ? [...changes, ...marks] : changes,
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
