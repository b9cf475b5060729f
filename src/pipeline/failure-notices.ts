import { readRunLog } from '../io/run-log-file.ts';
import type { RunIndex } from '../records/run-index.ts';

/** What went wrong in slots without a verdict, with the first reason in full: usually all of them share it. Empty when nothing did. */
export async function failureNotices(runLog: string, index: RunIndex): Promise<string[]> {
  const counts = { slots: 0, error: 0, unscored: 0 };
  for (const { slots } of index.samples.values()) {
    for (const { outcome } of slots) {
      counts.slots += 1;
      if (outcome === 'error' || outcome === 'unscored') counts[outcome] += 1;
    }
  }
  const notices: string[] = [];
  const isOpen = { error: counts.error > 0, unscored: counts.unscored > 0 };
  for await (const record of isOpen.error || isOpen.unscored ? readRunLog(runLog) : []) {
    if (isOpen.error && record.type === 'response' && record.error) {
      isOpen.error = false;
      notices.push(`${counts.error} of ${counts.slots} slots have no usable answer; the first, of "${record.sample}": ${record.error.message}`);
    } else if (isOpen.unscored && record.type === 'score' && record.kind === 'unscored' && record.isApplicable !== false) {
      isOpen.unscored = false;
      notices.push(`${counts.unscored} of ${counts.slots} slots could not be scored; the first, of "${record.sample}": ${record.reason}`);
    }
    if (!isOpen.error && !isOpen.unscored) break;
  }
  return notices;
}
