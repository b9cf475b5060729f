import { abortFailure } from '../../io/failure.ts';
import type { AgentFailure } from '../agent.ts';

/** Waits so many milliseconds. @throws AgentFailure with the phase as soon as the signal is aborted. */
export function pause(ms: number, signal: AbortSignal, phase: AgentFailure['phase']): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(abortFailure(signal, phase));
    const onAbort = () => {
      clearTimeout(timer);
      reject(abortFailure(signal, phase));
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', onAbort);
      resolve();
    }, ms);
    signal.addEventListener('abort', onAbort, { once: true });
  });
}
