import type { SelectedSamples } from '../datasets/select.ts';
import { readResponses } from '../io/run-log-file.ts';
import { type RunIndex, slotAt, slotKey } from '../records/run-index.ts';
import type { Sample } from '../records/sample.ts';
import { type PlannedSlot, planAnswered } from '../run/core/slots.ts';

/**
 * The slots still to be asked, epoch by epoch, so that a run that stops early has seen every sample.
 * Slots that are done, or whose answer is on disk, are left out.
 */
export async function* slotsToAsk(samples: Pick<SelectedSamples, 'stream'>, repeats: number, index: RunIndex): AsyncIterable<PlannedSlot> {
  for (let epoch = 1; epoch <= repeats; epoch++) {
    for await (const sample of samples.stream()) {
      if (isOpen(index, sample.id, epoch)) yield { sample, epoch };
    }
  }
}

/** Re-runs beyond the planned repeats: `extra` more of each named sample. */
export async function* confirmationSlots(
  samples: SelectedSamples,
  repeats: number,
  extra: ReadonlyMap<string, number>,
  index: RunIndex,
): AsyncIterable<PlannedSlot> {
  const wanted = await samplesById(samples, new Set(extra.keys()));
  for (const [id, repeatsMore] of extra) {
    const sample = wanted.get(id);
    for (let epoch = repeats + 1; sample && epoch <= repeats + repeatsMore; epoch++) {
      if (isOpen(index, id, epoch)) yield { sample, epoch };
    }
  }
}

/** As many repeats again of every sample, after its planned epochs and its re-runs (`rerun`: how many of which sample). */
export async function* topUpSlots(
  samples: SelectedSamples,
  repeats: number,
  rerun: ReadonlyMap<string, number>,
  index: RunIndex,
): AsyncIterable<PlannedSlot> {
  for (let round = 1; round <= repeats; round++) {
    for await (const sample of samples.stream()) {
      const epoch = repeats + (rerun.get(sample.id) ?? 0) + round;
      if (isOpen(index, sample.id, epoch)) yield { sample, epoch, isTopUp: true };
    }
  }
}

/** Answers that are on disk without a score: after a crash between the two, or after `execute`. They cost no call. */
export async function* slotsToScore(runLog: string, samples: SelectedSamples, index: RunIndex): AsyncIterable<PlannedSlot> {
  if (index.pending.size === 0) return;
  yield* planAnswered({ responses: readResponses(runLog), samples: await samplesById(samples), index });
}

/** The chosen samples by id; all of them, or the wanted ones. */
export async function samplesById(samples: SelectedSamples, wanted?: ReadonlySet<string>): Promise<Map<string, Sample>> {
  const found = new Map<string, Sample>();
  for await (const sample of samples.stream()) {
    if (!wanted || wanted.has(sample.id)) found.set(sample.id, sample);
    if (wanted && found.size === wanted.size) break;
  }
  return found;
}

/** Whether a slot has neither an outcome nor an answer on disk. */
export function isOpen(index: RunIndex, id: string, epoch: number): boolean {
  const sample = index.samples.get(id);
  return !(sample && slotAt(sample, epoch)) && (index.pending.size === 0 || !index.pending.has(slotKey(id, epoch)));
}
