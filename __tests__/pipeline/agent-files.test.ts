import { afterEach, beforeEach, expect, it } from 'vitest';
import { loadSuites } from '../../src/pipeline/load-suites.ts';
import { openSuite } from '../../src/pipeline/open-suite.ts';
import { makeProject, type Project } from '../helpers/run-cli.ts';

let project: Project;
beforeEach(() => {
  project = makeProject({ 'samples.jsonl': [{ id: 's1', input: 'q' }] });
});
afterEach(() => project.remove());

async function callFingerprint(servers: unknown): Promise<object> {
  project.write('agent-regress.json', {
    suite: 'bot',
    samples: 'samples.jsonl',
    agent: { type: 'mcp', baseUrl: 'http://127.0.0.1:9/v1', model: 'm', servers },
    checkers: [{ type: 'contains', value: 'x' }],
  });
  const [config] = await loadSuites({ configPaths: [], overrides: [], env: {}, cwd: project.folder });
  if (!config) throw new Error('no suite');
  const suite = await openSuite(config);
  await suite.close();
  return suite.fingerprints.call;
}

it('the content of a file that says how the agent is asked belongs to the experiment', async () => {
  const box = (...args: string[]) => ({ mcpServers: { box: { command: 'node', args } } });
  project.write('servers.json', box('a.mjs'));
  const before = await callFingerprint('servers.json');
  expect(await callFingerprint('servers.json')).toEqual(before);
  project.write('servers.json', box('b.mjs'));
  expect(await callFingerprint('servers.json')).not.toEqual(before);
});
