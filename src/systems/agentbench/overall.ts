import type { Json } from '../../records/json.ts';
import { type SampleStatus, sampleStatuses } from './controller.ts';

/** What of a finished sample counts in overall.json. */
export interface OverallSample {
  status: SampleStatus;
  /** Null or absent: as long as an empty one. */
  history?: readonly unknown[] | null | undefined;
}

export type Validation = Record<SampleStatus, number> & {
  average_history_length: number;
  max_history_length: number;
  min_history_length: number;
};

/** overall.json of one agent and task. `validation` is null where nothing is finished. */
export interface Overall {
  total: number;
  validation: Validation | null;
  custom: Json;
}

/** Shares of the statuses, 0..1, and the lengths of the histories in messages; `custom` is what the task itself says of the results. */
export function overallOf(samples: readonly OverallSample[], custom: Json = null): Overall {
  const total = samples.length;
  if (total === 0) return { total, validation: null, custom };
  const shares = sampleStatuses.map((status) => [status, samples.filter((sample) => sample.status === status).length / total]);
  const lengths = samples.map(({ history }) => history?.length ?? 0);
  const validation = {
    ...(Object.fromEntries(shares) as Record<SampleStatus, number>),
    average_history_length: lengths.reduce((sum, length) => sum + length, 0) / total,
    max_history_length: lengths.reduce((most, length) => Math.max(most, length), 0),
    min_history_length: lengths.reduce((least, length) => Math.min(least, length), Number.POSITIVE_INFINITY),
  };
  return { total, validation, custom };
}
