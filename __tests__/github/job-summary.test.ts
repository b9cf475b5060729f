import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { createJobSummary } from '../../src/github/job-summary.ts';

let folder = '';
afterEach(() => rm(folder, { recursive: true, force: true }));

it('stays under the limit of a step, whatever other programs of the step have added', async () => {
  folder = await mkdtemp(join(tmpdir(), 'summary-'));
  const path = join(folder, 'summary.md');
  await writeFile(path, 'x'.repeat(1_000_000));
  for (let call = 0; call < 3; call++) expect(await createJobSummary(path)((maxBytes) => 'y'.repeat(maxBytes))).toBe(true);
  expect((await stat(path)).size).toBeLessThan(1024 * 1024);
  expect((await stat(path)).size).toBeGreaterThan(1_040_000);
});
