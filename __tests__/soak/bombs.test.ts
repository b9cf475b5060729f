import { once } from 'node:events';
import { join } from 'node:path';
import { createGzip } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { rightAnswer } from '../harness/fault-answers.ts';
import { type Fault, type FaultServer, startFaultServer, type Wire } from '../harness/fault-server.ts';
import { isFull, size, soakRow } from '../harness/soak.ts';
import { makeProject, type Project, runCli } from '../helpers/run-cli.ts';

/** Of each bomb, once it is blown up. */
const bombMiB = size(100, 1024);
const allowedMiB = 64;
const mib = 1_048_576;

let server: FaultServer;
let project: Project;
let zipped: Buffer;
beforeAll(async () => {
  server = await startFaultServer();
  zipped = await zeros(bombMiB);
});
afterAll(() => server.close());
afterEach(() => project.remove());

/** So many MiB of zeros as gzip: a thousandth of them. */
async function zeros(count: number): Promise<Buffer> {
  const gzip = createGzip();
  const chunks: Buffer[] = [];
  gzip.on('data', (chunk: Buffer) => chunks.push(chunk));
  const block = Buffer.alloc(mib);
  for (let i = 0; i < count; i++) if (!gzip.write(block)) await once(gzip, 'drain');
  gzip.end();
  await once(gzip, 'end');
  return Buffer.concat(chunks);
}

/** Writes as much as a bomb holds, as fast as it is read; no more of it is ever there than one piece. */
function stream({ socket }: Wire, head: string, piece: Buffer): void {
  let left = bombMiB * mib;
  socket.write(`HTTP/1.1 ${head}\r\n\r\n`);
  const more = () => {
    while (socket.writable && left > 0) {
      left -= piece.length;
      if (!socket.write(piece)) return;
    }
  };
  socket.on('drain', more);
  more();
}
const fill = (text: string) => Buffer.from(text.repeat(Math.ceil(65_536 / text.length)));
const streamed =
  (head: string, text: string): Fault =>
  (wire) =>
    stream(wire, head, fill(text));
const zippedAs =
  (encoding: string, status = '200 OK'): Fault =>
  ({ socket }) => {
    const type = 'Content-Type: application/json';
    socket.write(`HTTP/1.1 ${status}\r\n${type}\r\nContent-Encoding: ${encoding}\r\nContent-Length: ${zipped.length}\r\n\r\n`);
    socket.write(zipped);
  };
const bombs: Record<string, Fault> = {
  'an endless JSON text': streamed('200 OK\r\nContent-Type: application/json', 'x'),
  'an endless list': streamed('200 OK\r\nContent-Type: application/json', '[['),
  'an endless line of a stream': streamed('200 OK\r\nContent-Type: text/event-stream', 'data: x'),
  'endless events': streamed('200 OK\r\nContent-Type: text/event-stream', 'data: {"d":"x"}\n\n'),
  'endless comments': streamed('200 OK\r\nContent-Type: text/event-stream', ':\n'),
  // Ten million of them take their time.
  ...(isFull ? { 'endless chunks of one byte': streamed('200 OK\r\nTransfer-Encoding: chunked', '1\r\nx\r\n') } : {}),
  'an endless error page': streamed('500 No', '<p>no</p>'),
  'a long body by its length': streamed(`200 OK\r\nContent-Length: ${bombMiB * mib}`, 'x'),
  'a gzip bomb': zippedAs('gzip'),
  'a gzip bomb with an error': zippedAs('gzip', '502 No'),
  'zeros that are called deflate': zippedAs('deflate'),
  '10,000 headers': (wire) => wire.socket.write(`HTTP/1.1 200 OK\r\n${'x-flood: 1\r\n'.repeat(10_000)}\r\n`),
  'an endless header': (wire) => {
    wire.socket.write('HTTP/1.1 200 OK\r\nx-a: ');
    wire.socket.write(fill('b'));
  },
};

/** One slot for each bomb, or as many good ones; gives what the process took at most, MiB. */
async function measure(faults: readonly (Fault | undefined)[]): Promise<{ peakMiB: number; code: number | null }> {
  const slots = faults.map((_, i) => `q${i}`);
  server.reset();
  server.options.script = ({ slot }) => faults[slots.indexOf(slot)];
  project = makeProject({
    'peak.cjs': 'process.on("exit", () => require("node:fs").writeFileSync(process.env.PEAK, String(process.resourceUsage().maxRSS)));',
    'samples.jsonl': slots.map((slot) => ({ id: slot, input: slot, expected: rightAnswer(slot) })),
    'agent-regress.json': {
      ...{ suite: 'bombs', samples: 'samples.jsonl', repeats: 1, concurrency: 1, maxRetries: 0, baseline: 'none', timeoutMs: 120_000 },
      deadlines: { connectMs: 20_000, firstByteMs: 20_000, idleMs: 20_000 },
      agent: {
        ...{ type: 'http', url: `${server.origin}/ask`, body: { question: '{{input}}' } },
        ...{ reply: { output: '/answer' }, stream: { output: '/d' } },
      },
      checkers: [{ type: 'equals', value: '{{expected}}' }],
    },
  });
  const env = { NODE_OPTIONS: `--require ${join(project.folder, 'peak.cjs')}`, PEAK: join(project.folder, 'peak') };
  const { code } = await runCli(['run', '-q', '-o', 'out'], { cwd: project.folder, env });
  return { peakMiB: Number(project.read('peak')) / 1024, code };
}

describe('T20 F15 a reply that never ends, or that blows up, is refused at the cap', () => {
  it('in bounded memory and time, and costs one slot', { timeout: 300_000 }, async () => {
    const names = Object.keys(bombs);
    const calm = await measure(names.map(() => undefined));
    expect(calm.code).toBe(0);
    project.remove();
    const { peakMiB, code } = await measure(Object.values(bombs));
    const grownMiB = Math.round(peakMiB - calm.peakMiB);
    const measured = `${names.length} replies of ${bombMiB} MiB; +${grownMiB} MiB`;
    soakRow({ goal: 'F15', what: 'replies that never end or blow up', wanted: `≤ +${allowedMiB} MiB`, measured, isMet: grownMiB <= allowedMiB });
    const errors = project
      .records('out', 'response')
      .map(({ sample, error }) => [names[Number(String(sample).slice(1))], (error as { kind: string }).kind]);
    expect(Object.fromEntries(errors)).toEqual({
      ...Object.fromEntries(names.map((name) => [name, 'too-large'])),
      ...{ 'an endless error page': 'http-status', 'a gzip bomb with an error': 'http-status', 'zeros that are called deflate': 'bad-response' },
      ...{ '10,000 headers': 'bad-response', 'an endless header': 'bad-response' },
    });
    expect(code).toBe(3);
    expect(grownMiB).toBeLessThanOrEqual(allowedMiB);
  });
});
