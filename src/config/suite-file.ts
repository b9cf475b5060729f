import { z } from 'zod';
import { JsonObject } from '../records/json.ts';

/** A key that may be left out or set to null, which takes back an inherited value. */
function optional<T extends z.ZodType>(schema: T) {
  return schema.nullish();
}

const text = z.string().min(1);
const names = (about: string) => z.union([text, z.array(text).min(1)]).describe(about);
/** Written numbers are ids too: a CSV knows only text. */
const words = (about: string) => z.union([z.string(), z.number(), z.array(z.union([z.string(), z.number()]))]).describe(about);

/** The name of a suite: it becomes a folder name and part of a comment's marker. */
export const suiteNamePattern = /^[\p{L}\p{N}][\p{L}\p{N} ._-]{0,99}$/u;

export const SamplesEntry = z.strictObject({
  path: names('files or glob patterns, relative to the folder of the config file'),
  format: optional(text).describe('dataset format; default by the file ending'),
  map: optional(JsonObject).describe('sample fields from the columns of a foreign row, such as {input: "{{question}}"}'),
  where: optional(
    z.strictObject({
      tags: optional(words('keep samples with one of these tags')),
      ids: optional(words('keep samples with one of these ids')),
    }),
  ).describe('which samples to keep; all conditions must hold'),
  limit: optional(z.int().min(1)).describe('samples at most, after the offset; at least 1'),
  offset: optional(z.int().min(0)).describe('samples to leave out at the start; default 0'),
  seed: optional(z.int().min(0)).describe('shuffles the samples before offset and limit; a whole number; default: no shuffling'),
});
export type SamplesEntry = z.infer<typeof SamplesEntry>;

export const BudgetEntry = z.strictObject({
  calls: optional(z.int().min(1)).describe('calls to the agent, retries included; at least 1; default: no limit'),
  costUsd: optional(z.number().positive()).describe('US dollars that agent and judge may report; above 0; default: no limit'),
  minutes: optional(z.number().positive()).describe('wall time of the run in minutes; above 0; default: no limit'),
});

const milliseconds = z.int().min(1).max(86_400_000);
export const DeadlinesEntry = z.strictObject({
  connectMs: optional(milliseconds).describe('to open a connection, milliseconds; default 10000'),
  firstByteMs: optional(milliseconds).describe('until the first byte of the reply, milliseconds; default: timeoutMs'),
  idleMs: optional(milliseconds).describe('between two pieces of the reply, milliseconds; default 30000'),
});

export const PolicyEntry = z.strictObject({
  mode: optional(z.enum(['statistical', 'strict'])).describe(
    'statistical: a drop must be more than chance; strict: any confirmed pass-to-fail flip is a regression, for deterministic agents; default statistical',
  ),
  margin: optional(z.number().min(0).max(1)).describe('drop of the pass rate that is tolerated, 0..1 (0.05 is 5 percentage points); default 0'),
  failOn: optional(z.array(z.enum(['regressed', 'inconclusive', 'no-baseline']))).describe('verdicts that end with exit code 1; default [regressed]'),
  minPassRate: optional(z.number().min(0).max(1)).describe('pass rate, 0..1, below which the verdict is red whatever the baseline says'),
  slices: optional(z.array(text)).describe('compare these parts on their own too; "tags" is one slice per tag; default none'),
  latencyMargin: optional(z.number().min(0).max(100)).describe('share that latency may grow by, 0.1 is 10 %; default 0.1'),
  confirm: optional(z.boolean()).describe('ask suspicious samples again before they are named; default true'),
  topUp: optional(z.boolean()).describe('ask every sample as often again when the result of the suite is grey, and decide on all repeats; default false'),
});

export const JudgeEntry = z.strictObject({
  model: text.describe('name of the model that judging checkers ask'),
  baseUrl: optional(text).describe(`address of an OpenAI-compatible endpoint; may hold \${env:NAME}`),
  apiKey: optional(text).describe(`key of that endpoint, as \${env:NAME}`),
});

export const BaselineEntry = z
  .union([
    z.enum(['auto', 'none']),
    z.strictObject({
      path: names('run.jsonl files, or folders that hold one, relative to the folder of the config file').optional(),
      run: z.int().min(1).optional().describe('number of a GitHub Actions workflow run'),
      sha: z
        .string()
        .regex(/^[0-9a-f]{7,64}$/i, 'expected 7 to 64 hex digits of a commit')
        .optional(),
      agent: JsonObject.optional().describe('not available yet: a second live endpoint'),
    }),
  ])
  .describe('what to compare with; auto: the stored runs of the base branch; none: report without comparing; default auto');
export type BaselineEntry = z.infer<typeof BaselineEntry>;

export const AgentEntry = z.looseObject({ type: text.describe('the protocol of the agent') });

/** The keys that every checker entry may have beside its `type` and its own options. */
export const CheckerCommon = z.strictObject({
  type: text.describe('what is checked'),
  name: optional(z.string().regex(/^[^\p{C}]{1,100}$/u, 'expected 1 to 100 visible characters')).describe(
    'unique in the suite; default: the type, numbered from the second on',
  ),
  required: optional(z.boolean()).describe('a sample passes when all required checkers pass; default true'),
  weight: optional(z.number().positive().max(1e6)).describe('share in weighted means, above 0; default 1'),
  not: optional(z.boolean()).describe('turn the check round: pass when it fails; default false'),
});

/** Its `type` and options are validated with the checker's own schema. */
const checkerEntry = z.looseObject({});

/** A suite as a user writes it, after inheritance; options of agents and checkers are validated by their own schemas. */
export const SuiteFile = z.strictObject({
  $schema: optional(z.string()).describe('address of this schema, for editors'),
  suite: optional(
    z.string().regex(suiteNamePattern, 'expected 1 to 100 letters, digits, spaces, ".", "_" or "-", beginning with a letter or digit'),
  ).describe('name of the suite; default: the name of the folder of the file'),
  samples: z.union([text, z.array(text).min(1), SamplesEntry]).describe('which samples: paths or glob patterns, or a mapping'),
  agent: AgentEntry,
  repeats: optional(z.int().min(1).max(1000)).describe('times each sample is asked; 1..1000; default 3'),
  concurrency: optional(z.int().min(1).max(1000)).describe('samples that are asked at once; 1..1000; default 8'),
  timeoutMs: optional(milliseconds).describe('for one try at one sample, milliseconds; default 60000'),
  deadlines: optional(DeadlinesEntry).describe('limits inside one try'),
  maxRetries: optional(z.int().min(0).max(20)).describe('tries after the first one, of errors that may be retried; 0..20; default 2'),
  onAmbiguous: optional(z.enum(['retry', 'fail'])).describe(
    'when a call may or may not have been served: ask again with the same Idempotency-Key, or count an error; default retry',
  ),
  maxReplyBytes: optional(z.int().min(1024).max(1_073_741_824)).describe('bytes of one reply after decompression; default 10485760 (10 MiB)'),
  budget: optional(BudgetEntry).describe('the run stops with an incomplete result when one is used up'),
  checkers: optional(z.union([z.array(checkerEntry), z.record(z.string(), checkerEntry)])).describe(
    'how an answer is scored: a list of entries, or a mapping from name to entry',
  ),
  judge: optional(JudgeEntry).describe('the model that judging checkers ask; kept for later use'),
  baseline: optional(BaselineEntry),
  policy: optional(PolicyEntry).describe('how a comparison becomes a verdict'),
  env: optional(z.array(text)).describe(`environment variables that may be used as \${env:NAME}; default: those that are used in allowed fields`),
});
export type SuiteFile = z.infer<typeof SuiteFile>;
