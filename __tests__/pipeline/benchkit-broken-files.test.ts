import { copyFileSync, cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inlineConfigs } from '../../src/cli/project.ts';
import { ToolError } from '../../src/errors.ts';
import { openProjectFiles } from '../../src/io/project-files.ts';
import { loadSuites } from '../../src/pipeline/load-suites.ts';
import { openSuite } from '../../src/pipeline/open-suite.ts';
import { benchkit } from '../../src/projects/benchkit.ts';

const folderOf = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const broken = folderOf('../fixtures/broken/benchkit');
/** Where a broken file stands in a scenario that is otherwise in order. */
const places: Record<string, string> = { samples: 'samples/eval.jsonl', servers: 'env/servers.json', models: 'models.json' };

let cwd = '';
beforeAll(() => {
  cwd = mkdtempSync(join(tmpdir(), 'benchkit-broken-'));
});
afterAll(() => rmSync(cwd, { recursive: true, force: true }));

/** What is said of the scenario before anything is asked, one line a problem; without what this version of Node says of JSON. */
async function problemsOf(scenario: string): Promise<string> {
  const flags = {
    model: 'm',
    'base-url': 'http://127.0.0.1:9/v1',
    ...(existsSync(join(scenario, 'models.json')) ? { 'model-config': 'models.json' } : {}),
  };
  const request = {
    command: 'execute' as const,
    operands: [],
    flags,
    files: openProjectFiles(scenario),
    env: new Set<string>(),
    variable: (name: string) => `\${env:${name}}`,
    now: new Date(0),
  };
  try {
    const inline = inlineConfigs(await benchkit.convert(request), 'benchkit', scenario);
    const [config] = await loadSuites({ configPaths: [], inline, overrides: [], env: {}, cwd: scenario });
    const suite = await openSuite(config!);
    const agent = await suite.openAgent(() => {});
    await agent.close();
    await suite.close();
    return 'nothing is said';
  } catch (error) {
    if (!(error instanceof ToolError)) throw error;
    const problems =
      error.problems.length > 0 ? error.problems : [{ message: error.message, remedy: error.remedy, file: '', line: undefined, field: undefined }];
    const lines = problems.map(({ file, line, field, message, remedy }) => {
      const at = [file, line].filter((part) => part !== undefined && part !== '').join(':');
      return `${[at, field].filter((part) => part !== undefined && part !== '').join(' ')}: ${message}\n  ${remedy ?? 'no remedy'}\n`;
    });
    return lines
      .join('')
      .replaceAll(scenario, '.')
      .replaceAll(/(not JSON)(?:: | \()[^\n]*/g, '$1 …');
  }
}

describe.each(Object.keys(places))('broken %s', (kind) => {
  const names = readdirSync(join(broken, kind)).filter((name) => !name.endsWith('.txt'));

  it.each(names)('%s is told once: what, where, and what to do', async (name) => {
    const scenario = mkdtempSync(join(cwd, 'scenario-'));
    cpSync(folderOf('../../examples/from-benchkit'), scenario, { recursive: true });
    copyFileSync(join(broken, kind, name), join(scenario, places[kind]!));
    const said = await problemsOf(scenario);
    const expected = join(broken, kind, `${name.replace(/\.\w+$/, '')}.txt`);
    if (process.env.UPDATE_EXPECTED) writeFileSync(expected, said);
    expect(said).toBe(readFileSync(expected, 'utf8'));
  });
});
