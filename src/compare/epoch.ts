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
  startedBy?: { run: RunIndex; status: 'regressed' | 'improved' | 'accepted' };
}

/**
 * The baseline's current epoch: from the oldest run on, each run is judged against those of the epoch so far, and one that
 * is judged regressed or improved begins a new one, and so does one that was accepted, however small its change is. An
 * accepted change would else raise an alarm on every later pull request until it is older than the pool. `runs` are newest first; none gives none. Level and limits: those of a comparison.
 */
export function currentEpoch(runs: readonly RunIndex[], policy: Policy): BaselineEpoch {
  const options = optionsFor({ ...policy, margin: 0 }, false);
  let epoch: RunIndex[] = [];
  let startedBy: BaselineEpoch['startedBy'];
  for (const run of [...runs].reverse()) {
    const { judged } = applyWaivers({ current: run, pool: epoch, policy });
    const { status: judgedAs } = decide(sampleCounts(judged.current, judged.pool), options);
    const status = isNewlyAccepted(run, epoch) ? 'accepted' : judgedAs;
    if (status === 'regressed' || status === 'improved' || status === 'accepted') {
      epoch = [];
      startedBy = { run, status };
    }
    epoch.unshift(run);
  }
  return { runs: epoch, ...(startedBy ? { startedBy } : {}) };
}

/** Several runs may carry one acceptance, such as those of the merge queue and of the push after it: they are of one level. */
function isNewlyAccepted({ acceptance }: RunIndex, epoch: readonly RunIndex[]): boolean {
  if (!acceptance || epoch.length === 0) return false;
  return !epoch.some((run) => run.acceptance?.sha === acceptance.sha);
}
