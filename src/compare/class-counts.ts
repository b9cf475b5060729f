import type { Assessment, SampleClass } from '../records/assessment.ts';

/** The samples of a class, in the order of the map. */
export function idsOf(classes: ReadonlyMap<string, SampleClass>, wanted: SampleClass): string[] {
  const ids: string[] = [];
  for (const [id, value] of classes) if (value === wanted) ids.push(id);
  return ids;
}

/** How many samples each class has; the usual classes are there with 0. */
export function tally(classes: ReadonlyMap<string, SampleClass>): Assessment['counts'] {
  const counts: Assessment['counts'] = {
    regressed: 0,
    suspect: 0,
    fixed: 0,
    flaky: 0,
    'stable-pass': 0,
    'stable-fail': 0,
    errored: 0,
    new: 0,
    removed: 0,
  };
  for (const value of classes.values()) counts[value] = (counts[value] ?? 0) + 1;
  return counts;
}
