import type { Assessment } from '../records/assessment.ts';
import { escapeJson } from './parts/escape.ts';
import { fitRows } from './parts/fit.ts';
import { defineReporter } from './reporter.ts';

/**
 * The assessment, lossless, as one JSON object; invisible characters stand as escapes. Over `maxBytes` the last samples are left out and counted in
 * `samplesOmitted`; with none left the limit may be passed by what remains, about 2 KB.
 */
export const json = defineReporter({
  type: 'json',
  summary: 'the whole assessment as one JSON object',
  fileName: 'assessment.json',
  render({ assessment }, { maxBytes }) {
    if (maxBytes === undefined) return [...piecesOf(assessment)].join('');
    const worst = [...assessment.samples].sort((a, b) => rank(a.class) - rank(b.class));
    const cut = (rows: number): string => {
      const samplesOmitted = assessment.samples.length - rows;
      return pretty(samplesOmitted === 0 ? assessment : { ...assessment, samples: worst.slice(0, rows), samplesOmitted });
    };
    return fitRows(worst.length, maxBytes, cut) ?? pretty({ ...bare(assessment), samplesOmitted: worst.length });
  },
  pieces: ({ assessment }) => piecesOf(assessment),
});

const batchSize = 60;

/** Between the two halves of the object without its samples come the samples, batch by batch: the same bytes as at once. */
function* piecesOf(assessment: Assessment): Generator<string> {
  const { samples } = assessment;
  const outer = pretty({ ...assessment, samples: [] });
  // Only a key of the outermost object stands two spaces after a line break.
  const start = outer.indexOf('\n  "samples": []') + '\n  "samples": ['.length;
  yield outer.slice(0, start);
  for (let first = 0; first < samples.length; first += batchSize) {
    const batch = escapeJson(JSON.stringify({ samples: samples.slice(first, first + batchSize) }, null, 2));
    yield (first > 0 ? ',' : '') + batch.slice('{\n  "samples": ['.length, -'\n  ]\n}'.length);
  }
  yield samples.length > 0 ? `\n  ${outer.slice(start)}` : outer.slice(start);
}

function pretty(value: unknown): string {
  return `${escapeJson(JSON.stringify(value, null, 2))}\n`;
}

const order = ['regressed', 'suspect', 'errored', 'fixed', 'flaky', 'new', 'waived', 'removed', 'stable-fail', 'stable-pass'];

function rank(name: string): number {
  return order.indexOf(name);
}

function bare<A extends { verdict: { reasons: unknown[]; gates?: unknown } }>(assessment: A): object {
  const { gates: _, ...verdict } = assessment.verdict;
  return { ...assessment, verdict: { ...verdict, reasons: verdict.reasons.slice(0, 1) }, checkers: [], metrics: [], slices: [], samples: [] };
}
