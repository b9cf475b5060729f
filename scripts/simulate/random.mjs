// Seeded random numbers: xoshiro128** 1.1 (Blackman and Vigna, https://prng.di.unimi.it/xoshiro128starstar.c), whose state is filled by
// splitmix32 from a 32-bit FNV-1a hash of the seed's text. The same text gives the same numbers on every machine.

/** @param {string} seed */
export function createRandom(seed) {
  const next = splitmix32(fnv1a(seed));
  let [a, b, c, d] = [next(), next(), next(), next()];
  const bits = () => {
    const product = Math.imul(b, 5);
    const result = Math.imul((product << 7) | (product >>> 25), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = (d << 11) | (d >>> 21);
    return result;
  };
  /** Uniform in (0, 1): never 0, so that its logarithm is finite. */
  const uniform = () => (bits() + 0.5) / 2 ** 32;
  /** Standard normal by Box and Muller; the second number of each pair is not kept, so that every call is alike. */
  const normal = () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
  /** Passes of `repeats` independent repeats at one rate. */
  const passes = (repeats, rate) => {
    let count = 0;
    for (let i = 0; i < repeats; i++) if (uniform() < rate) count++;
    return count;
  };
  /** The list in random order (Fisher and Yates), a copy. */
  const shuffle = (list) => {
    const copy = [...list];
    for (let i = copy.length - 1; i > 0; i--) {
      const j = Math.floor(uniform() * (i + 1));
      [copy[i], copy[j]] = [copy[j], copy[i]];
    }
    return copy;
  };
  return { uniform, normal, passes, shuffle };
}

function fnv1a(text) {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash >>> 0;
}

function splitmix32(seed) {
  let state = seed;
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return mixed ^ (mixed >>> 15);
  };
}
