import { defineDataset } from './dataset.ts';
import { readAll } from './parts/text.ts';
import { yamlRows } from './parts/yaml-rows.ts';

/** A JSON list of samples, or an object with the list under `samples`. */
export const json = defineDataset({
  type: 'json',
  summary: 'a list of samples, or an object with the list under `samples`',
  extensions: ['.json'],
  async *rows(source, file) {
    yield* yamlRows(await readAll(source, file), file, true);
  },
});
