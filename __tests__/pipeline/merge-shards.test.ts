import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SuiteConfig } from '../../src/config/suite-config.ts';
import { ToolError } from '../../src/errors.ts';
import { readRunIndex } from '../../src/io/run-log-file.ts';
import { evaluateSuite } from '../../src/pipeline/evaluate.ts';
import { executeSuite } from '../../src/pipeline/execute.ts';
import { findLocalBaseline } from '../../src/pipeline/find-baseline.ts';
import { loadSuites } from '../../src/pipeline/load-suites.ts';
import { mergeShards } from '../../src/pipeline/merge-shards.ts';
import type { Evaluation } from '../../src/pipeline/ports.ts';
import type { RunIndex } from '../../src/records/run-index.ts';
import { type AgentServer, startAgentServer } from '../helpers/agent-server.ts';
import { makeProject, type Project } from '../helpers/run-cli.ts';

let project: Project;
let head: AgentServer;
let prod: AgentServer;
beforeEach(async () => {
  project = makeProject();
  [head, prod] = await Promise.all([startAgentServer(), startAgentServer({ seed: 2 })]);
});
afterEach(async () => {
  project.remove();
  await Promise.all([head.close(), prod.close()]);
});

const ids = Array.from({ length: 10 }, (_, i) => `s${i + 1}`);

async function load(change: Record<string, unknown> = {}): Promise<SuiteConfig> {
  project.write(
    'samples.jsonl',
    ids.map((id) => ({ id, input: `question ${id}`, expected: 'echo' })),
  );
  project.write('agent-regress.json', {
    suite: 'bot',
    samples: 'samples.jsonl',
    agent: { type: 'http', url: head.url, body: { question: '{{input}}' }, reply: { output: '/answer', usage: '/usage' } },
    repeats: 3,
    checkers: [{ type: 'contains', value: '{{expected}}' }],
    ...change,
  });
  const [config] = await loadSuites({ configPaths: [], overrides: [], env: {}, cwd: project.folder });
  if (!config) throw new Error('no suite');
  return config;
}

const common = () => ({ signal: new AbortController().signal, onEvent: () => {} });

async function shards(config: SuiteConfig, count: number, more: { isScored?: boolean } = {}): Promise<RunIndex[]> {
  const logs: RunIndex[] = [];
  for (let index = 1; index <= count; index++) {
    const outputDir = join(project.folder, `shard-${index}`);
    const request = { ...common(), config: { ...config, shard: { index, count } }, outputDir, resume: false, isScored: true, ...more };
    const { runLog, exitCode } = await executeSuite(request);
    expect(exitCode).toBe(0);
    logs.push(await readRunIndex(runLog));
  }
  return logs;
}

function merge(config: SuiteConfig, logs: readonly RunIndex[]): Promise<Evaluation> {
  const findBaseline = (wanted: SuiteConfig) => findLocalBaseline(wanted, project.folder);
  return mergeShards({ ...common(), config, outputDir: join(project.folder, 'merged'), shards: logs, findBaseline });
}

async function problems(work: Promise<unknown>): Promise<string[]> {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof ToolError)) throw new Error(`not refused: ${String(error)}`);
  return error.problems.length > 0 ? error.problems.map(({ message }) => message) : [error.message];
}

describe('merged shards', () => {
  it('are one run log that can be a baseline, while a shard alone never is', async () => {
    const config = await load();
    const logs = await shards(config, 3);
    const merged = await merge(config, logs.toReversed());
    const index = await readRunIndex(merged.runLog);
    expect([...index.samples.keys()]).toEqual(ids);
    expect(index.header).toMatchObject({ mergedShards: 3, planned: { samples: 10, repeats: 3, slots: 30 }, startedAt: logs[0]?.header?.startedAt });
    expect(index.header?.shard).toBeUndefined();
    expect(index.end?.totals).toMatchObject({ slots: 30, pass: 30, agentCalls: 30 });

    const again = (path: string) =>
      evaluateSuite({
        ...common(),
        config: { ...config, baseline: { kind: 'path', paths: [path] } },
        outputDir: join(project.folder, 'next'),
        resume: false,
        findBaseline: (wanted) => findLocalBaseline(wanted, project.folder),
      });
    expect((await again('merged')).assessment).toMatchObject({ baseline: { runs: 1 }, suiteEffect: { baselineRate: 1, rate: 1 } });
    expect(await problems(again('shard-1'))).toEqual([expect.stringContaining('it is shard 1 of 3 of a run, which must be merged first')]);
  });

  it('may be only executed: the merge scores their answers and asks nothing again', async () => {
    const config = await load();
    const logs = await shards(config, 2, { isScored: false });
    const calls = head.requests.length;
    const { assessment } = await merge(config, logs);
    expect(assessment).toMatchObject({ passRate: 1, verdict: { complete: true } });
    expect(head.requests.length).toBe(calls);
  });

  it('may be more than there are samples', async () => {
    const config = await load({ samples: { path: 'samples.jsonl', limit: 2 } });
    const logs = await shards(config, 3);
    expect(logs.map(({ header, end }) => [header?.planned.samples, end?.totals.slots])).toEqual([
      [1, 3],
      [1, 3],
      [0, 0],
    ]);
    expect((await merge(config, logs)).assessment).toMatchObject({ passRate: 1, verdict: { complete: true } });
    expect((await merge(config, logs.slice(0, 2))).assessment.run.stopReason).toBe('shard 3 of 3 is missing');
  });

  it('F32 come to the same in every order and however often they are merged, and a merge is no shard of another one', async () => {
    const config = await load();
    const logs = await shards(config, 3);
    const [a, b, c] = logs as [RunIndex, RunIndex, RunIndex];
    const bare = (text: string) => text.replaceAll(/"(runId|crc|at|durationMs)":("[^"]*"|[\d.]+)/g, '');
    const seen = new Set<string>();
    for (const order of [
      [a, b, c],
      [a, c, b],
      [b, a, c],
      [b, c, a],
      [c, a, b],
      [c, b, a],
      [a, b, c],
    ]) {
      const { assessment, runLog } = await merge(config, order);
      expect(assessment).toMatchObject({ passRate: 1, verdict: { complete: true } });
      seen.add(bare(readFileSync(runLog, 'utf8')));
    }
    expect(seen.size).toBe(1);
    const whole = await readRunIndex(join(project.folder, 'merged', 'run.jsonl'));
    const elsewhere = {
      ...common(),
      config,
      outputDir: join(project.folder, 'again'),
      findBaseline: (wanted: SuiteConfig) => findLocalBaseline(wanted, project.folder),
    };
    expect(await problems(mergeShards({ ...elsewhere, shards: [whole, c] }))).toEqual([expect.stringMatching(/whole run, not a shard/)]);
  });

  it('have both agents when the baseline is a second one', async () => {
    prod.fallback = { passRate: 0 };
    const config = await load({ baseline: { agent: { url: prod.url } } });
    const logs = await shards(config, 2);
    expect([head.requests.length, prod.requests.length]).toEqual([30, 30]);
    const { assessment } = await merge(config, logs);
    expect(assessment).toMatchObject({ baseline: { kind: 'agent' }, suiteEffect: { baselineRate: 0, rate: 1 }, verdict: { status: 'improved' } });
    rmSync(join(project.folder, 'shard-2', 'baseline-agent'), { recursive: true });
    const partial = await merge(config, logs);
    expect(partial.assessment.run.stopReason).toBe('shard 2 of 2 is missing: the answers of the second agent are not there');
    expect(partial.exitCode).toBe(3);
  });

  it('F32 are refused when they are not parts of one run, with everything that differs', async () => {
    const config = await load();
    const logs = await shards(config, 2);
    expect(await problems(merge(config, [logs[0]!, logs[0]!]))).toEqual([expect.stringMatching(/^shard 1 of 2 is there twice/)]);
    expect(await problems(merge({ ...config, repeats: 4 }, logs))).toEqual(
      [1, 2].map((index) => `shard ${index} of 2 differs from the run that it is merged into: repeats (3, not 4)`),
    );
    const other = await load({ checkers: [{ type: 'equals', value: 'x' }], samples: { path: 'samples.jsonl', limit: 9 } });
    expect(await problems(merge(other, logs))).toEqual(
      [1, 2].map((index) => expect.stringMatching(new RegExp(`^shard ${index} of 2 .*: the samples, score\\.contains, score\\.equals`))),
    );
    expect(await problems(merge(config, []))).toEqual(['there is no shard of bot']);
    const whole = { ...logs[0]!, header: { ...logs[0]!.header!, shard: undefined } } as RunIndex;
    expect(await problems(merge(config, [logs[1]!, whole]))).toEqual(['it is a whole run, not a shard']);
    const beyond = { ...logs[1]!, header: { ...logs[1]!.header!, shard: { ...logs[1]!.header!.shard!, index: 3 } } };
    expect(await problems(merge(config, [logs[0]!, beyond]))).toEqual([expect.stringContaining('the split (shard 3 of 2)')]);
    const overlapping = { ...logs[1]!, samples: new Map([...logs[1]!.samples, ...logs[0]!.samples]) };
    expect(await problems(merge(config, [logs[0]!, overlapping]))).toEqual([
      expect.stringMatching(/^it overlaps with .*"s1", "s3", "s5" and 2 more$/),
    ]);
  });

  it('that leave a sample out are not the whole run, and the merge does not ask for it', async () => {
    const config = await load();
    const [first, second] = await shards(config, 2);
    const { header } = second!;
    const samples = new Map([...second!.samples].slice(1));
    const fewer = { ...second!, header: { ...header!, planned: { samples: 4, repeats: 3, slots: 12 } }, samples };
    const calls = head.requests.length;
    const { assessment } = await merge(config, [first!, fewer]);
    expect(assessment.run.stopReason).toBe('1 sample is in no shard');
    expect(head.requests.length).toBe(calls);
  });

  it('are refused when they were measured against other expectations', async () => {
    const config = await load();
    const logs = await shards(config, 2);
    project.write(
      'samples.jsonl',
      ids.map((id) => ({ id, input: `question ${id}`, expected: id === 's3' ? 'other' : 'echo' })),
    );
    expect(await problems(merge(config, logs))).toEqual(['shard 1 of 2 has samples with other content or expectations: "s3"']);
  });

  it('split the budget between them', async () => {
    const config = await load({ budget: { calls: 31 } });
    const logs = await shards(config, 2);
    expect(logs.map(({ header }) => header?.caps.calls)).toEqual([15, 16]);
    expect((await merge(config, logs)).assessment.verdict.complete).toBe(true);
  });
});
