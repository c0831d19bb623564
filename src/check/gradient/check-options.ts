import { refuseNames } from './unknown-names.ts';

export interface CheckOptions {
  /** Seeds cotangents, directions and nearby points; 0 unless said. */
  readonly seed?: number;
  /**
   * `full` differences every entry, `fast` random directions in each slot; `auto`, unless said, is full
   * up to `FULL_ENTRIES` entries.
   */
  readonly mode?: 'auto' | 'full' | 'fast';
  /** Random directions in each slot, in fast mode; 3 unless said. */
  readonly directions?: number;
  /** Of the bound that fast mode states; 0.99 unless said. */
  readonly confidence?: number;
  /** The most wrong entries to name; 20 unless said. */
  readonly maxWrong?: number;
}

export type Settings = Required<CheckOptions>;

/** Every option there is: the compiler asks for a new one. */
const OPTIONS: { readonly [O in keyof Settings]: true } = {
  seed: true,
  mode: true,
  directions: true,
  confidence: true,
  maxWrong: true,
};

/**
 * Up to here `auto` differences every entry. One takes about 25 calls of f, so this is 10,000 calls:
 * ten seconds for an f of a millisecond.
 */
export const FULL_ENTRIES = 400;

/**
 * The options with what is not said filled in. Throws a TypeError for a name that is none, of an object
 * that holds a case as well, as a matcher's does, for a slip; a RangeError for a value out of range.
 */
export function settingsOf(options: CheckOptions = {}): Settings {
  refuseNames('options', 'option', options, Object.keys(OPTIONS), 'at' in options);
  const { seed = 0, mode = 'auto', directions = 3, confidence = 0.99, maxWrong = 20 } = options;
  const wrong = (name: string, got: unknown, expected: string): RangeError =>
    new RangeError(`options.${name}: got ${got}, expected ${expected}`);
  if (!Number.isInteger(seed)) throw wrong('seed', seed, 'an integer');
  if (!['auto', 'full', 'fast'].includes(mode)) throw wrong('mode', mode, 'auto, full or fast');
  if (!Number.isInteger(directions) || directions < 1) {
    throw wrong('directions', directions, 'a positive integer');
  }
  if (!(confidence > 0 && confidence < 1)) throw wrong('confidence', confidence, 'between 0 and 1');
  if (!Number.isInteger(maxWrong) || maxWrong < 1) {
    throw wrong('maxWrong', maxWrong, 'a positive integer');
  }
  return { seed, mode, directions, confidence, maxWrong };
}
