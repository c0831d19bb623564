/** The precisions that values are stored in. */
export type Dtype = 'float64' | 'float32';

export type FloatArray = Float64Array | Float32Array;

/** Unit roundoff: half the distance from 1 to the next number. */
export const UNIT_ROUNDOFF: { readonly [D in Dtype]: number } = {
  float64: 2 ** -53,
  float32: 2 ** -24,
};

export const floatArray = (dtype: Dtype, length: number): FloatArray =>
  dtype === 'float64' ? new Float64Array(length) : new Float32Array(length);

export const dtypeOf = (values: FloatArray): Dtype =>
  values instanceof Float64Array ? 'float64' : 'float32';
