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

/** Re-runs beyond the planned repeats: as many more of each named sample as `extra` says, less those that it has. */
export async function* confirmationSlots(
  samples: SelectedSamples,
  repeats: number,
  extra: ReadonlyMap<string, number>,
  index: RunIndex,
): AsyncIterable<PlannedSlot> {
  const wanted = await samplesById(samples, new Set(extra.keys()));
  for (const [id, repeatsMore] of extra) {
    const sample = wanted.get(id);
    if (!sample) continue;
    const has = index.samples.get(id)?.slots.filter(({ epoch, isTopUp }) => epoch > repeats && !isTopUp).length ?? 0;
    for (const epoch of openEpochs(index, id, repeats, repeatsMore - has)) yield { sample, epoch };
  }
}

/** As many repeats again of every sample, less those of an earlier session, under the epochs that its re-runs left. */
export async function* topUpSlots(samples: Pick<SelectedSamples, 'stream'>, repeats: number, index: RunIndex): AsyncIterable<PlannedSlot> {
  for await (const sample of samples.stream()) {
    const has = index.samples.get(sample.id)?.slots.filter(({ isTopUp }) => isTopUp).length ?? 0;
    for (const epoch of openEpochs(index, sample.id, repeats, repeats - has)) yield { sample, epoch, isTopUp: true };
  }
}

/** Whether an earlier session asked for more of every sample. */
export function isTopUpBegun({ samples }: RunIndex): boolean {
  for (const { slots } of samples.values()) if (slots.some(({ isTopUp }) => isTopUp)) return true;
  return false;
}

/** The first `count` epochs after the planned ones that are neither done nor answered: a resume may have another plan than its run. */
function* openEpochs(index: RunIndex, id: string, repeats: number, count: number): Iterable<number> {
  let left = count;
  for (let epoch = repeats + 1; left > 0; epoch++) {
    if (!isOpen(index, id, epoch)) continue;
    left--;
    yield epoch;
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
