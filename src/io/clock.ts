import { setTimeout as delay } from 'node:timers/promises';
import type { Clock } from '../run/core/ports.ts';

/** The machine's clock: wall time for records, monotonic time for durations and limits. */
export const systemClock: Clock = {
  now: () => new Date(),
  monotonicMs: () => performance.now(),
  async sleep(ms, signal) {
    if (signal?.aborted) return;
    try {
      await delay(Math.max(0, ms), undefined, { signal });
    } catch {
      // An aborted sleep ends early; the sleeper looks at its signal.
    }
  },
};
