import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compileReplyMap } from '../../src/agents/parts/reply-map.ts';
import { datasets } from '../../src/datasets/registry.ts';
import { selectSamples } from '../../src/datasets/select.ts';
import { shortDigest } from '../../src/io/hash.ts';
import { readToolResult } from '../../src/io/mcp-result.ts';
import { checksummedLine, scanRunLog } from '../../src/io/run-log-scan.ts';
import { isDeeperText, type Json } from '../../src/records/json.ts';
import type { RunLogRecord } from '../../src/records/run-log.ts';

const depths = [1000, 5000, 100_000, 1_000_000];
const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);

async function load(type: string, text: string) {
  async function* open() {
    yield text;
  }
  return selectSamples([{ file: `f.${type}`, format: datasets.get(type), open }], { offset: 0, digest: shortDigest, callNames: [] });
}

const rows: Readonly<Record<string, (deep: string) => string>> = {
  json: (deep) => `[{"input": "x", "metadata": {"a": ${deep}}}]`,
  jsonl: (deep) => `{"input": "fine"}\n{"input": "x", "metadata": {"a": ${deep}}}\n`,
  yaml: (deep) => `- input: x\n  metadata: {a: ${deep}}\n`,
  csv: (deep) => `input,metadata\nx,"{""a"":${deep}}"\n`,
};

describe('T08 values that are nested too deep are told of before anything follows their levels', () => {
  it.each(Object.keys(rows))('in a row of %s, with its line', async (type) => {
    expect((await load(type, rows[type]?.(nested(150)) ?? '')).count).toBeGreaterThan(0);
    for (const depth of depths) {
      const problem = { file: `f.${type}`, line: expect.any(Number), message: 'values are nested deeper than 200 levels' };
      await expect(load(type, rows[type]?.(nested(depth)) ?? '')).rejects.toMatchObject({ code: 'dataset-invalid', problems: [problem] });
    }
  });

  it('in a reply of the agent and in each event of a stream', () => {
    const map = compileReplyMap({ output: '/a', toolCalls: '/calls', error: '/error' }, {});
    for (const depth of depths) {
      for (const body of [
        `{"a": ${nested(depth)}}`,
        `{"a": "x", "calls": [{"name": "f", "args": ${JSON.stringify(nested(depth))}}]}`,
        `{"error": ${nested(depth)}}`,
      ])
        expect(() => map.fromBody(body, 'application/json')).toThrow(/nested deeper than 200 levels/);
      const json = JSON.parse(nested(depth)) as Json;
      expect(() => map.fromEvents([{ type: 'error', data: '', json }])).toThrow(/nested deeper than 200 levels/);
    }
  });

  it('in the result of a tool, which is said and not recorded', () => {
    const structuredContent = { a: JSON.parse(nested(100_000)) as unknown };
    expect(readToolResult({ content: [], structuredContent }, 1000).text).toBe('[structured content that is nested deeper than 200 levels]');
  });

  it('in a line of a run log, which is damaged', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'deep-log-')), 'run.jsonl');
    const line = `{"type":"response","value":${nested(100_000)}}\n`;
    writeFileSync(file, `{"type":"run"}\n${line}${checksummedLine({ type: 'end' } as unknown as RunLogRecord)}`);
    const read = async () => {
      for await (const _ of scanRunLog(file, { depth: 'whole', types: ['end'] }));
    };
    await expect(read()).rejects.toMatchObject({ code: expect.stringMatching(/^run-log-/) });
  });

  it('in text, where brackets of texts do not count', () => {
    expect(isDeeperText('{"a": "[[[[", "b": [["\\"["]]}', 3)).toBe(false);
    expect(isDeeperText('{"a": [[[]]]}', 3)).toBe(true);
  });
});
