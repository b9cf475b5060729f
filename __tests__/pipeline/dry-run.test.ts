import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { estimateSuite } from '../../src/pipeline/dry-run.ts';
import { findLocalBaseline } from '../../src/pipeline/find-baseline.ts';
import { loadSuites } from '../../src/pipeline/load-suites.ts';
import { openSamples } from '../../src/pipeline/open-samples.ts';
import { makeProject, type Project, runCli } from '../helpers/run-cli.ts';

let project: Project;
beforeEach(() => {
  const answers = Array.from({ length: 10 }, (_, i) => ({ id: `s${i}`, output: 'yes', latencyMs: 2000, usage: { outputTokens: 50, costUsd: 0.01 } }));
  project = makeProject({
    '.git/HEAD': 'ref: refs/heads/main\n',
    'sub/agent-regress.json': {
      suite: 'bot',
      samples: 'data/samples.jsonl',
      agent: { type: 'replay', path: 'recorded.jsonl' },
      repeats: 4,
      concurrency: 2,
      checkers: [{ type: 'contains', value: 'yes' }],
      policy: { slices: [] },
    },
    'sub/data/samples.jsonl': answers.map(({ id }) => ({ id, input: 'x'.repeat(40) })),
    'sub/recorded.jsonl': answers,
  });
});
afterEach(() => project.remove());

const load = async (overrides: Parameters<typeof loadSuites>[0]['overrides'] = []) => {
  const [config] = await loadSuites({ configPaths: ['sub'], overrides, env: {}, cwd: project.folder });
  if (!config) throw new Error('no suite');
  return config;
};
const flag = (path: string, value: string) => ({ path, value, origin: 'flag' as const, source: `--${path}` });
const estimate = async (...overrides: ReturnType<typeof flag>[]) =>
  estimateSuite(await load(overrides), (config) => findLocalBaseline(config, project.folder));

describe('a dry run', () => {
  it('counts calls, tokens and the most that confirmation and retries can add', async () => {
    expect(await estimate(flag('baseline', 'none'))).toMatchObject({
      samples: 10,
      repeats: 4,
      calls: 40,
      maxCalls: 48,
      inputTokens: 400,
      hasBaseline: false,
    });
    expect((await estimate(flag('baseline', 'none'), flag('repeats', '1'))).calls).toBe(10);
  });

  it('takes cost, output and time from what the baseline recorded', async () => {
    const { code, stderr } = await runCli(['run', '-c', 'sub', '-o', 'base', '-q'], { cwd: project.folder });
    expect(code, stderr).toBe(0);
    const found = await estimate(flag('baseline', 'base'));
    expect(found).toMatchObject({ maxCalls: Math.ceil((40 + 50) * 1.2), outputTokens: 2000, seconds: 40, hasBaseline: true });
    expect(found.costUsd).toBeCloseTo(0.4);
    expect(existsSync(join(project.folder, '.agent-regress'))).toBe(false);
  });
});

it('counts both agents when the baseline is a second one', async () => {
  const config = await load();
  const second = { ...config, baseline: { kind: 'agent' as const, agent: config.agent } };
  const found = await estimateSuite(second, (wanted) => findLocalBaseline(wanted, project.folder));
  expect(found).toMatchObject({ calls: 80, baselineCalls: 40, inputTokens: 800, hasBaseline: false, maxCalls: Math.ceil((80 + 50) * 1.2) });
  expect(found.baseline).toBe('a second agent (replay), asked in the same run');
});

it('files of samples are named from the root of the repository, so that they are the same on every machine', async () => {
  for await (const { file } of (await openSamples(await load(), [])).stream()) expect(file).toBe('sub/data/samples.jsonl');
});
