import * as activations from './activations.ts';
import * as elementwise from './elementwise.ts';
import type { Kernels } from './kernels.ts';
import * as losses from './losses.ts';
import { naiveProduct, productKernels } from './products.ts';
import * as reductions from './reductions.ts';

const { exponentials, ...pullbacks } = activations;
const { exponentialLosses, ...plainLosses } = losses;
const { assertClasses: _, ...sums } = reductions;

/** Plain loops and the engine's own exponential: what `fast` is held against. */
export const reference: Kernels = {
  ...elementwise,
  ...sums,
  ...pullbacks,
  ...plainLosses,
  ...productKernels(naiveProduct),
  ...exponentials(Math.exp, Math.expm1),
  ...exponentialLosses(Math.exp, Math.log1p),
};
