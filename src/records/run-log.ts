import { AcceptanceRecord } from './acceptance.ts';
import { Json } from './json.ts';
import { ModelUsage } from './model.ts';
import * as z from './schema.ts';
import { ScoredScore, UnscoredScore } from './score.ts';
import { Trajectory } from './trajectory.ts';

/** Raised only when an older reader would misread a newer log. */
export const runLogSchemaVersion = 1;

/**
 * Fingerprints by part, sha256 hex (first 16 digits). `call` covers everything that decides what the agent
 * is asked and how; `score` everything that decides what a recorded trajectory is worth.
 * A difference names the parts that differ.
 */
export const Fingerprints = z.looseObject({
  call: z.described(z.record(z.string(), z.string()), 'endpoint, template, user, tool'),
  score: z.described(z.record(z.string(), z.string()), 'one entry per checker name, and `judge`'),
});
export type Fingerprints = z.infer<typeof Fingerprints>;

/** A sample and one of its repeats. Epochs count from 1; those above the planned repeats are confirmation re-runs or top-ups. */
const slot = { sample: z.described(z.string(), 'sample id'), epoch: z.int().check(z.minimum(1)) };

export const AgentErrorRecord = z.looseObject({
  kind: z.described(z.string(), 'such as timeout, refused, rate-limited, bad-response, http-status'),
  message: z.described(z.string(), 'redacted'),
  status: z.described(z.optional(z.int()), 'HTTP status, when there was one'),
});
export type AgentErrorRecord = z.infer<typeof AgentErrorRecord>;

/** What a slot came to. `error`: the agent gave no usable answer; `unscored`: a required checker could not say. */
export const Outcome = z.enum(['pass', 'fail', 'error', 'unscored', 'skipped']);
export type Outcome = z.infer<typeof Outcome>;

/** One of several parts of a run, each asked by a job of its own. Parts count from 1. */
export interface Shard {
  index: number;
  count: number;
}

export const ShardRecord = z.looseObject({
  index: z.int().check(z.minimum(1)),
  count: z.int().check(z.minimum(1)),
  samples: z.described(z.int().check(z.minimum(0)), 'samples of all shards together'),
  samplesDigest: z.described(z.string(), 'of the samples of all shards, as `samplesDigest` of an undivided run'),
});
export type ShardRecord = z.infer<typeof ShardRecord>;

/** One job of one GitHub workflow run. */
export const WorkflowRecord = z.looseObject({
  repository: z.described(z.string(), '`owner/name`'),
  runId: z.string(),
  attempt: z.int().check(z.minimum(1)),
  job: z.described(z.string(), 'its id in the workflow file'),
});
export type WorkflowRecord = z.infer<typeof WorkflowRecord>;

export const RunRecord = z.looseObject({
  type: z.literal('run'),
  schemaVersion: z.int(),
  toolVersion: z.string(),
  runId: z.string(),
  startedAt: z.iso.datetime(),
  suite: z.string(),
  configFile: z.optional(z.string()),
  fingerprints: Fingerprints,
  git: z.optional(z.looseObject({ sha: z.optional(z.string()), ref: z.optional(z.string()) })),
  planned: z.looseObject({
    samples: z.int().check(z.minimum(0)),
    repeats: z.described(z.int().check(z.minimum(0), z.maximum(1_000_000)), 'of every sample'),
    slots: z.int().check(z.minimum(0)),
  }),
  samplesDigest: z.described(z.string(), 'sha256 hex over the ordered (id, hash) pairs that were selected'),
  caps: z.looseObject({
    calls: z.optional(z.number()),
    costUsd: z.optional(z.number()),
    tokens: z.optional(z.number()),
    minutes: z.optional(z.number()),
  }),
  secrets: z.described(z.array(z.string()), 'names only'),
  agent: z.looseObject({ type: z.string(), endpoint: z.described(z.optional(z.string()), 'without credentials or query') }),
  checkers: z.array(z.looseObject({ name: z.string(), required: z.boolean(), weight: z.number(), pure: z.optional(z.boolean()) })),
  checksums: z.described(z.optional(z.literal('crc32')), 'every line ends with its crc'),
  shard: z.described(z.optional(ShardRecord), 'this log is one part of a run: not a baseline, and compared with nothing before it is merged'),
  workflow: z.described(z.optional(WorkflowRecord), 'the job that asked: a later attempt of it goes on from a log without `end`'),
  importedFrom: z.described(z.optional(z.string()), 'the answers were recorded by this other system; how long it took is not known'),
  mergedShards: z.described(z.optional(z.int().check(z.minimum(1))), 'this log was joined from so many shards'),
});
export type RunRecord = z.infer<typeof RunRecord>;

export const SampleRecord = z.looseObject({
  type: z.literal('sample'),
  sample: slot.sample,
  hash: z.string(),
  scoreHash: z.string(),
  file: z.string(),
  line: z.int().check(z.minimum(1)),
  tags: z.array(z.string()),
  weight: z.number(),
  critical: z.boolean(),
});
export type SampleRecord = z.infer<typeof SampleRecord>;

export const AttemptRecord = z.looseObject({
  type: z.literal('attempt'),
  ...slot,
  attempt: z.int().check(z.minimum(1)),
  idempotencyKey: z.string(),
  at: z.iso.datetime(),
});
export type AttemptRecord = z.infer<typeof AttemptRecord>;

/** Written when the slot has its final answer or its final error; never for an attempt that is retried. */
export const ResponseRecord = z.looseObject({
  type: z.literal('response'),
  ...slot,
  attempt: z.int().check(z.minimum(1)),
  trajectory: z.optional(Trajectory),
  error: z.optional(AgentErrorRecord),
  traceId: z.described(z.optional(z.string()), 'W3C trace of this attempt, which the agent was told of; 32 hex digits'),
  user: z.described(z.optional(ModelUsage), 'what the model that plays the user took, in all attempts; absent: none was asked'),
  topUp: z.optional(z.literal(true)),
});
export type ResponseRecord = z.infer<typeof ResponseRecord>;

const scoreFields = { type: z.literal('score'), ...slot, checker: z.string(), fingerprint: z.string() };
export const ScoreRecord = z.discriminatedUnion('kind', [z.extend(ScoredScore, scoreFields), z.extend(UnscoredScore, scoreFields)]);
export type ScoreRecord = z.infer<typeof ScoreRecord>;

export const DoneRecord = z.looseObject({ type: z.literal('done'), ...slot, outcome: Outcome, attempts: z.int().check(z.minimum(0)) });
export type DoneRecord = z.infer<typeof DoneRecord>;

/** The run stopped before its end: on a signal, a spent budget, a full disk. Resume goes on after it. */
export const StopRecord = z.looseObject({ type: z.literal('stop'), at: z.iso.datetime(), reason: z.string() });
export type StopRecord = z.infer<typeof StopRecord>;

export const EndRecord = z.looseObject({
  type: z.literal('end'),
  at: z.iso.datetime(),
  durationMs: z.number(),
  totals: z.looseObject({
    slots: z.int(),
    pass: z.int(),
    fail: z.int(),
    error: z.int(),
    unscored: z.int(),
    skipped: z.int(),
    agentCalls: z.described(z.int(), 'attempts that were made, retries included'),
  }),
});
export type EndRecord = z.infer<typeof EndRecord>;

/** What an interactive task made of all its results together, in its own words. */
export const TaskMetricRecord = z.looseObject({
  type: z.literal('taskMetric'),
  task: z.string(),
  results: z.described(z.int().check(z.minimum(1)), 'of how many answers'),
  value: Json,
});
export type TaskMetricRecord = z.infer<typeof TaskMetricRecord>;

export const RunLogRecord = z.union([
  RunRecord,
  SampleRecord,
  AttemptRecord,
  ResponseRecord,
  ScoreRecord,
  DoneRecord,
  StopRecord,
  EndRecord,
  TaskMetricRecord,
  AcceptanceRecord,
]);
export type RunLogRecord = z.infer<typeof RunLogRecord>;

/** Schema by `type`; a record of another type comes from a newer minor version and is kept unread. */
export const runLogRecordSchemas = {
  run: RunRecord,
  sample: SampleRecord,
  attempt: AttemptRecord,
  response: ResponseRecord,
  score: ScoreRecord,
  done: DoneRecord,
  stop: StopRecord,
  end: EndRecord,
  taskMetric: TaskMetricRecord,
  acceptance: AcceptanceRecord,
} as const;
