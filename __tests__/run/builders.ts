import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Agent, AgentRequest } from '../../src/agents/agent.ts';
import { systemClock } from '../../src/io/clock.ts';
import { openJournal } from '../../src/io/journal.ts';
import { slotsToAsk } from '../../src/pipeline/slots.ts';
import type { RunRecord } from '../../src/records/run-log.ts';
import type { Sample } from '../../src/records/sample.ts';
import { scored } from '../../src/records/score.ts';
import { outputOf, type Trajectory } from '../../src/records/trajectory.ts';
import { createBudget } from '../../src/run/core/budget.ts';
import type { CompiledChecker } from '../../src/run/core/ports.ts';
import { createRedactor } from '../../src/run/core/redact.ts';
import { sampleRecord } from '../../src/run/core/slots.ts';
import { type RunSlotsOptions, runSlots } from '../../src/run/run-slots.ts';

export function sample(id: string, overrides: Partial<Sample> = {}): Sample {
  const input = `question ${id}`;
  const base = { input, tags: [], weight: 1, critical: false, turns: [{ input }], files: [], checkers: [], metadata: {}, row: { input } };
  return { id, ...base, hash: id.padEnd(64, '0'), scoreHash: 'f'.repeat(64), file: 'samples.jsonl', line: 1, ...overrides };
}

export function samples(count: number): Sample[] {
  return Array.from({ length: count }, (_, i) => sample(`s${i + 1}`));
}

/** Chosen samples as a run streams them. */
export function selected(all: readonly Sample[]): { stream(): AsyncIterable<Sample> } {
  return {
    async *stream() {
      yield* all;
    },
  };
}

export function header(overrides: Partial<RunRecord> = {}): RunRecord {
  return {
    type: 'run',
    schemaVersion: 1,
    toolVersion: '0.1.0',
    runId: 'run-1',
    startedAt: '2026-01-01T00:00:00.000Z',
    suite: 'support-bot',
    fingerprints: { call: { endpoint: 'aa', template: 'bb' }, score: { contains: 'cc' } },
    planned: { samples: 3, repeats: 1, slots: 3 },
    samplesDigest: 'dd',
    caps: {},
    secrets: [],
    agent: { type: 'http' },
    checkers: [{ name: 'contains', required: true, weight: 1 }],
    ...overrides,
  };
}

export function trajectory(output: string, overrides: Partial<Trajectory> = {}): Trajectory {
  return { turns: [{ input: 'hi', output, steps: [] }], latencyMs: 5, ...overrides };
}

export function agent(ask: (request: AgentRequest) => Promise<Trajectory>): Agent {
  return { ask, close: async () => {} };
}

export const containsOk: CompiledChecker = {
  name: 'contains',
  required: true,
  weight: 1,
  fingerprint: 'cc',
  check: ({ trajectory: seen }) => (outputOf(seen).includes('ok') ? scored(1, 'has ok') : scored(0, 'has no ok')),
};

export const noSecrets = createRedactor([]);

export function temporaryFolder(): { path: string; [Symbol.dispose](): void } {
  const path = mkdtempSync(join(tmpdir(), 'agent-regress-'));
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) };
}

/** Runs every planned slot of some samples with a real journal in `folder`. */
export async function run(
  folder: string,
  all: Sample[],
  overrides: Partial<RunSlotsOptions> &
    Pick<RunSlotsOptions, 'agent'> & {
      resume?: boolean;
      repeats?: number;
      caps?: { calls?: number; costUsd?: number; tokens?: number; minutes?: number };
    },
) {
  const { resume = false, repeats = 1, caps = {}, ...options } = overrides;
  const redactor = options.redactor ?? noSecrets;
  const journal = await openJournal({ path: join(folder, 'run.jsonl'), resume, redactor, header: header() });
  journal.append(...all.filter(({ id }) => !journal.index.samples.has(id)).map((one) => sampleRecord(one)));
  const events: Parameters<RunSlotsOptions['onEvent']>[0][] = [];
  const result = await runSlots({
    slots: slotsToAsk(selected(all), repeats, journal.index),
    createUser: () => ({ next: async () => undefined }),
    checkersOf: () => [containsOk],
    journal,
    redactor,
    runId: 'run-1',
    clock: systemClock,
    random: () => 0,
    signal: new AbortController().signal,
    concurrency: 4,
    timeoutMs: 1000,
    maxRetries: 2,
    onAmbiguous: 'retry',
    budget: createBudget({ caps, monotonicMs: () => systemClock.monotonicMs() }),
    onEvent: (event) => events.push(event),
    ...options,
  });
  await journal.close();
  return { ...result, events, index: journal.index };
}
