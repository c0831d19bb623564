import type { GradientCase } from './gradient-case.ts';
import { refuseNames } from './unknown-names.ts';

/** Every field there is: the compiler asks for a new one. */
const FIELDS: { readonly [F in keyof Required<GradientCase>]: true } = {
  name: true,
  f: true,
  gradient: true,
  vjp: true,
  at: true,
  dtype: true,
  rtol: true,
  tolerance: true,
  lower: true,
  upper: true,
  slots: true,
  factors: true,
};

/**
 * Throws a TypeError for a field that is a slip of another: a misspelt domain must not vanish. What an
 * object of a program holds besides is its own affair.
 */
export const refuseSlips = (where: string, given: object): void =>
  refuseNames(where, 'field', given, Object.keys(FIELDS), true);

/** Throws a TypeError for every field that does not exist: all that a case file says is said to us. */
export const refuseUnknown = (where: string, given: object): void =>
  refuseNames(where, 'field', given, Object.keys(FIELDS), false);
