import { between, listOf, normals, pick } from '../draw.ts';
import type { Family } from '../family.ts';

export const softmaxes: Family = {
  name: 'softmax',
  about: 'softmax, by its product with random cotangents',
  draw: (random) => ({
    function: 'softmax',
    parameters: {},
    at: normals(random, between(random, 2, 6), 2),
  }),
};

export const layers: Family = {
  name: 'layer',
  about: 'a dense layer of several outputs, by its product with random cotangents',
  draw: (random) => {
    const [n, m] = [between(random, 1, 4), between(random, 1, 4)];
    return {
      function: 'layer',
      parameters: {
        weights: listOf(m, () => normals(random, n)),
        biases: normals(random, m),
        activation: pick(random, ['tanh', 'relu', 'sigmoid', 'softplus'] as const),
      },
      at: normals(random, n),
    };
  },
};

export const classifiers: Family = {
  name: 'classifier',
  about: 'cross-entropy of logits up to 20 apart',
  draw: (random) => {
    const n = between(random, 2, 8);
    return {
      function: 'cross_entropy',
      parameters: { target: random.integer(n) },
      at: normals(random, n, pick(random, [1, 5])),
    };
  },
};
