import type { SampleAssessment, SampleClass } from '../records/assessment.ts';
import { byteLength, clampBytes } from './clamp.ts';

export interface Annotation {
  /** Relative to the repository, with `/`. */
  path: string;
  /** 1-based. */
  line: number;
  level: 'failure' | 'warning' | 'notice';
  title: string;
  message: string;
}

export interface CheckOutput {
  title: string;
  /** Markdown of at most so many UTF-8 bytes. */
  render: (maxBytes: number) => string;
  annotations: readonly Annotation[];
}

/** GitHub counts the bytes of summary and text, whatever its documentation says of characters. */
const maxSummaryBytes = 65_535;
export const annotationsPerRequest = 50;
/** GitHub shows no more in practice; the rest is in the report. */
const maxAnnotations = 200;
/** Regressed samples are failures, suspects and flaky ones warnings; a sample without a line in the repository has none. */
export function annotationsOf(samples: readonly SampleAssessment[], toRepositoryPath: (file: string) => string | undefined): Annotation[] {
  return samples
    .flatMap((sample): Annotation[] => {
      const level = levels[sample.class];
      const path = sample.file === undefined ? undefined : toRepositoryPath(sample.file);
      if (level === undefined || path === undefined) return [];
      return [{ path, line: Math.max(1, sample.line ?? 1), level, title: `${sample.id}: ${sample.class}`, message: messageFor(sample) }];
    })
    .sort((a, b) => order.indexOf(a.level) - order.indexOf(b.level));
}

const order: readonly Annotation['level'][] = ['failure', 'warning', 'notice'];
const levels: Partial<Record<SampleClass, Annotation['level']>> = { regressed: 'failure', suspect: 'warning', flaky: 'warning' };

function messageFor(sample: SampleAssessment): string {
  const { baseline, current } = sample;
  const counts = [
    baseline ? `baseline ${baseline.passes}/${baseline.repeats}` : undefined,
    current ? `now ${current.passes}/${current.repeats}` : undefined,
  ].filter((part) => part !== undefined);
  const changes = sample.changes ?? [];
  return [`passes: ${counts.join(', ')}`, ...changes].join('\n');
}

/** `output` of one request. */
export interface OutputPart {
  title: string;
  summary: string;
  annotations?: object[];
}

/** What the requests of a check run carry, one after the other: its text each time, as GitHub wants it, and the next fifty annotations. */
export function outputsOf(output: CheckOutput): [OutputPart, ...OutputPart[]] {
  const shown = output.annotations.slice(0, maxAnnotations).map(toApi);
  const left = output.annotations.length - shown.length;
  const footer = left > 0 ? `\n\n${left} more ${left === 1 ? 'annotation is' : 'annotations are'} in the full report.` : '';
  const room = maxSummaryBytes - byteLength(footer);
  const text = { title: clampBytes(output.title, 255), summary: clampBytes(output.render(room), room) + footer };
  const later: OutputPart[] = [];
  for (let start = annotationsPerRequest; start < shown.length; start += annotationsPerRequest)
    later.push({ ...text, annotations: shown.slice(start, start + annotationsPerRequest) });
  return [{ ...text, ...(shown.length > 0 ? { annotations: shown.slice(0, annotationsPerRequest) } : {}) }, ...later];
}

function toApi({ path, line, level, title, message }: Annotation): object {
  return {
    path,
    start_line: line,
    end_line: line,
    annotation_level: level,
    title: clampBytes(escapeAstral(title), 255),
    message: clampBytes(escapeAstral(message), 64_000) || '-',
  };
}

/** The annotations endpoint has refused characters above U+FFFF, such as emoji. */
function escapeAstral(text: string): string {
  return text.replace(/[\u{10000}-\u{10ffff}]/gu, (character) => `\\u{${Number(character.codePointAt(0)).toString(16)}}`);
}
