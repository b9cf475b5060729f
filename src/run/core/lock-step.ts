/** Two readers of one stream of work. */
export interface LockStep<T> {
  /** What each of the two has to do, in the order of the items. Each is read by one reader. */
  sides: readonly [AsyncIterable<T>, AsyncIterable<T>];
  /** Neither gets anything more. */
  close(): void;
}

/**
 * Lets two readers go through the same items side by side: each gets those that are open for it, and neither gets one that is more
 * than `lead` places ahead of where the other is. The faster one waits. The items are read once and kept only between the two.
 * A reader that breaks off, or meets an error of the items, ends both; one that is through with all items holds nobody up.
 */
export function lockStep<T>(
  items: AsyncIterable<T>,
  options: { lead: number; isOpen: readonly [(item: T) => boolean, (item: T) => boolean] },
): LockStep<T> {
  const { lead, isOpen } = options;
  const places: [number, number] = [0, 0];
  const source = items[Symbol.asyncIterator]();
  const at = createWindow(source, () => Math.min(...places));
  let isClosed = false;
  let wake = (): void => {};
  let change = nextChange();

  function nextChange(): Promise<void> {
    return new Promise((resolve) => {
      wake = resolve;
    });
  }
  const tell = (): void => {
    wake();
    change = nextChange();
  };
  const close = (): void => {
    isClosed = true;
    tell();
  };
  async function* follow(side: 0 | 1): AsyncGenerator<T> {
    const other = side === 0 ? 1 : 0;
    let isThrough = false;
    try {
      for (;;) {
        while (!isClosed && places[side] > places[other] + lead) await change;
        if (isClosed) return;
        const item = await at(places[side]);
        places[side]++;
        tell();
        if (item.done) {
          isThrough = true;
          return;
        }
        if (isOpen[side](item.value) && !isClosed) yield item.value;
      }
    } finally {
      places[side] = Number.POSITIVE_INFINITY;
      if (isThrough) tell();
      else close();
      if (places[other] === Number.POSITIVE_INFINITY) await source.return?.();
    }
  }
  return { sides: [follow(0), follow(1)], close };
}

/** Items by their place; those before `first` are forgotten. */
function createWindow<T>(source: AsyncIterator<T>, first: () => number): (place: number) => Promise<IteratorResult<T>> {
  const kept = new Map<number, Promise<IteratorResult<T>>>();
  let read = 0;
  return (place) => {
    for (; read <= place; read++) kept.set(read, source.next());
    for (const old of kept.keys()) {
      if (old >= first()) break;
      kept.delete(old);
    }
    return kept.get(place) ?? Promise.reject(new Error(`item ${place} was forgotten`));
  };
}
