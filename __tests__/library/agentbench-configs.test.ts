import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { systems } from '../../src/index.ts';

const agentbench = await systems.agentbench();

interface Case {
  id: string;
  input: { entry?: string; main?: string; files: Record<string, string>; load_timestamp?: string };
  expected: unknown;
}

function casesOf(name: string): Case[] {
  return JSON.parse(readFileSync(new URL(`../vectors/agentbench-${name}.json`, import.meta.url), 'utf8')).cases;
}

function readerOf(files: Record<string, string>) {
  return async (path: string) => {
    const text = files[path];
    if (text === undefined) throw new Error('there is no such file');
    return text;
  };
}

const isError = (expected: unknown) => typeof expected === 'object' && expected !== null && 'error' in expected;

describe('configs of AgentBench, case by case', () => {
  it.each(casesOf('v02-config'))('v0.2: $id', async ({ input, expected }) => {
    const { config, problems } = await agentbench.loadConfig(input.entry ?? '', readerOf(input.files));
    if (isError(expected)) expect(problems).toHaveLength(1);
    else expect({ config, problems }).toEqual({ ...(expected as object), problems: [] });
  });

  it.each(casesOf('v01-assignments'))('v0.1: $id', async ({ input, expected }) => {
    const [year, month, day, ...time] = (input.load_timestamp ?? '').split('-');
    const now = new Date(`${year}-${month}-${day}T${time.join(':')}Z`);
    const { assignments, problems } = await agentbench.loadAssignments(input.main ?? '', readerOf(input.files), now);
    if (isError(expected)) return expect(problems).not.toEqual([]);
    expect(problems).toEqual([]);
    expect(assignments.map(({ agent, task, output, dockerImage }) => ({ agent, task, output, docker_image: dockerImage }))).toEqual(expected);
  });
});
