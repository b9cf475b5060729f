import { abortFailure } from '../../io/failure.ts';
import type { Trajectory } from '../../records/trajectory.ts';
import type { User } from '../../users/user.ts';
import { type Agent, AgentFailure, type AgentRequest } from '../agent.ts';
import type { TraceSpan } from './otlp.ts';
import { badReply } from './reply.ts';
import { isWholeTrace, readTrace, type TraceContext } from './span-steps.ts';
import { summaryOf } from './span-summary.ts';

/** Where the spans of agents arrive. */
export interface SpanSource {
  /** Keeps the spans of a trace from now on, until it is released. */
  expect(traceId: string): ExpectedTrace;
  /** Spans of traces that nobody expected. */
  readonly strangers: number;
  /** Where it looks, for messages. */
  readonly place: string;
  close(): Promise<void>;
}

export interface ExpectedTrace {
  /** So far. */
  readonly spans: readonly TraceSpan[];
  /** `performance.now()` of the last arrival. */
  readonly changedAt: number;
  /** More came than is kept. */
  readonly isCut: boolean;
  /** Resolves when spans arrive, when the time is over, or when the signal is aborted. */
  changed(ms: number, signal: AbortSignal): Promise<void>;
  release(): void;
}

export interface TraceOptions {
  source: SpanSource;
  /** For the spans of an answer after it came, at most, milliseconds. */
  waitMs: number;
  /** Without a further span after a trace looks whole, milliseconds. */
  quietMs: number;
  /** Whether an answer without a single span is an error. */
  isRequired: boolean;
  /** Of one attempt, milliseconds: the wait never costs an answer. */
  timeoutMs: number;
}

/** What is left of the attempt for the record when the wait for spans ends. */
const reserveMs = 250;

/**
 * The agent, with tool calls and usage from its spans where its replies have none. An answer whose spans did not come is no
 * answer without tool calls: it fails, unless the options say otherwise.
 */
export function withTraces(agent: Agent, options: TraceOptions): Agent {
  return {
    ...agent,
    close: () => agent.close(),
    async ask(request) {
      const { traceId } = request;
      if (traceId === undefined) return agent.ask(request);
      const trace = options.source.expect(traceId);
      const startedAt = performance.now();
      const startsMs: number[] = [];
      try {
        const trajectory = await agent.ask({ ...request, user: timedUser(request.user, startsMs) });
        if (trajectory.turns.length === 0 || trajectory.turns.some(({ steps }) => steps.some(({ kind }) => kind === 'toolCall'))) return trajectory;
        const context: TraceContext = { traceId, turns: trajectory.turns.length, startsMs };
        const leftMs = options.timeoutMs - (performance.now() - startedAt) - reserveMs;
        const spans = await settledSpans(trace, context, { options, request, leftMs });
        return withReading(trajectory, spans, context);
      } finally {
        trace.release();
      }
    },
  };
}

/** Notes when each message is said. */
function timedUser(user: User, startsMs: number[]): User {
  return {
    async next(history) {
      const input = await user.next(history);
      if (input !== undefined) startsMs[history.length] = Date.now();
      return input;
    },
    get end() {
      return user.end;
    },
    get isThinking() {
      return user.isThinking === true;
    },
    get usage() {
      return user.usage;
    },
  };
}

async function settledSpans(
  trace: ExpectedTrace,
  context: TraceContext,
  { options, request, leftMs }: { options: TraceOptions; request: AgentRequest; leftMs: number },
): Promise<readonly TraceSpan[]> {
  const { waitMs, quietMs, isRequired, source } = options;
  const repliedAt = performance.now();
  const until = repliedAt + Math.min(waitMs, leftMs);
  for (;;) {
    if (request.signal.aborted) throw abortFailure(request.signal, 'ambiguous');
    if (trace.isCut)
      throw new AgentFailure('too-large', 'the trace of the answer is larger than maxReplyBytes or 10000 spans', { phase: 'answered' });
    const isWhole = trace.spans.length > 0 && isWholeTrace(trace.spans, context);
    const end = isWhole ? Math.min(until, Math.max(repliedAt, trace.changedAt) + quietMs) : until;
    const wait = end - performance.now();
    if (wait <= 0) break;
    await trace.changed(wait, request.signal);
  }
  if (trace.spans.length > 0 || !isRequired) return trace.spans;
  const hint =
    source.strangers > 0
      ? `spans of other traces did come (${source.strangers}): the agent must go on with the traceparent that it is told`
      : 'does the agent send its spans there?';
  const waited = Math.round(Math.max(0, Math.min(waitMs, leftMs)));
  throw badReply(`the answer came, but within ${waited} ms no span of its trace ${context.traceId} at ${source.place}; ${hint}`);
}

/** Tool calls stand before what the turn itself recorded: that has no times. */
function withReading(trajectory: Trajectory, spans: readonly TraceSpan[], context: TraceContext): Trajectory {
  const { toolCalls, usage } = readTrace(spans, context);
  return {
    ...trajectory,
    turns: trajectory.turns.map((turn, n) => ({ ...turn, steps: [...(toolCalls[n] ?? []), ...turn.steps] })),
    ...summaryOf(spans),
    ...(trajectory.usage === undefined && usage ? { usage } : {}),
  };
}
