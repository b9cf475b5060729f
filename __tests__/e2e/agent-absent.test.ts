import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { writeFaultSuite } from '../harness/fault-run.ts';
import { type Fault, type FaultServer, type FaultServerOptions, startFaultServer } from '../harness/fault-server.ts';
import { makeProject, type Project, runCli } from '../helpers/run-cli.ts';

const count = 12;
const servers: FaultServer[] = [];
let project: Project;
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
  project.remove();
});

async function start(options?: FaultServerOptions): Promise<FaultServer> {
  const server = await startFaultServer(options);
  servers.push(server);
  project = makeProject({});
  return server;
}

/** Runs the suite with so many slots at once; `url` replaces the address of the server. */
async function run(server: FaultServer, concurrency: number, options: { url?: string; slots?: number; args?: string[]; change?: object } = {}) {
  const { url, slots = count, args = [], change } = options;
  writeFaultSuite(project, server, { count: slots, concurrency, maxRetries: 2 });
  const config = JSON.parse(project.read('agent-regress.json')) as { agent: Record<string, unknown> };
  project.write('agent-regress.json', { ...config, ...change, baseline: 'none', agent: { ...config.agent, ...(url ? { url } : {}) } });
  return runCli(['run', '-q', '-o', 'out', ...args], { cwd: project.folder });
}
const status =
  (code: number, headers = ''): Fault =>
  ({ socket }) =>
    void socket.write(`HTTP/1.1 ${code} No\r\n${headers}Content-Length: 0\r\n\r\n`);
const keysOf = (server: FaultServer) => server.calls.map(({ key }) => key);

/** One error, told once; nothing lost: every slot is still to be asked. */
function expectOneError(result: { code: number | null; stderr: string }, wanted: RegExp): void {
  expect(result.code, result.stderr).toBe(3);
  expect(result.stderr).toMatch(wanted);
  expect(result.stderr.match(/could not be reached|refused the credentials|limits the rate for longer/g)).toHaveLength(1);
  expect(project.assessment('out').verdict.status).not.toBe('regressed');
}

describe('an agent that is not there', { timeout: 60_000 }, () => {
  it.each([1, 8])('F01 a name that does not exist ends the run with one error, %i slots at once', async (concurrency) => {
    const server = await start();
    expectOneError(await run(server, concurrency, { url: 'http://agent.invalid/ask' }), /agent\.invalid.*cannot be reached/s);
    expect(project.records('out', 'attempt').length).toBeLessThanOrEqual(5 + concurrency);
    expect(project.records('out', 'done')).toEqual([]);
  });

  it('F02 a port that nobody listens at ends the run with one error, and resume asks all that is missing with the same keys', async () => {
    const server = await start();
    const { port } = server;
    server.stopListening();
    expectOneError(await run(server, 8), /nothing listens at/);
    expect(project.records('out', 'attempt').length).toBeLessThanOrEqual(5 + 8);
    const tried = new Map(project.records('out', 'attempt').map(({ sample, idempotencyKey }) => [sample, idempotencyKey]));
    const back = await startFaultServer({ port });
    servers.push(back);
    const resumed = await run(server, 8, { args: ['--resume'] });
    expect(resumed.code, resumed.stderr).toBe(0);
    expect(back.calls).toHaveLength(count);
    for (const [, key] of tried) expect(keysOf(back)).toContain(key);
  });

  it.each([
    ['in the middle', 40, 20, 3],
    // One of forty is within what a run may lack; it is told all the same.
    ['at the last request', 40, 39, 0],
  ])('F02 a server that goes away %s leaves every answer where it was', async (_, slots, after, expected) => {
    const server = await start();
    server.options.script = ({ number }) => {
      if (number <= after) return undefined;
      return () => server.stopListening();
    };
    const { code, stderr } = await run(server, 1, { slots });
    expect(code, stderr).toBe(expected);
    expect(stderr).toMatch(/nothing listens at/);
    const done = project.records('out', 'done');
    expect(done.filter(({ outcome }) => outcome === 'pass')).toHaveLength(after);
    expect(done.filter(({ outcome }) => outcome === 'fail')).toEqual([]);
  });

  it('F03 a network that cannot be reached ends the run with one error', async () => {
    // The system itself refuses to connect to this one: nothing leaves the machine.
    const server = await start();
    expectOneError(await run(server, 1, { url: 'http://255.255.255.255/ask' }), /cannot be reached/);
  });

  it('F04 a certificate that nobody vouches for ends the run with one error, and no request is sent', async () => {
    project = makeProject({});
    const made = project.folder;
    const args = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '1', '-subj', '/CN=localhost'];
    execFileSync('openssl', [...args, '-keyout', 'key.pem', '-out', 'cert.pem'], { cwd: made, stdio: 'ignore' });
    const tls = { key: readFileSync(join(made, 'key.pem'), 'utf8'), cert: readFileSync(join(made, 'cert.pem'), 'utf8') };
    project.remove();
    const server = await start({ tls });
    expectOneError(await run(server, 8), /no secure connection/);
    expect(server.calls).toEqual([]);
  });

  it('F05 a connection that is reset before it was used costs one more try', async () => {
    const server = await start({ onConnection: (number) => number !== 2 });
    const { code, stderr } = await run(server, 8);
    expect(code, stderr).toBe(0);
    expect(project.records('out', 'attempt')).toHaveLength(count + 1);
    expect(server.calls).toHaveLength(count);
  });
});

describe('an agent that is in trouble', { timeout: 60_000 }, () => {
  it('F08 a brown-out is not amplified: all slots together make a fifth more calls', async () => {
    const server = await start({ script: () => status(503) });
    await run(server, 8, { slots: 100 });
    expect(server.calls.length).toBeGreaterThan(100);
    expect(server.calls.length).toBeLessThanOrEqual(120);
    expect(project.assessment('out').outcomes).toMatchObject({ error: 100, pass: 0, fail: 0 });
  });

  it.each([
    ['Retry-After: 300', 1],
    ['Retry-After: 99999999999', 4],
    ['Date: Sun, 22 Nov 2026 10:00:00 GMT\r\nRetry-After: Sun, 22 Nov 2026 11:00:00 GMT', 12],
  ])('F09 a 429 that asks for more than two minutes stops the run, and nobody asks again: %s at call %i', async (headers, at) => {
    const server = await start({ script: ({ number }) => (number === at ? status(429, `${headers}\r\n`) : undefined) });
    expectOneError(await run(server, 1), /limits the rate for longer than this run waits/);
    expect(server.calls).toHaveLength(at);
    // The last answer may be scored later.
    expect(project.records('out', 'response').filter(({ trajectory }) => trajectory)).toHaveLength(at - 1);
  });

  it('F09 a 429 that asks for a second keeps all slots away for so long', async () => {
    const second: Fault = (wire) => {
      wire.demandPause(1000, 'host');
      status(429, 'Retry-After: 1\r\n')(wire);
    };
    const server = await start({ script: ({ number }) => (number === 5 || number === 30 ? second : undefined) });
    const { code, stderr } = await run(server, 8, { slots: 40 });
    expect(code, stderr).toBe(0);
    expect(server.calls).toHaveLength(42);
    expect(server.problems).toEqual([]);
  });

  it.each([401, 403])('F11 a %i to the first three slots ends the run with one error', async (code) => {
    const server = await start({ script: () => status(code) });
    expectOneError(await run(server, 1), /refused the credentials/);
    expect(server.calls).toHaveLength(3);
  });
});
