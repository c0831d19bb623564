/** The precisions that values are stored in. */
export type Dtype = 'float64' | 'float32';

export type FloatArray = Float64Array | Float32Array;

/** Unit roundoff: half the distance from 1 to the next number. */
export const UNIT_ROUNDOFF: { readonly [D in Dtype]: number } = {
  float64: 2 ** -53,
  float32: 2 ** -24,
};

/** Zeros. Throws for another dtype or a length that is no whole number. */
export function floatArray(dtype: Dtype, length: number): FloatArray {
  if (!Number.isSafeInteger(length) || length < 0) {
    throw new RangeError(`array length: got ${length}, expected a whole number`);
  }
  switch (dtype) {
    case 'float64':
      return new Float64Array(length);
    case 'float32':
      return new Float32Array(length);
    default:
      dtype satisfies never;
      throw new RangeError(`dtype: unknown "${dtype}"; there are float64, float32`);
  }
}

export const dtypeOf = (values: FloatArray): Dtype =>
  values instanceof Float64Array ? 'float64' : 'float32';
