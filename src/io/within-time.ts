/**
 * Does work with a signal that is aborted with the first of the others, or after `timeoutMs` with a TimeoutError. Not
 * AbortSignal.any with AbortSignal.timeout: in Node 20 that timer may be collected as garbage before it fires
 * (https://github.com/nodejs/node/issues/54614).
 */
export async function withinTime<T>(
  { signals, timeoutMs }: { signals: readonly AbortSignal[]; timeoutMs: number },
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const limited = new AbortController();
  const follow = (event: Event) => limited.abort(event.target instanceof AbortSignal ? event.target.reason : undefined);
  for (const signal of signals) {
    if (signal.aborted) limited.abort(signal.reason);
    signal.addEventListener('abort', follow, { once: true });
  }
  const timer = setTimeout(() => limited.abort(new DOMException('The operation was aborted due to timeout', 'TimeoutError')), timeoutMs);
  try {
    return await work(limited.signal);
  } finally {
    clearTimeout(timer);
    for (const signal of signals) signal.removeEventListener('abort', follow);
  }
}
