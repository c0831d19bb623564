import type { Random } from '../../../../src/numeric/random.ts';
import type { ActivationName } from '../activations.ts';
import { between, listOf, logUniform, pick, short } from '../draw.ts';
import type { Drawn, Family } from '../family.ts';
import { drawRidge, separable } from '../ridges.ts';

export const poles: Family = {
  name: 'poles',
  about: '1/x, log x and sqrt x at 1e-4 to 10, near their pole and without a stated domain',
  draw: (random) => aboveZero(random, between(random, 1, 5), ['reciprocal', 'log', 'sqrt']),
};

export const domain: Family = {
  name: 'domain',
  about: 'log x and sqrt x at 1e-4 to 10; f throws below its stated bound, 0',
  draw: (random) => {
    const drawn = aboveZero(random, between(random, 2, 5), ['log', 'sqrt']);
    return { ...drawn, lower: drawn.at.map(() => 0) };
  },
};

/** Functions that end at 0, each of an entry of its own. */
function aboveZero(random: Random, n: number, among: readonly ActivationName[]): Drawn {
  const phis = listOf(n, () => pick(random, among));
  return {
    function: 'ridge',
    parameters: separable(phis),
    at: phis.map(() => logUniform(random, -4, 1)),
  };
}

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
