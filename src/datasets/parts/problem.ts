import { ToolError } from '../../errors.ts';
import type { Json, JsonObject } from '../../records/json.ts';
import type { DatasetRow } from '../dataset.ts';

/** Values inside each other that a row may have: what is deeper breaks those who write and compare it. */
export const maxRowLevels = 200;

/** The one shape of an error about a dataset file. */
export function datasetError(file: string, line: number, message: string, remedy: string, field?: string): ToolError {
  const problem = { file, line, ...(field === undefined ? {} : { field }), message, remedy };
  return new ToolError({ code: 'dataset-invalid', message: `${file}:${line}: ${message}`, remedy, problems: [problem] });
}

/** A file is no longer what was checked. */
export function changedError(file: string): ToolError {
  return new ToolError({
    code: 'dataset-changed',
    message: `${file} changed while the run was reading it`,
    remedy: 'start the run again when the file is complete',
  });
}

/** Narrows a parsed row. @throws ToolError when it is not an object. */
export function requireObject(value: Json, file: string, line: number): JsonObject {
  if (value !== null && typeof value === 'object' && !Array.isArray(value)) return value;
  const found = value === null ? 'null' : Array.isArray(value) ? 'a list' : `a ${typeof value}`;
  throw datasetError(file, line, `a row must be an object, found ${found}`, 'write one object per sample, such as {"input": "…", "expected": "…"}');
}

/** A row, or what is wrong with it, so that all bad rows of a file are told at once. */
export function readRow(read: () => JsonObject, line: number): DatasetRow {
  try {
    return { row: read(), line };
  } catch (error) {
    if (!(error instanceof ToolError)) throw error;
    return { row: {}, line, problem: error };
  }
}
