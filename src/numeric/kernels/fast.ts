import { exp, expm1 } from '../exp.ts';
import { log1pUnit } from '../log1p.ts';
import * as activations from './activations.ts';
import * as elementwise from './elementwise.ts';
import type { Kernels } from './kernels.ts';
import * as losses from './losses.ts';
import { productKernels, tiledProduct } from './products.ts';
import * as reductions from './reductions.ts';

const { exponentials, ...pullbacks } = activations;
const { exponentialLosses, ...plainLosses } = losses;
const { assertClasses: _, ...sums } = reductions;

/** Tiled products and the table exponential; products have the bits of `reference`. */
export const fast: Kernels = {
  ...elementwise,
  ...sums,
  ...pullbacks,
  ...plainLosses,
  ...productKernels(tiledProduct),
  ...exponentials(exp, expm1),
  ...exponentialLosses(exp, log1pUnit),
};
