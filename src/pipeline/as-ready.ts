/** Takes the value of each work as soon as it is there, whatever the others do. */
export interface AsReady<T> {
  /** Resolves when there is room for another one. Rejects when a work, or taking its value, failed. */
  add(work: Promise<T>): Promise<void>;
  /** Resolves when every value was taken. Rejects as `add` does, after the others were taken. */
  drain(): Promise<void>;
}

/** For what was paid for: a slow neighbour must not keep it from the disk. At most `limit` works run at once, as the adder waits. */
export function createAsReady<T>(limit: number, take: (value: T) => void): AsReady<T> {
  const running = new Set<Promise<void>>();
  const failures: unknown[] = [];
  const told = (): void => {
    if (failures.length > 0) throw failures[0];
  };
  return {
    async add(work) {
      const taken: Promise<void> = work
        .then(take)
        .catch((error: unknown) => void failures.push(error))
        .finally(() => running.delete(taken));
      running.add(taken);
      while (running.size >= Math.max(1, limit)) await Promise.race(running);
      told();
    },
    async drain() {
      await Promise.all(running);
      told();
    },
  };
}
