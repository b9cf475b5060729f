import type { Policy } from '../records/policy.ts';
import type { RunIndex } from '../records/run-index.ts';
import { optionsFor } from './confirmation.ts';
import { sampleCounts } from './counts.ts';
import { decide } from './decide.ts';
import { applyWaivers } from './waivers.ts';

/** The runs that still measure what the newest one measures, and why the epoch begins where it does. */
export interface BaselineEpoch {
  /** Newest first. */
  runs: RunIndex[];
  /** Absent when all runs are of one epoch. */
  startedBy?: { run: RunIndex; status: 'regressed' | 'improved' };
}

/**
 * The baseline's current epoch: from the oldest run on, each run is judged against those of the epoch so far, and one that
 * is judged regressed or improved begins a new one. An accepted change would else raise an alarm on every later pull
 * request until it is older than the pool. `runs` are newest first; none gives none. Level and limits: those of a comparison.
 */
export function currentEpoch(runs: readonly RunIndex[], policy: Policy): BaselineEpoch {
  const options = optionsFor({ ...policy, margin: 0 }, false);
  let epoch: RunIndex[] = [];
  let startedBy: BaselineEpoch['startedBy'];
  for (const run of [...runs].reverse()) {
    const { judged } = applyWaivers({ current: run, pool: epoch, policy });
    const { status } = decide(sampleCounts(judged.current, judged.pool), options);
    if (status === 'regressed' || status === 'improved') {
      epoch = [];
      startedBy = { run, status };
    }
    epoch.unshift(run);
  }
  return { runs: epoch, ...(startedBy ? { startedBy } : {}) };
}
