import { messageOf } from '../errors.ts';
import type { Json } from '../records/json.ts';
import { ModulePermissions } from '../records/permissions.ts';
import * as z from '../records/schema.ts';
import { unscored } from '../records/score.ts';
import { defineChecker } from './checker.ts';
import { payloadOf, scoreOfAnswer } from './parts/answer.ts';
import { pathFrom } from './parts/path.ts';
import { quote, quoteWords } from './parts/quote.ts';

const ModuleOptions = z.strictObject({
  path: z.described(z.string().check(z.minLength(1)), 'JavaScript or TypeScript module, relative to the config file'),
  export: z.described(z._default(z.string().check(z.minLength(1)), 'default'), 'the exported function; default: the default export'),
  timeoutMs: z.described(z._default(z.int().check(z.minimum(1), z.maximum(600_000)), 30_000), 'time for one call, milliseconds; default 30000'),
  permissions: z.optional(ModulePermissions),
});

export const moduleChecker = defineChecker({
  type: 'module',
  summary: 'A function of your own, in its own process: returns true or false, 0..1, {value, pass?, reason?} or {unscored: "why"}',
  needs: [],
  example: { type: 'module', path: 'checks/polite.js', export: 'isPolite' },
  options: ModuleOptions,
  files: (options) => [options.path],
  // What the code may reach changes no score that it gives.
  identity: ({ permissions, ...deciding }) => {
    void permissions;
    return deciding;
  },
  isPure: false,
  runsCode: true,
  create: (options, ports) => async (input) => {
    let answer: Json;
    try {
      answer = await ports.modules.call({
        file: pathFrom(ports.baseDir, options.path),
        exportName: options.export,
        payload: payloadOf(input),
        timeoutMs: options.timeoutMs,
        permissions: options.permissions,
      });
    } catch (error) {
      return unscored(`checker ${quote(options.path, 80)} failed: ${quoteWords(messageOf(error), 300)}`);
    }
    return scoreOfAnswer(answer, options.path);
  },
});
