import { toJson } from '../report/json.ts';
import type { CheckedCase, CheckedFile, InputError } from './check-file.ts';

/** A run of `backproof check`. */
export interface Checked {
  readonly seed: number;
  /** In the order of the files, and within one in the order of its cases. */
  readonly cases: readonly CheckedCase[];
  /** What could not be checked; the cases above are without it. */
  readonly errors: readonly InputError[];
}

export const checkedOf = (seed: number, files: readonly CheckedFile[]): Checked => ({
  seed,
  cases: files.flatMap(({ cases }) => cases),
  errors: files.flatMap(({ errors }) => errors),
});

/** The run as the document of DESIGN §5, with `errors` beside `cases`. */
export function checkedJson({ seed, cases, errors }: Checked): string {
  // Left out by `checkGradient` where it does not apply; here every case has every key.
  return toJson({ seed, cases: cases.map((c) => ({ taylor: null, ...c })), errors });
}
