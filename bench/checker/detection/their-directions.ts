import type { Random } from '../../../src/numeric/random.ts';

// The numbers from which the other tools draw their directions, the same at every call.

/** `torch.Generator()`, of its default seed, and `torch.rand` of doubles. */
export function torchGenerator(): Pick<Random, 'uniform'> {
  const next = mersenneTwister(67280421310721 % 2 ** 32);
  return {
    uniform: () => {
      const high = next() & 0x1fffff;
      return (high * 2 ** 32 + next()) * 2 ** -53;
    },
  };
}

/** `numpy.random.RandomState(0)`: `randn` by the polar method, the second of a pair first. */
export function numpyRandomState(): Pick<Random, 'normal'> {
  const next = mersenneTwister(0);
  const signed = (): number => {
    const high = next() >>> 5;
    return (2 * (high * 2 ** 26 + (next() >>> 6))) / 2 ** 53 - 1;
  };
  let spare = Number.NaN;
  return {
    normal: () => {
      if (!Number.isNaN(spare)) {
        const kept = spare;
        spare = Number.NaN;
        return kept;
      }
      for (;;) {
        const [x, y] = [signed(), signed()];
        const square = x * x + y * y;
        if (square >= 1 || square === 0) continue;
        const factor = Math.sqrt((-2 * Math.log(square)) / square);
        spare = factor * x;
        return factor * y;
      }
    },
  };
}

/** MT19937 of Matsumoto and Nishimura 1998: whole numbers below 2³², seeded by one. */
function mersenneTwister(seed: number): () => number {
  const [n, m] = [624, 397];
  const state = new Uint32Array(n);
  state[0] = seed;
  for (let i = 1; i < n; i++) {
    const before = state[i - 1]!;
    state[i] = Math.imul(1812433253, before ^ (before >>> 30)) + i;
  }
  let at = n;
  const twist = (): void => {
    for (let i = 0; i < n; i++) {
      const y = (state[i]! & 0x80000000) | (state[(i + 1) % n]! & 0x7fffffff);
      state[i] = state[(i + m) % n]! ^ (y >>> 1) ^ (y & 1 ? 0x9908b0df : 0);
    }
    at = 0;
  };
  return () => {
    if (at === n) twist();
    let y = state[at++]!;
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d2c5680;
    y ^= (y << 15) & 0xefc60000;
    return (y ^ (y >>> 18)) >>> 0;
  };
}
