import { type Dtype, UNIT_ROUNDOFF } from '../../numeric/dtype.ts';

/** Roundings of f that a step of this test moves it by: no value of full precision stays put. */
const MOVED = 384;
/** Steps tried on each side. */
const TRIED = 2;

/**
 * Do f's values come in steps far coarser than their precision? Near x, where its derivative moves it
 * by hundreds of roundings, it then stays exactly the same.
 */
export function isQuantised(
  f: (t: number) => number,
  at: number,
  {
    value,
    derivative,
    scale,
    dtype,
  }: { value: number; derivative: number; scale: number; dtype: Dtype },
): boolean {
  const u = UNIT_ROUNDOFF[dtype];
  if (derivative === 0 || !Number.isFinite(derivative)) return false;
  // Nor must the rounding of the probes themselves matter.
  const step = MOVED * u * Math.max(Math.abs(value / derivative), scale);
  // On both sides: a corner may be flat on one of them.
  return [1, -1].every((side) => {
    const probes = Array.from({ length: TRIED }, (_, k) => f(at + side * (k + 1) * step));
    return probes.includes(value);
  });
}
