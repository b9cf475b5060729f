import { defaultPolicy, type Policy } from '../../src/records/policy.ts';
import { emptyRunIndex, foldRecord, type RunIndex } from '../../src/records/run-index.ts';
import type { Outcome } from '../../src/records/run-log.ts';

/** One letter per epoch: pass, fail, error, unscored, skipped; a dot is a slot that was never done. */
const outcomes: Record<string, Outcome> = { p: 'pass', f: 'fail', e: 'error', u: 'unscored', s: 'skipped' };

export interface SampleSpec {
  slots: string;
  hash?: string;
  scoreHash?: string;
  tags?: string[];
  critical?: boolean;
  weight?: number;
  /** By checker and epoch; default: checker `contains` with 1 for a pass and 0 for a fail. */
  scores?: Record<string, number[]>;
  latencyMs?: number[];
}

export interface RunSpec {
  runId?: string;
  suite?: string;
  repeats?: number;
  samples: Record<string, string | SampleSpec>;
  checkers?: { name: string; required: boolean; weight: number }[];
  call?: Record<string, string>;
  score?: Record<string, string>;
  sha?: string;
  isEnded?: boolean;
  hasHeader?: boolean;
  stop?: string;
}

/** A run index as the reader folds it from a log. */
export function makeRun(spec: RunSpec): RunIndex {
  const { runId = 'run-1', suite = 'bot', repeats = 3, samples, isEnded = true, hasHeader = true } = spec;
  const index = emptyRunIndex(`${runId}/run.jsonl`);
  const entries = Object.entries(samples).map(([id, value]) => [id, typeof value === 'string' ? { slots: value } : value] as const);
  if (hasHeader) foldRecord(index, header(spec, runId, suite, entries.length, repeats));
  for (const [id, { hash = `hash-${id}`, scoreHash = `score-${id}`, tags = [], critical = false, weight = 1 }] of entries) {
    foldRecord(index, { type: 'sample', sample: id, hash, scoreHash, file: 'samples.jsonl', line: 1, tags, weight, critical });
  }
  const totals = { slots: 0, pass: 0, fail: 0, error: 0, unscored: 0, skipped: 0, agentCalls: 0 };
  for (const [sample, { slots, scores, latencyMs }] of entries) {
    for (const [position, letter] of [...slots].entries()) {
      const outcome = outcomes[letter];
      if (!outcome) continue;
      const epoch = position + 1;
      totals[outcome]++;
      totals.slots++;
      totals.agentCalls++;
      const latency = latencyMs?.[position];
      const trajectory = { turns: [], ...(latency === undefined ? {} : { latencyMs: latency }) };
      foldRecord(index, { type: 'response', sample, epoch, attempt: 1, trajectory });
      const values = scores ?? { contains: [...slots].map((x) => (x === 'p' ? 1 : 0)) };
      for (const [checker, list] of Object.entries(values)) {
        const value = list[position];
        if (value === undefined || outcome === 'error') continue;
        foldRecord(index, { type: 'score', sample, epoch, checker, fingerprint: 'f', kind: 'scored', value, pass: value >= 1, reason: '' });
      }
      foldRecord(index, { type: 'done', sample, epoch, outcome, attempts: 1 });
    }
  }
  if (isEnded) foldRecord(index, { type: 'end', at: '2026-01-01T00:10:00Z', durationMs: 1000, totals });
  if (spec.stop !== undefined) foldRecord(index, { type: 'stop', at: '2026-01-01T00:10:00Z', reason: spec.stop });
  return index;
}

/** Ids `s00`, `s01`, … with the given slots each. */
export function many(count: number, slots: string | SampleSpec | ((index: number) => string | SampleSpec)): Record<string, string | SampleSpec> {
  return Object.fromEntries(
    Array.from({ length: count }, (_, i) => [`s${String(i).padStart(2, '0')}`, typeof slots === 'function' ? slots(i) : slots]),
  );
}

export function makePolicy(overrides: Partial<Policy> = {}): Policy {
  return { ...defaultPolicy, slices: ['tags'], ...overrides };
}

function header(spec: RunSpec, runId: string, suite: string, samples: number, repeats: number) {
  return {
    type: 'run' as const,
    schemaVersion: 1,
    toolVersion: '1.0.0',
    runId,
    startedAt: '2026-01-01T00:00:00Z',
    suite,
    fingerprints: { call: spec.call ?? { endpoint: 'a' }, score: spec.score ?? { contains: 'x' } },
    ...(spec.sha === undefined ? {} : { git: { sha: spec.sha } }),
    planned: { samples, repeats, slots: samples * repeats },
    samplesDigest: 'd',
    caps: {},
    secrets: [],
    agent: { type: 'http', endpoint: 'https://agent.test/chat' },
    checkers: spec.checkers ?? [{ name: 'contains', required: true, weight: 1 }],
  };
}
