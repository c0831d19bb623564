import { random } from '../../../src/numeric/random.ts';
import type { CaseSpec } from './case-spec.ts';
import { alongEntry, slopesOf } from './differences.ts';
import { piecesOf } from './pieces.ts';

/** Digits that a derivative is told to. */
export const TRUE_DIGITS = 40;

/** ∂⟨ȳ, f⟩/∂x by its digits. */
export interface Truth {
  /** An entry a derivative, from below and from above: they differ at a kink along that entry. */
  readonly left: readonly string[];
  readonly right: readonly string[];
  /** Where f has a corner in several entries: the gradients that it has around x. */
  readonly pieces: readonly (readonly string[])[] | null;
}

/** By differences in many digits. Throws a RangeError where they have no limit. */
export function truthOf(spec: CaseSpec, cotangent: readonly number[]): Truth {
  const { at } = spec;
  // 0 is of the size of its neighbours.
  const size = Math.max(...at.map(Math.abs)) || 1;
  const scales = at.map((v) => Math.abs(v) || size);
  const slopes = slopesOf(spec, cotangent, TRUE_DIGITS);
  const entries = at.map((_, i) => slopes(alongEntry(i, scales)));
  // A corner that no entry alone shows does show along a random ray.
  const source = random(0);
  const ray = slopes(scales.map((s) => s * source.normal()));
  const corner = at.length > 1 && ray.left !== ray.right;
  return {
    left: entries.map(({ left }) => left.toSignificantDigits(TRUE_DIGITS).toString()),
    right: entries.map(({ right }) => right.toSignificantDigits(TRUE_DIGITS).toString()),
    pieces: corner ? piecesOf(spec, cotangent, scales) : null,
  };
}
