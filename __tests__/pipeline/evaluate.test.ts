import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { evaluateSuite } from '../../src/pipeline/evaluate.ts';
import { findLocalBaseline } from '../../src/pipeline/find-baseline.ts';
import { loadSuites } from '../../src/pipeline/load-suites.ts';
import type { Evaluation, PipelineEvent } from '../../src/pipeline/ports.ts';
import { makeProject, type Project } from '../helpers/run-cli.ts';

let project: Project;
beforeEach(() => {
  project = makeProject();
});
afterEach(() => project.remove());

const ids = Array.from({ length: 20 }, (_, i) => `s${i + 1}`);
/** One letter per epoch: pass, fail, error; a short text leaves the other epochs without a line. */
const lines = (id: string, epochs: string) =>
  [...epochs].map((letter, index) => ({
    id,
    epoch: index + 1,
    ...(letter === 'e' ? { error: { kind: 'timeout', message: 'too slow' } } : { output: letter === 'p' ? 'yes' : 'no' }),
  }));
const recording = (epochsOf: (id: string) => string, of = ids) => of.flatMap((id) => lines(id, epochsOf(id)));

interface Options {
  policy?: Record<string, unknown>;
  checkers?: unknown[];
  samples?: Record<string, unknown>[];
  baseline?: string;
}

/** Runs the suite over a recording, in this process. */
async function run(name: string, recorded: unknown[], options: Options = {}): Promise<Evaluation & { events: PipelineEvent[] }> {
  project.write('recorded.jsonl', recorded);
  project.write('samples.jsonl', options.samples ?? ids.map((id) => ({ id, input: `question ${id}`, expected: 'yes' })));
  project.write('agent-regress.json', {
    suite: 'bot',
    samples: 'samples.jsonl',
    agent: { type: 'replay', path: 'recorded.jsonl' },
    repeats: 3,
    checkers: options.checkers ?? [{ type: 'equals', value: '{{expected}}' }],
    baseline: options.baseline === undefined ? 'none' : { path: options.baseline },
    policy: { slices: [], ...options.policy },
  });
  const [config] = await loadSuites({ configPaths: [], overrides: [], env: {}, cwd: project.folder });
  if (!config) throw new Error('no suite');
  const events: PipelineEvent[] = [];
  const evaluation = await evaluateSuite({
    config,
    outputDir: `${project.folder}/${name}`,
    resume: false,
    findBaseline: (wanted) => findLocalBaseline(wanted, project.folder),
    signal: new AbortController().signal,
    onEvent: (event) => events.push(event),
  });
  return { ...evaluation, events };
}

const good = recording(() => 'ppp');

describe('a run against its baseline', () => {
  it('re-runs what looks worse in epochs beyond the repeats, which never enter the mean of the suite', async () => {
    await run('base', good);
    const { assessment, exitCode } = await run(
      'head',
      recording((id) => (id === 's1' ? 'fffpppppppppp' : 'ppp')),
      { baseline: 'base' },
    );
    expect(project.records('head', 'done').filter(({ epoch }) => Number(epoch) > 3)).toHaveLength(9);
    expect(assessment.suiteEffect).toMatchObject({ baselineRate: 1, rate: 57 / 60 });
    expect(assessment.samples.find(({ id }) => id === 's1')).toMatchObject({ class: 'flaky', current: { passes: 9, repeats: 12 } });
    expect(exitCode).toBe(0);
  });

  it('scores the answers of the baseline again when the checkers differ, and says so', async () => {
    await run(
      'base',
      recording(() => 'ppp'),
      { checkers: [{ type: 'equals', value: 'something else' }] },
    );
    const { assessment, events } = await run('head', good, { baseline: 'base' });
    expect(assessment.suiteEffect).toMatchObject({ baselineRate: 1, rate: 1 });
    expect(assessment.baseline.notes?.join()).toMatch(/checkers differ \(equals\).*60 recorded answers were scored again/);
    expect(events).toContainEqual(expect.objectContaining({ kind: 'rescored', slots: 60 }));
  });

  it('scores the answers of the baseline again when an expectation differs', async () => {
    await run('base', good, { samples: ids.map((id) => ({ id, input: `question ${id}`, expected: id === 's2' ? 'no' : 'yes' })) });
    const { assessment } = await run('head', good, { baseline: 'base' });
    expect(assessment.suiteEffect?.baselineRate).toBe(1);
    expect(assessment.baseline.notes?.join()).toMatch(/expectations of 1 sample differ/);
  });

  it('keeps a baseline that lies in the output folder', async () => {
    await run('out', good);
    const { assessment } = await run(
      'out',
      recording(() => 'fff'),
      { baseline: 'out' },
    );
    expect(assessment.verdict.status).toBe('regressed');
    expect(assessment.suiteEffect).toMatchObject({ baselineRate: 1, rate: 0 });
  });

  it('is incomplete when no sample is shared', async () => {
    await run('base', good);
    const samples = ids.map((id) => ({ id: `other-${id}`, input: 'x', expected: 'yes' }));
    const { exitCode, assessment } = await run(
      'head',
      recording(
        () => 'ppp',
        samples.map(({ id }) => id),
      ),
      { baseline: 'base', samples },
    );
    expect(exitCode).toBe(3);
    expect(assessment.verdict.status).not.toMatch(/no-change|improved/);
  });
});

describe('a run that must not be green', () => {
  it('is red when a critical sample fails, whatever the baseline says', async () => {
    const samples = ids.map((id) => ({ id, input: id, expected: 'yes', ...(id === 's3' ? { critical: true } : {}) }));
    const failing = recording((id) => (id === 's3' ? 'fff' : 'ppp'));
    await run('base', failing, { samples });
    const { exitCode, assessment } = await run('head', failing, { samples, baseline: 'base' });
    expect(exitCode).toBe(1);
    expect(assessment.verdict.reasons.join()).toMatch(/critical sample failed.*s3|critical.*s3/);
  });

  it('is red below the lowest pass rate', async () => {
    const half = recording((id) => (Number(id.slice(1)) > 10 ? 'ppp' : 'fff'));
    expect((await run('head', half, { policy: { minPassRate: 0.6 } })).exitCode).toBe(1);
    expect((await run('head', half, { policy: { minPassRate: 0.5 } })).exitCode).toBe(0);
  });

  it('is red when it is inconclusive and the policy fails on that', async () => {
    const few = ids.slice(0, 3);
    const samples = few.map((id) => ({ id, input: id, expected: 'yes' }));
    const recorded = recording((id) => (id === 's1' ? 'ppf' : 'ppp'), few);
    await run(
      'base',
      recording(() => 'ppp', few),
      { samples },
    );
    expect((await run('head', recorded, { samples, baseline: 'base' })).assessment.verdict).toMatchObject({ status: 'inconclusive', exitCode: 0 });
    expect((await run('head', recorded, { samples, baseline: 'base', policy: { failOn: ['regressed', 'inconclusive'] } })).exitCode).toBe(1);
  });

  it('is red in strict mode on a confirmed flip from pass to fail', async () => {
    await run('base', good);
    const flipped = recording((id) => (id === 's1' ? 'fffffffffffffff' : 'ppp'));
    const { exitCode, assessment } = await run('head', flipped, { baseline: 'base', policy: { mode: 'strict' } });
    expect([exitCode, assessment.verdict.status]).toEqual([1, 'regressed']);
  });

  it('is incomplete when every slot is an error, with or without a baseline', async () => {
    await run('base', good);
    const errors = recording(() => 'eee');
    for (const options of [{}, { baseline: 'base' }]) {
      const { exitCode, assessment, events } = await run('head', errors, options);
      expect(exitCode).toBe(3);
      expect(assessment.outcomes).toMatchObject({ error: 60, pass: 0, fail: 0 });
      expect(assessment.samples[0]?.changes?.join()).toMatch(/timed out/);
      expect(events).toContainEqual(
        expect.objectContaining({ kind: 'notice', message: expect.stringContaining('60 of 60 slots have no usable answer') }),
      );
    }
  });

  it('refuses a named baseline that is incomplete', async () => {
    await run('base', good);
    project.write('base/run.jsonl', project.read('base/run.jsonl').replace(/\{"type":"end".*\n/, ''));
    await expect(run('head', good, { baseline: 'base' })).rejects.toMatchObject({ code: 'baseline-unusable', exitCode: 2 });
  });
});
