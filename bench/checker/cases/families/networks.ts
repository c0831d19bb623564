import type { Random } from '../../../../src/numeric/random.ts';
import type { ActivationName } from '../activations.ts';
import { between, listOf, logUniform, normal, normals, pick } from '../draw.ts';
import type { Drawn, Family } from '../family.ts';
import { networkSlots } from '../functions/network.ts';

export const networks: Family = {
  name: 'network',
  about: 'losses of small networks in their weights, tanh, ReLU, sigmoid and softplus',
  draw: (random) => drawNetwork(random, smallSizes(random)),
};

export const float32Networks: Family = {
  name: 'float32-network',
  about: 'the same in float32; 1 % must be seen',
  draw: (random) => ({
    ...drawNetwork(random, smallSizes(random)),
    dtype: 'float32',
    rtol: 1e-2,
  }),
};

/** Each takes as long as fifty others. */
const LARGE_WEIGHT = 1 / 3;

/** More than `FULL_ENTRIES`, so that random directions are checked. */
export const large: Family = {
  name: 'large',
  weight: LARGE_WEIGHT,
  uncommitted: true,
  about: 'losses of networks of 400 to 4,000 weights, tanh, ReLU, sigmoid and softplus',
  draw: (random) => {
    const width = Math.round(logUniform(random, 1.25, 1.72));
    const n = between(random, 5, 20);
    return drawNetwork(random, [n, width, width, between(random, 1, 3)], 1);
  },
};

export const largeFloat32: Family = {
  name: 'large-float32',
  weight: LARGE_WEIGHT,
  uncommitted: true,
  about: 'the same in float32; 1 % must be seen',
  draw: (random) => ({ ...large.draw(random), dtype: 'float32', rtol: 1e-2 }),
};

export const tiedNetworks: Family = {
  name: 'tied-network',
  about:
    'losses of small ReLU networks without biases yet, one of whose inputs is all 0: every unit of it is exactly at its kink',
  uncommitted: true,
  draw: (random) => {
    const drawn = drawNetwork(random, smallSizes(random));
    const { sizes, inputs } = drawn.parameters;
    const [first, ...others] = inputs;
    return {
      ...drawn,
      parameters: {
        ...drawn.parameters,
        activation: 'relu',
        inputs: [first!.map(() => 0), ...others],
      },
      at: withoutBiases(drawn.at, sizes),
    };
  },
};

/** As networks begin. */
function withoutBiases(x: readonly number[], sizes: readonly number[]): number[] {
  const at = [...x];
  let end = 0;
  sizes.slice(1).forEach((m, l) => {
    end += m * sizes[l]! + m;
    at.fill(0, end - m, end);
  });
  return at;
}

const smallSizes = (random: Random): number[] => [
  between(random, 1, 3),
  ...listOf(between(random, 1, 2), () => between(random, 2, 4)),
  between(random, 1, 2),
];

const ACTIVATIONS = ['tanh', 'relu', 'sigmoid', 'softplus'] as const satisfies ActivationName[];

/** Inputs and targets are normal; weights have the size that keeps the signal's. */
function drawNetwork(
  random: Random,
  sizes: readonly number[],
  rows: number = between(random, 2, 3),
): Drawn & { readonly function: 'network' } {
  const slots = networkSlots(sizes);
  return {
    function: 'network',
    parameters: {
      sizes,
      activation: pick(random, ACTIVATIONS),
      inputs: listOf(rows, () => normals(random, sizes[0]!)),
      targets: listOf(rows, () => normals(random, sizes.at(-1)!)),
    },
    at: slots.flatMap(({ shape }) => {
      const [m, n] = shape;
      return n === undefined
        ? normals(random, m!, 0.1)
        : listOf(m! * n, () => normal(random, 1 / Math.sqrt(n)));
    }),
    slots,
  };
}
