import { meanOf } from './status.ts';

/** How a sentence stands to what the agent could know. */
export const sentenceLabels = ['supported', 'unsupported', 'contradictory', 'disputed', 'not_applicable'] as const;

/** Share of sentences that are supported or need no support; other words than the labels are dropped; null when none is left. */
export function hallucinationScore(labels: readonly string[]): number | null {
  return meanOf(
    labels.map((label) => {
      const known = sentenceLabels.find((one) => one === label.trim().toLowerCase());
      return known === undefined ? null : known === 'supported' || known === 'not_applicable' ? 1 : 0;
    }),
  );
}
