import type { ToolError } from '../errors.ts';
import type { JsonObject } from '../records/json.ts';

/** One row of a dataset file, before it is mapped to a sample. */
export interface DatasetRow {
  row: JsonObject;
  /** 1-based line on which the row starts. */
  line: number;
  /** The row cannot be read, the next ones can: `row` is empty. */
  problem?: ToolError;
  /** Its further keys are those of another system, and none of them is a misspelt one of ours. */
  isForeign?: true;
}

/**
 * A dataset file format. `rows` reads chunks of decoded text of one file and yields rows as soon as they are
 * complete, so that a line format never holds the file.
 * @throws ToolError `dataset-invalid` with file, line and what was expected.
 */
export interface DatasetFormat {
  type: string;
  /** One line for the README table. */
  summary: string;
  /** File endings, with the dot. */
  extensions: readonly string[];
  rows(source: AsyncIterable<string>, file: string): AsyncIterable<DatasetRow>;
}

/** Gives a definition its types; returns it as it is. */
export function defineDataset(format: DatasetFormat): DatasetFormat {
  return format;
}
