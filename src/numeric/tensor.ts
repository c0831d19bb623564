import { type Dtype, type FloatArray, floatArray } from './dtype.ts';

/** Values of any number of dimensions, row-major. */
export interface Tensor {
  readonly shape: readonly number[];
  readonly values: FloatArray;
}

export type Nested = number | readonly Nested[];

/** A new tensor from nested arrays, all of one length at each depth; says where one is not. */
export function tensorOf(nested: Nested, dtype: Dtype = 'float64'): Tensor {
  const shape: number[] = [];
  for (let level = nested; typeof level !== 'number'; level = level[0]!) {
    shape.push(level.length);
    if (level.length === 0) break;
  }
  const values = floatArray(
    dtype,
    shape.reduce((a, b) => a * b, 1),
  );
  let next = 0;
  const fill = (level: Nested, depth: number, where: string): void => {
    const got = typeof level === 'number' ? 'a number' : `${level.length} values`;
    const expected = depth === shape.length ? 'a number' : `${shape[depth]} values`;
    if (got !== expected) throw new RangeError(`tensor${where}: got ${got}, expected ${expected}`);
    if (typeof level === 'number') values[next++] = level;
    else level.forEach((inner, i) => void fill(inner, depth + 1, `${where}[${i}]`));
  };
  fill(nested, 0, '');
  return { shape, values };
}
