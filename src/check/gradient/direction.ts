import type { Random } from '../../numeric/random.ts';

/**
 * A random unit direction on these entries of `size`, Gaussian: entries of ±1 cancel one another, and
 * two equal errors would hide half of the time.
 */
export function gaussianDirection(
  size: number,
  members: ArrayLike<number>,
  random: Random,
): Float64Array {
  const direction = new Float64Array(size);
  let squares = 0;
  while (squares === 0 && members.length > 0) {
    for (let k = 0; k < members.length; k++) {
      const d = random.normal();
      direction[members[k]!] = d;
      squares += d * d;
    }
  }
  const norm = Math.sqrt(squares);
  for (let k = 0; k < members.length; k++) direction[members[k]!]! /= norm;
  return direction;
}

/** What a gradient says of the derivative along d, and the rounding that says it with. */
export function along(
  direction: Float64Array,
  { gradient, tolerance }: { readonly gradient: Float64Array; readonly tolerance: Float64Array },
): { readonly claimed: number; readonly tolerance: number } {
  let [claimed, squares] = [0, 0];
  for (let i = 0; i < direction.length; i++) {
    const d = direction[i]!;
    // Entries that take no part may be anything, NaN included.
    if (d === 0) continue;
    claimed += d * gradient[i]!;
    squares += (d * tolerance[i]!) ** 2;
  }
  return { claimed, tolerance: Math.sqrt(squares) };
}
