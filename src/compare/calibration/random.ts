/** Seeded random numbers: the same text gives the same numbers on every machine. Only simulations use them, never a verdict. */
export interface Random {
  /** Uniform in (0, 1): never 0, so that its logarithm is finite. */
  uniform(): number;
  /** Standard normal, by Box and Muller. */
  normal(): number;
  /** Passes among `repeats` independent repeats at one rate. */
  passes(repeats: number, rate: number): number;
}

/** xoshiro128** 1.1 (Blackman and Vigna, https://prng.di.unimi.it/xoshiro128starstar.c), its state filled by splitmix32 from a 32-bit FNV-1a hash of the seed's text. */
export function createRandom(seed: string): Random {
  const next = splitmix32(fnv1a(seed));
  let [a, b, c, d] = [next(), next(), next(), next()];
  const uniform = (): number => {
    const product = Math.imul(b, 5);
    const bits = Math.imul((product << 7) | (product >>> 25), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = (d << 11) | (d >>> 21);
    return (bits + 0.5) / 2 ** 32;
  };
  return {
    uniform,
    normal: () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform()),
    passes(repeats, rate) {
      let count = 0;
      for (let i = 0; i < repeats; i++) if (uniform() < rate) count++;
      return count;
    },
  };
}

function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

function splitmix32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return mixed ^ (mixed >>> 15);
  };
}
