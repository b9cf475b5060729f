// The checklist of what the action promises on GitHub: every item is a test whose name starts with `gh-` and its number,
// or with those of several.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Items from 1 to this number. */
export const itemCount = 80;

/** Test names below `__tests__` that start with an item: {item: 'gh-01', says, file}, in the order of items, then files. */
export function readGithubItems(root) {
  const tests = readdirSync(join(root, '__tests__'), { recursive: true }).filter((name) => name.endsWith('.test.ts'));
  return tests
    .flatMap((name) => {
      const file = `__tests__/${name.replaceAll('\\', '/')}`;
      const text = readFileSync(join(root, file), 'utf8');
      const titles = text.matchAll(/(?:\b(?:it|describe)[\w.]*(?:\([^)]*\)+)?\(\s*|\btitle: )(['"`])((?:gh-\d\d[ :]+)+)((?:\\.|(?!\1)[^\\])+)\1/g);
      return [...titles].flatMap(([, , items, says]) =>
        items.match(/gh-\d\d/g).map((item) => ({ item, says: says.replaceAll(/\\(.)/g, '$1'), file })),
      );
    })
    .sort((a, b) => a.item.localeCompare(b.item) || a.file.localeCompare(b.file));
}
