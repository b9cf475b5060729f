// Spreads the trials of cells over all cores. A batch's numbers follow from its cell, its place and the seed, and batches are added in
// order, so that the result does not depend on how many cores there are or which of them was fast.
import { Worker } from 'node:worker_threads';

const batchTrials = 100;

/** `runCells` takes `{cell, trials}` by label and returns `{count, mean, standardError}` by label and name of what was measured. */
export function createPool({ workers: count, seed, rule, onProgress }) {
  const workers = Array.from({ length: count }, () => new Worker(new URL('./worker.mjs', import.meta.url)));

  async function runCells(wanted, phase) {
    const batches = [...wanted].flatMap(([label, { cell, trials }]) =>
      Array.from({ length: Math.ceil(trials / batchTrials) }, (_, batch) => ({
        label,
        job: { cell, rule, stream: `${seed}/${phase}/${label}/${batch}`, trials: Math.min(batchTrials, trials - batch * batchTrials) },
      })),
    );
    const tallies = new Array(batches.length);
    let next = 0;
    let done = 0;
    const work = async (worker) => {
      while (next < batches.length) {
        const index = next++;
        tallies[index] = await ask(worker, batches[index].job);
        onProgress(++done / batches.length);
      }
    };
    await Promise.all(workers.map(work));
    return summarize(batches, tallies);
  }

  return { runCells, close: () => Promise.all(workers.map((worker) => worker.terminate())) };
}

function ask(worker, job) {
  return new Promise((resolve, reject) => {
    worker.once('error', reject);
    worker.once('message', (tally) => {
      worker.off('error', reject);
      resolve(tally);
    });
    worker.postMessage(job);
  });
}

function summarize(batches, tallies) {
  const cells = new Map();
  for (const [index, { label }] of batches.entries()) {
    const sums = cells.get(label) ?? new Map();
    cells.set(label, sums);
    for (const [name, [count, sum, squares]] of Object.entries(tallies[index])) {
      const known = sums.get(name) ?? [0, 0, 0];
      sums.set(name, [known[0] + count, known[1] + sum, known[2] + squares]);
    }
  }
  return new Map([...cells].map(([label, sums]) => [label, new Map([...sums].map(([name, values]) => [name, estimate(values)]))]));
}

/** Mean with its Monte Carlo standard error. */
function estimate([count, sum, squares]) {
  const mean = sum / count;
  const variance = count > 1 ? Math.max(0, (squares - sum * mean) / (count - 1)) : Number.NaN;
  return { count, mean, standardError: Math.sqrt(variance / count) };
}
