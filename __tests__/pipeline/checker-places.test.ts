import { afterEach, beforeEach, expect, it } from 'vitest';
import { ToolError } from '../../src/errors.ts';
import { loadSuites } from '../../src/pipeline/load-suites.ts';
import { openSuite } from '../../src/pipeline/open-suite.ts';
import { makeProject, type Project } from '../helpers/run-cli.ts';

let project: Project;
beforeEach(() => {
  project = makeProject();
});
afterEach(() => project.remove());

/** What is said of a config whose checkers or agent turn out not to work when they are opened. */
async function problemsOf(text: string): Promise<string[]> {
  project.write('samples.jsonl', [{ id: 'a', input: 'x' }]);
  project.write('agent-regress.yml', `suite: bot\nsamples: samples.jsonl\n${text}`);
  const [config] = await loadSuites({ configPaths: [], overrides: [], env: {}, cwd: project.folder });
  if (!config) throw new Error('no suite');
  try {
    const suite = await openSuite(config);
    await suite.openAgent(() => {});
  } catch (error) {
    if (!(error instanceof ToolError)) throw error;
    return error.problems.map(({ file, line, field, message }) => `${file}:${line} ${field}: ${message}`);
  }
  return [];
}

const agent = 'agent: {type: do-nothing}\n';

it('names the line and the field of every pattern that cannot be used, in one go', async () => {
  const found = await problemsOf(`${agent}checkers:
  - {type: regex, pattern: "("}
  - type: any
    checkers:
      - {type: contains, value: x}
      - type: regex
        pattern: "(?=x)"
  - {type: contains, value: "y"}
  - {type: json-schema, schema: {type: 5}}
`);
  expect(found.map((line) => line.replace(/(: .{30}).*/, '$1'))).toEqual([
    expect.stringMatching(/^agent-regress\.yml:5 checkers\[0\]\.pattern: not a usable pattern/),
    expect.stringMatching(/^agent-regress\.yml:10 checkers\[1\]\.checkers\[1\]\.pattern: not a usable pattern/),
    expect.stringMatching(/^agent-regress\.yml:12 checkers\[3\]\.schema/),
  ]);
});

it('names them in a mapping from name to checker, by that name', async () => {
  expect(await problemsOf(`${agent}checkers:\n  fine: {type: equals, value: x}\n  bad.one:\n    type: regex\n    pattern: "("\n`)).toEqual([
    expect.stringMatching(/^agent-regress\.yml:8 checkers\.bad\.one\.pattern: not a usable/),
  ]);
});

it('names the line of an agent that cannot be opened', async () => {
  expect(await problemsOf('agent:\n  type: module\n  path: none.mjs\ncheckers: [{type: equals, value: x}]\n')).toEqual([
    'agent-regress.yml:5 agent.path: there is no file none.mjs',
  ]);
});
