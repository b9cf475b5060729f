import { z } from 'zod';
import { abortFailure } from '../io/failure.ts';
import { defineAgent } from './agent.ts';
import { converse } from './parts/converse.ts';

const DoNothingOptions = z.strictObject({
  output: z.string().default('').describe('what it answers to every message'),
  sleepMs: z.number().min(0).max(2_147_483_647).default(0).describe('pause before each answer, milliseconds'),
});
type DoNothingOptions = z.infer<typeof DoNothingOptions>;

/** Answers every message with the same text: a floor for checkers that should not pass, and a load for tests. */
export const doNothing = defineAgent<DoNothingOptions>({
  type: 'do-nothing',
  summary: 'answers every message with the same text; checkers that pass it are too weak',
  options: DoNothingOptions as z.ZodType<DoNothingOptions>,
  envFields: [],
  isPaid: false,
  identity: ({ output }) => ({ template: { output } }),
  async open({ output, sleepMs }) {
    return {
      ask: (request) =>
        converse(request, async () => {
          if (sleepMs > 0) await pause(sleepMs, request.signal);
          return { output, steps: [] };
        }),
      close: async () => {},
    };
  },
});

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const onAbort = () => {
      clearTimeout(timer);
      reject(abortFailure(signal, 'answered'));
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', onAbort);
      resolve();
    }, ms);
    signal.addEventListener('abort', onAbort, { once: true });
  });
}
