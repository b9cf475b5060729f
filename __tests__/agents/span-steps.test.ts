import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readExport, type TraceSpan } from '../../src/agents/parts/otlp.ts';
import { isWholeTrace, readTrace, spanAttributes } from '../../src/agents/parts/span-steps.ts';
import { turnSpanId } from '../../src/agents/parts/traceparent.ts';
import type { Json, JsonObject } from '../../src/records/json.ts';
import { cpuMs } from '../helpers/cpu.ts';

const traceId = '0af7651916cd43dd8448eb211c80319c';

function spansOf(request: Json): TraceSpan[] {
  const spans: TraceSpan[] = [];
  readExport(request, { isWanted: () => true, keys: spanAttributes, onSpan: (span) => spans.push(span) });
  return spans;
}

let next = 0;
const attribute = (key: string, value: unknown) => ({ key, value: typeof value === 'number' ? { intValue: value } : { stringValue: value } });
const span = (startMs: number, attributes: Record<string, unknown>, fields: object = {}): JsonObject =>
  JSON.parse(
    JSON.stringify({
      traceId,
      spanId: (0xa0000000 + next++).toString(16).padStart(16, '0'),
      parentSpanId: turnSpanId(traceId, 1),
      name: 'x',
      startTimeUnixNano: String(startMs * 1e6),
      endTimeUnixNano: String((startMs + 1) * 1e6),
      attributes: Object.entries(attributes).map(([key, value]) => attribute(key, value)),
      ...fields,
    }),
  ) as JsonObject;
const tool = (name: string) => ({ 'gen_ai.operation.name': 'execute_tool', 'gen_ai.tool.name': name });
const exported = (...spans: Json[]): Json => ({ resourceSpans: [{ scopeSpans: [{ spans }] }] });
const one = { traceId, turns: 1, startsMs: [] };
const read = (spans: Json[], context: Partial<Parameters<typeof readTrace>[1]> = {}) =>
  readTrace(spansOf(exported(...spans)), { ...one, ...context }).toolCalls.map((calls) => calls.map(({ name }) => name));

describe('the spans of a trace', () => {
  it('are read from what an OpenTelemetry exporter sent, in both conventions', () => {
    const spans = spansOf(JSON.parse(readFileSync(new URL('../vectors/otlp-export.json', import.meta.url), 'utf8')) as Json);
    expect(spans).toHaveLength(5);
    expect(isWholeTrace(spans, one)).toBe(true);
    expect(isWholeTrace(spans.slice(0, 3), one)).toBe(false);
    expect(readTrace(spans, one)).toEqual({
      toolCalls: [
        [
          { kind: 'toolCall', name: 'look_up_order', id: 'call_1', args: { order: 'A-17' }, result: { status: 'shipped' } },
          { kind: 'toolCall', name: 'refund', args: { order: 'A-17', amount: 12.5 }, result: 'not allowed', isError: true },
        ],
      ],
      // Not twice, although the span of the agent repeats the sum.
      usage: { inputTokens: 30, outputTokens: 12 },
    });
  });

  it.each([
    ['the Agent Development Kit', { ...tool('a'), 'gcp.vertex.agent.tool_call_args': '{"n":1}', 'gcp.vertex.agent.tool_response': '{"r":2}' }],
    [
      'the Vercel AI SDK',
      { 'ai.operationId': 'ai.toolCall', 'ai.toolCall.name': 'a', 'ai.toolCall.args': '{"n":1}', 'ai.toolCall.result': '{"r":2}' },
    ],
    [
      'OpenLLMetry',
      { 'traceloop.span.kind': 'tool', 'traceloop.entity.name': 'a', 'traceloop.entity.input': '{"n":1}', 'traceloop.entity.output': '{"r":2}' },
    ],
  ])('are read as %s writes them', (_, attributes) => {
    const { toolCalls } = readTrace(spansOf(exported(span(1, attributes))), one);
    expect(toolCalls[0]?.[0]).toMatchObject({ name: 'a', args: { n: 1 }, result: { r: 2 } });
  });

  it('are ordered by their start, whatever the order of arrival, and by their end within a millisecond', () => {
    expect(
      read([span(5, tool('c'), { endTimeUnixNano: '5900000' }), span(5, tool('b'), { endTimeUnixNano: '5100000' }), span(1, tool('a'))]),
    ).toEqual([['a', 'b', 'c']]);
  });

  it('count a call once that two libraries recorded, and tools that a tool called', () => {
    const outer = span(1, tool('ask'));
    const inner = span(2, { ...tool('ask'), 'gen_ai.tool.call.arguments': '{"q":1}' }, { parentSpanId: outer.spanId as Json });
    const other = span(3, tool('look_up'), { parentSpanId: outer.spanId as Json });
    const { toolCalls } = readTrace(spansOf(exported(inner, outer, other)), one);
    expect(toolCalls[0]).toMatchObject([{ name: 'ask', args: { q: 1 } }, { name: 'look_up' }]);
    expect(toolCalls[0]).toHaveLength(2);
  });

  it('belong to the turn that they hang below, or else to the one in which they began, or else to the last', () => {
    const below = (turn: number) => ({ parentSpanId: turnSpanId(traceId, turn) });
    expect(read([span(9, tool('a'), below(1)), span(1, tool('b'), below(2))], { turns: 2 })).toEqual([['a'], ['b']]);
    const byTime = [span(10, tool('a')), span(25, tool('b')), span(20, tool('c'))];
    expect(read(byTime, { turns: 2, startsMs: [5, 20] })).toEqual([['a'], ['c', 'b']]);
    expect(read(byTime, { turns: 2 })).toEqual([[], ['a', 'c', 'b']]);
  });

  it('are not whole while a span between is missing, or only tools hang below the turn', () => {
    const whole = (spans: Json[], turns = 1) => isWholeTrace(spansOf(exported(...spans)), { ...one, turns });
    const root = span(1, {});
    const child = span(2, tool('a'), { parentSpanId: root.spanId as Json });
    expect(whole([child])).toBe(false);
    expect(whole([child, root])).toBe(true);
    expect(whole([child, root], 2)).toBe(false);
    expect(whole([span(1, tool('a'))])).toBe(false);
  });

  it('may be anything an agent can send', () => {
    const hostile: Json[] = [
      ...[null, 5, [], {}, { traceId: 'x' }, { traceId, spanId: '0'.repeat(16) }, { traceId, spanId: 'g'.repeat(16) }],
      span(1, {}, { attributes: [null, 5, { key: '__proto__', value: { stringValue: 'x' } }, { key: 'tool.name' }], status: 5, name: { a: 1 } }),
      span(1, tool('a'), { startTimeUnixNano: 'soon', endTimeUnixNano: -5, parentSpanId: 7 }),
      span(1, tool('__proto__'), { startTimeUnixNano: '99999999999999999999' }),
    ];
    expect(read(hostile)).toEqual([['a', '__proto__']]);
    for (const request of [null, 5, [], {}, { resourceSpans: 5 }] as Json[]) expect(spansOf(request)).toEqual([]);
    let deep: Json = { stringValue: 'x' };
    for (let n = 0; n < 100; n++) deep = { arrayValue: { values: [deep] } };
    expect(spansOf(exported(span(1, {}, { attributes: [{ key: 'input.value', value: deep }] })))).toHaveLength(1);
  });

  it('take linear time, in a long chain and in a ring', () => {
    const id = (n: number) => (0xb0000000 + n).toString(16).padStart(16, '0');
    const chain = Array.from({ length: 10_000 }, (_, n) => span(n, tool(`t${n}`), { spanId: id(n), parentSpanId: id((n + 1) % 10_000) }));
    const spans = spansOf(exported(...chain));
    expect(readTrace(spans, one).toolCalls[0]).toHaveLength(10_000);
    expect(isWholeTrace(spans, one)).toBe(false);
  });

  it('cost no more for thousands of calls inside one with large arguments', () => {
    const large = JSON.stringify({ a: Array.from({ length: 100_000 }, (_, n) => n) });
    const outer = span(1, { ...tool('a'), 'gen_ai.tool.call.arguments': large });
    const inner = Array.from({ length: 3000 }, (_, n) =>
      span(n + 2, { ...tool('a'), 'gen_ai.tool.call.arguments': '{}' }, { parentSpanId: outer.spanId }),
    );
    const startedAt = cpuMs();
    expect(read([outer, ...inner])[0]).toHaveLength(3001);
    expect(cpuMs() - startedAt).toBeLessThan(3000);
  });

  it('are no answer when their arguments are too deep', () => {
    const deep = '['.repeat(20_000) + ']'.repeat(20_000);
    const outer = span(1, { ...tool('a'), 'gen_ai.tool.call.arguments': deep });
    const inner = span(2, { ...tool('a'), 'gen_ai.tool.call.arguments': deep }, { parentSpanId: outer.spanId });
    expect(() => read([outer, inner])).toThrow(expect.objectContaining({ name: 'AgentFailure', kind: 'bad-response' }));
  });
});
