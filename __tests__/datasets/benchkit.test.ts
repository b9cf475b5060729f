import { describe, expect, it } from 'vitest';
import { benchkit } from '../../src/datasets/benchkit.ts';
import { type SelectOptions, selectSamples } from '../../src/datasets/select.ts';
import { systems } from '../../src/index.ts';
import type { JsonObject } from '../../src/records/json.ts';
import type { Sample } from '../../src/records/sample.ts';

const library = await systems.benchkit();

const digest: SelectOptions['digest'] = (text) =>
  [...text].reduce((sum, character) => sum * 31n + BigInt(character.codePointAt(0) ?? 0), 7n).toString(16);

async function samplesOf(lines: readonly object[], start = ''): Promise<{ samples: Sample[]; warnings: string[] }> {
  const text = start + lines.map((line) => `${JSON.stringify(line)}\n`).join('\r\n');
  const open = async function* () {
    yield text;
  };
  const selected = await selectSamples([{ file: 'eval.jsonl', format: benchkit, open }], { offset: 0, digest });
  const samples: Sample[] = [];
  for await (const sample of selected.stream()) samples.push(sample);
  return { samples, warnings: selected.warnings };
}

const line = {
  data_id: 'BS_001',
  query: 'hello',
  system: 'be kind',
  servers: ['bikes'],
  environment: [{ path: 'a.jsonl', type: 'file', content: '' }],
  check_list: [{ check_type: 'tool_call_absence', params: { forbidden_tools: [] } }],
  extension: { level: 2 },
};

describe('samples of BenchKit', () => {
  it('are read as they are, behind a byte order mark and over blank lines, without a warning', async () => {
    const { samples, warnings } = await samplesOf([line], '\uFEFF');
    expect(samples[0]).toMatchObject({ id: 'BS_001', input: 'hello', system: 'be kind', expected: line.check_list, tags: [], checkers: [], line: 1 });
    expect(samples[0]?.row).toMatchObject(line);
    expect(warnings).toEqual([]);
  });

  it('take the query of extra_info, a number as id, and a prompt of the simulator as a scenario', async () => {
    const prompt = 'end with ###STOP###';
    const { samples } = await samplesOf([
      { ...line, data_id: 7, query: '', extra_info: { query: 'inner' } },
      { data_id: 'S', query: 'q', user_simulator_prompt: prompt },
    ]);
    expect(samples.map(({ id, input }) => [id, input])).toEqual([
      ['7', 'inner'],
      ['S', 'q'],
    ]);
    expect(samples[1]?.scenario).toEqual({ opening: 'q', plan: prompt, stop: '###STOP###', maxTurns: 8 });
    expect(samples[1]?.row).toMatchObject({ servers: null, environment: null });
  });

  it('cannot bring checkers, files or state of ours: such keys are kept and mean nothing, and the line can be had back', async () => {
    const hostile = {
      ...line,
      checkers: [{ type: 'module', path: 'evil.mjs' }],
      files: ['/etc/passwd'],
      state: { a: 1 },
      id: 'other',
      tags: 'x',
      input: 'no',
    };
    const { samples } = await samplesOf([hostile]);
    expect(samples[0]).toMatchObject({ id: 'BS_001', input: 'hello', checkers: [], files: [], tags: [] });
    expect(samples[0]?.state).toBeUndefined();
    expect((samples[0]!.row.foreign as JsonObject).files).toEqual(['/etc/passwd']);
    expect(library.sampleLine(samples[0]!.row)).toEqual(hostile);
    const { samples: plain } = await samplesOf([{ data_id: 'S', query: 'q', user_simulator_prompt: 'p' }]);
    expect(library.sampleLine(plain[0]!.row)).toEqual({ data_id: 'S', query: 'q', user_simulator_prompt: 'p' });
  });

  it('are another ruler when the check list changes, and the same question', async () => {
    const [before, after] = (await samplesOf([line, { ...line, data_id: 'B', check_list: [] }])).samples;
    expect(after?.hash).toBe(before?.hash);
    expect(after?.scoreHash).not.toBe(before?.scoreHash);
  });
});
