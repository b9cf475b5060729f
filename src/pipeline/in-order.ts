/** Takes the values of works in the order in which the works were added. */
export interface InOrder<T> {
  /** Resolves when there is room for another one. Rejects when a work did. */
  add(work: Promise<T>): Promise<void>;
  /** Resolves when every value was taken. */
  drain(): Promise<void>;
}

/** At most `limit` works run at once, as the adder waits. */
export function createInOrder<T>(limit: number, take: (value: T) => void): InOrder<T> {
  const running: Promise<T>[] = [];
  const takeUntil = async (left: number): Promise<void> => {
    for (let work = running[0]; work && running.length > left; work = running[0]) {
      take(await work);
      void running.shift();
    }
  };
  return {
    async add(work) {
      // A rejection is told when its turn comes.
      work.catch(() => {});
      running.push(work);
      await takeUntil(Math.max(0, limit - 1));
    },
    drain: () => takeUntil(0),
  };
}
