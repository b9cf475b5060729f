import type { AgentRequest } from '../agent.ts';

/** The W3C Trace Context header https://www.w3.org/TR/trace-context/#traceparent-header of one turn of a trace, sampled. */
export function traceparentOf(traceId: string, turn = 1): string {
  return `00-${traceId}-${turnSpanId(traceId, turn)}-01`;
}

/**
 * The span that the agent's spans of a turn hang below: each turn has one of its own, so that what a turn did can be told from what
 * the next one did. `traceId`: 32 hex digits. `turn`: from 1.
 */
export function turnSpanId(traceId: string, turn: number): string {
  return traceId.slice(0, 12) + (turn & 0xffff).toString(16).padStart(4, '0');
}

/** `{traceparent}` of a request, to be put before the headers of the config, which win; empty when the request is not traced. */
export function traceHeaders({ traceId }: AgentRequest, turn = 1): { traceparent?: string } {
  return traceId === undefined ? {} : { traceparent: traceparentOf(traceId, turn) };
}

/** Whether headers of a config hold a traceparent, in any spelling. */
export function hasTraceparent(headers: Readonly<Record<string, string>>): boolean {
  return Object.keys(headers).some((name) => name.toLowerCase() === 'traceparent');
}
