import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { makeProject, type Operations, type Project, runCli } from '../helpers/run-cli.ts';

vi.setConfig({ testTimeout: 60_000 });

let project: Project;
beforeEach(() => {
  project = makeProject({
    'agent-regress.json': {
      suite: 'bot',
      samples: 'samples.jsonl',
      agent: { type: 'replay', path: 'recorded.jsonl' },
      repeats: 1,
      concurrency: 1,
      checkers: [{ type: 'module', path: 'checker.mjs' }],
    },
    'samples.jsonl': [{ id: 'a', input: 'x' }],
    'recorded.jsonl': [{ id: 'a', output: 'y' }],
    'checker.mjs': 'export default () => true;',
  });
});
afterEach(() => project.remove());

const run = (operations: Operations) => runCli(['run', '-o', 'out', '-q'], { cwd: project.folder, operations });

it('names what a process does to its files and children, in order, and lets it be', async () => {
  const list = join(project.folder, 'names.txt');
  expect(await run({ list })).toMatchObject({ code: 0 });
  const names = readFileSync(list, 'utf8').replaceAll(/^\d+ /gm, '').split('\n');
  const wanted = [
    'open:run.jsonl.tmp#1',
    'rename:run.jsonl.tmp>run.jsonl#1',
    'write:run.jsonl#2 write:run.jsonl[response]#1',
    'spawn:checker.mjs#1',
    'write:run.jsonl#3 write:run.jsonl[score]#1 write:run.jsonl[done]#1',
    'rename:assessment.json.tmp>assessment.json#1',
    'print:stdout#1',
  ].map((name) => name.replace('spawn:checker.mjs', 'spawn:module-worker.mjs'));
  expect(names.filter((name) => wanted.includes(name))).toEqual(wanted);
});

it('ends it before, in the middle of or after one of them', async () => {
  const records = () => project.read('out/run.jsonl').split('"type":"response"').length - 1;
  expect(await run({ kill: [{ at: 'before:write:run.jsonl[response]' }] })).toMatchObject({ code: 137 });
  expect(records()).toBe(0);
  expect(await run({ kill: [{ at: 'during:write:run.jsonl[response]' }] })).toMatchObject({ code: 137 });
  expect(project.read('out/run.jsonl').endsWith('\n')).toBe(false);
  expect(await run({ kill: [{ at: 'after:write:run.jsonl[response]' }] })).toMatchObject({ code: 137 });
  expect(records()).toBe(1);
});

it('lets one fail, or all from one on', async () => {
  const failed = await run({ fail: { k: 1, code: 'ENOSPC', kinds: ['rename'] } });
  expect(failed.stderr).toMatch(/run\.jsonl could not be written: ENOSPC: made to fail, rename:run\.jsonl\.tmp>run\.jsonl/);
  expect(existsSync(join(project.folder, 'out/run.jsonl'))).toBe(false);
  const list = join(project.folder, 'names.txt');
  expect((await run({ list, fail: { k: 2, code: 'EIO', from: true, kinds: ['rename'] } })).code).toBe(3);
  expect(readFileSync(list, 'utf8').match(/^failed \d+ rename:/gm)?.length).toBeGreaterThan(1);
});
