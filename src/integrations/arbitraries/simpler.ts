/** Plain numbers, the plainest first; a weight of 1 is seen through, one of 0 hides what lies below. */
const PLAIN: readonly number[] = [1, 0.5, 2, -1, -0.5, -2];
/** Significant digits a number is rounded to where no plain one serves. */
const DIGITS: readonly number[] = [1, 2, 3];

/** Plainer numbers than this, the plainest first; `zero` where 0 is the plainest of all. */
export function* simplerNumbers(value: number, zero = false): Generator<number> {
  const plain = zero ? [0, ...PLAIN] : PLAIN;
  const rank = plain.indexOf(value);
  if (rank >= 0) {
    yield* plain.slice(0, rank);
    return;
  }
  yield* plain;
  for (const digits of DIGITS) {
    const rounded = Number(value.toPrecision(digits));
    if (rounded === value) return;
    if (!plain.includes(rounded)) yield rounded;
  }
}

/** One entry at a time, each made plainer by `simpler`. */
export function* simplerEntries<T>(
  entries: readonly T[],
  simpler: (entry: T, index: number) => Iterable<T>,
): Generator<readonly T[]> {
  for (const [i, entry] of entries.entries()) {
    for (const other of simpler(entry, i)) yield entries.with(i, other);
  }
}

/** One entry fewer, each in turn; never none. */
export function* fewerEntries<T>(entries: readonly T[]): Generator<readonly T[]> {
  if (entries.length > 1) for (const i of entries.keys()) yield entries.toSpliced(i, 1);
}
