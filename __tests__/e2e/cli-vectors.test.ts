import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, test } from 'vitest';
import { makeProject, type Project, runCli } from '../helpers/run-cli.ts';

interface VectorSample {
  id: string;
  b: number;
  m: number;
  y: number;
  r: number;
  y2?: number;
  r2?: number;
  yt?: number;
  rt?: number;
  errors?: number;
  runs?: [number, number][];
}

interface Expected {
  verdict: string;
  pA: number;
  pUp: number;
  delta: number;
  ci95: [number, number];
  excluded_drop95: number;
  plan: Record<string, number>;
  final_p: Record<string, number>;
  adjusted: Record<string, number>;
  classes: Record<string, string>;
}

interface Case {
  name: string;
  options: { confirm?: boolean; topup?: boolean };
  samples?: VectorSample[];
  expected: Expected;
}

const { cases } = JSON.parse(readFileSync(new URL('../vectors/stats-procedure.json', import.meta.url), 'utf8')) as { cases: Case[] };
const procedures = cases.filter(({ samples }) => samples);

let project: Project;
afterEach(() => project.remove());

const line = (id: string, epoch: number, isPass: boolean) => ({ id, epoch, output: isPass ? 'yes' : 'no' });
const block = (id: string, passes: number, repeats: number, from: number) =>
  Array.from({ length: repeats }, (_, index) => line(id, from + index + 1, index < passes));

/** The epochs of one side: the first stage, errors after it, then confirmation, then the top-up. */
function headLines({ id, y, r, y2 = 0, r2 = 0, yt = 0, rt = 0, errors = 0 }: VectorSample) {
  const failed = Array.from({ length: errors }, (_, index) => ({ id, epoch: r + index + 1, error: { kind: 'timeout', message: 'too slow' } }));
  return [...block(id, y, r, 0), ...failed, ...block(id, y2, r2, r + errors), ...block(id, yt, rt, r + errors + r2)];
}

function suiteConfig(recording: string, repeats: number, options: Case['options']) {
  return {
    suite: 'vector',
    samples: 'samples.jsonl',
    agent: { type: 'replay', path: recording },
    repeats,
    checkers: [{ type: 'equals', value: 'yes' }],
    policy: { slices: [], confirm: options.confirm ?? true, topUp: options.topup ?? false },
  };
}

/** Writes recordings and runs them as a user would: each baseline run, newest first in the pool, then the head against them. */
async function runCase({ samples = [], options }: Case): Promise<void> {
  project = makeProject({ 'samples.jsonl': samples.map(({ id }) => ({ id, input: `question ${id}` })) });
  const runs = samples[0]?.runs?.length ?? 1;
  for (let number = 0; number < runs; number++) {
    const counts = samples.map(({ id, b, m, runs: history }) => ({ id, counts: history?.[number] ?? ([b, m] as const) }));
    // The recording is the agent: one name for all of them, so that the runs are of one baseline epoch.
    project.write(
      'base.jsonl',
      counts.flatMap(({ id, counts: [passes, repeats] }) => block(id, passes, repeats, 0)),
    );
    project.write('base.json', suiteConfig('base.jsonl', Math.max(...counts.map(({ counts: [, repeats] }) => repeats)), options));
    const { code, stderr } = await runCli(['run', '-c', 'base.json', '-b', 'none', '-o', `base-${number}`, '-q'], { cwd: project.folder });
    expect(code, stderr).toBe(0);
  }
  project.write('head.jsonl', samples.flatMap(headLines));
  project.write('head.json', suiteConfig('head.jsonl', Math.max(...samples.map(({ r, errors = 0 }) => r + errors)), options));
  const pool = Array.from({ length: runs }, (_, number) => ['-b', `base-${number}`]).flat();
  await runCli(['run', '-c', 'head.json', ...pool, '-o', 'head', '-q'], { cwd: project.folder });
}

describe('the command line reproduces the reference procedure', () => {
  test.each(procedures.map((one) => [one.name, one] as const))(
    '%s',
    async (_, one) => {
      await runCase(one);
      const { expected } = one;
      const { verdict, suiteEffect, samples } = project.assessment('head');
      expect(verdict.status).toBe(expected.verdict);
      expect(suiteEffect?.pWorse).toBeCloseTo(expected.pA, 9);
      expect(suiteEffect?.pBetter).toBeCloseTo(expected.pUp, 9);
      expect(suiteEffect?.change).toBeCloseTo(expected.delta, 9);
      expect(suiteEffect?.interval[0]).toBeCloseTo(expected.ci95[0], 9);
      expect(suiteEffect?.interval[1]).toBeCloseTo(expected.ci95[1], 9);
      expect(verdict.excludedDrop).toBeCloseTo(expected.excluded_drop95, 9);
      expect(Object.fromEntries(samples.map((sample) => [sample.id, sample.class]))).toEqual(expected.classes);
      for (const [id, p] of Object.entries(expected.final_p)) expect(samples.find((sample) => sample.id === id)?.p, id).toBeCloseTo(p, 9);
      for (const [id, p] of Object.entries(expected.adjusted)) expect(samples.find((sample) => sample.id === id)?.adjusted, id).toBeCloseTo(p, 9);
      expect(plannedRepeats(project)).toEqual(expected.plan);
    },
    60_000,
  );
});

/** Epochs beyond the planned repeats that were asked to confirm, by sample. */
function plannedRepeats({ records }: Project): Record<string, number> {
  const [header] = records('head', 'run') as { planned: { repeats: number } }[];
  const answers = records('head', 'response') as { sample: string; epoch: number; topUp?: true }[];
  const toppedUp = new Set(answers.filter(({ topUp }) => topUp).map(({ sample, epoch }) => `${epoch}/${sample}`));
  const plan: Record<string, number> = {};
  for (const { sample, epoch } of records('head', 'done') as { sample: string; epoch: number }[]) {
    if (epoch > (header?.planned.repeats ?? 0) && !toppedUp.has(`${epoch}/${sample}`)) plan[sample] = (plan[sample] ?? 0) + 1;
  }
  return plan;
}
