import { JsonObject } from '../records/json.ts';
import * as z from '../records/schema.ts';
import { AgentloopSamplesEntry } from './agentloop-entry.ts';
import { optional, text, words } from './entry-fields.ts';

const samplesFields = z.strictObject({
  path: z.described(
    optional(z.union([text, z.array(text).check(z.minLength(1))])),
    'files or glob patterns, relative to the folder of the config file',
  ),
  agentloop: z.described(optional(AgentloopSamplesEntry), 'instead of files: a dataset of the AgentLoop service'),
  controller: z.described(
    optional(z.literal(true)),
    'instead of files, with a `user` of type controller: all samples of its task, as the controller lists them when the suite is opened',
  ),
  format: z.described(optional(text), 'dataset format; default by the file ending'),
  map: z.described(optional(JsonObject), 'sample fields from the columns of a foreign row, such as {input: "{{question}}"}'),
  where: z.described(
    optional(
      z.strictObject({
        tags: optional(words('keep samples with one of these tags')),
        ids: optional(words('keep samples with one of these ids')),
      }),
    ),
    'which samples to keep; all conditions must hold',
  ),
  limit: z.described(optional(z.int().check(z.minimum(1))), 'samples at most, after the offset; at least 1'),
  offset: z.described(optional(z.int().check(z.minimum(0))), 'samples to leave out at the start; default 0'),
  seed: z.described(optional(z.int().check(z.minimum(0))), 'shuffles the samples before offset and limit; a whole number; default: no shuffling'),
});
const placesOf = ({ path, agentloop, controller }: { path?: unknown; agentloop?: unknown; controller?: unknown }) =>
  [path, agentloop, controller].filter((place) => place != null).length;

export const SamplesEntry = samplesFields.check(
  z.refine((entry) => placesOf(entry) < 2, 'samples come from one place: keep one of "path", "agentloop" and "controller"'),
  z.refine((entry) => placesOf(entry) > 0, { error: '"path" is missing', path: ['path'] }),
  z.refine(({ format, agentloop }) => format == null || agentloop == null, 'a dataset of a service has no file format: leave "format" out'),
);
export type SamplesEntry = z.infer<typeof SamplesEntry>;
