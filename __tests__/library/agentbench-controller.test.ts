import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { systems, type agentbench as Types } from '../../src/index.ts';

const agentbench = await systems.agentbench();

interface Case {
  id: string;
  input: unknown;
  expected: unknown;
}

const casesOf = (name: string): Case[] => JSON.parse(readFileSync(new URL(`../vectors/agentbench-${name}.json`, import.meta.url), 'utf8')).cases;

describe.each(casesOf('segments'))('segments of $id', ({ input, expected }) => {
  it('are counted', () => expect(agentbench.countSegments(input as string)).toBe(expected));
});

describe.each(casesOf('scheduler-capacity'))('capacity: $id', ({ input, expected }) => {
  it('is the maximum flow', () => expect(agentbench.startableSamples(input as Types.Capacity)).toBe(expected));
});

describe.each(casesOf('history-window'))('window: $id', ({ input, expected }) => {
  it('keeps the first and the latest messages', () => {
    const { words } = input as { words: number[] };
    const history = words.map((count, index) => ({
      role: index % 2 === 0 ? ('user' as const) : ('agent' as const),
      content: Array(count).fill('a').join(' '),
    }));
    const shown = agentbench.windowHistory(history).map(({ role, content }) => {
      const [text = '', notice = null] = content.split('\n\n');
      return { role, words: text.split(' ').length, notice };
    });
    expect(shown).toEqual(expected);
  });
});

describe.each(casesOf('sample-outcome'))('outcome: $id', ({ input, expected }) => {
  it('goes into the file of the reference', () => {
    const plan = agentbench.recordOf(...exchangeOf(input as Exchange));
    const { file, error, status, agentCalls: agent_calls, isRequeued: requeued, isCancelled: cancelled } = plan;
    expect({ file, error, status, agent_calls, requeued, cancelled }).toMatchObject(expected as object);
  });
});

/** One call as the vectors write it: a status of the sample, a status of HTTP, or what the network said. */
type Call = { status: string } | { http: number | string } | number | string;
interface Exchange {
  start?: Call;
  start_http?: number | string;
  interacts?: Call[];
  agent?: string[];
}

function exchangeOf({ start, start_http, interacts = [], agent = [] }: Exchange): Parameters<typeof agentbench.recordOf> {
  const moveOf = (text: string): Types.AgentMove =>
    text === 'CONTEXT_LIMIT' ? 'context-limit' : /^(EXCEPTION|ERROR|RAISE)/i.test(text) ? 'error' : 'answer';
  return [callOf(start_http ?? start ?? 200), agent.map(moveOf), interacts.map(callOf)];
}

function callOf(call: Call): Types.CallResult {
  if (typeof call === 'number') return { kind: 'status', status: call, text: '' };
  if (typeof call === 'string') return { kind: 'network', text: call };
  if ('http' in call) return callOf(call.http);
  const history = [{ role: 'user', content: 'x' }];
  return {
    kind: 'reply',
    read: agentbench.readSampleReply(JSON.stringify({ session_id: 0, output: { index: 0, status: call.status, result: null, history } })),
  };
}
