import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { evaluateSuite } from '../../src/pipeline/evaluate.ts';
import { findLocalBaseline } from '../../src/pipeline/find-baseline.ts';
import { loadSuites } from '../../src/pipeline/load-suites.ts';
import { serveModel } from '../helpers/model-server.ts';
import { makeProject, type Project } from '../helpers/run-cli.ts';

let project: Project;
beforeEach(() => {
  project = makeProject();
});
afterEach(() => project.remove());

const server = fileURLToPath(new URL('../helpers/mcp-server.mjs', import.meta.url));

it('what an agent warns of is shown without secrets, also those that a server of it wrote', async () => {
  const secret = 'canary-41c07be2';
  const { baseUrl } = await serveModel(['done']);
  const telltale = 'console.error("key is " + process.env.KEY); process.exit(3)';
  const servers = {
    box: { command: process.execPath, args: [server] },
    bad: { command: process.execPath, args: ['-e', telltale], env: { KEY: '$'.concat('{env:SERVER_KEY}') } },
  };
  project.write('samples.jsonl', [{ id: 's1', input: 'q' }]);
  project.write('agent-regress.json', {
    suite: 'bot',
    samples: 'samples.jsonl',
    agent: { type: 'mcp', baseUrl, model: 'm', servers },
    repeats: 1,
    checkers: [{ type: 'contains', value: 'done' }],
    baseline: 'none',
  });
  const [config] = await loadSuites({ configPaths: [], overrides: [], env: { SERVER_KEY: secret }, cwd: project.folder });
  if (!config) throw new Error('no suite');
  const events: string[] = [];
  await evaluateSuite({
    config,
    outputDir: `${project.folder}/out`,
    resume: false,
    findBaseline: (wanted) => findLocalBaseline(wanted, project.folder),
    signal: new AbortController().signal,
    onEvent: (event) => events.push(JSON.stringify(event)),
  });
  expect(events.join()).toContain('key is [redacted:SERVER_KEY]');
  expect(events.join() + project.read('out/run.jsonl')).not.toContain(secret);
});
