import { Json } from '../records/json.ts';
import { ModulePermissions } from '../records/permissions.ts';
import * as z from '../records/schema.ts';
import { endpointFields } from './endpoint-fields.ts';
import { names, optional, text, words } from './entry-fields.ts';
import { PreferenceEntry } from './preference-entry.ts';
import { SamplesEntry } from './samples-entry.ts';
import { UserEntry } from './user-entry.ts';

/** The name of a suite: it becomes a folder name and part of a comment's marker. */
export const suiteNamePattern = /^[\p{L}\p{N}][\p{L}\p{N} ._-]{0,99}$/u;

export const BudgetEntry = z.strictObject({
  calls: z.described(optional(z.int().check(z.minimum(1))), 'calls to the agent, retries included; at least 1; default: no limit'),
  costUsd: z.described(
    optional(z.number().check(z.positive())),
    'US dollars that agent, judge and user model may report; above 0; default: no limit',
  ),
  tokens: z.described(
    optional(z.int().check(z.minimum(1))),
    'tokens that agent, judge and user model may report, input and output together; at least 1; default: no limit',
  ),
  minutes: z.described(optional(z.number().check(z.positive())), 'wall time of the run in minutes; above 0; default: no limit'),
});

const milliseconds = z.int().check(z.minimum(1), z.maximum(86_400_000));
export const DeadlinesEntry = z.strictObject({
  connectMs: z.described(optional(milliseconds), 'to open a connection, milliseconds; default 10000'),
  firstByteMs: z.described(
    optional(milliseconds),
    'until the first byte of the reply, milliseconds; default: timeoutMs; with a task controller at most 120000',
  ),
  idleMs: z.described(optional(milliseconds), 'between two pieces of the reply, milliseconds; default 30000'),
});

function isDay(text: string): boolean {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(text) : Number.NaN;
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

const WaiverEntry = z.strictObject({
  samples: words('ids of the samples'),
  reason: z.described(text.clone(), 'why the failure is accepted, and who takes care of it'),
  until: z.described(z.string().check(z.refine(isDay, 'expected a date such as 2026-12-31')), 'last day on which it holds, such as 2026-12-31 (UTC)'),
});

export const PolicyEntry = z.strictObject({
  mode: z.described(
    optional(z.enum(['statistical', 'strict'])),
    'statistical: a drop must be more than chance; strict: any confirmed pass-to-fail flip is a regression, for deterministic agents; default statistical',
  ),
  margin: z.described(
    optional(z.number().check(z.minimum(0), z.maximum(1))),
    'drop of the pass rate that is tolerated, 0..1 (0.05 is 5 percentage points); default 0',
  ),
  failOn: z.described(
    optional(z.array(z.enum(['regressed', 'inconclusive', 'no-baseline']))),
    'verdicts that end with exit code 1; default [regressed]',
  ),
  minPassRate: z.described(
    optional(z.number().check(z.minimum(0), z.maximum(1))),
    'pass rate, 0..1, below which the verdict is red whatever the baseline says',
  ),
  slices: z.described(optional(z.array(text)), 'compare these parts on their own too; "tags" is one slice per tag; default none'),
  latencyMargin: z.described(optional(z.number().check(z.minimum(0), z.maximum(100))), 'share that latency may grow by, 0.1 is 10 %; default 0.1'),
  confirm: z.described(optional(z.boolean()), 'ask suspicious samples again before they are named; default true'),
  topUp: z.described(
    optional(z.boolean()),
    'ask every sample as often again when the result of the suite is grey, and decide on all repeats; default false',
  ),
  waivers: z.described(
    optional(z.array(WaiverEntry)),
    'known failures that are not judged until a date; every report names them, and they count again afterwards; default none',
  ),
});

export const JudgeEntry = z.strictObject({
  model: z.described(text.clone(), 'name of the model that judging checkers ask'),
  ...endpointFields,
  preference: z.described(
    optional(PreferenceEntry),
    "compare every answer with one of the baseline's, in both orders; {} for the defaults. Never decides whether a sample passes; one test in the verdict where policy.slices holds checkers",
  ),
});

export const EmbeddingsEntry = z.strictObject({
  model: z.described(optional(text), 'name of the embedding model'),
  ...endpointFields,
  module: z.described(
    optional(text),
    'instead of a model: a JavaScript or TypeScript module, relative to the config file, that exports embed(texts), as many lists of numbers',
  ),
  permissions: optional(ModulePermissions),
});

export const TracesEntry = z
  .strictObject({
    send: z.described(optional(z.boolean()), 'tell the agent of a W3C trace with every attempt, as the header traceparent; default true'),
    path: z.described(
      optional(text.clone()),
      'a file of OTLP/JSON lines that a collector appends to, relative to the folder of the config file: tool calls are read from its spans where replies have none',
    ),
    listen: z.described(
      optional(z.int().check(z.minimum(1), z.maximum(65_535))),
      'instead of `path`: a port on 127.0.0.1 that takes OTLP/JSON at /v1/traces while the suite runs, such as 4318',
    ),
    waitMs: z.described(
      optional(z.int().check(z.minimum(0), z.maximum(600_000))),
      'for the spans of an answer after it came, at most, milliseconds; default 10000',
    ),
    quietMs: z.described(
      optional(z.int().check(z.minimum(0), z.maximum(600_000))),
      'without a further span until a trace that looks whole counts as whole, milliseconds; default 500',
    ),
    required: z.described(optional(z.boolean()), 'an answer without a single span is an error; false: it made no tool call; default true'),
  })
  .check(
    z.refine(({ path, listen }) => path == null || listen == null, 'spans come from one place: keep one of "path" and "listen"'),
    z.refine(
      ({ send, path, listen }) => send !== false || (path == null && listen == null),
      'spans are found by the trace that is sent: leave "send" out',
    ),
  );

const sourcePath = (about: string) =>
  z.described(optional(text), `${about}, relative to the config file; a template such as "out/{{slot}}/orders.json"`);
const StateSourceEntry = z
  .strictObject({
    json: sourcePath('a JSON file'),
    text: sourcePath('a text file'),
    sqlite: sourcePath('a SQLite database, opened for reading'),
    query: z.described(optional(text), 'for sqlite: what is asked, such as "select status from orders where id = ?"; no template'),
    values: z.described(optional(z.array(Json)), 'for sqlite: what stands for each "?", templates such as "{{id}}"'),
  })
  .check(
    z.refine(
      ({ json, text: plain, sqlite }) => [json, plain, sqlite].filter((path) => path != null).length === 1,
      'expected one of json, text and sqlite',
    ),
    z.refine(
      ({ sqlite, query, values }) => (sqlite == null) === (query == null) && (sqlite != null || values == null),
      'sqlite and query belong together',
    ),
  );

export const BaselineEntry = z.described(
  z.union([
    z.enum(['auto', 'none', 'release']),
    z.strictObject({
      path: z.optional(names('run.jsonl files, or folders that hold one, relative to the folder of the config file')),
      run: z.described(z.optional(z.int().check(z.minimum(1))), 'number of a GitHub Actions workflow run'),
      sha: z.optional(z.string().check(z.regex(/^[0-9a-f]{7,64}$/i, 'expected 7 to 64 hex digits of a commit'))),
      agent: z.described(
        z.optional(z.looseObject({ type: z.described(optional(text), 'default: as in `agent`') })),
        'a second agent, asked in the same run and at the same time; what is left out is taken from `agent` when the type is the same or left out',
      ),
    }),
  ]),
  'what to compare with; auto: the stored runs of the base branch; release: the run of the last release; none: report without comparing; default auto',
);
export type BaselineEntry = z.infer<typeof BaselineEntry>;

export const AgentEntry = z.looseObject({ type: z.described(text.clone(), 'the protocol of the agent') });

export const ExportEntry = z.looseObject({
  type: z.described(text.clone(), 'the system whose format it is'),
  path: z.described(text.clone(), 'folder, relative to the folder of the config file'),
});

/** The keys that every checker entry may have beside its `type` and its own options. */
export const CheckerCommon = z.strictObject({
  type: z.described(text.clone(), 'what is checked'),
  name: z.described(
    optional(z.string().check(z.regex(/^[^\p{C}]{1,100}$/u, 'expected 1 to 100 visible characters'))),
    'unique in the suite; default: the type, numbered from the second on',
  ),
  required: z.described(optional(z.boolean()), 'a sample passes when all required checkers pass; default true'),
  weight: z.described(optional(z.number().check(z.positive(), z.maximum(1e6))), 'share in weighted means, above 0; default 1'),
  not: z.described(optional(z.boolean()), 'turn the check round: pass when it fails; default false'),
});

/** Its `type` and options are validated with the checker's own schema. */
const checkerEntry = z.looseObject({});

/** A suite as a user writes it, after inheritance; options of agents and checkers are validated by their own schemas. */
export const SuiteFile = z.strictObject({
  $schema: z.described(optional(z.string()), 'address of this schema, for editors'),
  suite: z.described(
    optional(
      z.string().check(z.regex(suiteNamePattern, 'expected 1 to 100 letters, digits, spaces, ".", "_" or "-", beginning with a letter or digit')),
    ),
    'name of the suite; default: the name of the folder of the file',
  ),
  samples: z.described(z.union([text, z.array(text).check(z.minLength(1)), SamplesEntry]), 'which samples: paths or glob patterns, or a mapping'),
  agent: AgentEntry,
  repeats: z.described(optional(z.int().check(z.minimum(1), z.maximum(1000))), 'times each sample is asked; 1..1000; default 3'),
  concurrency: z.described(
    optional(z.int().check(z.minimum(1), z.maximum(1000))),
    'samples that are asked at once, by two agents together, at least one by each; 1..1000; default 8',
  ),
  timeoutMs: z.described(optional(milliseconds), 'for one try at one sample, milliseconds; default 60000, with a task controller 3600000'),
  deadlines: z.described(optional(DeadlinesEntry), 'limits inside one try'),
  maxRetries: z.described(
    optional(z.int().check(z.minimum(0), z.maximum(20))),
    'tries after the first one, of errors that may be retried; 0..20; default 2',
  ),
  onAmbiguous: z.described(
    optional(z.enum(['retry', 'fail'])),
    'when a call may or may not have been served: ask again with the same Idempotency-Key, or count an error; default retry',
  ),
  maxReplyBytes: z.described(
    optional(z.int().check(z.minimum(1024), z.maximum(1_073_741_824))),
    'bytes of one reply after decompression; default 10485760 (10 MiB)',
  ),
  budget: z.described(optional(BudgetEntry), 'the run stops with an incomplete result when one is used up'),
  checkers: z.described(
    optional(z.union([z.array(checkerEntry), z.record(z.string(), checkerEntry)])),
    'how an answer is scored: a list of entries, or a mapping from name to entry',
  ),
  traces: z.described(optional(TracesEntry), 'traces of the agent, and tool calls from them'),
  user: z.described(
    optional(UserEntry),
    'the model that plays the user of samples with a `scenario`, every message of which costs money; or the controller of an interactive task',
  ),
  judge: z.described(optional(JudgeEntry), 'the model that judging checkers ask; every answer of it costs money'),
  embeddings: z.described(optional(EmbeddingsEntry), 'what turns texts into vectors for embedding-similarity'),
  exports: z.described(
    optional(z.array(ExportEntry)),
    "result files of other systems that are written after a run, beside the run log: a list of {type, path} and the format's own options",
  ),
  finalState: z.described(
    optional(z.record(z.string().check(z.minLength(1)), StateSourceEntry)),
    "what is read into the final state after the agent's last turn, by name; it takes the place of what the agent reports under that name",
  ),
  baseline: optional(BaselineEntry),
  policy: z.described(optional(PolicyEntry), 'how a comparison becomes a verdict'),
  env: z.described(optional(z.array(text)), `environment variables that may be used as \${env:NAME}; default: those that are used in allowed fields`),
});
export type SuiteFile = z.infer<typeof SuiteFile>;
