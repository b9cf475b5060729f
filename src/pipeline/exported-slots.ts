import { stat } from 'node:fs/promises';
import type { SelectedSamples } from '../datasets/select.ts';
import type { ExportedSlot } from '../importers/result-format.ts';
import { readEvidence } from '../io/run-log-file.ts';
import type { RunIndex } from '../records/run-index.ts';
import type { Sample } from '../records/sample.ts';
import { samplesById } from './slots.ts';

/** Bytes of the log that are in memory at once, about. */
const batchBytes = 64 * 1024 * 1024;

/** Every slot of a run log, sample by sample, some at a time: the log is read once for each batch. */
export async function* exportedSlots(runLog: string, index: RunIndex, samples: SelectedSamples | undefined): AsyncGenerator<ExportedSlot> {
  const ids = [...index.samples.keys()];
  const batches = Math.ceil((await stat(runLog)).size / batchBytes);
  const batchSize = Math.ceil(ids.length / Math.max(1, batches)) || 1;
  for (let start = 0; start < ids.length; start += batchSize) {
    const batch = new Set(ids.slice(start, start + batchSize));
    const evidence = await readEvidence(runLog, batch, { hasTimes: true, hasDetails: true });
    const known = samples ? await samplesById(samples, batch) : new Map<string, Sample>();
    for (const id of batch) {
      const sample = known.get(id);
      for (const { epoch, outcome, trajectory, error, scores, startedAt } of evidence.get(id) ?? []) {
        yield {
          id,
          epoch,
          outcome: outcome === 'skipped' && error ? 'error' : outcome === 'skipped' && trajectory ? 'unscored' : outcome,
          scores,
          ...(trajectory ? { trajectory } : {}),
          ...(error ? { error } : {}),
          ...(sample ? { sample } : {}),
          ...(startedAt === undefined ? {} : { startedAt }),
        };
      }
    }
  }
}
