import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { ToolError } from '../../src/errors.ts';
import { resultFormats } from '../../src/importers/registry.ts';
import { openResultFiles } from '../../src/io/result-files.ts';

const corpus = fileURLToPath(new URL('../fixtures/broken/benchkit/results', import.meta.url));
const names = readdirSync(corpus, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

/** Every problem that reading a folder gives, a line each, with what to do about it. */
async function problemsOf(name: string): Promise<string> {
  const files = await openResultFiles(join(corpus, name), name);
  const format = resultFormats.get('benchkit');
  try {
    for await (const slot of (await format.read(files)).slots) void slot;
    return 'no problem';
  } catch (error) {
    if (!(error instanceof ToolError) || error.code !== 'import-invalid') throw error;
    const lines = error.problems.map(({ file, line, field, message, remedy }) =>
      [`${file}:${line}`, ...(field === undefined ? [] : [field]), message, remedy ?? 'no remedy'].join(' | '),
    );
    return `${lines.join('\n')}\n`;
  }
}

describe('a broken result or case of BenchKit', () => {
  it('has a corpus', () => expect(names.length).toBeGreaterThanOrEqual(15));

  it.each(names)('%s: one message says where, what and what to do', async (name) => {
    expect(await problemsOf(name)).toBe(readFileSync(join(corpus, `${name}.txt`), 'utf8'));
  });
});
