// Checklists whose items are tests: what the action promises on GitHub (gh-01 …), the threats (T01 …) and the faults (F01 …) of
// docs/reliability.md. A test's name starts with its item, or with those of several.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Items of each list, from 1 to this number. */
export const itemCounts = { 'gh-': 80, T: 35, F: 32 };

const prefixes = Object.keys(itemCounts).join('|');
const title = new RegExp(
  `(?:\\b(?:it|test|describe)[\\w.]*(?:\\([^)]*\\)+)?\\(\\s*|\\)\\(\\s*|\\btitle: )(['"\`])((?:(?:${prefixes})\\d\\d[ :,]+)+)((?:\\\\.|(?!\\1)[^\\\\])+)\\1`,
  'g',
);
const item = new RegExp(`(${prefixes})\\d\\d`, 'g');

/** Test names below `__tests__` that start with an item of a list: {item: 'T09', says, file}, in the order of items, then files. */
export function readTestItems(root, prefix) {
  const tests = readdirSync(join(root, '__tests__'), { recursive: true }).filter((name) => name.endsWith('.test.ts'));
  return tests
    .flatMap((name) => {
      const file = `__tests__/${name.replaceAll('\\', '/')}`;
      const titles = [...readFileSync(join(root, file), 'utf8').matchAll(title)];
      return titles.flatMap(([, , items, says]) => items.match(item).map((found) => ({ item: found, says: says.replaceAll(/\\(.)/g, '$1'), file })));
    })
    .filter((found) => found.item.replace(/\d\d$/, '') === prefix)
    .sort((a, b) => a.item.localeCompare(b.item) || a.file.localeCompare(b.file));
}

/** Every item that a list has to have. */
export const wantedItems = (prefix) => Array.from({ length: itemCounts[prefix] }, (_, index) => prefix + String(index + 1).padStart(2, '0'));
