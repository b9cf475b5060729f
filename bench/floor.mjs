// The floor: a bare node:http loop that makes the same calls, checks the answer and writes one line a slot. node floor.mjs URL SAMPLES OUT CONCURRENCY
import { createReadStream, openSync, writeSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { createInterface } from 'node:readline';

const [url, samples, out, concurrency] = [process.argv[2], process.argv[3], process.argv[4], Number(process.argv[5])];
const agent = new Agent({ keepAlive: true, maxSockets: concurrency });
const target = new URL(url);
const file = openSync(out, 'w');
const lines = createInterface({ input: createReadStream(samples) })[Symbol.asyncIterator]();

function ask(body) {
  return new Promise((resolve, reject) => {
    const call = request(
      target,
      { method: 'POST', agent, headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) } },
      (response) => {
        const chunks = [];
        response.on('data', (chunk) => chunks.push(chunk));
        response.on('end', () => resolve(Buffer.concat(chunks).toString('utf8')));
      },
    );
    call.on('error', reject);
    call.end(body);
  });
}

async function work() {
  for (let next = await lines.next(); !next.done; next = await lines.next()) {
    const sample = JSON.parse(next.value);
    const { answer } = JSON.parse(await ask(JSON.stringify({ input: sample.input })));
    writeSync(file, `${JSON.stringify({ id: sample.id, answer, pass: answer.includes(sample.expected) })}\n`);
  }
}

await Promise.all(Array.from({ length: concurrency }, work));
agent.destroy();
