import type { Json, JsonObject } from '../../records/json.ts';
import type { ToolCallStep, Usage } from '../../records/trajectory.ts';
import type { TraceSpan } from './otlp.ts';
import { checkDepth, jsonOrText } from './reply.ts';
import { turnSpanId } from './traceparent.ts';

/**
 * Where tool calls and tokens are, in the order in which they are looked for. GenAI: OpenTelemetry semantic conventions; TOOL and LLM:
 * OpenInference; `gcp.vertex.agent`: Agent Development Kit; `ai.`: Vercel AI SDK; `traceloop.`: OpenLLMetry.
 */
const places = {
  name: ['gen_ai.tool.name', 'tool.name', 'ai.toolCall.name', 'traceloop.entity.name'],
  args: [
    ...['gen_ai.tool.call.arguments', 'gcp.vertex.agent.tool_call_args', 'ai.toolCall.args', 'input.value', 'tool.parameters'],
    'traceloop.entity.input',
  ],
  result: ['gen_ai.tool.call.result', 'gcp.vertex.agent.tool_response', 'ai.toolCall.result', 'output.value', 'traceloop.entity.output'],
  id: ['gen_ai.tool.call.id', 'tool_call.id', 'tool.id', 'ai.toolCall.id'],
  inputTokens: ['gen_ai.usage.input_tokens', 'gen_ai.usage.prompt_tokens', 'llm.token_count.prompt'],
  outputTokens: ['gen_ai.usage.output_tokens', 'gen_ai.usage.completion_tokens', 'llm.token_count.completion'],
  costUsd: ['llm.cost.total'],
} as const;
const kinds = ['openinference.span.kind', 'gen_ai.operation.name', 'traceloop.span.kind', 'ai.operationId'] as const;
const toolKinds = new Set<Json>(['TOOL', 'execute_tool', 'tool', 'ai.toolCall']);
const modelKinds = new Set<Json>(['LLM', 'chat', 'text_completion', 'generate_content']);
const mimeTypes: Readonly<Record<string, string>> = { 'input.value': 'input.mime_type', 'output.value': 'output.mime_type' };

/** The attributes that are read. */
export const spanAttributes: ReadonlySet<string> = new Set([...Object.values(places).flat(), ...kinds, ...Object.values(mimeTypes)]);

/** What the spans of one trace say that the agent did. */
export interface TraceReading {
  /** By turn: as many as there are. */
  toolCalls: ToolCallStep[][];
  usage: Usage | undefined;
}

export interface TraceContext {
  traceId: string;
  /** How many there were, at least 1. */
  turns: number;
  /** Unix time of each turn's start, milliseconds; empty when it is not known. */
  startsMs: readonly number[];
}

/**
 * Tool calls in the order in which they started, in the turns that their spans hang below, or else in which they started; where
 * neither is known, in the last one. A call that two libraries recorded, one inside the other, is one call.
 * @throws AgentFailure `bad-response` for arguments or a result nested deeper than 200 levels.
 */
export function readTrace(spans: readonly TraceSpan[], context: TraceContext): TraceReading {
  const tree = treeOf(spans, context);
  const toolCalls: ToolCallStep[][] = Array.from({ length: context.turns }, () => []);
  const calls = new Map(spans.flatMap(toolCallOf));
  const isSameCall = callComparer();
  // Clocks of a millisecond are common: of two calls that began in the same one, the first to end was the first.
  for (const span of [...spans].sort((a, b) => a.startMs - b.startMs || a.endMs - b.endMs)) {
    const call = calls.get(span.spanId);
    if (!call) continue;
    const outerId = tree.ancestorOf(span, (id) => calls.has(id));
    const outer = outerId === undefined ? undefined : calls.get(outerId);
    if (outer && isSameCall(outer, call)) Object.assign(outer, { ...call, ...outer });
    else toolCalls[turnOf(span, tree, context)]?.push(call);
  }
  return { toolCalls, usage: usageOf(spans, tree) };
}

/**
 * Whether nothing more is to be expected: every span hangs below a turn through spans that are there, and the last turn has a span that
 * is not itself a tool call. Such a span ends after what is below it, and what ends earlier is sent no later.
 */
export function isWholeTrace(spans: readonly TraceSpan[], context: TraceContext): boolean {
  const tree = treeOf(spans, context);
  const last = turnSpanId(context.traceId, context.turns);
  return (
    spans.every((span) => tree.rootOf(span) !== undefined) && spans.some((span) => span.parentId === last && !kindIn(span.attributes, toolKinds))
  );
}

interface Tree {
  /** The turn that a span hangs below, from 1; undefined when a span between them is not there. */
  rootOf(span: TraceSpan): number | undefined;
  /** The id of the nearest span above that is meant. */
  ancestorOf(span: TraceSpan, isMeant: (id: string) => boolean): string | undefined;
  /** Whether the agent took over the spans of later turns. */
  hasTurns: boolean;
}

/** Links may form a ring, so that no walk is longer than the list; what was found is kept, so that all walks together are linear. */
function treeOf(spans: readonly TraceSpan[], { traceId, turns }: TraceContext): Tree {
  const byId = new Map(spans.map((span) => [span.spanId, span]));
  const turnIds = new Map(Array.from({ length: turns }, (_, n) => [turnSpanId(traceId, n + 1), n + 1]));
  const roots = new Map<string, number | undefined>();
  const rootOf = (span: TraceSpan): number | undefined => {
    const path: string[] = [];
    let root: number | undefined;
    for (let at: TraceSpan | undefined = span; at; at = at.parentId === undefined ? undefined : byId.get(at.parentId)) {
      if (roots.has(at.spanId)) {
        root = roots.get(at.spanId);
        break;
      }
      roots.set(at.spanId, undefined);
      path.push(at.spanId);
      root = at.parentId === undefined ? undefined : turnIds.get(at.parentId);
      if (root !== undefined) break;
    }
    for (const id of path) roots.set(id, root);
    return root;
  };
  return {
    rootOf,
    ancestorOf(span, isMeant) {
      let id = span.parentId;
      for (let steps = 0; id !== undefined && steps < maxAncestors; steps++) {
        if (id !== span.spanId && isMeant(id)) return id;
        id = byId.get(id)?.parentId;
      }
      return undefined;
    },
    hasTurns: spans.some(({ parentId }) => parentId !== undefined && (turnIds.get(parentId) ?? 1) > 1),
  };
}

/** A call inside a call is near it: looking further would cost the square of the spans. */
const maxAncestors = 64;

/** From 0. */
function turnOf(span: TraceSpan, tree: Tree, { turns, startsMs }: TraceContext): number {
  const root = tree.rootOf(span);
  if (root !== undefined && (root > 1 || tree.hasTurns || turns === 1)) return root - 1;
  if (startsMs.length < turns) return turns - 1;
  return Math.max(
    0,
    startsMs.findLastIndex((startMs) => startMs <= span.startMs),
  );
}

/** By the id of the span; none for any other kind of span. */
function toolCallOf({ spanId, attributes, name, isError, message }: TraceSpan): [string, ToolCallStep][] {
  if (!kindIn(attributes, toolKinds)) return [];
  const given = textAt(attributes, places.name) ?? name.replace(/^execute_tool\s+/, '');
  const args = valueAt(attributes, places.args);
  const result = valueAt(attributes, places.result) ?? message;
  const id = textAt(attributes, places.id);
  checkDepth(args ?? null);
  checkDepth(result ?? null);
  const step: ToolCallStep = {
    kind: 'toolCall',
    name: given,
    ...(args === undefined ? {} : { args }),
    ...(id === undefined ? {} : { id }),
    ...(result === undefined ? {} : { result }),
    ...(isError ? { isError } : {}),
  };
  return [[spanId, step]];
}

/** Arguments become text once: thousands of spans may lie in one with large ones. */
function callComparer(): (outer: ToolCallStep, inner: ToolCallStep) => boolean {
  const texts = new Map<ToolCallStep, string>();
  const textOf = (step: ToolCallStep): string => {
    const text = texts.get(step) ?? JSON.stringify(step.args);
    texts.set(step, text);
    return text;
  };
  return (outer, inner) => {
    if (outer.name !== inner.name || (outer.id !== undefined && inner.id !== undefined && outer.id !== inner.id)) return false;
    return outer.args === undefined || inner.args === undefined || textOf(outer) === textOf(inner);
  };
}

/** Tokens of the calls of models; of whatever reports some when no model does. A sum that repeats what is below it counts once. */
function usageOf(spans: readonly TraceSpan[], tree: Tree): Usage | undefined {
  const counted = spans.filter(({ attributes }) => hasUsage(attributes));
  const models = counted.filter(({ attributes }) => kindIn(attributes, modelKinds));
  const used = models.length > 0 ? models : counted;
  const ids = new Set(used.map(({ spanId }) => spanId));
  const usage: Usage = {};
  for (const span of used) {
    if (tree.ancestorOf(span, (id) => ids.has(id)) !== undefined) continue;
    for (const key of usageKeys) {
      const number = numberAt(span.attributes, places[key]);
      if (number !== undefined) usage[key] = (usage[key] ?? 0) + number;
    }
  }
  return Object.keys(usage).length > 0 ? usage : undefined;
}

const usageKeys = ['inputTokens', 'outputTokens', 'costUsd'] as const;

function hasUsage(attributes: JsonObject): boolean {
  return usageKeys.some((key) => numberAt(attributes, places[key]) !== undefined);
}

function kindIn(attributes: JsonObject, wanted: ReadonlySet<Json>): boolean {
  return kinds.some((key) => wanted.has(attributes[key] ?? null));
}

function textAt(attributes: JsonObject, keys: readonly string[]): string | undefined {
  const found = keys.map((key) => attributes[key]).find((value) => typeof value === 'string' && value !== '');
  return typeof found === 'string' ? found : undefined;
}

function numberAt(attributes: JsonObject, keys: readonly string[]): number | undefined {
  const found = keys.map((key) => attributes[key]).find((value) => typeof value === 'number' && Number.isFinite(value) && value >= 0);
  return typeof found === 'number' ? found : undefined;
}

/** JSON text is read where the span says that it is JSON, or where it can be nothing else. */
function valueAt(attributes: JsonObject, keys: readonly string[]): Json | undefined {
  const key = keys.find((candidate) => attributes[candidate] !== undefined);
  const value = key === undefined ? undefined : attributes[key];
  if (key === undefined || typeof value !== 'string') return value;
  const mimeType = attributes[mimeTypes[key] ?? ''];
  if (mimeType !== 'application/json' && !/^\s*[[{]/.test(value)) return value;
  return jsonOrText(value);
}
