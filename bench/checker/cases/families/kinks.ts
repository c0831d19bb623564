import type { ActivationName } from '../activations.ts';
import { between, listOf, logUniform, normal, normals, pick } from '../draw.ts';
import type { Family } from '../family.ts';
import { drawRidge, separable, sumOf } from '../ridges.ts';

const KINKED = ['relu', 'abs', 'leaky_relu'] as const satisfies readonly ActivationName[];

export const kinked: Family = {
  name: 'kinked',
  about: 'ReLU, |t| and leaky ReLU units beside tanh, kinks somewhere near',
  draw: (random) => {
    const n = between(random, 1, 8);
    const parameters = drawRidge(random, n, { activations: [...KINKED, 'tanh'] });
    return { function: 'ridge', parameters, at: normals(random, n) };
  },
};

export const nearKink: Family = {
  name: 'near-kink',
  about: '|x - 1| + x^2 at 1e-14 to 1e-2 beside the kink',
  draw: (random) => {
    const n = between(random, 1, 3);
    const distance = logUniform(random, -14, -2);
    const kinks = separable(Array<ActivationName>(n).fill('abs'), { bias: () => -1 });
    const bowl = separable(Array<ActivationName>(n).fill('square'));
    return {
      function: 'ridge',
      parameters: sumOf(kinks, bowl),
      at: listOf(n, () => 1 + distance * pick(random, [-1, 1])),
    };
  },
};

export const tiedUnits: Family = {
  name: 'tied-units',
  about: 'some entries exactly at the kink of a unit of their own; the gradient takes one branch',
  draw: (random) => {
    const n = between(random, 2, 5);
    const own = listOf(n, () => pick(random, [...KINKED, null]));
    return {
      function: 'ridge',
      parameters: sumOf(drawRidge(random, n), separable(own, { amplitude: () => normal(random) })),
      at: own.map((name) => (name ? 0 : normal(random))),
    };
  },
};

export const tiedMixes: Family = {
  name: 'tied-mixes',
  about: '2 to 4 ReLUs of the same 3 to 5 entries, all exactly at their kink, and a sine',
  draw: (random) => {
    const n = between(random, 3, 5);
    const units = between(random, 2, Math.min(4, n));
    const mixes = drawRidge(random, n, {
      activations: ['relu'],
      units,
      weight: () => normal(random),
      bias: () => 0,
    });
    const sines = separable(Array<ActivationName>(n).fill('sin'));
    return { function: 'ridge', parameters: sumOf(mixes, sines), at: listOf(n, () => 0) };
  },
};

export const tiedMaximum: Family = {
  name: 'tied-maximum',
  about: 'the largest of several entries, two of them exactly as large, on a bowl',
  draw: (random) => {
    const n = between(random, 2, 5);
    const at = normals(random, n);
    const largest = Math.max(...at);
    at[(at.indexOf(largest) + between(random, 1, n - 1)) % n] = largest;
    return { function: 'maximum', parameters: { curvature: 0.125 }, at };
  },
};

export const cancelledKinks: Family = {
  name: 'cancelled-kinks',
  about: 'softplus and |t| |t| at 0, smooth functions written with kinks that cancel',
  draw: (random) => {
    const n = between(random, 1, 4);
    const written = listOf(n, () => pick(random, ['softplus', 'square_by_abs'] as const));
    const smooth = separable(written, { amplitude: () => normal(random) });
    return {
      function: 'ridge',
      parameters: sumOf(drawRidge(random, n), smooth),
      at: listOf(n, () => pick(random, [0, normal(random)])),
    };
  },
};

export const nearTip: Family = {
  name: 'near-tip',
  about: 'the length of x at 1e-12 to 0.1 from 0, where it has the tip of a cone',
  draw: (random) => {
    const n = between(random, 2, 4);
    const distance = logUniform(random, -12, -1);
    return { function: 'norm', parameters: {}, at: normals(random, n, distance) };
  },
};
