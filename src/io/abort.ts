import { abortFailure } from './failure.ts';

/** The promise, unless the signal is aborted first; what is shared goes on for the others. @throws AgentFailure `not-sent` then. */
export function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      promise.catch(() => {});
      return reject(abortFailure(signal, 'not-sent'));
    }
    const onAbort = () => reject(abortFailure(signal, 'not-sent'));
    signal.addEventListener('abort', onAbort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}
