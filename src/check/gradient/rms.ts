/** Root mean square of the finite entries; 0 of none. */
export function rms(values: Float64Array): number {
  let scale = 0;
  for (const v of values) if (Number.isFinite(v)) scale = Math.max(scale, Math.abs(v));
  if (scale === 0) return 0;
  let squares = 0;
  for (const v of values) if (Number.isFinite(v)) squares += (v / scale) ** 2;
  return scale * Math.sqrt(squares / values.length);
}

/** Euclidean norm, scaled likewise so that no square under- or overflows. */
export const norm = (values: Float64Array): number => rms(values) * Math.sqrt(values.length);

export const dot = (a: Float64Array, b: Float64Array): number =>
  a.reduce((sum, v, i) => sum + v * b[i]!, 0);
