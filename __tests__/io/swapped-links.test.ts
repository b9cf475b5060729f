import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Agent } from '../../src/agents/agent.ts';
import { readSampleFiles } from '../../src/agents/parts/sample-files.ts';
import { copyFolder } from '../../src/io/copy-folder.ts';
import { collectFinalState } from '../../src/io/final-state.ts';
import { readInside } from '../../src/io/inside.ts';
import { readStateFiles } from '../../src/io/state-files.ts';
import { createWorkspace, type Workspace } from '../../src/io/workspace.ts';
import { makeRequest } from '../agents/support.ts';
import { size } from '../harness/soak.ts';

/** Without a pause: `a.jsonl` is by turns a file and a link to one outside, `sub` a folder and a link to one outside. */
const swapper = `
const { renameSync, symlinkSync, writeFileSync } = require('node:fs');
const [inside, outside] = process.argv.slice(1);
process.chdir(inside);
process.send('ready');
for (;;) {
  symlinkSync(outside + '/a.jsonl', '.next');
  renameSync('.next', 'a.jsonl');
  writeFileSync('.next', 'inside\\n');
  renameSync('.next', 'a.jsonl');
  renameSync('sub', '.sub');
  symlinkSync(outside, 'sub');
  renameSync('sub', '.gone');
  renameSync('.sub', 'sub');
  require('node:fs').unlinkSync('.gone');
}`;

const outside = realpathSync(mkdtempSync(join(tmpdir(), 'swapped-outside-')));
let workspace: Workspace;
let watched: Agent;
let child: ChildProcess;
beforeAll(async () => {
  writeFileSync(join(outside, 'a.jsonl'), 'OUTSIDE\n');
  workspace = await createWorkspace();
  mkdirSync(join(workspace.path, 'sub'));
  for (const path of ['a.jsonl', 'sub/a.jsonl']) writeFileSync(join(workspace.path, path), 'inside\n');
  // As a run does it: before an agent is asked, who swaps nothing until then.
  const agent = { ask: async () => ({ turns: [{ input: 'q', output: 'x', steps: [] }] }), close: async () => {} };
  const sources = { one: { text: 'a.jsonl' }, two: { text: 'sub/{{id}}' } };
  watched = await collectFinalState(agent, sources as never, { baseDir: workspace.path, slotOf: () => 's' });
  child = spawn(process.execPath, ['-e', swapper, workspace.path, outside], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  await new Promise((resolve) => child.once('message', resolve));
});
afterAll(async () => {
  child.kill('SIGKILL');
  rmSync(outside, { recursive: true, force: true });
  await workspace.remove();
});

const rounds = size(60, 2000);

/** What was read in many tries, as one text: in so many more as it takes to find the file in its place once, for 10 s. */
async function readAll(read: () => Promise<string> | string): Promise<string> {
  const endsAt = performance.now() + 10_000;
  let text = '';
  for (let round = 0; round < rounds || (!text.includes('inside') && performance.now() < endsAt); round++) {
    // A refusal is as good as the text.
    text += await Promise.resolve()
      .then(read)
      .catch(() => '');
  }
  return text;
}

describe('T26 a link that is swapped between the look and the reading leads nowhere else', () => {
  const readers: Record<string, () => Promise<string> | string> = {
    'a file of a sample': async () => String((await readSampleFiles(workspace.path, ['a.jsonl']))[0]?.bytes),
    'a file in a folder that is swapped': async () => String((await readSampleFiles(workspace.path, ['sub/a.jsonl']))[0]?.bytes),
    'a file that a checker names': () => readInside(workspace.path, 'sub/a.jsonl', { maxBytes: 100, followsLinks: true }).toString('utf8'),
    'the workspace of a slot': async () => JSON.stringify(Object.values((await workspace.read()).files ?? {})),
    'the files of a state': async () => JSON.stringify((await readStateFiles(workspace.path)).files),
    'a final state': async () => JSON.stringify(await watched.ask(makeRequest({ sample: { ...makeRequest().sample, id: 'a.jsonl' } }))),
    'a folder that is copied': async () => {
      const to = mkdtempSync(join(tmpdir(), 'swapped-copy-'));
      try {
        await copyFolder(workspace.path, to, { hide: (text) => text });
        const files = readdirSync(to, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
        return files.map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8')).join('');
      } finally {
        rmSync(to, { recursive: true, force: true });
      }
    },
  };
  it.each(Object.entries(readers))('in %s', async (_, read) => {
    const text = await readAll(read);
    expect(text).toContain('inside');
    expect(text).not.toContain('OUTSIDE');
  });
});

it('T26 a link on the way is followed only to a place of the same folder', () => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'linked-')));
  mkdirSync(join(folder, 'real'));
  writeFileSync(join(folder, 'real/a'), 'inside');
  symlinkSync('real', join(folder, 'alias'));
  symlinkSync(join(outside, 'a.jsonl'), join(folder, 'out'));
  expect(readInside(folder, 'alias/a', { maxBytes: 10, followsLinks: true }).toString()).toBe('inside');
  expect(() => readInside(folder, 'alias/a', { maxBytes: 10 })).toThrow('outside the folder');
  expect(() => readInside(folder, 'out', { maxBytes: 10, followsLinks: true })).toThrow('outside the folder');
  rmSync(folder, { recursive: true });
});
