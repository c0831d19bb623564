import { between, drawRidge, drawUnits, listOf, logUniform, pick, short } from '../draw.ts';
import type { Family } from '../family.ts';

export const poles: Family = {
  name: 'poles',
  about: '1/x, log x and sqrt x at 1e-4 to 10, near their pole and without a stated domain',
  draw: (random) => {
    const own = listOf(between(random, 1, 5), () =>
      pick(random, ['reciprocal', 'log', 'sqrt'] as const),
    );
    return {
      function: 'ridge',
      parameters: drawUnits(random, own, () => 1),
      at: own.map(() => logUniform(random, -4, 1)),
    };
  },
};

export const domain: Family = {
  name: 'domain',
  about: 'log x and sqrt x at 1e-4 to 10; f throws below its stated bound, 0',
  draw: (random) => {
    const own = listOf(between(random, 2, 5), () => pick(random, ['log', 'sqrt'] as const));
    return {
      function: 'ridge',
      parameters: drawUnits(random, own, () => 1),
      at: own.map(() => logUniform(random, -4, 1)),
      lower: own.map(() => 0),
    };
  },
};

export const edge: Family = {
  name: 'edge',
  about: 'smooth units on [0, 1], most entries on the edge itself; f throws outside',
  draw: (random) => {
    const n = between(random, 2, 5);
    return {
      function: 'ridge',
      parameters: drawRidge(random, n),
      at: listOf(n, () => pick(random, [0, 1, short(random.uniform())])),
      lower: listOf(n, () => 0),
      upper: listOf(n, () => 1),
    };
  },
};
