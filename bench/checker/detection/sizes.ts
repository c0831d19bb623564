/** Errors of the wrong entry, absolute; 0: the gradient is right. */
export const SIZES: readonly number[] = [0, 1e-9, 1e-8, 1e-6, 1e-5, 1e-4, 1e-2, 1e-1, 1];

/** Of a shortened run. */
export const QUICK_SIZES: readonly number[] = [0, 1e-8, 1e-6, 1e-4, 1e-2, 1];

/** The size that the project promises to find and name. */
export const PROMISED_SIZE = 1e-6;

/** `1e-6`. */
export const sizeText = (size: number): string =>
  size === 0 ? '0 (right)' : size.toExponential().replace('e+0', '');

/** Each once, the smallest first. */
export const ascending = (sizes: readonly number[]): number[] =>
  [...new Set(sizes)].sort((a, b) => a - b);
