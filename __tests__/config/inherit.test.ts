import { posix } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type ConfigSource, resolveInheritance } from '../../src/config/inherit.ts';
import { nodeAt, plainOf } from '../../src/config/located.ts';
import vectors from '../vectors/agentbench-v02-config.json' with { type: 'json' };

interface Case {
  id: string;
  input: { entry: string; files: Record<string, string | undefined> };
  expected: { config?: unknown; error?: boolean };
}

function resolve(entry: string, files: Record<string, string | undefined>) {
  const open = (file: string): ConfigSource => {
    const text = files[file];
    if (text === undefined) throw new Error('there is no such file');
    return { id: file, file, text };
  };
  return resolveInheritance(open(entry), {
    read: async (reference, from) => open(posix.join(posix.dirname(from.file), reference)),
    wordsAt: () => ({ files: true, children: true }),
  });
}

describe('inheritance of config files', () => {
  for (const { id, input, expected } of vectors.cases as unknown as Case[]) {
    it(`does what AgentBench does: ${id}`, async () => {
      const { root, problems } = await resolve(input.entry, input.files);
      if (expected.error) expect(problems).toHaveLength(1);
      else {
        expect(problems).toEqual([]);
        expect(plainOf(root)).toEqual(expected.config);
      }
    });
  }

  it('keeps the place where each value was written', async () => {
    const { root } = await resolve('a.yml', { 'a.yml': 'extends: base/b.yml\nx: {own: 1}\n', 'base/b.yml': '\nx:\n  inherited: 2\n' });
    expect(nodeAt(root, ['x', 'own'])?.at).toEqual({ file: 'a.yml', line: 2, column: 10 });
    expect(nodeAt(root, ['x', 'inherited'])?.at).toEqual({ file: 'base/b.yml', line: 3, column: 14 });
  });

  it('merges a list of files in order and its own keys last', async () => {
    const { root } = await resolve('a.yml', {
      'a.yml': 'from: [b.yml, c.yml]\nz: a\n',
      'b.yml': 'x: b\ny: b\nz: b\nl: [1]',
      'c.yml': 'y: c\nz: c\nl: [2]',
    });
    expect(plainOf(root)).toEqual({ x: 'b', y: 'c', z: 'a', l: [1, 2] });
  });

  it('reports every file that is missing, each where it is named', async () => {
    const { problems } = await resolve('a.yml', { 'a.yml': 'extends:\n  - none.yml\n  - nothing.yml\n' });
    expect(problems.map((problem) => [problem.line, problem.message])).toEqual([
      [2, '"none.yml" cannot be read: there is no such file'],
      [3, '"nothing.yml" cannot be read: there is no such file'],
    ]);
  });

  it('stops when files multiply', async () => {
    const files: Record<string, string> = { 'f12.yml': 'x: 1' };
    for (let i = 0; i < 12; i++) files[`f${i}.yml`] = `extends: [f${i + 1}.yml, f${i + 1}.yml]`;
    const { problems } = await resolve('f0.yml', files);
    expect(problems[0]?.message).toBe('more than 100 files are read');
  });

  it('stops when lists multiply', async () => {
    const { problems } = await resolve('a.yml', { 'a.yml': `extends: [${'b.yml, '.repeat(20)}]`, 'b.yml': `l: [${'1,'.repeat(20_000)}]` });
    expect(problems.at(-1)?.message).toBe('the files hold more than 200000 values');
  });
});
