import { clip, escapeHtml, toLine } from './escape.ts';
import { markdownFence } from './escape-markdown.ts';
import type { SampleGroup } from './rows.ts';
import { type SlotTranscript, type TranscriptLine, transcriptPair } from './transcript.ts';
import type { ReportView } from './view.ts';

/** Samples whose transcripts a summary shows. */
const shownSamples = 5;
const shownLines = 40;
const shownCharacters = 600;

/** The transcripts of the first samples of a group, folded, before and after as one diff. */
export function markdownTranscripts(view: ReportView, group: SampleGroup | undefined): string[] {
  return [...(group?.rows.slice(0, shownSamples) ?? [])].flatMap((row) => {
    const evidence = view.evidence.get(row.id);
    if (!evidence) return [];
    const { baseline, now } = transcriptPair(evidence);
    const lines = [...sideLines('-', baseline), ...sideLines('+', now)];
    if (lines.length === 0) return [];
    const block = markdownFence(lines.join('\n'), 'diff');
    const summary = `<summary>Transcript of <code>${escapeHtml(toLine(row.id))}</code> (− baseline, + now)</summary>`;
    return [['<details>', summary, '', ...block, '', '</details>'].join('\n')];
  });
}

function sideLines(sign: string, transcript: SlotTranscript | undefined): string[] {
  if (!transcript) return [];
  const lines = transcript.lines.flatMap((line) => clip(lineText(line), shownCharacters).split('\n'));
  const cut = lines.length > shownLines ? [`… ${lines.length - shownLines} more lines`] : [];
  return [...lines.slice(0, shownLines), ...cut].map((line) => `${sign} ${line}`);
}

function lineText({ kind, name, text }: TranscriptLine): string {
  return `${name === undefined ? kind : `${kind} ${name}`}: ${text}`;
}
