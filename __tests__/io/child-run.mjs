// A whole run in its own process, to be killed. Arguments: built sources, folder, slots, "resume" or "fresh".
// Each call to the agent is a line of calls.log; each slot that was told done is a line of standard output.
import { appendFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const [built, folder, count, mode] = process.argv.slice(2);
const load = (file) => import(pathToFileURL(join(built, file)).href);
const { openJournal } = await load('io/journal.js');
const { systemClock } = await load('io/clock.js');
const { runSlots } = await load('run/run-slots.js');
const { slotsToAsk } = await load('pipeline/slots.js');
const { planAnswered, sampleRecord } = await load('run/core/slots.js');
const { createBudget } = await load('run/core/budget.js');
const { createRedactor } = await load('run/core/redact.js');
const { readResponses } = await load('io/run-log-file.js');

const samples = Array.from({ length: Number(count) }, (_, i) => ({
  id: `s${i}`,
  input: 'x',
  tags: [],
  weight: 1,
  critical: false,
  turns: [{ input: 'x' }],
  files: [],
  checkers: [],
  metadata: {},
  row: {},
  hash: String(i).padStart(64, '0'),
  scoreHash: 'f',
  file: 'f',
  line: 1,
}));
const path = join(folder, 'run.jsonl');
const header = {
  type: 'run',
  schemaVersion: 1,
  toolVersion: '0',
  runId: 'r',
  startedAt: '2026-01-01T00:00:00.000Z',
  suite: 's',
  fingerprints: { call: {}, score: {} },
  planned: { samples: samples.length, repeats: 1, slots: samples.length },
  samplesDigest: 'd',
  caps: {},
  secrets: [],
  agent: { type: 'x' },
  checkers: [],
};
const redactor = createRedactor([]);
const journal = await openJournal({ path, resume: mode === 'resume', redactor, header });
journal.append(...samples.filter(({ id }) => !journal.index.samples.has(id)).map(sampleRecord));
async function* slots() {
  yield* planAnswered({ responses: readResponses(path), samples: new Map(samples.map((one) => [one.id, one])), index: journal.index });
  yield* slotsToAsk(
    {
      stream: async function* () {
        yield* samples;
      },
    },
    1,
    journal.index,
  );
}
const result = await runSlots({
  slots: slots(),
  journal,
  redactor,
  runId: 'r',
  clock: systemClock,
  random: Math.random,
  signal: new AbortController().signal,
  concurrency: 4,
  timeoutMs: 5000,
  maxRetries: 0,
  onAmbiguous: 'retry',
  budget: createBudget({ caps: {}, monotonicMs: systemClock.monotonicMs }),
  createUser: () => ({ next: async () => undefined }),
  checkersOf: () => [{ name: 'c', required: true, weight: 1, fingerprint: 'c', check: () => ({ kind: 'scored', value: 1, pass: true, reason: '' }) }],
  agent: {
    async ask({ idempotencyKey }) {
      appendFileSync(join(folder, 'calls.log'), `${idempotencyKey}\n`);
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 4));
      return { turns: [{ input: 'x', output: 'y'.repeat(2000), steps: [] }] };
    },
    close: async () => {},
  },
  onEvent(event) {
    if (event.kind === 'slot') writeSync(1, `${event.sample}\n`);
  },
});
await journal.close();
process.exitCode = result.stop ? 3 : 0;
if (result.stop?.error) process.stderr.write(`${result.stop.error.code}: ${result.stop.error.message}\n`);
