import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { ToolError } from '../../../src/errors.ts';
import { resultFormats } from '../../../src/importers/registry.ts';
import { openProjectFiles } from '../../../src/io/project-files.ts';
import { openResultFiles } from '../../../src/io/result-files.ts';
import { projects } from '../../../src/projects/registry.ts';

const folder = fileURLToPath(new URL('../../fixtures/broken/adk', import.meta.url));
const expected = JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8')) as Record<string, string>;
const files = readdirSync(folder).filter((name) => name !== 'expected.json' && name !== 'good.evalset.json');

/** Reads a file as the command line does: an eval set or criteria as part of a project, results as an import. */
async function read(name: string): Promise<void> {
  if (name.endsWith('.evalset_result.json')) {
    const { slots } = await resultFormats.get('adk').read(await openResultFiles(join(folder, name), name));
    for await (const _ of slots);
    return;
  }
  const isCriteria = name.endsWith('.test_config.json');
  const operands = ['.', isCriteria ? 'good.evalset.json' : name];
  const flags = { app: 'shop', ...(isCriteria ? { 'config-file-path': name } : {}) };
  await projects.get('adk').convert({
    command: 'validate',
    operands,
    flags,
    files: openProjectFiles(folder),
    env: new Set(),
    variable: (name) => `\${env:${name}}`,
    now: new Date(0),
  });
}

describe('a broken file of ADK gives one message that says where, what and what to do', () => {
  it('has an expected message for every file', () => {
    expect(Object.keys(expected).sort()).toEqual(files.sort());
  });

  it.each(files)('%s', async (name) => {
    const error = await read(name).then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    if (!(error instanceof ToolError)) throw new Error(`not a known error: ${String(error)}`, { cause: error });
    expect(error.problems).toHaveLength(1);
    const [{ file, line, field, message, remedy } = { message: '' }] = error.problems;
    const text = `${file}${line === undefined ? '' : `:${line}`}${field === undefined ? '' : ` ${field}`}: ${message}${remedy === undefined ? '' : ` → ${remedy}`}`;
    expect(text).toBe(expected[name]);
  });
});
