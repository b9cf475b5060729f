import * as z from '../records/schema.ts';
import { defineAgent } from './agent.ts';
import { converse } from './parts/converse.ts';
import { pause } from './parts/pause.ts';

const DoNothingOptions = z.strictObject({
  output: z.described(z._default(z.string(), ''), 'what it answers to every message'),
  sleepMs: z.described(z._default(z.number().check(z.minimum(0), z.maximum(2_147_483_647)), 0), 'pause before each answer, milliseconds'),
});
type DoNothingOptions = z.infer<typeof DoNothingOptions>;

/** Answers every message with the same text: a floor for checkers that should not pass, and a load for tests. */
export const doNothing = defineAgent<DoNothingOptions>({
  type: 'do-nothing',
  summary: 'answers every message with the same text; checkers that pass it are too weak',
  options: DoNothingOptions as z.ZodMiniType<DoNothingOptions>,
  envFields: [],
  isPaid: false,
  identity: ({ output }) => ({ template: { output } }),
  async open({ output, sleepMs }) {
    return {
      ask: (request) =>
        converse(request, async () => {
          if (sleepMs > 0) await pause(sleepMs, request.signal, 'answered');
          return { output, steps: [] };
        }),
      close: async () => {},
    };
  },
});
