import { diffWordsWithSpace } from 'diff';
import type { SampleEvidence, SlotEvidence } from '../records/evidence.ts';
import { type RepresentativePair, representativePair } from '../records/representative.ts';
import { outputOf } from '../records/trajectory.ts';
import { explainToolCalls } from './explain-tool-calls.ts';
import { named, quoted } from './quote.ts';

/** Sentences at most; a table cell holds no more. */
const maxSentences = 3;
/** Characters of an output that are compared: enough for a first difference, and bounded. */
const maxCompared = 4000;
/** A change of a mean score, 0..1, below which nothing is said. */
const minScoreFall = 0.05;

/**
 * What changed between the baseline and the current run of one sample, in words, most telling first, at most three
 * phrases without a full stop. Names stand between backticks and quotations between double quotes, at most 80 characters
 * on one line; marks inside them are replaced, apart from that the text is raw and must be escaped where it is shown.
 * Empty when nothing was recorded or nothing differs. The same evidence gives the same phrases.
 */
export function explainChanges(evidence: SampleEvidence): string[] {
  const pair = representativePair(evidence);
  const output = explainOutput(pair);
  const scores = explainScores(evidence, pair).slice(0, 1);
  const told = [
    ...explainErrors(evidence),
    ...(evidence.baseline.length > 0 ? explainToolCalls(pair).slice(0, 2) : []),
    ...(output.length > 0 ? scores.map(withoutOutput) : scores),
    ...output,
  ];
  return (told.length > 0 ? told : explainLatency(pair)).slice(0, maxSentences);
}

const failures: Record<string, string> = {
  timeout: 'timed out',
  'rate-limited': 'hit a rate limit',
  refused: 'found the connection refused',
  unreachable: 'did not reach the agent',
  reset: 'lost the connection',
  'no-recording': 'have no recording',
  'user-model': 'had no user: its model gave no answer',
  'user-refused': 'had no user: its model refused',
  'context-limit': 'were longer than the agent can read',
  'task-start': 'were not started by the task controller',
  'task-interact': 'were broken off by the task controller',
  'task-network': 'did not reach the task controller',
  'task-unavailable': 'found no free worker of the task',
  aborted: 'were stopped',
};

/** Errors that the baseline did not have to the same extent; the most frequent kind speaks. */
function explainErrors({ baseline, current }: SampleEvidence): string[] {
  const errors = current.filter((slot) => slot.error);
  if (errors.length === 0 || errorShare(baseline) >= errorShare(current)) return [];
  const byKind = new Map<string, SlotEvidence[]>();
  for (const slot of errors) byKind.set(errorKind(slot), [...(byKind.get(errorKind(slot)) ?? []), slot]);
  const [[kind, slots] = ['', []]] = [...byKind].sort(([, a], [, b]) => b.length - a.length);
  const error = slots[0]?.error;
  const what = Object.hasOwn(failures, kind)
    ? failures[kind]
    : error?.status === undefined
      ? 'gave no usable answer'
      : `answered HTTP ${error.status}`;
  const detail = Object.hasOwn(failures, kind) || !error?.message ? '' : `: ${quoted(error.message)}`;
  return [`${slots.length} of ${current.length} repeats ${what}${detail}`];
}

function errorShare(slots: readonly SlotEvidence[]): number {
  return slots.length === 0 ? 0 : slots.filter((slot) => slot.error).length / slots.length;
}

function errorKind(slot: SlotEvidence): string {
  return slot.error ? `${slot.error.kind}` : '';
}

interface CheckerChange {
  checker: string;
  before: number;
  now: number;
  passedBefore: number;
  passNow: number;
  reason: string;
}

/** The checkers whose mean moved, the largest fall of the pass share first, with the reason of a failing slot. */
function explainScores({ baseline, current }: SampleEvidence, { now, current: representative }: RepresentativePair): string[] {
  const names = [...new Set(current.flatMap((slot) => slot.scores.map(({ checker }) => checker)))];
  const changes = names.flatMap((checker): CheckerChange[] => {
    const before = meanScore(baseline, checker);
    const after = meanScore(current, checker);
    if (!after || !before) return [];
    const reason = reasonOf(representative ? [representative, ...now] : now, checker);
    return [{ checker, before: before.value, now: after.value, passedBefore: before.pass, passNow: after.pass, reason }];
  });
  const said = changes
    .filter((change) => change.passedBefore - change.passNow >= minScoreFall || change.before - change.now >= minScoreFall)
    .sort((a, b) => b.passedBefore - b.passNow - (a.passedBefore - a.passNow) || b.before - b.now - (a.before - a.now))
    .map(scoreSentence);
  return said.length > 0 ? said : unscoredSentences(current, baseline);
}

function scoreSentence(change: CheckerChange): string {
  const reason = change.reason === '' ? '' : `: ${quoted(change.reason)}`;
  if (change.passedBefore - change.passNow < minScoreFall) {
    return `${named(change.checker)} falls from ${change.before.toFixed(2)} to ${change.now.toFixed(2)}${reason}`;
  }
  return `${named(change.checker)} ${change.passNow === 0 ? 'fails' : 'fails more often'}${reason}`;
}

/** A checker's reason may quote the output, which the next phrase does too. */
function withoutOutput(phrase: string): string {
  return phrase.replace(/; it says '[^"]*"$/, '"');
}

function meanScore(slots: readonly SlotEvidence[], checker: string): { value: number; pass: number } | undefined {
  const scores = slots.flatMap((slot) => slot.scores.filter((entry) => entry.checker === checker).map(({ score }) => score));
  const scored = scores.filter((score) => score.kind === 'scored');
  if (scored.length === 0) return undefined;
  const value = scored.reduce((sum, score) => sum + score.value, 0) / scored.length;
  return { value, pass: scored.filter((score) => score.pass).length / scored.length };
}

function reasonOf(slots: readonly SlotEvidence[], checker: string): string {
  for (const slot of slots) {
    const score = slot.scores.find((entry) => entry.checker === checker)?.score;
    if (score?.kind === 'scored' && !score.pass) return score.reason;
  }
  return '';
}

function unscoredSentences(current: readonly SlotEvidence[], baseline: readonly SlotEvidence[]): string[] {
  const isUnscored = (slot: SlotEvidence): boolean => slot.scores.some(({ score }) => score.kind === 'unscored');
  if (baseline.some(isUnscored)) return [];
  const found = current.flatMap((slot) => slot.scores).find(({ score }) => score.kind === 'unscored');
  return found ? [`${named(found.checker)} could not score: ${quoted(found.score.reason)}`] : [];
}

/** The first difference of the two outputs that a person would point at. */
function explainOutput({ baseline, current }: RepresentativePair): string[] {
  if (!baseline?.trajectory || !current?.trajectory) return [];
  const before = outputOf(baseline.trajectory).trim().slice(0, maxCompared);
  const now = outputOf(current.trajectory).trim().slice(0, maxCompared);
  if (before === now) return [];
  if (now === '') return ['says nothing'];
  const replaced = singleReplacement(before, now);
  if (replaced) return [`says ${quoted(replaced.now)} instead of ${quoted(replaced.before)}`];
  const said = firstNewSentence(now, before);
  if (said !== undefined) return [`says ${quoted(said)}`];
  const dropped = firstNewSentence(before, now);
  return [dropped === undefined ? 'says the same in another order' : `no longer says ${quoted(dropped)}`];
}

/** When the texts differ in one short place only, such as a number. */
function singleReplacement(before: string, now: string): { before: string; now: string } | undefined {
  const parts = diffWordsWithSpace(before, now, { maxEditLength: 4 });
  if (!parts) return undefined;
  const removed = parts.filter((part) => part.removed);
  const added = parts.filter((part) => part.added);
  const [from, to] = [removed[0]?.value.trim(), added[0]?.value.trim()];
  const isShared = parts.some((part) => !part.removed && !part.added && /[\p{L}\p{N}]/u.test(part.value));
  if (!isShared || removed.length !== 1 || added.length !== 1 || !from || !to) return undefined;
  return from.length <= 40 && to.length <= 40 ? { before: from, now: to } : undefined;
}

function firstNewSentence(text: string, other: string): string | undefined {
  const known = new Set(sentencesOf(other).map(sentenceKey));
  return sentencesOf(text).find((sentence) => sentenceKey(sentence) !== '' && !known.has(sentenceKey(sentence)));
}

function sentencesOf(text: string): string[] {
  return text.split(/(?<=[.!?。!?])\s+|\n+|(?<=[。!?])/u).map((sentence) => sentence.trim());
}

function sentenceKey(sentence: string): string {
  return sentence.toLowerCase().replace(/\s+/g, ' ');
}

/** Only where the median at least grew or shrank by half and by 200 ms. */
function explainLatency({ before, now }: RepresentativePair): string[] {
  const [from, to] = [medianLatency(before), medianLatency(now)];
  if (from === undefined || to === undefined || Math.abs(to - from) < 200) return [];
  return to >= from * 1.5 || from >= to * 1.5 ? [`takes ${seconds(to)} instead of ${seconds(from)}`] : [];
}

function medianLatency(slots: readonly SlotEvidence[]): number | undefined {
  const values = slots.flatMap((slot) => slot.trajectory?.latencyMs ?? []).sort((a, b) => a - b);
  return values[Math.floor((values.length - 1) / 2)];
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
