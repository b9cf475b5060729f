import type { SpanSummary, Trajectory } from '../../records/trajectory.ts';
import type { TraceSpan } from './otlp.ts';

const maxSpans = 1_000;
const maxChars = 100_000;

/** What the record keeps of the spans of a trace: the first ones, and how many it leaves out. Nothing when there are none. */
export function summaryOf(spans: readonly TraceSpan[]): Pick<Trajectory, 'spans' | 'omittedSpans'> {
  if (spans.length === 0) return {};
  const kept: SpanSummary[] = [];
  let chars = 0;
  for (const span of [...spans].sort((a, b) => a.startMs - b.startMs || a.endMs - b.endMs)) {
    const summary = shortOf(span);
    chars += JSON.stringify(summary).length + 1;
    if (kept.length === maxSpans || chars > maxChars) break;
    kept.push(summary);
  }
  const omitted = spans.length - kept.length;
  return { spans: kept, ...(omitted > 0 ? { omittedSpans: omitted } : {}) };
}

/** Unix times in milliseconds are no more exact than a thousandth. */
function shortOf({ name, startMs, endMs, isError }: TraceSpan): SpanSummary {
  return {
    name,
    ...(startMs > 0 ? { durationMs: Math.round((endMs - startMs) * 1000) / 1000 } : {}),
    ...(isError ? { isError } : {}),
  };
}
