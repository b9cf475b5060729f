import { readExport, type TraceSpan } from '../agents/parts/otlp.ts';
import { spanAttributes } from '../agents/parts/span-steps.ts';
import type { ExpectedTrace } from '../agents/parts/traced-agent.ts';
import type { Json } from '../records/json.ts';

/** Spans of the traces that somebody waits for; all others are counted and dropped. */
export interface SpanStore {
  expect(traceId: string): ExpectedTrace;
  /** Takes one ExportTraceServiceRequest; false when it is none. */
  add(request: Json): boolean;
  /** Spans of traces that nobody expected. */
  readonly strangers: number;
  /** How many are waited for right now: `changed` is pending. */
  readonly waiting: number;
}

const maxSpans = 10_000;

interface Kept {
  spans: TraceSpan[];
  ids: Set<string>;
  chars: number;
  isCut: boolean;
  changedAt: number;
  wake: Set<() => void>;
}

/** @param options `maxChars`: of the attributes of one trace, as JSON. `onWait`: somebody began to wait. */
export function createSpanStore(options: { maxChars: number; onWait?: () => void }): SpanStore {
  const traces = new Map<string, Kept>();
  let strangers = 0;
  let waiting = 0;
  const keep = (span: TraceSpan, changed: Set<Kept>) => {
    const trace = traces.get(span.traceId);
    if (!trace || trace.ids.has(span.spanId)) return;
    trace.chars += JSON.stringify(span.attributes).length;
    if (trace.spans.length >= maxSpans || trace.chars > options.maxChars) trace.isCut = true;
    else {
      trace.ids.add(span.spanId);
      trace.spans.push(span);
    }
    changed.add(trace);
  };
  return {
    expect(traceId) {
      const trace: Kept = { spans: [], ids: new Set(), chars: 0, isCut: false, changedAt: performance.now(), wake: new Set() };
      traces.set(traceId, trace);
      return {
        get spans() {
          return trace.spans;
        },
        get changedAt() {
          return trace.changedAt;
        },
        get isCut() {
          return trace.isCut;
        },
        async changed(ms, signal) {
          waiting++;
          options.onWait?.();
          await woken(trace, ms, signal);
          waiting--;
        },
        release: () => void traces.delete(traceId),
      };
    },
    add(request) {
      const changed = new Set<Kept>();
      const unwanted = readExport(request, { isWanted: (id) => traces.has(id), keys: spanAttributes, onSpan: (span) => keep(span, changed) });
      strangers += unwanted ?? 0;
      for (const trace of changed) {
        trace.changedAt = performance.now();
        for (const wake of [...trace.wake]) wake();
      }
      return unwanted !== undefined;
    },
    get strangers() {
      return strangers;
    },
    get waiting() {
      return waiting;
    },
  };
}

function woken(trace: Kept, ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const wake = () => {
      clearTimeout(timer);
      trace.wake.delete(wake);
      signal.removeEventListener('abort', wake);
      resolve();
    };
    const timer = setTimeout(wake, ms);
    trace.wake.add(wake);
    signal.addEventListener('abort', wake, { once: true });
    if (signal.aborted) wake();
  });
}
