import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { historyFile, historyWith } from '../../src/pipeline/history.ts';
import { historyRowOf } from '../../src/records/history.ts';
import { anAssessment } from '../helpers/assessment.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'history-'));
});
afterEach(() => rm(folder, { recursive: true }));

it('keeps that a run was accepted when it is compared again, unless that was found void', async () => {
  const assessment = anAssessment();
  const row = { ...historyRowOf(assessment, { runId: '7', attempt: 1, event: 'push' }), accepted: true };
  await writeFile(join(folder, historyFile), `${JSON.stringify(row)}\n`);
  const accepted = async (found: typeof assessment) =>
    (await historyWith({ assessment: found, outputDir: folder, onNote: () => {} })).map((one) => one.accepted);
  expect(await accepted(assessment)).toEqual([true]);
  const voidAcceptance = { by: 'monalisa', sha: 'a'.repeat(40), why: 'was taken back' };
  expect(await accepted({ ...assessment, voidAcceptance })).toEqual([undefined]);
});
