import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { systems, type agentbench as Types } from '../../src/index.ts';

const agentbench = await systems.agentbench();

const folder = new URL('../fixtures/broken/agentbench/controller/', import.meta.url);
const replies = readdirSync(folder).filter((name) => name.endsWith('.reply'));
const readers = { sample: agentbench.readSampleReply, indices: agentbench.readIndices, workers: agentbench.readFreeSlots };
const readerOf = (name: string) => readers[name.split('-')[0] as keyof typeof readers];
const textOf = (name: string) => readFileSync(new URL(name, folder), 'utf8');

describe('a broken reply of a task controller', () => {
  it.each(replies)('%s is told in one sentence', (name) => {
    const { problem } = readerOf(name)(textOf(name));
    expect(problem).toBe(textOf(name.replace('.reply', '.txt')).trim());
  });

  it('is of many kinds', () => expect(replies.length).toBeGreaterThanOrEqual(25));

  it('is not one with a byte order mark, an index that is a text, or a status in capitals', () => {
    const reply = { session_id: 's', output: { index: 'a', status: 'TASK_LIMIT_REACHED' } };
    const { value } = agentbench.readSampleReply(`\uFEFF${JSON.stringify(reply)}`) as { value: Types.SampleReply };
    expect(value).toEqual({ session: 's', output: { index: 'a', status: 'task limit reached', result: null, history: [] } });
  });
});
