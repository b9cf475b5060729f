import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { itemCount, readGithubItems } from '../../scripts/github-items.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));
const items = readGithubItems(root);

describe('the checklist of what the action promises on GitHub', () => {
  it('has a test for every item', () => {
    const wanted = Array.from({ length: itemCount }, (_, index) => `gh-${String(index + 1).padStart(2, '0')}`);
    const shown = new Set(items.map(({ item }) => item));
    expect(wanted.filter((item) => !shown.has(item))).toEqual([]);
    expect([...shown].filter((item) => !wanted.includes(item ?? ''))).toEqual([]);
  });
});
