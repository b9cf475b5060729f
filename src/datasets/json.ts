import { defineDataset } from './dataset.ts';
import { findJsonItems, readJsonItem } from './parts/json-items.ts';
import { datasetError, readRow, requireObject } from './parts/problem.ts';
import { readAll } from './parts/text.ts';
import { maxYamlLength, yamlRows } from './parts/yaml-rows.ts';

/** A JSON list of samples, or an object with the list under `samples`. */
export const json = defineDataset({
  type: 'json',
  summary: 'a list of samples, or an object with the list under `samples`',
  extensions: ['.json'],
  async *rows(source, file) {
    const text = await readAll(source, file);
    const items = findJsonItems(text);
    let read = 0;
    let next = items.next();
    for (; !next.done; next = items.next()) {
      const { value: item } = next;
      const value = readJsonItem(text, item);
      if (value === undefined) break;
      read += 1;
      yield readRow(() => requireObject(value, file, item.line), item.line);
    }
    if (next.value === true) return;
    if (text.length > maxYamlLength) throw datasetError(file, next.done ? 1 : next.value.line, ...whatIsWrong(!next.done));
    // JSON is YAML with the core schema. That reader is slow, takes more than JSON, and tells what is wrong and where.
    let passed = 0;
    for await (const row of yamlRows(text, file, true)) {
      passed += 1;
      if (passed > read) yield row;
    }
  },
});

function whatIsWrong(isItem: boolean): [message: string, remedy: string] {
  return isItem
    ? ['the sample that begins here is not JSON, or has a key twice', 'mend it, or write one sample a line as JSON Lines: then each is checked alone']
    : ['not a JSON list of samples', 'write a list of objects, or {"samples": [ … ]}'];
}
