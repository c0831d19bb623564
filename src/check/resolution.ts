import type { Dtype } from '../numeric/dtype.ts';

/** The relative error that error bars must be able to show: what central differences resolve. */
export const RTOL: { readonly [D in Dtype]: number } = { float64: 1e-6, float32: 1e-3 };

/**
 * The relative error that rounding may hide. Of 3,000 random networks with weights of size 1/√in
 * none hides more; of as many half as large again, 12 in float64 do, whose bce saturates.
 */
export const HIDDEN: { readonly [D in Dtype]: number } = { float64: 1e-6, float32: 0.1 };
