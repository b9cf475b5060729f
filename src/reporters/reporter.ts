import type { ReportView } from './parts/view.ts';

export interface RenderOptions {
  /** UTF-8 bytes of the whole text, at most; absent: no limit. */
  maxBytes?: number;
  /** Terminal: columns. */
  width?: number;
  /** Terminal: colours allowed. */
  isColor?: boolean;
}

/** One output format. Returns text, never prints; the same view gives the same bytes. */
export interface ReporterDefinition {
  type: string;
  /** One line for the README table. */
  summary: string;
  /** Name in the output folder; absent: standard output only. */
  fileName?: string;
  render(view: ReportView, options: RenderOptions): string;
  /**
   * The text of `render(view, {})` in pieces of about 16 KB, made while they are asked for, so that nobody has to
   * hold the report of a large suite. A piece never ends inside a character. Absent: the text is short for any suite.
   */
  pieces?(view: ReportView): Iterable<string>;
}

/** The whole report, in pieces where the format has them. */
export function piecesOf(reporter: ReporterDefinition, view: ReportView): Iterable<string> {
  return reporter.pieces ? reporter.pieces(view) : [reporter.render(view, {})];
}

/** Gives a definition its types; returns it as it is. */
export function defineReporter(definition: ReporterDefinition): ReporterDefinition {
  return definition;
}
