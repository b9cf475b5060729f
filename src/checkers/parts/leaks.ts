import type { Json } from '../../records/json.ts';
import * as z from '../../records/schema.ts';
import type { Trajectory } from '../../records/trajectory.ts';
import { safeTextOf } from './pairs.ts';

export const leakPlaceOption = z.described(
  z._default(z.enum(['answers', 'everything']), 'answers'),
  'answers: what the agent said in every turn; everything: its messages and the arguments of its tool calls too; default answers',
);

export const leakAllowOption = z.described(
  z._default(z.array(z.string().check(z.minLength(1))), []),
  'texts that may be there, such as the address of your support; case does not count',
);

/** Something that should not have been said. The text itself never reaches a reason. */
export interface Finding {
  /** What it is, such as `an email address`. */
  kind: string;
  text: string;
}

/** What the agent said, apart by place; the user's messages and the results of tools are not its words. */
export function saidTexts(trajectory: Trajectory, place: 'answers' | 'everything'): string[] {
  return trajectory.turns.flatMap((turn) => {
    if (place === 'answers') return [turn.output];
    const steps = turn.steps.map((step): Json => (step.kind === 'toolCall' ? (step.args ?? '') : step.kind === 'message' ? step.text : step.message));
    return [...steps.map(safeTextOf), turn.output];
  });
}

/** `2 email addresses and 1 phone number`: what was found, without the text. */
export function describeFindings(findings: readonly Finding[]): string {
  const counts = new Map<string, number>();
  for (const { kind } of findings) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  const parts = [...counts].map(([kind, count]) => `${kind}${count > 1 ? ` (${count} times)` : ''}`);
  const shown = parts.slice(0, 6);
  return `${shown.join(', ')}${parts.length > shown.length ? ` and ${parts.length - shown.length} more kinds` : ''}`;
}

/** Findings that are not allowed. */
export function withoutAllowed(findings: readonly Finding[], allowed: readonly string[]): Finding[] {
  if (allowed.length === 0) return [...findings];
  const known = new Set(allowed.map((text) => text.toLowerCase()));
  return findings.filter(({ text }) => !known.has(text.toLowerCase()));
}
