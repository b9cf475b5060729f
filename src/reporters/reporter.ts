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
}

/** Gives a definition its types; returns it as it is. */
export function defineReporter(definition: ReporterDefinition): ReporterDefinition {
  return definition;
}
