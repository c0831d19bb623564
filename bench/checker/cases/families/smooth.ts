import { between, listOf, logUniform, normal, normals, pick } from '../draw.ts';
import type { Family } from '../family.ts';
import { drawRidge, separable, sumOf } from '../ridges.ts';

export const smooth: Family = {
  name: 'smooth',
  about: 'sums of smooth units',
  draw: (random) => {
    const n = between(random, 1, 8);
    return { function: 'ridge', parameters: drawRidge(random, n), at: normals(random, n) };
  },
};

export const unused: Family = {
  name: 'unused',
  about: 'entries that f does not use, so that their derivative is 0',
  draw: (random) => {
    const n = between(random, 2, 5);
    const used = listOf(n, () => random.uniform() < 0.5);
    const weight = (i: number): number => (used[i] ? normal(random) : 0);
    return {
      function: 'ridge',
      parameters: drawRidge(random, n, { weight }),
      at: normals(random, n),
    };
  },
};

export const minimum: Family = {
  name: 'minimum',
  about: 'a bowl at its lowest point in some entries, and 1e-9 to 1 beside it in others',
  draw: (random) => {
    const n = between(random, 1, 4);
    const lowest = normals(random, n);
    return {
      function: 'ridge',
      parameters: separable(
        lowest.map(() => 'square'),
        { bias: (i) => -lowest[i]! },
      ),
      at: lowest.map((v) => (random.uniform() < 0.5 ? v : v + logUniform(random, -9, 0))),
    };
  },
};

export const stationary: Family = {
  name: 'stationary',
  about:
    'inflections, fourth powers and bumps at the point where their slope is 0, beside other units',
  draw: (random) => {
    const n = between(random, 2, 4);
    const flat = drawRidge(random, n, {
      activations: ['square', 'cube', 'quartic', 'bump', 'signed_square'],
      units: between(random, 1, 3),
      weight: (i) => (i === 0 ? normal(random) : 0),
      bias: () => 0,
    });
    const other = drawRidge(random, n, { weight: (i) => (i === 0 ? 0 : normal(random)) });
    return {
      function: 'ridge',
      parameters: sumOf(flat, other),
      at: listOf(n, (i) => (i === 0 ? 0 : normal(random))),
    };
  },
};

export const valley: Family = {
  name: 'valley',
  about: "Rosenbrock's valley, in and beside it",
  draw: (random) => {
    const n = between(random, 2, 8);
    const off = pick(random, [0, 1e-4, 1]);
    return {
      function: 'rosenbrock',
      parameters: {},
      at: listOf(n, () => 1 + normal(random, off)),
    };
  },
};
