// Runs batches of one cell and sends back, by name of what was measured, how many numbers there were, their sum and their sum of squares.
import { parentPort } from 'node:worker_threads';
import { compareOnce } from './comparison.mjs';
import { compareLatency, compareSlices } from './logs.mjs';
import { createRandom } from './random.mjs';

const kinds = { counts: compareOnce, slices: compareSlices, latency: compareLatency };

parentPort.on('message', ({ cell, stream, trials, rule }) => {
  const random = createRandom(stream);
  const compare = kinds[cell.kind ?? 'counts'];
  const tally = {};
  for (let trial = 0; trial < trials; trial++) {
    for (const [name, value] of Object.entries(compare(random, cell, rule))) {
      tally[name] ??= [0, 0, 0];
      const sums = tally[name];
      sums[0]++;
      sums[1] += value;
      sums[2] += value * value;
    }
  }
  parentPort.postMessage(tally);
});
