import type { SampleEvidence, SlotEvidence } from '../../records/evidence.ts';
import type { Json } from '../../records/json.ts';
import { representativePair } from '../../records/representative.ts';
import type { Input } from '../../records/sample.ts';
import { clip, startOf } from './escape.ts';

/** One line of what was said and done in a slot. */
export interface TranscriptLine {
  kind: 'user' | 'agent' | 'tool' | 'result' | 'message' | 'error';
  /** Who or what: `lookup_order`, `planner`; absent where the kind says it. */
  name?: string;
  text: string;
}

/** What is shown of one slot. */
export interface SlotTranscript {
  epoch: number;
  outcome: string;
  lines: TranscriptLine[];
  scores: { checker: string; value: string; isPass: boolean; reason: string }[];
}

/** Characters of one line of a transcript; the run log has the whole. */
export const maxLineCharacters = 8_000;
/** Of a name that an agent gives, such as that of a tool. */
const maxNameCharacters = 200;

/** The slot as lines, in order; long texts are cut and say so. */
export function slotTranscript(slot: SlotEvidence): SlotTranscript {
  return {
    epoch: slot.epoch,
    outcome: slot.outcome,
    lines: linesOf(slot).map((line) => ({
      ...line,
      ...(line.name === undefined ? {} : { name: clip(line.name, maxNameCharacters) }),
      text: bounded(line.text),
    })),
    scores: slot.scores.map(({ checker, score }) => ({
      checker,
      value: score.kind === 'scored' ? score.value.toFixed(2) : 'unscored',
      isPass: score.kind === 'scored' && score.pass,
      reason: bounded(score.reason),
    })),
  };
}

/** Both sides' most telling slot, if they have one. */
export function transcriptPair(evidence: SampleEvidence): { baseline?: SlotTranscript; now?: SlotTranscript } {
  const { baseline, current } = representativePair(evidence);
  return { ...(baseline ? { baseline: slotTranscript(baseline) } : {}), ...(current ? { now: slotTranscript(current) } : {}) };
}

/** Any input or JSON value as text for a person. */
export function valueText(value: Input | Json | undefined): string {
  if (value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value, null, 2);
}

function linesOf({ trajectory, error }: SlotEvidence): TranscriptLine[] {
  const lines: TranscriptLine[] = [];
  for (const turn of trajectory?.turns ?? []) {
    lines.push({ kind: 'user', text: inputText(turn.input) });
    for (const step of turn.steps) {
      if (step.kind === 'message') lines.push({ kind: 'message', text: step.text, ...(step.author === undefined ? {} : { name: step.author }) });
      if (step.kind === 'error') lines.push({ kind: 'error', text: step.message });
      if (step.kind !== 'toolCall') continue;
      lines.push({ kind: 'tool', name: step.name, text: step.args === undefined ? '' : JSON.stringify(step.args) });
      if (step.result !== undefined) lines.push({ kind: step.isError === true ? 'error' : 'result', name: step.name, text: valueText(step.result) });
    }
    lines.push({ kind: 'agent', text: turn.output });
  }
  if (error) lines.push({ kind: 'error', name: error.kind, text: error.message });
  return lines;
}

function inputText(input: Input): string {
  return Array.isArray(input) ? input.map(({ role, content }) => `${role}: ${content}`).join('\n') : valueText(input);
}

/** A text of at most `maxLineCharacters`, which says what is left out. */
export function bounded(text: string): string {
  const left = text.length - maxLineCharacters;
  return left > 0 ? `${startOf(text, maxLineCharacters)}… (${left} more characters in the run log)` : text;
}
