import { shortened } from '../../errors.ts';
import { isJsonObject, type Json, type JsonObject } from '../../records/json.ts';

/** One span of a trace, with the attributes that we read and no others. */
export interface TraceSpan {
  /** 32 and 16 hex digits in lower case. */
  traceId: string;
  spanId: string;
  parentId: string | undefined;
  name: string;
  /** Unix time, milliseconds with fractions. */
  startMs: number;
  endMs: number;
  isError: boolean;
  /** What the status says, for an error. */
  message: string | undefined;
  attributes: JsonObject;
}

/** Spans deeper or longer than this come from nobody's tools. */
const maxDepth = 50;
const maxNameLength = 200;

/**
 * The spans of an OTLP/JSON ExportTraceServiceRequest https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding, each given
 * to `onSpan` as far as `isWanted` says so by its trace. What is not in shape is left out: it is an agent's, and others may be fine.
 * Undefined when the value is no such request, else the number of spans that were not wanted.
 */
export function readExport(
  value: Json,
  { isWanted, keys, onSpan }: { isWanted: (traceId: string) => boolean; keys: ReadonlySet<string>; onSpan: (span: TraceSpan) => void },
): number | undefined {
  if (!isJsonObject(value) || !Array.isArray(value.resourceSpans)) return undefined;
  let unwanted = 0;
  for (const span of spansIn(value.resourceSpans)) {
    const traceId = hexOf(span.traceId, 32);
    if (traceId === undefined) continue;
    if (!isWanted(traceId)) {
      unwanted++;
      continue;
    }
    const read = readSpan(span, traceId, keys);
    if (read) onSpan(read);
  }
  return unwanted;
}

function* spansIn(resources: readonly Json[]): Iterable<JsonObject> {
  for (const resource of resources) {
    for (const scope of isJsonObject(resource) ? listOf(resource.scopeSpans) : []) {
      for (const span of isJsonObject(scope) ? listOf(scope.spans) : []) if (isJsonObject(span)) yield span;
    }
  }
}

function readSpan(span: JsonObject, traceId: string, keys: ReadonlySet<string>): TraceSpan | undefined {
  const spanId = hexOf(span.spanId, 16);
  if (spanId === undefined) return undefined;
  const status = isJsonObject(span.status) ? span.status : {};
  const isError = status.code === 2 || status.code === 'STATUS_CODE_ERROR';
  const startMs = timeOf(span.startTimeUnixNano);
  return {
    traceId,
    spanId,
    parentId: hexOf(span.parentSpanId, 16),
    name: typeof span.name === 'string' ? shortened(span.name, maxNameLength) : '',
    startMs,
    endMs: Math.max(startMs, timeOf(span.endTimeUnixNano)),
    isError,
    message: isError && typeof status.message === 'string' && status.message !== '' ? status.message : undefined,
    attributes: readAttributes(listOf(span.attributes), keys),
  };
}

function readAttributes(list: readonly Json[], keys: ReadonlySet<string>): JsonObject {
  const attributes: JsonObject = {};
  for (const item of list) {
    if (!isJsonObject(item) || typeof item.key !== 'string' || !keys.has(item.key)) continue;
    const value = anyValue(item.value, maxDepth);
    if (value !== undefined) attributes[item.key] = value;
  }
  return attributes;
}

/** An AnyValue; undefined for what is none, or is too deep. */
function anyValue(value: Json | undefined, levels: number): Json | undefined {
  if (!isJsonObject(value) || levels === 0) return undefined;
  const { stringValue, boolValue, intValue, doubleValue, arrayValue, kvlistValue } = value;
  if (typeof stringValue === 'string') return stringValue;
  if (typeof boolValue === 'boolean') return boolValue;
  if (typeof intValue === 'number' || (typeof intValue === 'string' && /^-?\d{1,19}$/.test(intValue))) return Number(intValue);
  if (typeof doubleValue === 'number') return doubleValue;
  if (isJsonObject(arrayValue)) return listOf(arrayValue.values).map((item) => anyValue(item, levels - 1) ?? null);
  if (!isJsonObject(kvlistValue)) return undefined;
  const entries = listOf(kvlistValue.values).flatMap((item): [string, Json][] =>
    isJsonObject(item) && typeof item.key === 'string' && item.key !== '__proto__' ? [[item.key, anyValue(item.value, levels - 1) ?? null]] : [],
  );
  return Object.fromEntries(entries);
}

/** Nanoseconds as text or number; 0 for what is none. */
function timeOf(value: Json | undefined): number {
  const isTime = typeof value === 'number' ? value >= 0 : typeof value === 'string' && /^\d{1,20}$/.test(value);
  return isTime ? Number(value) / 1e6 : 0;
}

function hexOf(value: Json | undefined, digits: number): string | undefined {
  if (typeof value !== 'string' || value.length !== digits || !/^[0-9a-f]+$/i.test(value) || /^0+$/.test(value)) return undefined;
  return value.toLowerCase();
}

function listOf(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}
