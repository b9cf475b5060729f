import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { type Problem, ToolError } from '../../src/errors.ts';
import { agentscope } from '../../src/importers/agentscope.ts';
import { openResultFiles } from '../../src/io/result-files.ts';

const corpus = fileURLToPath(new URL('../fixtures/broken/agentscope', import.meta.url));
const names = readdirSync(corpus, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []));

/** What a person is told: place, message, what to do. */
function lineOf({ file, line, field, message, remedy }: Problem): string {
  const place = [file, line].filter((part) => part !== undefined).join(':');
  return [`${place}${field === undefined ? '' : ` ${field}`}`, message, remedy ?? '', ''].join('\n');
}

it('holds enough of them', () => {
  expect(names.length).toBeGreaterThanOrEqual(15);
});

it.each(names)('a broken result folder gives one clear message: %s', async (name) => {
  const read = async () => {
    const run = await agentscope.read(await openResultFiles(join(corpus, name), name));
    for await (const slot of run.slots) expect(slot.row.id).toBeTruthy();
  };
  const error = await read().then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof ToolError)) throw error ?? new Error('nothing was wrong with it');
  expect(error.code).toBe('import-invalid');
  const problems = error.problems.length > 0 ? error.problems : [{ message: error.message, ...(error.remedy ? { remedy: error.remedy } : {}) }];
  expect(problems).toHaveLength(1);
  const told = problems.map((problem) => lineOf(problem).replaceAll(`${corpus}/`, '')).join('');
  const path = join(corpus, `${name}.txt`);
  if (!existsSync(path) && process.env.UPDATE_CORPUS) writeFileSync(path, told);
  expect(told).toBe(readFileSync(path, 'utf8'));
});
