import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../src/records/json.ts';
import type { Trajectory } from '../../../src/records/trajectory.ts';
import { callListOf, historyOf, turnsOf } from '../../../src/systems/benchkit/conversation.ts';

const call = (name: string, more: object = {}) => ({ kind: 'toolCall' as const, name, args: { x: 1 }, ...more });
const trajectory: Trajectory = {
  turns: [
    {
      input: 'first',
      output: 'one',
      steps: [
        { kind: 'message', text: 'let me see' },
        call('s__a', { id: 'i1', server: 's', result: 'text', isError: false }),
        call('s__b', { id: 'i2', server: 's', result: { n: [1] }, isError: true, reply: 2 }),
        call('s__b', { id: 'i2', server: 's', result: 'other', isError: false, reply: 2 }),
      ],
    },
    { input: 'second', output: 'two', steps: [call('s__c', { id: 'i3', server: 's' })] },
  ],
};

describe('a conversation in the form of BenchKit', () => {
  it('says the same as the trajectory it is made of, and gives it back', () => {
    const history = historyOf(trajectory, 'Be kind.');
    expect(history.map(({ role }) => role).join(' ')).toBe('system user assistant tool assistant tool tool assistant user assistant assistant');
    expect(history[2]).toMatchObject({ content: 'let me see', tool_calls: [{ function: { name: 's__a', arguments: '{"x":1}' } }] });
    const { turns, system } = turnsOf({ history, calls: [], query: 'first', response: 'two' });
    expect({ turns, system }).toEqual({ turns: trajectory.turns, system: 'Be kind.' });
  });

  it('is read from the list of calls where there are no messages', () => {
    const calls = callListOf(trajectory);
    expect(calls[0]).toEqual({
      server_name: 's',
      name: 'a',
      arguments: '{"x":1}',
      result: '{"content":[{"type":"text","text":"text"}],"isError":false}',
    });
    const { turns } = turnsOf({ history: [], calls: calls.slice(0, 1), query: 'first', response: 'one' });
    expect(turns).toEqual([
      { input: 'first', output: 'one', steps: [{ kind: 'toolCall', name: 's__a', server: 's', args: { x: 1 }, result: 'text', isError: false }] },
    ]);
  });

  it('costs no more than its length, whatever ids its calls have', () => {
    const many = 20_000;
    const calls = Array.from({ length: many }, () => ({ id: 'same', function: { name: 'a', arguments: '{}' } }));
    const results = Array.from({ length: many }, (_, n): JsonObject => ({ role: 'tool', tool_call_id: 'same', content: String(n) }));
    const history: JsonObject[] = [{ role: 'user', content: 'q' }, { role: 'assistant', content: null, tool_calls: calls }, ...results];
    const { turns } = turnsOf({ history, calls: [], query: 'q', response: 'r' });
    expect(turns[0]?.steps).toHaveLength(many);
    expect(turns[0]?.steps.at(-1)).toMatchObject({ result: many - 1 });
  });
});
