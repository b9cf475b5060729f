import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { systems } from '../../../src/index.ts';
import type { Selection } from '../../../src/systems/benchkit/selection.ts';

const benchkit = await systems.benchkit();

interface Case<I, E> {
  id: string;
  input: I;
  expected: E;
}

function casesOf<I, E>(name: string): Case<I, E>[] {
  const text = readFileSync(new URL(`../../vectors/benchkit-${name}.json`, import.meta.url), 'utf8');
  return (JSON.parse(text) as { cases: Case<I, E>[] }).cases;
}

type Files = Record<string, string>;
type ModelInput = Parameters<typeof benchkit.modelConfig>[1] & { kind: 'judge' | 'agent' | 'simulator' };

describe('the algorithms of the first phase, by the vectors', () => {
  it.each(casesOf<Files, unknown>('completed'))('completed: $id', ({ input, expected }) => {
    expect(benchkit.completedSamples(input)).toEqual(expected);
  });

  it.each(casesOf<Selection & { data_ids: string[] }, unknown>('sample-selection'))('selection: $id', ({ input, expected }) => {
    expect(benchkit.selectSamples(input.data_ids, input)).toEqual(expected);
  });

  it.each(casesOf<Files, unknown>('final-state'))('final state: $id', ({ input, expected }) => {
    expect(benchkit.finalStateOf(input)).toEqual(expected);
  });

  it.each(casesOf<ModelInput, unknown>('model-config'))('model settings: $id', ({ input: { kind, ...from }, expected }) => {
    expect(benchkit.modelConfig(kind, from)).toEqual(expected);
  });
});

describe('what the vectors leave open', () => {
  it('takes a result of any kind as done, and no other file', () => {
    const files = {
      'b.json': '{"data_id": "B", "execution_status": "error"}',
      'execution_report.json': '{"total": 1}',
      'list.json': '[{"data_id": "no"}]',
      'half.json': '{"data_id": "no"',
      'a.txt': '{"data_id": "no"}',
    };
    expect(benchkit.completedSamples(files)).toEqual(['B']);
  });

  it('ends a state file at a line that is no record, keeps hostile names as data, and leaves out records without a key', () => {
    const text = '{"n": 1}\n{"id": "__proto__", "n": 2}\n{"id": true}\n{"id": ["x"]}\n{"id": "late"}\n';
    const state = benchkit.finalStateOf({ 'odd.jsonl': text, '__proto__.jsonl': '{"id": 1}\r\n' });
    expect(JSON.stringify(state)).toBe('{"odd":{"__proto__":{"id":"__proto__","n":2},"true":{"id":true}},"__proto__":{"1":{"id":1}}}');
  });

  it('reads numbers and switches of the environment, an explicit file before the near one, and files without roles', () => {
    const env = { BENCH_SIM_TEMPERATURE: '0.7', BENCH_SIM_MAX_TOKENS: 'many', BENCH_SIM_ENABLE_REQUEST_LOGGING: 'on', BENCH_SIM_MODEL: 'env' };
    const explicit = { model: 'explicit', base_url: 'http://explicit' };
    const near = { model: 'near', base_url: 'http://near', api_key: 'near-key', max_tokens: '12', timeout: 900 };
    expect(benchkit.modelConfig('simulator', { env, explicit_file: explicit, near_file: near })).toEqual({
      model: 'env',
      base_url: 'http://explicit',
      api_key: 'near-key',
      temperature: 0.7,
      max_tokens: 12,
      timeout: 900,
      enable_request_logging: true,
    });
  });

  it('gives every id a file name of its own that leads nowhere else', () => {
    const ids = [
      'S_001',
      '销售_1',
      '../../etc/passwd',
      '.hidden',
      'a/b',
      'a\\b',
      'a%2Fb',
      'execution_report',
      'con:',
      'x'.repeat(256),
      `${'x'.repeat(255)}y`,
      '',
    ];
    const names = ids.map((id) => benchkit.resultName(id));
    expect(names.slice(0, 8)).toEqual([
      'S_001',
      '销售_1',
      '%2E.%2F..%2Fetc%2Fpasswd',
      '%2Ehidden',
      'a%2Fb',
      'a%5Cb',
      'a%252Fb',
      '%65xecution_report',
    ]);
    expect(new Set(names).size).toBe(ids.length);
    expect(names.every((name) => Buffer.byteLength(name) <= 200 && !/[\\/]/.test(name))).toBe(true);
    expect(benchkit.resultName('S_001', 2)).toBe('S_001.epoch-2');
    expect(benchkit.resultName('S_001.epoch-2')).toBe('%53_001.epoch-2');
    expect(['CON', 'nul.x', 'com1', 'console'].map((id) => benchkit.resultName(id))).toEqual(['%43ON', '%6Eul.x', '%63om1', 'console']);
  });
});
