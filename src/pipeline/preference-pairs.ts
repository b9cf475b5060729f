import { firstStage, plannedRepeats } from '../compare/counts.ts';
import type { IndexedSample, RunIndex } from '../records/run-index.ts';

/** An answer of this run and the one of the baseline that it is compared with. */
export interface AnswerSlots {
  sample: string;
  /** Content of the sample, alike on both sides. */
  hash: string;
  epoch: number;
  /** Place of the run in the pool. */
  baseline: number;
  baselineRun: string;
  baselineEpoch: number;
}

/**
 * The first-stage answers of each sample with those of the baseline, in epoch order, the newest run's first, at most `most`
 * per sample. No answer is in two pairs: then nothing but chance says which side wins when nothing changed. An answer
 * without a partner is left out.
 */
export function pairAnswers(current: RunIndex, pool: readonly RunIndex[], most: number): AnswerSlots[] {
  const repeats = plannedRepeats(current);
  return [...current.samples.values()].flatMap((sample) => {
    const others = pool.flatMap((run, baseline) => {
      const found = run.samples.get(sample.id);
      if (found?.hash !== sample.hash) return [];
      return answered(found, plannedRepeats(run)).map((baselineEpoch) => ({ baseline, baselineRun: run.header?.runId ?? run.source, baselineEpoch }));
    });
    return answered(sample, repeats)
      .slice(0, most)
      .flatMap((epoch, place) => (others[place] ? [{ sample: sample.id, hash: sample.hash, epoch, ...others[place] }] : []));
  });
}

function answered(sample: IndexedSample, repeats: number): number[] {
  return firstStage(sample, repeats).flatMap(({ epoch, outcome }) => (outcome === 'error' || outcome === 'skipped' ? [] : [epoch]));
}
