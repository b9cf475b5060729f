import { appendFileSync, readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { evaluateSuite } from '../../src/pipeline/evaluate.ts';
import { findLocalBaseline } from '../../src/pipeline/find-baseline.ts';
import { loadSuites } from '../../src/pipeline/load-suites.ts';
import { json, serve } from '../agents/support.ts';
import { freePort } from '../helpers/free-port.ts';
import { makeProject, type Project } from '../helpers/run-cli.ts';

let project: Project;
beforeEach(() => {
  project = makeProject();
});
afterEach(() => project.remove());

/** What an agent with two spans exports: its own, and a tool call below it. */
function exported(traceparent: string, tool: string): string {
  const [, traceId, parent] = traceparent.split('-');
  const root = { traceId, spanId: 'aaaaaaaaaaaaaaa1', parentSpanId: parent, name: 'POST /', startTimeUnixNano: '1', endTimeUnixNano: '9' };
  const attributes = Object.entries({ 'gen_ai.operation.name': 'execute_tool', 'gen_ai.tool.name': tool, 'gen_ai.tool.call.arguments': '{"n":1}' });
  const call = { ...root, spanId: 'aaaaaaaaaaaaaaa2', parentSpanId: root.spanId };
  const spans = [root, { ...call, attributes: attributes.map(([key, stringValue]) => ({ key, value: { stringValue } })) }];
  return JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans }] }] });
}

/** An agent that answers first, and tells of its spans afterwards. */
async function tracingAgent(send: (spans: string) => void): Promise<{ url: string; headers: (string | string[] | undefined)[] }> {
  const { url, seen } = await serve((response, { headers }) => {
    response.once('close', () => typeof headers.traceparent === 'string' && send(exported(headers.traceparent, 'look_up')));
    json(response, { answer: 'yes' });
  });
  return {
    url,
    get headers() {
      return seen.map(({ headers }) => headers.traceparent);
    },
  };
}

async function run(agent: object, extra: object = {}) {
  project.write('samples.jsonl', [{ id: 's1', input: 'q', toolCalls: [{ name: 'look_up', args: { n: 1 } }] }]);
  const checkers = [{ type: 'trajectory', match: 'exact' }];
  project.write('agent-regress.json', { suite: 'bot', samples: 'samples.jsonl', agent, repeats: 2, checkers, baseline: 'none', ...extra });
  const [config] = await loadSuites({ configPaths: [], overrides: [], env: {}, cwd: project.folder });
  if (!config) throw new Error('no suite');
  await evaluateSuite({
    config,
    outputDir: `${project.folder}/out`,
    resume: false,
    findBaseline: (wanted) => findLocalBaseline(wanted, project.folder),
    signal: new AbortController().signal,
    onEvent: () => {},
  });
  return { header: project.records('out', 'run')[0], responses: project.records('out', 'response'), done: project.records('out', 'done') };
}

const step = { kind: 'toolCall', name: 'look_up', args: { n: 1 } };

describe('a suite with traces', () => {
  it('scores tool calls that arrive at its endpoint after the answer, and records them with their trace', async () => {
    const port = await freePort();
    const agent = await tracingAgent((body) => {
      void fetch(`http://127.0.0.1:${port}/v1/traces`, { method: 'POST', body, headers: { 'content-type': 'application/json' } });
    });
    const { header, responses, done } = await run(
      { type: 'http', url: agent.url, reply: { output: '/answer' } },
      { traces: { listen: port, quietMs: 50 } },
    );
    expect(done).toMatchObject([{ outcome: 'pass' }, { outcome: 'pass' }]);
    for (const response of responses) {
      expect(response.trajectory).toMatchObject({ turns: [{ output: 'yes', steps: [step] }], spans: [{ name: 'POST /' }, { name: 'POST /' }] });
      expect(agent.headers.map((text) => String(text).slice(3, 35))).toContain(response.traceId);
    }
    expect(header?.fingerprints).toMatchObject({ call: { traces: expect.any(String) } });
    const closed = await fetch(`http://127.0.0.1:${port}/v1/traces`).catch(() => 'closed');
    expect(closed).toBe('closed');
  });

  it('reads them from the file of a collector', async () => {
    const agent = await tracingAgent((line) => appendFileSync(`${project.folder}/spans.jsonl`, `${line}\n`));
    const traces = { path: 'spans.jsonl', quietMs: 50 };
    const { responses } = await run({ type: 'http', url: agent.url, reply: { output: '/answer' } }, { traces });
    expect(responses).toMatchObject([{ trajectory: { turns: [{ steps: [step] }] } }, { trajectory: { turns: [{ steps: [step] }] } }]);
  });

  it('counts an answer without a span as an error, not as one without tool calls, unless told so', async () => {
    const agent = await tracingAgent(() => {});
    const traces = { path: 'spans.jsonl', waitMs: 50 };
    const { responses } = await run({ type: 'http', url: agent.url, reply: { output: '/answer' } }, { traces });
    expect(responses[0]?.error).toMatchObject({
      kind: 'bad-response',
      message: expect.stringMatching(/no span of its trace [0-9a-f]{32} at spans.jsonl/),
    });
    project.remove();
    project = makeProject();
    const lenient = await run({ type: 'http', url: agent.url, reply: { output: '/answer' } }, { traces: { ...traces, required: false } });
    expect(lenient.done).toMatchObject([{ outcome: 'fail' }, { outcome: 'fail' }]);
    const page = readFileSync(`${project.folder}/out/report.html`, 'utf8');
    expect(lenient.responses.some(({ traceId }) => page.includes(`"traceId":"${String(traceId)}"`))).toBe(true);
  });

  it('leaves what the reply itself tells as it is, and is not waited for', async () => {
    const { url } = await serve((response) => json(response, { answer: 'yes', calls: [{ name: 'look_up', args: { n: 1 } }] }));
    const agent = { type: 'http', url, reply: { output: '/answer', toolCalls: '/calls' } };
    const { done } = await run(agent, { traces: { path: 'spans.jsonl', waitMs: 600_000 } });
    expect(done).toMatchObject([{ outcome: 'pass' }, { outcome: 'pass' }]);
  });

  it('refuses an agent whose config has a traceparent of its own', async () => {
    const agent = { type: 'http', url: 'http://127.0.0.1:9', headers: { traceparent: '00-x' } };
    await expect(run(agent, { traces: { path: 'spans.jsonl' } })).rejects.toMatchObject({ code: 'traces-unassignable' });
    await expect(run({ type: 'do-nothing' }, { traces: { path: 'a', listen: 5 } })).rejects.toMatchObject({ code: 'config-invalid' });
    await expect(run({ type: 'do-nothing' }, { traces: { send: false, listen: 5 } })).rejects.toMatchObject({ code: 'config-invalid' });
  });
});

describe('a suite without traces', () => {
  it('sends a trace of its own with every attempt and records it; its fingerprint is the one that it always had', async () => {
    const agent = await tracingAgent(() => {});
    const { header, responses } = await run({ type: 'http', url: agent.url, reply: { output: '/answer' } });
    const ids = responses.map(({ traceId }) => traceId);
    expect(new Set(ids).size).toBe(2);
    for (const id of ids) expect(agent.headers).toContainEqual(`00-${id}-${String(id).slice(0, 12)}0001-01`);
    const { call = {} } = (header?.fingerprints ?? {}) as { call?: Record<string, string> };
    expect(Object.keys(call).sort()).toEqual(['agent', 'endpoint', 'template', 'tool', 'user']);
  });

  it('sends and records none when told so, or for an agent that costs nothing', async () => {
    const agent = await tracingAgent(() => {});
    const { responses } = await run({ type: 'http', url: agent.url, reply: { output: '/answer' } }, { traces: { send: false } });
    expect(agent.headers).toEqual([undefined, undefined]);
    expect(responses.some((response) => 'traceId' in response)).toBe(false);
    project.remove();
    project = makeProject();
    expect((await run({ type: 'do-nothing' })).responses.some((response) => 'traceId' in response)).toBe(false);
  });
});
