/** What a function gave back, copied; or one line that says what it is instead of numbers. */
export type Returned =
  | { readonly kind: 'numbers'; readonly values: Float64Array }
  | { readonly kind: 'wrong-type'; readonly got: string };

/** A copy of an array of numbers. */
export function arrayReturned(given: unknown): Returned {
  if (given instanceof Float64Array || given instanceof Float32Array) {
    return { kind: 'numbers', values: Float64Array.from(given) };
  }
  if (!isArrayLike(given)) return { kind: 'wrong-type', got: describe(given) };
  const values = new Float64Array(given.length);
  for (let i = 0; i < values.length; i++) {
    const v = given[i];
    if (typeof v !== 'number') {
      const what = isArrayLike(v) ? nested(given) : `an array whose entry ${i} is ${describe(v)}`;
      return { kind: 'wrong-type', got: what };
    }
    values[i] = v;
  }
  return { kind: 'numbers', values };
}

/** One number, NaN included. */
export const numberReturned = (given: unknown): Returned =>
  typeof given === 'number'
    ? { kind: 'numbers', values: Float64Array.of(given) }
    : { kind: 'wrong-type', got: describe(given) };

const isArrayLike = (given: unknown): given is ArrayLike<unknown> =>
  typeof given === 'object' &&
  given !== null &&
  'length' in given &&
  Number.isSafeInteger(given.length) &&
  Number(given.length) >= 0;

/** Names a value for an error message. */
function describe(given: unknown): string {
  if (given === undefined) return 'undefined: is a return missing?';
  if (given === null) return 'null';
  if (typeof given === 'number') return `a number, ${given}`;
  if (typeof given === 'string') return `a string, ${JSON.stringify(given.slice(0, 20))}`;
  if (typeof given !== 'object') return `a ${typeof given}`;
  if ('then' in given && typeof given.then === 'function') {
    return 'a Promise: the check calls it without waiting, so it must not be async';
  }
  if (isArrayLike(given)) return `an array of ${given.length}`;
  const keys = Object.keys(given);
  return keys.length > 0
    ? `an object with ${keys.slice(0, 4).join(', ')}${keys.length > 4 ? ' …' : ''}`
    : `an object, ${Object.prototype.toString.call(given).slice(8, -1)}`;
}

function nested(rows: ArrayLike<unknown>): string {
  const lengths = Array.from(rows, (row) => (isArrayLike(row) ? row.length : 1));
  const same = lengths.every((n) => n === lengths[0]);
  return same
    ? `an array of ${rows.length} arrays of ${lengths[0]}: flatten it`
    : `arrays of ${lengths.slice(0, 6).join(', ')}: flatten them into one`;
}
