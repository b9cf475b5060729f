import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { itemCounts, readTestItems, wantedItems } from '../../scripts/test-items.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));

describe('the checklists whose items are tests', () => {
  it.each(Object.keys(itemCounts) as (keyof typeof itemCounts)[])('have one for every item: %s', (prefix) => {
    const shown = new Set(readTestItems(root, prefix).map(({ item }) => item));
    const wanted = wantedItems(prefix);
    expect(wanted.filter((item) => !shown.has(item))).toEqual([]);
    expect([...shown].filter((item) => !wanted.includes(item))).toEqual([]);
  });
});
