import type { Dtype } from './dtype.ts';

/** The distance from |x| to the next larger number of its precision: one unit in the last place. */
export function ulp(x: number, dtype: Dtype = 'float64'): number {
  if (!Number.isFinite(x)) return Number.NaN;
  const next = fromOrder(order(Math.abs(x), dtype) + 1n, dtype);
  return next - Math.abs(dtype === 'float32' ? Math.fround(x) : x);
}

/**
 * How many steps from one representable number to the next lie between a and b: 0 where they are
 * equal (−0 and 0 are), 1 for neighbours; NaN where either is NaN. Rounds both to `dtype` first.
 * Counts above 2⁵³ are rounded.
 */
export function ulpDistance(a: number, b: number, dtype: Dtype = 'float64'): number {
  if (Number.isNaN(a) || Number.isNaN(b)) return Number.NaN;
  const steps = order(a, dtype) - order(b, dtype);
  return Number(steps < 0n ? -steps : steps);
}

const view = new DataView(new ArrayBuffer(8));

/** An integer that grows by one from each representable number to the next; 0 at both zeros. */
function order(x: number, dtype: Dtype): bigint {
  // A float's bits without the sign, read as an integer, already count the numbers from 0 up.
  const magnitude = Math.abs(x);
  if (dtype === 'float64') view.setFloat64(0, magnitude);
  else view.setFloat32(0, magnitude);
  const count = dtype === 'float64' ? view.getBigUint64(0) : BigInt(view.getUint32(0));
  return x < 0 ? -count : count;
}

function fromOrder(count: bigint, dtype: Dtype): number {
  if (dtype === 'float64') {
    view.setBigUint64(0, count);
    return view.getFloat64(0);
  }
  view.setUint32(0, Number(count));
  return view.getFloat32(0);
}
