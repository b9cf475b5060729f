import { createHash } from 'node:crypto';
import type { DatasetRow } from '../../src/datasets/dataset.ts';
import { datasets } from '../../src/datasets/registry.ts';
import { type DatasetSource, type SelectOptions, selectSamples } from '../../src/datasets/select.ts';
import { ToolError } from '../../src/errors.ts';
import type { Sample } from '../../src/records/sample.ts';

export const digest = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 16);

/** A dataset file in memory, read in chunks of the given length. */
export function sourceOf(type: string, text: string | (() => string), { file = `a.${type}`, chunk = 7 } = {}): DatasetSource {
  return {
    file,
    format: datasets.get(type),
    async *open() {
      const content = typeof text === 'string' ? text : text();
      for (let start = 0; start < content.length; start += chunk) yield content.slice(start, start + chunk);
    },
  };
}

export async function rowsOf(type: string, text: string, chunk?: number): Promise<DatasetRow[]> {
  const source = sourceOf(type, text, chunk === undefined ? {} : { chunk });
  const rows: DatasetRow[] = [];
  for await (const row of source.format.rows(source.open(), source.file)) rows.push(row);
  return rows;
}

export function select(sources: DatasetSource | DatasetSource[], options: Partial<SelectOptions> = {}) {
  return selectSamples([sources].flat(), { offset: 0, digest, ...options });
}

export async function samplesOf(sources: DatasetSource | DatasetSource[], options: Partial<SelectOptions> = {}): Promise<Sample[]> {
  const found: Sample[] = [];
  for await (const sample of (await select(sources, options)).stream()) found.push(sample);
  return found;
}

/** The known error that a promise ends with. */
export async function problemOf(work: Promise<unknown>): Promise<ToolError> {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error instanceof ToolError) return error;
  throw new Error(`not a known error: ${String(error)}`, { cause: error });
}
