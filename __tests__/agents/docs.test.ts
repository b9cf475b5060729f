import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { agents } from '../../src/agents/registry.ts';

const text = readFileSync(new URL('../../docs/agents.md', import.meta.url), 'utf8');

describe('docs/agents.md', () => {
  const configs = [...text.matchAll(/```yaml\n(agent:[\s\S]*?)```/g)].map((match) => parse(match[1] ?? '').agent);

  it('shows configs that the agents of today accept', () => {
    expect(configs.length).toBeGreaterThan(3);
    for (const { type, ...options } of configs) expect(agents.get(type).options.safeParse(options).error?.issues ?? []).toEqual([]);
  });

  it('has a section and a config for each of its agents', () => {
    const types = [...text.matchAll(/^## (.+)$/gm)].map((match) => match[1]);
    for (const type of types) {
      expect(agents.types).toContain(type);
      expect(configs.map((config) => config.type)).toContain(type);
    }
  });
});
