import { describe, expect, it } from 'vitest';
import { agentbench } from '../../src/importers/agentbench.ts';
import type { ExportedSlot, ImportedSlot, ResultFiles } from '../../src/importers/result-format.ts';
import type { JsonObject } from '../../src/records/json.ts';

function filesOf(files: Record<string, string | object[]>, root = 'outputs/x'): ResultFiles {
  const text = (content: string | object[]) => (typeof content === 'string' ? content : content.map((line) => `${JSON.stringify(line)}\n`).join(''));
  return { root, paths: Object.keys(files).sort(), read: async (path) => text(files[path] ?? '') };
}

async function readAll(files: ResultFiles) {
  const run = await agentbench.read(files);
  const slots: ImportedSlot[] = [];
  for await (const slot of run.slots) slots.push(slot);
  return { ...run, slots };
}

const history = (...said: string[]) => said.map((content, index) => ({ role: index % 2 === 0 ? 'user' : 'agent', content }));
const time = { timestamp: 1_700_000_000_000, str: '2023-11-14 22:13:20' };
const done = (index: number | string, status: string, result: unknown = null, said = history('q', 'a')) => ({
  index,
  error: null,
  info: null,
  output: { index, status, result, history: said },
  time,
});
const failed = (index: number | string, error: string, info = 'x') => ({ index, error, info, output: null, time });

describe('results of AgentBench v0.2', () => {
  it('become slots: finished samples with what the task said, and the last error of the others', async () => {
    const { slots, warnings, startedAt, suite } = await readAll(
      filesOf({
        'chat/os/runs.jsonl': [
          done('std-1', 'completed', { result: true }),
          done('std-2', 'COMPLETED', { result: false }),
          done('std-3', 'task limit reached'),
          done('std-4', 'TASK_ERROR'),
        ],
        'chat/os/error.jsonl': [
          failed('std-1', 'AGENT_FAILED'),
          failed('std-5', 'START_FAILED', 'first'),
          failed('std-5', 'INTERACT_FAILED', 'again'),
        ],
        'config.yaml': 'anything',
      }),
    );
    expect([suite, startedAt, warnings]).toEqual(['chat os', '2023-11-14T22:13:20.000Z', []]);
    const short = slots.map(({ row, scores, error, outcome }) => [
      row.id,
      ...scores.map(({ checker, score }) => `${checker} ${score.kind === 'scored' ? score.value : score.kind}`),
      ...(error ? [`${error.kind}: ${error.message}`] : []),
      ...(outcome ? [outcome] : []),
    ]);
    expect(short).toEqual([
      ['chat/os#std-1', 'agentbench-status 1', 'agentbench-result 1'],
      ['chat/os#std-2', 'agentbench-status 1', 'agentbench-result 0'],
      ['chat/os#std-3', 'agentbench-status 0'],
      ['chat/os#std-4', 'agentbench-status unscored', 'error'],
      ['chat/os#std-5', 'task-interact: again'],
    ]);
    expect(slots[0]).toMatchObject({ row: { metadata: { agent: 'chat', task: 'os', index: 'std-1' } }, file: 'chat/os/runs.jsonl', line: 1 });
    expect(slots[0]?.trajectory).toEqual({
      turns: [{ input: 'q', output: 'a', steps: [] }],
      finalState: { index: 'std-1', status: 'completed', result: { result: true } },
    });
  });

  it('have the ids of a live run when the folder of the pair is named', async () => {
    const { slots } = await readAll(filesOf({ 'runs.jsonl': [done(3, 'completed')] }, 'outputs/x/chat/os'));
    expect(slots.map(({ row }) => [row.id, row.metadata])).toEqual([['os#3', { agent: 'chat', task: 'os', index: 3 }]]);
  });

  it('keep a history that turns cannot say, and read a byte order mark', async () => {
    const said = [...history('q', 'a', 'well done')];
    const { slots } = await readAll(filesOf({ 'a/t/runs.jsonl': `\uFEFF${JSON.stringify(done(0, 'completed', null, said))}\n` }));
    expect(slots[0]?.trajectory?.finalState).toEqual({ index: 0, status: 'completed', result: null, history: said });
  });

  it('warn of a second record, a last line that was cut, and an overall.json that does not fit', async () => {
    const runs = [done(0, 'completed'), done(0, 'unknown'), done(1, 'task limit reached')].map((line) => `${JSON.stringify(line)}\n`).join('');
    const overall = JSON.stringify({ total: 2, validation: { COMPLETED: 1, TASK_LIMIT_REACHED: 0.5, average_history_length: 2 }, custom: null });
    const { slots, warnings } = await readAll(filesOf({ 'a/t/runs.jsonl': `${runs}{"index": 2, "err`, 'a/t/overall.json': overall }));
    expect(slots).toHaveLength(2);
    expect(warnings).toEqual([
      'a/t/runs.jsonl:4: the last line was cut and is left out',
      'a/t/runs.jsonl:2: a second record of index 0 is left out',
      'a/t/overall.json: the share of "completed" is 1, by runs.jsonl it is 0.5',
    ]);
  });
});

describe('results of AgentBench v0.1', () => {
  it('become slots scored by EM, with errors where the agent raised', async () => {
    const { slots, warnings } = await readAll(
      filesOf({
        'config.json': JSON.stringify({ agent: { parameters: { name: 'A' } }, task: { parameters: { name: 'sums' } } }),
        'generation.jsonl': [
          { index: 1, input: { q: '1+2' }, output: 3, history: history('1+2?', 'three'), exception_raised: false },
          { index: 0, input: 'hi', output: 'hi', history: history('hi', 'hi'), exception_raised: false },
          { index: 2, input: 'x', output: '', history: history('x', ''), exception_raised: true },
        ],
        'runs.jsonl': [
          { index: 0, input: 'hi', output: 'hi', target: 'ho' },
          { index: 1, input: { q: '1+2' }, output: 3, target: 3 },
          { index: 2, input: 'x', output: '', target: 'y' },
        ],
        'results.json': JSON.stringify({ EM: 0.5, F1: 0.2 }),
      }),
    );
    expect(
      slots.map(({ row, scores, error, trajectory }) => [
        row.id,
        scores.map(({ score }) => score.kind === 'scored' && score.value),
        error?.kind,
        trajectory?.turns.at(-1)?.output,
      ]),
    ).toEqual([
      ['sums#0', [0], undefined, 'hi'],
      ['sums#1', [1], undefined, '3'],
      ['sums#2', [], 'agent-error', undefined],
    ]);
    expect(slots[1]?.row).toEqual({ id: 'sums#1', input: { q: '1+2' }, expected: 3, metadata: { agent: 'A', task: 'sums', index: 1 } });
    expect(slots[1]?.trajectory?.turns[0]?.steps).toEqual([
      { kind: 'message', text: '1+2?', author: 'user' },
      { kind: 'message', text: 'three', author: 'agent' },
    ]);
    expect(warnings).toEqual([
      "results.json: F1 is of the task's own code and of the whole run: not taken over",
      'results.json: EM is 0.5, by runs.jsonl it is 0.3333333333333333 (values deeper than 5 levels are cut in the records)',
    ]);
  });
});

describe('a run as results of AgentBench', () => {
  const write = async (slots: ExportedSlot[], options: JsonObject = {}) => {
    const files = new Map<string, string>();
    const run = {
      suite: 'chat os',
      runId: 'r',
      startedAt: '2026-05-04T03:02:01.000Z',
      repeats: 1,
      existing: async () => undefined,
      slots: async function* () {
        yield* slots;
      },
    };
    for await (const { path, text } of agentbench.write(run, agentbench.options.parse(options))) if (text !== undefined) files.set(path, text);
    return files;
  };
  const slot = (id: string, fields: Partial<ExportedSlot>): ExportedSlot => ({ id, epoch: 1, outcome: 'pass', scores: [], ...fields });

  it('has the records that were imported, whatever came first', async () => {
    const lines = [done(0, 'completed', { result: true }), done('b', 'task limit reached', [1], history('q', 'a', 'more'))];
    const imported = await readAll(filesOf({ 'chat/os/runs.jsonl': lines }));
    const files = await write(imported.slots.map((found) => slot(found.row.id, { ...(found.trajectory ? { trajectory: found.trajectory } : {}) })));
    expect([...files.keys()]).toEqual(['chat/os/runs.jsonl', 'chat/os/overall.json']);
    const written = (files.get('chat/os/runs.jsonl') ?? '')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(written.map(({ time: _, ...record }) => record)).toEqual(lines.map(({ time: _, ...record }) => record));
    expect(written[0].time).toEqual({ timestamp: Date.parse('2026-05-04T03:02:01Z'), str: '2026-05-04 03:02:01' });
    expect(JSON.parse(files.get('chat/os/overall.json') ?? '')).toMatchObject({
      total: 2,
      validation: { completed: 0.5, 'task limit reached': 0.5, max_history_length: 3 },
      custom: null,
    });
  });

  it('puts errors into error.jsonl and writes no overall.json while something is open', async () => {
    const turns = [{ input: 'q', output: 'a', steps: [] }];
    const files = await write(
      [
        slot('7', { trajectory: { turns } }),
        slot('8', { outcome: 'error', error: { kind: 'task-start', message: 'no' } }),
        slot('9', { outcome: 'error', error: { kind: 'timeout', message: 'late' } }),
        slot('10', { outcome: 'skipped' }),
        slot('7', { epoch: 2, trajectory: { turns } }),
      ],
      { agent: '../A', task: '..' },
    );
    expect([...files.keys()]).toEqual(['.._A/_2/runs.jsonl', '.._A/_2/error.jsonl']);
    expect(JSON.parse(files.get('.._A/_2/runs.jsonl') ?? '')).toMatchObject({
      index: 7,
      output: { status: 'completed', result: 'a', history: history('q', 'a') },
    });
    expect(
      (files.get('.._A/_2/error.jsonl') ?? '')
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toMatchObject([
      { index: 8, error: 'START_FAILED', info: 'no', output: null },
      { index: 9, error: 'AGENT_FAILED', info: 'late' },
    ]);
  });
});
