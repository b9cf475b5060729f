import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { systems } from '../../src/index.ts';

const agentscope = await systems.agentscope();

interface Case<I, E> {
  id: string;
  input: I;
  expected: E;
}

function vectors<I, E>(name: string): Case<I, E>[] {
  return JSON.parse(readFileSync(new URL(`../vectors/${name}.json`, import.meta.url), 'utf8')).cases;
}

interface Aggregation {
  n_repeat: number;
  tasks: { id: string; metrics: [string, 'numerical' | 'category'][]; results: Record<string, Record<string, number | string>>; stats?: never }[];
}

describe('the aggregation', () => {
  it.each(vectors<Aggregation, object>('agentscope-aggregation').map((vector) => [vector.id, vector] as const))(
    'is that of AgentScope: %s',
    (_, { input, expected }) => {
      const tasks = input.tasks.map(({ metrics, ...task }) => ({ ...task, metrics: metrics.map(([name, type]) => ({ name, type })) }));
      const found = agentscope.aggregate(tasks, input.n_repeat);
      expect(found).toEqual(expected);
    },
  );

  it('is null for a numerical metric of which nothing is finished', () => {
    const { repeats } = agentscope.aggregate([{ id: 't', metrics: [{ name: 'acc', type: 'numerical' }], results: {} }], 1);
    expect(repeats['0']?.metrics.acc).toMatchObject({ involved_tasks: 1, completed_tasks: 0, aggregation: null, distribution: {} });
    expect(repeats['0']?.incomplete_ids).toEqual(['t']);
  });

  it('gives shares of the involved tasks for a category', () => {
    const metrics = [{ name: 'verdict', type: 'category' as const }];
    const tasks = ['a', 'b', 'c', 'd'].map((id, index) => ({
      id,
      metrics,
      results: { 0: (index === 3 ? {} : { verdict: index === 0 ? 'no' : 'yes' }) as Record<string, string> },
    }));
    expect(agentscope.aggregate(tasks, 1).repeats['0']?.metrics.verdict).toMatchObject({
      aggregation: { no: 0.25, yes: 0.5 },
      distribution: { no: ['a'], yes: ['b', 'c'] },
    });
  });

  it('sums what the agent took over tasks and repeats, whatever the names are', () => {
    const stats = (tokens: number) => ({
      llm: { m: 1 },
      agent: 2,
      tool: { ['__proto__']: 3, search: 1 },
      chat_usage: { m: { input_tokens: tokens, output_tokens: 1 } },
    });
    const tasks = ['a', 'b'].map((id) => ({ id, metrics: [], results: {}, stats: { 0: stats(10), 1: stats(5) } }));
    const { total_stats: total, repeats } = agentscope.aggregate(tasks, 2);
    expect(total).toMatchObject({ llm: { m: 4 }, agent: 8, chat_usage: { m: { input_tokens: 30, output_tokens: 4 } } });
    expect(Object.entries(total.tool)).toEqual([
      ['__proto__', 12],
      ['search', 4],
    ]);
    expect(repeats['1']?.stats.chat_usage.m).toEqual({ input_tokens: 10, output_tokens: 2 });
  });
});

describe('the result folder', () => {
  const layout = vectors<object, { files: Record<string, unknown> }>('agentscope-file-storage').find(({ id }) => id === 'layout');
  const files = Object.fromEntries(Object.entries(layout?.expected.files ?? {}).map(([path, content]) => [path, JSON.stringify(content, null, 4)]));
  const aggregated = { ...files, 'evaluation_result.json': '{"schema_version": 1}' };

  it('is read as AgentScope writes it', async () => {
    const { suite, startedAt, slots, warnings } = await agentscope.readResults(aggregated);
    expect({ suite, startedAt, warnings }).toEqual({ suite: 'E', startedAt: '2026-01-01T00:00:00.000Z', warnings: [] });
    expect(slots).toEqual([
      {
        row: { id: 'task-1', input: { q: 1 }, q: 1, expected: 'g' },
        epoch: 1,
        file: 'task-1/0/solution.json',
        line: 1,
        trajectory: { turns: [{ input: { q: 1 }, output: 'hi', steps: [{ kind: 'toolCall', name: 't', args: { a: 1 }, id: 'c1', result: 'ok' }] }] },
        scores: [{ checker: 'acc', score: { kind: 'scored', value: 1, pass: true, reason: 'Success' } }],
      },
    ]);
  });

  it('is written as AgentScope writes it', async () => {
    const { suite, slots } = await agentscope.readResults(aggregated);
    const [slot] = slots;
    const sample = { row: { q: 1 }, expected: 'g', tags: [] } as never;
    const exported = { id: 'task-1', epoch: 1, outcome: 'pass' as const, trajectory: slot?.trajectory, scores: slot?.scores ?? [], sample };
    const written = await agentscope.writeResults({ suite, startedAt: '2026-01-01T00:00:00.000Z', repeats: 1, slots: [exported as never] });
    expect(Object.keys(written).sort()).toEqual(Object.keys(files).sort());
    const { meta: _, ...solution } = (layout?.expected.files['task-1/0/solution.json'] ?? {}) as Record<string, unknown>;
    expect(JSON.parse(written['task-1/0/solution.json'] ?? '')).toEqual({ ...solution, meta: null });
    expect(JSON.parse(written['task-1/0/evaluation/acc.json'] ?? '')).toEqual(layout?.expected.files['task-1/0/evaluation/acc.json']);
    expect(JSON.parse(written['evaluation_meta.json'] ?? '')).toEqual({
      ...(layout?.expected.files['evaluation_meta.json'] as object),
      benchmark: { name: 'E', description: '', total_tasks: 1 },
    });
    expect(written['task-1/0/solution.json']).toContain('\n    "output": "hi"');
  });

  it('refuses a solution that was half written, and says where', async () => {
    const half = vectors<{ solution_json: string }, { error: string }>('agentscope-file-storage').filter(({ input }) => 'solution_json' in input);
    expect(half.length).toBeGreaterThan(0);
    for (const { input } of half) {
      await expect(agentscope.readResults({ ...aggregated, 'task-1/0/solution.json': input.solution_json })).rejects.toMatchObject({
        code: 'import-invalid',
        problems: [{ file: 'task-1/0/solution.json', line: 1 }],
      });
    }
  });
});
