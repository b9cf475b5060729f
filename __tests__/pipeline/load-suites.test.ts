import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { ToolError } from '../../src/errors.ts';
import { type LoadRequest, loadReadySuites, loadSuites } from '../../src/pipeline/load-suites.ts';
import { registries, valid } from '../config/small-registries.ts';

const folders: string[] = [];
afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
});

async function project(files: Record<string, string | Uint8Array>): Promise<string> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'load-suites-')));
  folders.push(folder);
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), content);
  }
  return folder;
}

const load = (cwd: string, request: Partial<LoadRequest> = {}) =>
  loadSuites({ configPaths: [], overrides: [], env: {}, cwd, ...request }, registries);
const failure = (cwd: string, request?: Partial<LoadRequest>) =>
  load(cwd, request).then(
    () => Promise.reject(new Error('it loaded')),
    (error: ToolError) => error,
  );
const messages = async (cwd: string, request?: Partial<LoadRequest>) => (await failure(cwd, request)).problems.map(({ message }) => message);

describe('loading suites', () => {
  it('finds the config under its usual names and names the suite after the folder', async () => {
    for (const name of ['agent-regress.yml', 'agent-regress.yaml', 'agent-regress.json']) {
      const json = { samples: 'a', agent: { type: 'replay', path: 'r' }, checkers: [{ type: 'contains', value: 'x' }] };
      const cwd = await project({ [`support bot/${name}`]: name.endsWith('json') ? JSON.stringify(json) : valid });
      const [suite] = await load(join(cwd, 'support bot'));
      expect(suite).toMatchObject({ suite: 'support bot', file: name, baseDir: join(cwd, 'support bot') });
      expect((await load(cwd, { configPaths: ['support bot'] }))[0]?.file).toBe(`support bot/${name}`);
    }
  });

  it('knows the real agents, checkers and formats', async () => {
    const cwd = await project({ 'agent-regress.yml': valid.replace('a.jsonl', '{path: a.csv, format: csv}') });
    expect(await loadSuites({ configPaths: [], overrides: [], env: {}, cwd })).toMatchObject([
      { agent: { type: 'replay' }, samples: { format: 'csv' } },
    ]);
  });

  it('chooses among the agents of all files, and refuses a name that none of them has', async () => {
    const agents = 'agents: {old: {type: replay, path: old.jsonl}, new: {type: replay, path: new.jsonl}}';
    const cwd = await project({
      'a.yml': `suite: a\n${valid.replace(/agent: .*/, agents)}`,
      'b.yml': `suite: b\n${valid}`,
    });
    const configPaths = ['a.yml', 'b.yml'];
    expect((await load(cwd, { configPaths })).map(({ suite }) => suite)).toEqual(['a (old)', 'a (new)', 'b']);
    expect((await load(cwd, { configPaths, agents: [] })).length).toBe(3);
    expect((await load(cwd, { configPaths, agents: ['new'] })).map(({ suite }) => suite)).toEqual(['a (new)']);
    expect((await failure(cwd, { configPaths, agents: ['new', 'nwe'] })).problems).toEqual([
      { field: 'agent', message: 'no suite has an agent called "nwe"', remedy: expect.stringContaining('did you mean "new"') },
    ]);
    expect(await messages(cwd, { configPaths: ['b.yml'], agents: ['new'] })).toEqual(['no suite has an agent called "new"']);
  });

  it('loads several files, overrides from the environment and from flags', async () => {
    const cwd = await project({ 'a.yml': `suite: a\n${valid}`, 'b.yml': `suite: b\n${valid}` });
    const suites = await load(cwd, {
      configPaths: ['a.yml', 'b.yml'],
      env: { AGENT_REGRESS_REPEATS: '2', AGENT_REGRESS_LIMIT: '4' },
      overrides: [{ path: 'repeats', value: 5, origin: 'flag', source: '--repeats' }],
    });
    expect(suites.map(({ suite, repeats, samples }) => [suite, repeats, samples.limit])).toEqual([
      ['a', 5, 4],
      ['b', 5, 4],
    ]);
  });

  it('says how to get a config when there is none', async () => {
    const error = await failure(await project({}));
    expect(error).toMatchObject({ code: 'config-not-found', exitCode: 2 });
    expect(error.remedy).toContain('agent-regress init');
    expect((await failure(await project({}), { configPaths: ['a.yml'] })).problems[0]?.file).toBe('a.yml');
  });

  it('lists the problems of all files in one error', async () => {
    const cwd = await project({ 'a.yml': `${valid}repeats: 0\n`, 'b.yml': `${valid}x: 1\n` });
    const error = await failure(cwd, { configPaths: ['a.yml', 'b.yml'] });
    expect(error.code).toBe('config-invalid');
    expect(error.problems.map(({ file, line }) => [file, line])).toEqual([
      ['a.yml', 4],
      ['b.yml', 4],
    ]);
  });

  it('refuses two suites of one name', async () => {
    const cwd = await project({ 'a.yml': `suite: Bot\n${valid}`, 'b.yml': `suite: bot\n${valid}` });
    expect(await messages(cwd, { configPaths: ['a.yml', 'b.yml'] })).toEqual(['two suites are called "bot", the other in a.yml']);
  });

  it('reads bases relative to the file that names them', async () => {
    const cwd = await project({ 'suites/a.yml': 'extends: ../shared/base.yml\n', 'shared/base.yml': 'from: deep/agent.json\nsamples: a.jsonl\n' });
    await mkdir(join(cwd, 'shared/deep'));
    await writeFile(join(cwd, 'shared/deep/agent.json'), JSON.stringify({ agent: { type: 'replay', path: 'r' }, checkers: [{ type: 'contains' }] }));
    await mkdir(join(cwd, '.git'));
    const error = await failure(cwd, { configPaths: ['suites/a.yml'] });
    expect(error.problems).toMatchObject([{ file: 'shared/deep/agent.json', line: 1, field: 'checkers[0].value' }]);
  });

  it('does not follow a reference out of the workspace', async () => {
    const outside = await project({ 'secret.yml': 'repeats: 2\n' });
    const cwd = await project({ 'a.yml': `extends: [link.yml, ${join(outside, 'secret.yml')}, ../x.yml, folder.yml, notes.txt]\n${valid}` });
    await symlink(join(outside, 'secret.yml'), join(cwd, 'link.yml'));
    await mkdir(join(cwd, 'folder.yml'));
    const found = await messages(cwd, { configPaths: ['a.yml'] });
    expect(found[0]).toContain('it lies outside the workspace');
    expect(found[1]).toContain('it lies outside the workspace');
    expect(found[2]).toContain('there is no such file');
    expect(found[3]).toContain('it is not a regular file');
    expect(found[4]).toContain('it must end with');
  });

  it('does not follow a config that is a link out of the workspace', async () => {
    const outside = await project({ 'a.yml': valid });
    const cwd = await project({});
    await symlink(join(outside, 'a.yml'), join(cwd, 'agent-regress.yml'));
    expect(await messages(cwd)).toEqual(['it lies outside the workspace']);
    expect(await load(cwd, { configPaths: [join(outside, 'a.yml')] })).toHaveLength(1);
  });

  it('finds a circle through a link', async () => {
    const cwd = await project({ 'a.yml': `extends: link.yml\n${valid}` });
    await symlink('a.yml', join(cwd, 'link.yml'));
    expect(await messages(cwd, { configPaths: ['a.yml'] })).toEqual(['"link.yml" builds on itself']);
  });

  it('says what is wrong with a file that is not text or too large', async () => {
    const cwd = await project({ 'a.yml': new Uint8Array([0xff, 0xfe, 0x00]), 'b.yml': 'x'.repeat(1_048_577) });
    const found = await messages(cwd, { configPaths: ['a.yml', 'b.yml'] });
    expect(found[0]).toBe('it is not UTF-8 text');
    expect(found[1]).toMatch(/larger than 1048576 bytes/);
  });
});

describe('suites that only lack variables', () => {
  const needy = valid.replace(
    /agent:.*\n/,
    `agent: {type: http, url: "\${env:AGENT_URL}", headers: {authorization: "\${env:AGENT_KEY}"}, body: {q: "{{input}}"}, reply: {output: /a}}\n`,
  );
  const both = { 'a.yml': `suite: a\n${needy}`, 'b.yml': `suite: b\n${valid}` };
  const read = (cwd: string, env = {}) => loadReadySuites({ configPaths: ['a.yml', 'b.yml'], overrides: [], env, cwd });

  it('are kept apart from the others, with the names of the variables', async () => {
    const found = await read(await project(both), { AGENT_URL: '  ' });
    expect(found.suites.map(({ suite }) => suite)).toEqual(['b']);
    expect(found.unready).toMatchObject([{ suite: 'a', file: 'a.yml', variables: ['AGENT_KEY', 'AGENT_URL'] }]);
  });

  it('are no excuse for another mistake, in their own file or in another one', async () => {
    for (const files of [
      { ...both, 'a.yml': `${both['a.yml']}repeats: 0\n` },
      { ...both, 'b.yml': `${both['b.yml']}x: 1\n` },
      { ...both, 'b.yml': `suite: A\n${valid}` },
    ]) {
      const error = await read(await project(files)).catch((thrown: ToolError) => thrown);
      expect(error).toMatchObject({ code: 'config-invalid', problems: expect.arrayContaining([expect.objectContaining({ file: 'a.yml' })]) });
    }
  });

  it('are an error where every suite is wanted', async () => {
    const cwd = await project(both);
    await expect(loadSuites({ configPaths: ['a.yml', 'b.yml'], overrides: [], env: {}, cwd })).rejects.toMatchObject({
      code: 'config-invalid',
      problems: [{ field: 'agent.url' }, { field: 'agent.headers.authorization' }],
    });
  });
});
