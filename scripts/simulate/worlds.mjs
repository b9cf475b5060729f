// The simulated worlds: what the true pass rates are before and after a change, and how repeats of one run may depend on each other.

/** Shares of stable, flaky and broken samples. */
const populations = { typical: [0.65, 0.25, 0.1], mature: [0.9, 0.08, 0.02], hard: [0.3, 0.4, 0.3] };

/**
 * True pass rates of the samples: stable Beta(50, 1), flaky U(.3, .9), broken Beta(1, 30), in the population's shares; a number
 * instead of a name gives every sample that rate.
 */
export function drawPopulation(random, population, count) {
  return Array.from({ length: count }, () => {
    if (typeof population === 'number') return { kind: 'equal', rate: population };
    const [stable, flaky] = populations[population];
    const pick = random.uniform();
    if (pick < stable) return { kind: 'stable', rate: random.uniform() ** (1 / 50) };
    if (pick < stable + flaky) return { kind: 'flaky', rate: 0.3 + 0.6 * random.uniform() };
    return { kind: 'broken', rate: 1 - random.uniform() ** (1 / 30) };
  });
}

/** What a change does: the new true rates, and the samples that it made worse in particular. */
const scenarios = {
  null: () => ({}),
  drop3: (_, samples) => ({ rates: samples.map(({ rate }) => Math.max(0, rate - 0.03)) }),
  drop8: (_, samples) => ({ rates: samples.map(({ rate }) => Math.max(0, rate - 0.08)) }),
  conc5: (random, samples) => hit(random, samples, 0.05, () => 0.02),
  half10: (random, samples) => hit(random, samples, 0.1, () => 0.5),
  slice: (random, samples) => {
    const size = Math.round(samples.length / 10);
    const slice = new Set(sliceOf(random, samples.length, size));
    return { rates: samples.map(({ rate }, i) => (slice.has(i) ? rate / 2 : rate)), worse: slice };
  },
  improve: (random, samples) => ({
    rates: samples.map(({ kind, rate }) => {
      if (kind === 'flaky') return Math.min(1, rate + 0.1);
      return kind === 'broken' && random.uniform() < 0.5 ? 0.95 : rate;
    }),
  }),
};

/** The true rates after the change, by sample. */
export function applyScenario(random, name, samples) {
  const { rates = samples.map(({ rate }) => rate), worse = new Set() } = scenarios[name](random, samples);
  return { rates, worse };
}

/** Of 50 samples 5 % is 2.5: two or three break with equal chance, so that the mean is right. Stable samples are hit, if there are enough. */
function hit(random, samples, share, rateOf) {
  const exact = samples.length * share;
  const count = Math.floor(exact) + (random.uniform() < exact - Math.floor(exact) ? 1 : 0);
  const order = random.shuffle(samples.keys());
  const stable = order.filter((i) => samples[i].kind === 'stable' || samples[i].kind === 'equal');
  const others = order.filter((i) => !stable.includes(i)).sort((a, b) => samples[b].rate - samples[a].rate);
  const worse = new Set([...stable, ...others].slice(0, count));
  return { rates: samples.map(({ rate }, i) => (worse.has(i) ? rateOf(rate) : rate)), worse };
}

function sliceOf(random, count, size) {
  const start = Math.floor(random.uniform() * Math.floor(count / size)) * size;
  return Array.from({ length: size }, (_, i) => start + i);
}

/**
 * The rates of one run: with `correlation` every sample, with `drift` the whole run moves on the logit scale by a normal number of
 * that standard deviation, so that repeats of one run are alike.
 */
export function ratesOfRun(random, rates, { correlation = 0, drift = 0 }) {
  if (correlation === 0 && drift === 0) return rates;
  const day = drift * random.normal();
  return rates.map((rate) => 1 / (1 + ((1 - rate) / rate) * Math.exp(-(day + (correlation === 0 ? 0 : correlation * random.normal())))));
}

/** The drop per sample, where a sample can fall that far, that lowers the mean of the rates by `drop`. */
export function sampleDropFor(rates, drop) {
  let [low, high] = [0, 1];
  for (let step = 0; step < 50; step++) {
    const middle = (low + high) / 2;
    const mean = rates.reduce((sum, rate) => sum + Math.min(rate, middle), 0) / rates.length;
    if (mean < drop) low = middle;
    else high = middle;
  }
  return high;
}
