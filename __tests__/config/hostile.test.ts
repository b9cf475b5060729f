import { mkdirSync, mkdtempSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ToolError } from '../../src/errors.ts';
import { loadSuites } from '../../src/pipeline/load-suites.ts';
import { hostileConfigs } from '../fixtures/hostile/configs.ts';

const expectedFile = new URL('../fixtures/hostile/configs.expected.json', import.meta.url);
const expected = JSON.parse(readFileSync(expectedFile, 'utf8')) as Record<string, string[]>;

/** The problems of a file in a folder of its own, as the command line prints them; paths of this machine left out. */
async function problemsOf(name: string): Promise<string[]> {
  const { file = 'agent-regress.yml', text, beside = {} } = hostileConfigs[name] ?? { text: '' };
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'hostile-config-')));
  mkdirSync(join(folder, '.git'));
  for (const [path, content] of Object.entries({ [file]: text, 's.jsonl': '', 'r.jsonl': '', ...beside })) writeFileSync(join(folder, path), content);
  const error = await loadSuites({
    configPaths: [file],
    overrides: [],
    env: { HOME: 'the-home-folder', ACTIONS_RUNTIME_TOKEN: 'abcdefgh' },
    cwd: folder,
  }).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof ToolError)) throw new Error(`not refused as it should be: ${String(error)}`, { cause: error });
  return error.problems.slice(0, 3).map(({ file: where, line, field, message, remedy }) => {
    const place = `${where}${line === undefined ? '' : `:${line}`}${field === undefined ? '' : ` ${field}`}`;
    return `${place}: ${message}${remedy === undefined ? '' : ` → ${remedy}`}`.replaceAll(folder, 'FOLDER').slice(0, 240);
  });
}

describe('T25 a hostile or broken config is refused with the place, what is wrong and what to do', () => {
  it('has an expected message for every case', () => {
    expect(Object.keys(expected)).toEqual(Object.keys(hostileConfigs));
  });

  it.each(Object.keys(hostileConfigs))('%s', async (name) => {
    expect(await problemsOf(name)).toEqual(expected[name]);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });
});
