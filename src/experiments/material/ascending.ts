/** Whether each is above the one before it; NaN is above nothing. */
export const isAscending = (values: readonly number[]): boolean =>
  values.every((value, i) => i === 0 || value > values[i - 1]!);
