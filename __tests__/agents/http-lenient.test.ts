import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { evaluate } from '../../src/index.ts';
import { makeProject, type Project } from '../helpers/run-cli.ts';

let server: Server | undefined;
let project: Project | undefined;
afterEach(() => {
  server?.close();
  project?.remove();
});

it.each([
  ['text/plain', 'data: {"t":"Hel"}\n\ndata: raw \n\ndata: {"t":""}\n\ndata: [DONE]\n', 'Helraw'],
  ['text/event-stream', 'data: {"t":"a"}\n\ndata: {"t":"b"}\n\n', 'ab'],
  ['text/html', '{"answer": [1]}', '{"answer":[1]}'],
])('a lenient stream is read as the AgentLoop SDK reads it: %s', async (type, body, output) => {
  server = createServer((_, response) => {
    response.writeHead(200, { 'content-type': type, traceId: 'f'.repeat(32) });
    response.end(body);
  });
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  project = makeProject({ 'samples.jsonl': [{ id: 'one', input: 'hi' }] });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  project.write('agent-regress.json', {
    suite: 'lenient',
    samples: 'samples.jsonl',
    agent: { type: 'http', url, reply: { output: '' }, stream: { lenient: true, output: '/t' } },
    repeats: 1,
    baseline: 'none',
    checkers: [{ type: 'equals', value: output }],
  });
  await evaluate(`${project.folder}/agent-regress.json`, { outputDir: `${project.folder}/out` });
  expect(project.records('out', 'response')[0]).toMatchObject({ trajectory: { turns: [{ output, traceId: 'f'.repeat(32) }] } });
});
