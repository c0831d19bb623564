import type { Random } from '../../../../src/numeric/random.ts';
import type { ActivationName } from '../activations.ts';
import { between, listOf, logUniform, normal, normals, short } from '../draw.ts';
import type { Drawn, Family } from '../family.ts';
import { drawRidge, separable } from '../ridges.ts';

export const scaled: Family = {
  name: 'scaled',
  about: 'entries of sizes from 1e-4 to 1e4 together',
  draw: (random) => {
    const n = between(random, 1, 6);
    const scales = listOf(n, () => logUniform(random, -4, 4));
    const weight = (i: number): number => normal(random, 1 / scales[i]! / Math.sqrt(n));
    return {
      function: 'ridge',
      parameters: drawRidge(random, n, { weight }),
      at: scales.map((s) => normal(random, s)),
    };
  },
};

export const offset: Family = {
  name: 'offset',
  about: 'a constant of 1 to 1e4 added, whose rounding hides digits of f',
  draw: (random) => {
    const n = between(random, 1, 4);
    const parameters = { ...drawRidge(random, n), offset: logUniform(random, 0, 4) };
    return { function: 'ridge', parameters, at: normals(random, n) };
  },
};

export const steep: Family = {
  name: 'steep',
  about:
    'units up to 1e4 times as steep as their point suggests, sin(1e4 x) and tanh(1e4 x) among them',
  draw: (random) => {
    const n = between(random, 1, 3);
    const k = logUniform(random, 0, 4);
    const parameters = drawRidge(random, n, {
      activations: ['tanh', 'sin', 'sigmoid', 'bump'],
      weight: () => normal(random, k),
      bias: () => 0,
    });
    return { function: 'ridge', parameters, at: normals(random, n, 1 / k) };
  },
};

export const saturated: Family = {
  name: 'saturated',
  about: 'a sum of tanh at points of size 8, where most are flat',
  draw: (random) => {
    const n = between(random, 1, 3);
    return {
      function: 'ridge',
      parameters: separable(Array<ActivationName>(n).fill('tanh')),
      at: normals(random, n, 8),
    };
  },
};

export const huge: Family = {
  name: 'huge',
  about: 'x and f of size 1e20 to 1e120',
  draw: (random) => waves(random, logUniform(random, 20, 120)),
};

export const tiny: Family = {
  name: 'tiny',
  about: 'x and f of size 1e-120 to 1e-20',
  draw: (random) => waves(random, logUniform(random, -120, -20)),
};

/** s Σ sin(xᵢ / s), xᵢ of size s. */
function waves(random: Random, s: number): Drawn {
  const n = between(random, 1, 3);
  return {
    function: 'ridge',
    parameters: separable(Array<ActivationName>(n).fill('sin'), {
      factor: short(1 / s),
      amplitude: () => s,
    }),
    at: normals(random, n, s),
  };
}
