import type { Random } from '../../../../src/numeric/random.ts';
import { computing } from '../arithmetic.ts';
import { between, listOf, normal, normals, pick } from '../draw.ts';
import type { Drawn, Family } from '../family.ts';
import { ridge } from '../functions/ridge.ts';
import { drawRidge } from '../ridges.ts';

export const quantised: Family = {
  name: 'quantised',
  about:
    'f rounded to multiples of 1e-8, 1e-6 or 1e-5, with a slope of at least 1,000 of them; 1 % must be seen',
  draw: (random) => drawRounded(random, between(random, 1, 4)),
};

export const quantisedAway: Family = {
  name: 'quantised-away',
  about: 'the same, whose rounding hides one entry altogether: f does not change with it',
  draw: (random) => drawRounded(random, between(random, 2, 4), 0),
};

/** A ridge rounded to multiples, which the entry `weak` moves by less than one of them. */
function drawRounded(random: Random, n: number, weak?: number): Drawn {
  const valueRoundedTo = pick(random, [1e-8, 1e-6, 1e-5]);
  const weight = (i: number): number =>
    normal(random, i === weak ? valueRoundedTo / 100 : 1 / Math.sqrt(n));
  for (;;) {
    const parameters = drawRidge(random, n, { weight });
    const at = normals(random, n);
    const slopes = ridge.vjp(computing.float64, parameters, at, [1]);
    // With smaller slopes f may not move at all, and who sees its values only finds 0 (README.md).
    if (Math.max(...slopes.map(Math.abs)) > 1000 * valueRoundedTo) {
      return { function: 'ridge', parameters, at, valueRoundedTo, rtol: 1e-2 };
    }
  }
}

export const storedAsFloat32: Family = {
  name: 'stored-as-float32',
  about: 'f computed in float64 and rounded to float32, unsaid; 0.1 % must be seen',
  draw: (random) => {
    const n = between(random, 1, 4);
    const activations = ['tanh', 'sigmoid', 'sin', 'square', 'softplus'] as const;
    return {
      function: 'ridge',
      parameters: drawRidge(random, n, { activations }),
      at: normals(random, n),
      valueRoundedTo: 'float32',
      rtol: 1e-3,
    };
  },
};

export const float32: Family = {
  name: 'float32',
  about: 'units computed in float32 throughout, ReLU among them; 0.1 % must be seen',
  draw: (random) => {
    const n = between(random, 1, 6);
    const activations = ['tanh', 'sigmoid', 'sin', 'square', 'relu', 'softplus'] as const;
    return {
      function: 'ridge',
      parameters: drawRidge(random, n, { activations }),
      at: normals(random, n),
      dtype: 'float32',
    };
  },
};

export const float32Offset: Family = {
  name: 'float32-offset',
  about: 'a square and a sine beside 10 to 1000, in float32; 1 % must be seen',
  draw: (random) => {
    const n = between(random, 1, 3);
    const units = drawRidge(random, n, {
      activations: ['square', 'sin'],
      weight: () => normal(random, 3),
    });
    return {
      function: 'ridge',
      parameters: { ...units, offset: pick(random, [10, 100, 1000]) },
      at: listOf(n, () => normal(random)),
      dtype: 'float32',
      rtol: 1e-2,
    };
  },
};
