import { defineDataset } from './dataset.ts';
import { readAll } from './parts/text.ts';
import { yamlRows } from './parts/yaml-rows.ts';

/** A list of samples, or a mapping with the list under `samples`. */
export const yaml = defineDataset({
  type: 'yaml',
  summary: 'a list of samples, or a mapping with the list under `samples`',
  extensions: ['.yaml', '.yml'],
  async *rows(source, file) {
    yield* yamlRows(await readAll(source, file), file, false);
  },
});
