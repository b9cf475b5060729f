import { describe, expect, it } from 'vitest';
import { agents } from '../../src/agents/registry.ts';
import { checkers } from '../../src/checkers/registry.ts';
import { commonAgents, commonCheckers } from '../../src/pipeline/common-kinds.ts';
import { allKinds, withKinds } from '../../src/pipeline/kinds.ts';

describe('the kinds that are loaded alone', () => {
  it('are those of the registries', () => {
    for (const agent of commonAgents.entries) expect(agents.get(agent.type)).toBe(agent);
    for (const checker of commonCheckers.entries) expect(checkers.get(checker.type)).toBe(checker);
  });

  it('hold no entries, which could be of any kind', () => {
    for (const { type, nested } of commonCheckers.entries) expect(nested, type).toBeUndefined();
  });

  it('are enough for a suite that names no others', async () => {
    const seen: number[] = [];
    await withKinds(async ({ agents: known, checkers: tried }) => {
      seen.push(1);
      expect(known.get('http').type).toBe('http');
      expect(tried.has('contains')).toBe(true);
    });
    expect(seen).toEqual([1]);
  });

  it.each([
    ['another checker', 'weighted-mean'],
    ['one that nobody knows', 'contians'],
  ])('give way to all of them for %s', async (_, type) => {
    const { checkers: all } = await allKinds();
    const known = await withKinds(async ({ checkers: tried }) => ({ has: tried.has(type), types: tried.types }));
    expect(known).toEqual({ has: all.has(type), types: all.types });
  });
});
