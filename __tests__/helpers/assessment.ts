import type { Assessment, SampleAssessment, SampleClass } from '../../src/records/assessment.ts';
import type { SampleEvidence, SlotEvidence } from '../../src/records/evidence.ts';
import type { ToolCallStep } from '../../src/records/trajectory.ts';

/** Any part of an assessment; of the verdict, the run and the baseline single fields too. */
export type AssessmentOverrides = { [K in keyof Assessment]?: K extends 'verdict' | 'run' | 'baseline' ? Partial<Assessment[K]> : Assessment[K] };

const emptyCounts = { regressed: 0, suspect: 0, fixed: 0, flaky: 0, 'stable-pass': 0, 'stable-fail': 0, errored: 0, new: 0, removed: 0 };

/** A no-change assessment of 120 samples, with the given parts replaced; the counts follow the samples. */
export function anAssessment(overrides: AssessmentOverrides = {}): Assessment {
  const samples = overrides.samples ?? stableSamples(120);
  const counts: Assessment['counts'] = { ...emptyCounts };
  for (const sample of samples) counts[sample.class] = (counts[sample.class] ?? 0) + 1;
  return {
    schemaVersion: 1,
    suite: 'support-bot',
    suiteEffect: { baselineRate: 0.9139, rate: 0.9111, change: -0.0028, interval: [-0.021, 0.0154], pWorse: 0.41, pBetter: 0.59 },
    passRate: 0.9111,
    checkers: [],
    metrics: [],
    slices: [],
    counts,
    outcomes: { pass: 328, fail: 32, error: 0, unscored: 0, skipped: 0 },
    cost: { agentCalls: 360, judgeCalls: 0 },
    ...overrides,
    samples,
    verdict: { status: 'no-change', reasons: [], exitCode: 0, complete: true, ...overrides.verdict },
    run: {
      runId: '8812',
      sha: '4f2a9c1b7d',
      startedAt: '2026-01-05T09:30:00.000Z',
      durationMs: 192_000,
      agent: 'http',
      repeats: 3,
      ...overrides.run,
    },
    baseline: { kind: 'ancestor', sha: 'abc1234def', ref: 'refs/heads/main', distance: 2, runs: 3, ageHours: 20, ...overrides.baseline },
  };
}

/** A sample that passed 9 of 9 and 3 of 3 times. */
export function aSample(id: string, overrides: Partial<SampleAssessment> = {}): SampleAssessment {
  const number = Number(/\d+$/.exec(id)?.[0] ?? 1);
  return {
    id,
    class: 'stable-pass',
    baseline: { passes: 9, repeats: 9 },
    current: { passes: 3, repeats: 3 },
    scores: { contains: { baseline: 1, current: 1 } },
    file: 'samples/support.jsonl',
    line: number,
    ...overrides,
  };
}

export function stableSamples(count: number, prefix = 'order'): SampleAssessment[] {
  return Array.from({ length: count }, (_, index) => aSample(`${prefix}-${index + 1}`));
}

export function samplesOf(name: SampleClass, count: number, prefix: string, overrides: Partial<SampleAssessment> = {}): SampleAssessment[] {
  return Array.from({ length: count }, (_, index) => aSample(`${prefix}-${index + 1}`, { class: name, ...overrides }));
}

export function aToolCall(name: string, args: ToolCallStep['args'] = {}, result: ToolCallStep['result'] = 'ok'): ToolCallStep {
  return { kind: 'toolCall', name, args, result };
}

/** One answered slot. */
export function aSlot(
  output: string,
  options: Partial<SlotEvidence> & { input?: string; calls?: ToolCallStep[]; latencyMs?: number } = {},
): SlotEvidence {
  const { input = 'Hello', calls = [], latencyMs, ...rest } = options;
  return {
    epoch: 1,
    outcome: 'pass',
    trajectory: { turns: [{ input, output, steps: calls }], ...(latencyMs === undefined ? {} : { latencyMs }) },
    scores: [],
    ...rest,
  };
}

/** A slot without a usable answer. */
export function anErrorSlot(kind: string, message: string, epoch = 1): SlotEvidence {
  return { epoch, outcome: 'error', error: { kind, message }, scores: [] };
}

/** The same slot in several epochs. */
export function repeated(slot: SlotEvidence, repeats: number): SlotEvidence[] {
  return Array.from({ length: repeats }, (_, index) => ({ ...slot, epoch: index + 1 }));
}

export function anEvidence(id: string, baseline: SlotEvidence[], current: SlotEvidence[]): SampleEvidence {
  return { id, baseline, current };
}
