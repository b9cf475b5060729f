import { readFileSync } from 'node:fs';
import type { CheckerDefinition, CheckerPorts } from '../../src/checkers/checker.ts';
import { compileCheckers } from '../../src/checkers/compile.ts';
import { parseCheckerEntry } from '../../src/checkers/parts/entry.ts';
import { checkers } from '../../src/checkers/registry.ts';
import { scopeOf } from '../../src/records/check-scope.ts';
import type { Json } from '../../src/records/json.ts';
import type { Sample, SampleTurn } from '../../src/records/sample.ts';
import type { Score } from '../../src/records/score.ts';
import type { ToolCallStep, Trajectory } from '../../src/records/trajectory.ts';

export const noPorts: CheckerPorts = {
  baseDir: '/suite',
  modules: { call: () => Promise.reject(new Error('no module runner here')) },
  judge: {
    identity: { model: 'none' },
    marker: () => 'abc123',
    ask: () => Promise.resolve({ kind: 'reply', text: '{"rubric1": {"reason": "it is \\u0000 so", "score": 8}}', usage: { calls: 1 } }),
  },
  embeddings: {
    identity: { model: 'none' },
    embed: (texts) =>
      Promise.resolve({
        kind: 'vectors',
        usage: { calls: 1 },
        vectors: texts.map((text) => Float32Array.of(text.length % 2, 1 - (text.length % 2))),
      }),
  },
  scripts: { run: () => Promise.resolve({ kind: 'failed', reason: 'no\u0000 programs here' }), pause: async () => {} },
  webhooks: { check: async () => {}, post: () => Promise.resolve({ kind: 'failed', reason: 'no\u0000 addresses here' }) },
  compile: (entries) => {
    const configs = [entries].flat().map((entry) => parseCheckerEntry(entry, checkers, { isData: false, isNested: true }));
    return compileCheckers(configs, checkers, noPorts, (text) => text);
  },
};

export function makeSample(overrides: Partial<Sample> = {}): Sample {
  const base: Sample = {
    id: 's1',
    input: 'hello',
    tags: [],
    weight: 1,
    critical: false,
    turns: [{ input: 'hello', ...(overrides.expected === undefined ? {} : { expected: overrides.expected }) }],
    files: [],
    checkers: [],
    metadata: {},
    row: {},
    hash: 'h',
    scoreHash: 's',
    file: 'samples.jsonl',
    line: 3,
  };
  return { ...base, ...overrides };
}

export function makeTrajectory(...outputs: string[]): Trajectory {
  return { turns: outputs.map((output) => ({ input: 'hello', output, steps: [] })) };
}

type Call = { name: string; args?: Json; server?: string; id?: string };

export function toStep(call: Call): ToolCallStep {
  return { kind: 'toolCall', ...call };
}

/** A trajectory with one turn per list of calls. */
export function withCalls(...turns: Call[][]): Trajectory {
  return { turns: turns.map((calls) => ({ input: 'hello', output: 'done', steps: calls.map(toStep) })) };
}

export function turnsWithCalls(...turns: (Call[] | undefined)[]): SampleTurn[] {
  return turns.map((toolCalls) => ({ input: 'hello', ...(toolCalls ? { toolCalls: toolCalls as SampleTurn['toolCalls'] } : {}) }));
}

/** Runs a checker on one slot, with its options as a user writes them. */
export async function check(
  definition: CheckerDefinition,
  options: Record<string, unknown>,
  slot: { sample?: Partial<Sample>; trajectory: Trajectory; ports?: CheckerPorts },
): Promise<Score> {
  const sample = makeSample(slot.sample);
  const compiled = await definition.create(definition.options.parse(options), slot.ports ?? noPorts);
  return compiled({ sample, trajectory: slot.trajectory, epoch: 1, scope: scopeOf(sample, slot.trajectory, 1) });
}

/** The common short case: one output against one expected value. */
export function checkOutput(definition: CheckerDefinition, options: Record<string, unknown>, output: string, expected?: Json): Promise<Score> {
  return check(definition, options, { sample: expected === undefined ? {} : { expected }, trajectory: makeTrajectory(output) });
}

export function readVector<C>(name: string): { tolerance?: number; cases: C[] } {
  return JSON.parse(readFileSync(new URL(`../vectors/${name}.json`, import.meta.url), 'utf8'));
}
