import { type Dtype, type FloatArray, floatArray } from './dtype.ts';

/** Values of any number of dimensions, row-major. */
export interface Tensor {
  readonly shape: readonly number[];
  readonly values: FloatArray;
}

export type Nested = number | readonly Nested[];

/**
 * A new tensor from nested arrays, all of one length at each depth; says where one is not. Throws for
 * what is no number at the bottom, and for another dtype.
 */
export function tensorOf(nested: Nested, dtype: Dtype = 'float64'): Tensor {
  assertDtype(dtype);
  const shape = shapeOf(nested);
  const values = floatArray(
    dtype,
    shape.reduce((a, b) => a * b, 1),
  );
  let next = 0;
  const fill = (level: Nested, depth: number, where: string): void => {
    const got = kindOf(level);
    const expected = depth === shape.length ? 'a number' : `${shape[depth]} values`;
    if (got !== expected) throw new RangeError(`tensor${where}: got ${got}, expected ${expected}`);
    if (typeof level === 'number') values[next++] = level;
    else level.forEach((inner, i) => void fill(inner, depth + 1, `${where}[${i}]`));
  };
  fill(nested, 0, '');
  return { shape, values };
}

/** By the first of each level, down to what is no list: `fill` looks at the rest. */
function shapeOf(nested: Nested): number[] {
  const shape: number[] = [];
  for (let level = nested; isList(level); level = level[0]!) {
    shape.push(level.length);
    if (level.length === 0) break;
  }
  return shape;
}

/** From JavaScript, the two arguments come swapped, or a shape as the second. */
function assertDtype(dtype: unknown): void {
  if (dtype === 'float64' || dtype === 'float32') return;
  const got = typeof dtype === 'string' ? JSON.stringify(dtype.slice(0, 40)) : kindOf(dtype);
  throw new TypeError(`tensor dtype: got ${got}, expected "float64" or "float32" after the values`);
}

const isList = (value: unknown): value is readonly Nested[] =>
  Array.isArray(value) || ArrayBuffer.isView(value);

function kindOf(value: unknown): string {
  if (isList(value)) return `${value.length} values`;
  return value === null || value === undefined ? String(value) : `a ${typeof value}`;
}
