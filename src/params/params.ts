import { type Dtype, dtypeOf, type FloatArray, floatArray } from '../numeric/dtype.ts';
import { type Matrix, matrixView } from '../numeric/matrix.ts';
import { type Layout, type Slot, sameLayout, slotOf } from './layout.ts';

/**
 * Parameters, gradients, optimiser state and directions alike: a layout and ONE flat array.
 * An SGD step, a finite difference, a dot product and a save are each one loop over `values`.
 */
export interface Params {
  readonly layout: Layout;
  readonly values: FloatArray;
}

export const zeroParams = (layout: Layout, dtype: Dtype = 'float64'): Params => ({
  layout,
  values: floatArray(dtype, layout.size),
});

export function copyParams(params: Params, dtype: Dtype = dtypeOf(params.values)): Params {
  const copy = zeroParams(params.layout, dtype);
  copy.values.set(params.values);
  return copy;
}

/** The values of one slot: a view, writing to it writes to the params. */
export function slotValues(params: Params, name: string): FloatArray {
  const slot = slotOf(params.layout, name);
  return params.values.subarray(slot.offset, slot.offset + slot.size);
}

/** A slot as a matrix view: [out, in] as it stands, [out] as one row. */
export function slotMatrix(params: Params, slot: Slot): Matrix {
  const cols = slot.shape.at(-1) ?? 1;
  const data = params.values.subarray(slot.offset, slot.offset + slot.size);
  return matrixView(slot.size / cols, cols, data);
}

/** Throws unless `params` has this layout; says the first slot that differs. */
export function assertLayout(what: string, params: Params, expected: Layout): void {
  if (sameLayout(params.layout, expected) && params.values.length === expected.size) return;
  const describe = (slot: Slot | undefined): string =>
    slot ? `${slot.name} [${slot.shape}]` : 'nothing';
  const length = Math.max(params.layout.slots.length, expected.slots.length);
  for (let i = 0; i < length; i++) {
    const got = describe(params.layout.slots[i]);
    const want = describe(expected.slots[i]);
    if (got !== want) throw new RangeError(`${what}: slot ${i} is ${got}, expected ${want}`);
  }
  throw new RangeError(`${what}: got ${params.values.length} values, expected ${expected.size}`);
}
