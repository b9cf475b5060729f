import { describe, expect, it } from 'vitest';
import type { ModelAnswer } from '../../src/records/model.ts';
import type { Scenario } from '../../src/records/sample.ts';
import type { Turn } from '../../src/records/trajectory.ts';
import { users } from '../../src/users/registry.ts';
import type { UserSettings } from '../../src/users/user.ts';
import { makeSample } from '../agents/support.ts';

const turn = (input: string, output: string): Turn => ({ input, output, steps: [] });

/** A user whose model says `says`, and what the model was asked. */
function userOf(says: string, scenario: Scenario = { plan: 'Get a refund.' }, settings: Partial<UserSettings> = {}) {
  const asked: { role: string; content: string }[][] = [];
  const redacted: string[] = [];
  const user = users.get('simulated').create(makeSample({ scenario, turns: [], input: scenario.opening ?? '', row: { mood: 'cross' } }), {
    settings: { style: 'reactive', maxTurns: 8, stop: '###STOP###', ...settings },
    model: {
      name: 'the user model "m"',
      marker: () => 'abc',
      async ask({ messages }): Promise<ModelAnswer> {
        asked.push([...messages]);
        return { kind: 'reply', text: says, usage: { calls: 1 } };
      },
    },
    signal: new AbortController().signal,
    redact: <T>(value: T): T => {
      redacted.push(JSON.stringify(value));
      return JSON.parse(JSON.stringify(value).replaceAll('secret-1', '[redacted]'));
    },
  });
  return { user, asked, redacted, rules: () => asked[0]?.[0]?.content ?? '', material: () => asked[0]?.[1]?.content ?? '' };
}

const heard = [turn('hi', 'ho ###STOP###')];

describe('a simulated user', () => {
  it.each(['###STOP###', 'Thanks! ###STOP###', '"###stop###".\n', '<think>all done</think> ###STOP###'])(
    'ends the conversation with %j',
    async (says) => {
      const { user } = userOf(says);
      expect(await user.next(heard)).toBeUndefined();
      expect(user.end).toBe('stop');
    },
  );

  it.each(['Did you say ###STOP### to me?', 'STOP', '###STOP### and now?'])('goes on with %j', async (says) => {
    const { user } = userOf(says);
    expect(await user.next(heard)).toBe(says);
    expect(user.end).toBeUndefined();
  });

  it("takes the scenario's stop word and turns before those of the suite", async () => {
    const scenario = { plan: 'x', stop: '</finished>', maxTurns: 2 };
    expect(await userOf('bye </finished>', scenario).user.next(heard)).toBeUndefined();
    expect(await userOf('bye ###STOP###', scenario).user.next(heard)).toBe('bye ###STOP###');
    const { user, asked } = userOf('more', scenario);
    expect(await user.next([...heard, ...heard])).toBeUndefined();
    expect({ end: user.end, asked: asked.length }).toEqual({ end: 'max-turns', asked: 0 });
  });

  it('keeps the stop word of the suite where that of the scenario is only white space', async () => {
    const { user, rules } = userOf('bye ###STOP###', { plan: 'x', stop: '  ' });
    expect(await user.next(heard)).toBeUndefined();
    expect(rules()).toContain('reply with ###STOP### and nothing else');
  });

  it('looks for secrets in each turn once, however long the conversation is', async () => {
    const { user, redacted, asked } = userOf('more', { plan: 'x', maxTurns: 100 });
    const said = Array.from({ length: 40 }, (_, number) => turn(`message ${number}`, `reply ${number} secret-1`));
    for (let turns = 1; turns <= said.length; turns++) await user.next(said.slice(0, turns));
    expect(redacted).toHaveLength(said.length);
    expect(asked.at(-1)?.[1]?.content).toContain('reply 39 [redacted]');
    expect(JSON.stringify(asked)).not.toContain('secret-1');
  });

  it('begins with the opening, or asks its model, which must say something', async () => {
    const { user, asked } = userOf('never', { opening: 'Good day' });
    expect(await user.next([])).toBe('Good day');
    expect(asked).toEqual([]);
    expect(await userOf('Hello').user.next([])).toBe('Hello');
    await expect(userOf('###STOP###').user.next([])).rejects.toMatchObject({ kind: 'user-model', phase: 'answered', isTransient: false });
  });

  it('does not tell the agent what the model thinks, nor the model what is secret', async () => {
    const { user, material } = userOf('<think>I lie</think>\nI am honest');
    expect(await user.next([turn('hi', 'the key is secret-1')])).toBe('I am honest');
    expect(material()).toContain('the key is [redacted]');
  });

  it('has persona, style and instructions in its rules', async () => {
    const persona = { id: 'P', description: 'In a rush.', behaviors: [{ name: 'Short', behavior_instructions: ['Under ten words.'] }] };
    const { user, rules } = userOf('x', { plan: 'Fly.', persona }, { style: 'minimal', instructions: 'You are {{row.mood}} and want: {{plan}}' });
    await user.next(heard);
    for (const text of ['Fly.', 'In a rush.', '- Under ten words.', 'as little as possible', 'You are cross and want: Fly.'])
      expect(rules()).toContain(text);
    expect(() => userOf('x', { plan: 'Fly.' }, { instructions: '{{row.nothing}}' })).toThrow(
      /user\.instructions cannot be filled for sample.*nothing/,
    );
  });

  it('shows the newest turns of a conversation that is too long, and says what it leaves out', async () => {
    const { user, material } = userOf('x', undefined, { maxTurns: 20 });
    await user.next(Array.from({ length: 9 }, (_, index) => turn(`question ${index}`, 'y'.repeat(20_000))));
    expect(material().length).toBeLessThan(70_000);
    expect(material()).toContain('question 8');
    expect(material()).not.toContain('question 0');
    expect(material()).toMatch(/"note":"\d earlier turns were left out"/);
  });
});
