/** Which of the samples a command is about. */
export interface Selection {
  /** With `resume`: samples that have a result are left out before anything is counted. */
  resume?: boolean;
  /** Their ids. */
  completed?: readonly (string | number)[];
  /** Samples to skip; absent or 0: none. */
  offset?: number;
  /** Samples at most; absent or 0: all. */
  limit?: number;
}

/** The samples that run, in order: first those are left out that are done, then `offset` are skipped, then `limit` taken. */
export function selectSamples<T extends string | number>(
  ids: readonly T[],
  { resume = false, completed = [], offset = 0, limit = 0 }: Selection,
): T[] {
  const done = new Set<string>(resume ? completed.map(String) : []);
  const open = ids.filter((id) => !done.has(String(id)));
  const from = Math.max(0, offset);
  return open.slice(from, limit > 0 ? from + limit : undefined);
}
