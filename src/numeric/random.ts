/**
 * The project's one source of randomness: xoshiro128** seeded through SplitMix32
 * (Blackman & Vigna 2018, https://prng.di.unimi.it). Same seed, same integers and uniform numbers on
 * every engine; the same normal ones where `Math.log` agrees to the last bit, as in Node and Chrome.
 */
export interface Random {
  /** Uniform on [0, 1), 53 bits. */
  uniform(): number;
  /** Standard normal, by the polar method: of the functions that engines may round apart, only log. */
  normal(): number;
  /** Uniform integer in 0 … n − 1. */
  integer(n: number): number;
  /** A new generator whose numbers are independent of this one's; this one is not advanced. */
  fork(label: number): Random;
  /** Fisher–Yates, in place. */
  shuffleInPlace<T>(items: T[]): T[];
}

export function random(seed: number): Random {
  if (!Number.isInteger(seed)) throw new RangeError(`seed: got ${seed}, expected an integer`);
  const next32 = splitMix32(seed);
  let a = next32();
  let b = next32();
  let c = next32();
  let d = next32();
  let spare = Number.NaN;

  function bits(): number {
    const result = Math.imul(rotl(Math.imul(b, 5), 7), 9) >>> 0;
    const t = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= t;
    d = rotl(d, 11);
    return result;
  }

  const uniform = (): number => ((bits() >>> 5) * 2 ** 26 + (bits() >>> 6)) / 2 ** 53;

  const integer = (n: number): number => Math.floor(uniform() * n);

  function normal(): number {
    if (!Number.isNaN(spare)) {
      const value = spare;
      spare = Number.NaN;
      return value;
    }
    for (;;) {
      const u = 2 * uniform() - 1;
      const v = 2 * uniform() - 1;
      const s = u * u + v * v;
      if (s > 0 && s < 1) {
        const scale = Math.sqrt((-2 * Math.log(s)) / s);
        spare = v * scale;
        return u * scale;
      }
    }
  }

  return {
    uniform,
    normal,
    integer,
    fork: (label) =>
      random((Math.imul(seed | 0, 0x9e3779b1) ^ Math.imul(label + 1, 0x85ebca6b)) | 0),
    shuffleInPlace: (items) => {
      for (let i = items.length - 1; i > 0; i--) {
        const j = integer(i + 1);
        const swap = items[i]!;
        items[i] = items[j]!;
        items[j] = swap;
      }
      return items;
    },
  };
}

const rotl = (x: number, k: number): number => (x << k) | (x >>> (32 - k));

function splitMix32(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let z = state ^ (state >>> 16);
    z = Math.imul(z, 0x21f0aaad);
    z ^= z >>> 15;
    z = Math.imul(z, 0x735a2d97);
    return z ^ (z >>> 15);
  };
}
