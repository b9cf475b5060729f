import { z } from 'zod';
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
  call: z.record(z.string(), z.string()).describe('endpoint, template, user, tool'),
  score: z.record(z.string(), z.string()).describe('one entry per checker name, and `judge`'),
});
export type Fingerprints = z.infer<typeof Fingerprints>;

/** A sample and one of its repeats. Epochs count from 1; those above the planned repeats are confirmation re-runs or top-ups. */
const slot = { sample: z.string().describe('sample id'), epoch: z.int().min(1) };

export const AgentErrorRecord = z.looseObject({
  kind: z.string().describe('such as timeout, refused, rate-limited, bad-response, http-status'),
  message: z.string().describe('redacted'),
  status: z.int().optional().describe('HTTP status, when there was one'),
});
export type AgentErrorRecord = z.infer<typeof AgentErrorRecord>;

/** What a slot came to. `error`: the agent gave no usable answer; `unscored`: a required checker could not say. */
export const Outcome = z.enum(['pass', 'fail', 'error', 'unscored', 'skipped']);
export type Outcome = z.infer<typeof Outcome>;

export const RunRecord = z.looseObject({
  type: z.literal('run'),
  schemaVersion: z.int(),
  toolVersion: z.string(),
  runId: z.string(),
  startedAt: z.iso.datetime(),
  suite: z.string(),
  configFile: z.string().optional(),
  fingerprints: Fingerprints,
  git: z.looseObject({ sha: z.string().optional(), ref: z.string().optional() }).optional(),
  planned: z.looseObject({ samples: z.int(), repeats: z.int(), slots: z.int() }),
  samplesDigest: z.string().describe('sha256 hex over the ordered (id, hash) pairs that were selected'),
  caps: z.looseObject({ calls: z.number().optional(), costUsd: z.number().optional(), minutes: z.number().optional() }),
  secrets: z.array(z.string()).describe('names only'),
  agent: z.looseObject({ type: z.string(), endpoint: z.string().optional().describe('without credentials or query') }),
  checkers: z.array(z.looseObject({ name: z.string(), required: z.boolean(), weight: z.number(), pure: z.boolean().optional() })),
  checksums: z.literal('crc32').optional().describe('every line ends with its crc'),
});
export type RunRecord = z.infer<typeof RunRecord>;

export const SampleRecord = z.looseObject({
  type: z.literal('sample'),
  sample: slot.sample,
  hash: z.string(),
  scoreHash: z.string(),
  file: z.string(),
  line: z.int().min(1),
  tags: z.array(z.string()),
  weight: z.number(),
  critical: z.boolean(),
});
export type SampleRecord = z.infer<typeof SampleRecord>;

export const AttemptRecord = z.looseObject({
  type: z.literal('attempt'),
  ...slot,
  attempt: z.int().min(1),
  idempotencyKey: z.string(),
  at: z.iso.datetime(),
});
export type AttemptRecord = z.infer<typeof AttemptRecord>;

/** Written when the slot has its final answer or its final error; never for an attempt that is retried. */
export const ResponseRecord = z.looseObject({
  type: z.literal('response'),
  ...slot,
  attempt: z.int().min(1),
  trajectory: Trajectory.optional(),
  error: AgentErrorRecord.optional(),
  topUp: z.optional(z.literal(true)),
});
export type ResponseRecord = z.infer<typeof ResponseRecord>;

const scoreFields = { type: z.literal('score'), ...slot, checker: z.string(), fingerprint: z.string() };
export const ScoreRecord = z.discriminatedUnion('kind', [ScoredScore.extend(scoreFields), UnscoredScore.extend(scoreFields)]);
export type ScoreRecord = z.infer<typeof ScoreRecord>;

export const DoneRecord = z.looseObject({ type: z.literal('done'), ...slot, outcome: Outcome, attempts: z.int().min(0) });
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
    agentCalls: z.int().describe('attempts that were made, retries included'),
  }),
});
export type EndRecord = z.infer<typeof EndRecord>;

export const RunLogRecord = z.union([RunRecord, SampleRecord, AttemptRecord, ResponseRecord, ScoreRecord, DoneRecord, StopRecord, EndRecord]);
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
} as const;
