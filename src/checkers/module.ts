import { messageOf } from '../errors.ts';
import type { Json } from '../records/json.ts';
import * as z from '../records/schema.ts';
import { type Score, scored, unscored } from '../records/score.ts';
import { outputOf } from '../records/trajectory.ts';
import { type CheckInput, defineChecker } from './checker.ts';
import { pathFrom } from './parts/path.ts';
import { quote } from './parts/quote.ts';

const ModuleOptions = z.strictObject({
  path: z.described(z.string().check(z.minLength(1)), 'JavaScript or TypeScript module, relative to the config file'),
  export: z.described(z._default(z.string().check(z.minLength(1)), 'default'), 'the exported function; default: the default export'),
  timeoutMs: z.described(z._default(z.int().check(z.minimum(1), z.maximum(600_000)), 30_000), 'time for one call, milliseconds; default 30000'),
});

const maxReasonLength = 500;

/** What a function of the user's may return. */
const ModuleResult = z.union([
  z.boolean(),
  z.number().check(z.minimum(0), z.maximum(1)),
  z.strictObject({ value: z.number().check(z.minimum(0), z.maximum(1)), pass: z.optional(z.boolean()), reason: z.optional(z.string()) }),
  z.strictObject({ pass: z.boolean(), reason: z.optional(z.string()) }),
  z.strictObject({ unscored: z.string() }),
]);

export const moduleChecker = defineChecker({
  type: 'module',
  summary: 'A function of your own, in its own process: returns true or false, 0..1, {value, pass?, reason?} or {unscored: "why"}',
  needs: [],
  example: { type: 'module', path: 'checks/polite.js', export: 'isPolite' },
  options: ModuleOptions,
  files: (options) => [options.path],
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
      });
    } catch (error) {
      return unscored(`checker ${quote(options.path, 80)} failed: ${quote(messageOf(error), 300)}`);
    }
    return toScore(answer, options.path);
  },
});

/** What the function is given: the sample, the trajectory, and the output once more, because most functions need only that. */
function payloadOf({ sample, trajectory, epoch }: CheckInput): Json {
  const { id, input, expected, tags, metadata, row, turns } = sample;
  const payload: unknown = { sample: { id, input, expected, tags, metadata, row, turns }, trajectory, output: outputOf(trajectory), epoch };
  return payload as Json;
}

function toScore(answer: Json, path: string): Score {
  const parsed = ModuleResult.safeParse(answer);
  if (!parsed.success) return unscored(`checker returned ${describeAnswer(answer)}, not true, false, 0..1, {value, pass?, reason?} or {unscored}`);
  const result = parsed.data;
  const name = quote(path, 80);
  if (typeof result === 'boolean') return scored(result ? 1 : 0, `${name} says ${result ? 'pass' : 'fail'}`);
  if (typeof result === 'number') return scored(result, `${name} gives ${result}`);
  if ('unscored' in result) return unscored(cut(result.unscored) || `${name} could not say`);
  const value = 'value' in result ? result.value : result.pass ? 1 : 0;
  const pass = result.pass ?? value >= 1;
  return scored(value, cut(result.reason ?? '') || `${name} says ${pass ? 'pass' : 'fail'}`, { pass });
}

function cut(reason: string): string {
  return reason.length > maxReasonLength ? `${reason.slice(0, maxReasonLength)}…` : reason;
}

function describeAnswer(answer: unknown): string {
  if (typeof answer === 'number') return String(answer);
  if (answer === undefined) return 'nothing';
  try {
    return quote(JSON.stringify(answer) ?? typeof answer, 80);
  } catch {
    return 'a value that is no JSON';
  }
}
