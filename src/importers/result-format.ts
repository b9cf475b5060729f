import type { Json, JsonObject } from '../records/json.ts';
import type { AgentErrorRecord, Outcome } from '../records/run-log.ts';
import type { Sample } from '../records/sample.ts';
import type * as z from '../records/schema.ts';
import type { Score } from '../records/score.ts';
import type { Trajectory } from '../records/trajectory.ts';

/** The files of another system's results: one file, or all below a folder. */
export interface ResultFiles {
  /** As shown to people. */
  root: string;
  /** Relative to the folder, with `/`, in code unit order; of a single file its name. */
  paths: readonly string[];
  /** The whole text. @throws ToolError `import-invalid` for a file that is not UTF-8 or above 256 MB. */
  read(path: string): Promise<string>;
}

/** What one checker, metric or criterion of the other system said. */
export interface NamedScore {
  checker: string;
  score: Score;
}

/** One answer that another system recorded, or the error in its place. */
export interface ImportedSlot {
  /** A native dataset row of the sample; `id` is required, and stable from import to import. */
  row: JsonObject & { id: string };
  /** Repeats count from 1. */
  epoch: number;
  /** Exactly one of the two. */
  trajectory?: Trajectory;
  error?: AgentErrorRecord;
  /** As the other system scored it; empty: it was not scored. */
  scores: readonly NamedScore[];
  /** Absent: from the scores, all of which are required. */
  outcome?: Outcome;
  /** Where it stands: one of `paths`, and a line from 1. */
  file: string;
  line: number;
}

export interface ImportedRun {
  /** A name for the suite where no config gives one. */
  suite: string;
  /** ISO time; absent: the results do not tell. */
  startedAt?: string;
  /** In the order of the samples; one slot (id and epoch) once. @throws ToolError `import-invalid` with file and line. */
  slots: AsyncIterable<ImportedSlot>;
  /** What was left out and why, complete once `slots` was read. */
  warnings: readonly string[];
}

/** One slot of a run log, to be written in another format. */
export interface ExportedSlot {
  id: string;
  epoch: number;
  /** `skipped`: it was never asked. */
  outcome: Outcome;
  trajectory?: Trajectory;
  error?: AgentErrorRecord;
  scores: readonly NamedScore[];
  /** With the untouched row of its dataset; absent where the export has no config. */
  sample?: Sample;
  /** When it was asked first, ISO. */
  startedAt?: string;
}

export interface ExportedRun {
  suite: string;
  runId: string;
  /** ISO. */
  startedAt: string;
  repeats: number;
  /** What an interactive task made of all its results together; absent: it was not asked, or said nothing. */
  taskMetric?: Json;
  /** Sample by sample in the order of the log, epochs ascending. Can be read more than once. */
  slots(): AsyncIterable<ExportedSlot>;
  /** A file that lies in the target already, for a format that adds to it; absent: there is none. */
  existing(path: string): Promise<string | undefined>;
}

/** A file to write below the target folder: relative, with `/`. */
export interface ExportedFile {
  path: string;
  /** Undefined: there is no such file, and one that an earlier export left is removed. */
  text: string | undefined;
}

/**
 * Result files of another system. `read` makes slots of them, `write` makes them of slots. Hostile data: sizes are capped,
 * names never leave the folder (the writer refuses one that would).
 */
export interface ResultFormat<O = unknown> {
  type: string;
  /** One line for help and docs. */
  summary: string;
  /** Of `write`, as keys of an `exports` entry. */
  options: z.ZodMiniType<O>;
  /** Whether these files look like this system's: for `import` without `--from`. */
  recognises(paths: readonly string[]): boolean;
  /** @throws ToolError `import-invalid` with every problem: file, line, field, what was expected. */
  read(files: ResultFiles): Promise<ImportedRun>;
  write(run: ExportedRun, options: O): AsyncIterable<ExportedFile>;
}

/** Gives a definition its types; returns it as it is. */
export function defineResultFormat<O>(format: ResultFormat<O>): ResultFormat {
  return format;
}
