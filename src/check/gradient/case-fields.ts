import type { GradientCase } from './gradient-case.ts';

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
export const refuseSlips = (where: string, given: object): void => refuse(where, given, true);

/** Throws a TypeError for every field that does not exist: all that a case file says is said to us. */
export const refuseUnknown = (where: string, given: object): void => refuse(where, given, false);

function refuse(where: string, given: object, slipsOnly: boolean): void {
  const known = Object.keys(FIELDS);
  // Inherited ones too: a case may be made from another. Methods of a class are not listed.
  for (const field in given) {
    if (known.includes(field)) continue;
    const near = known.find((k) => isSlipOf(field, k));
    if (slipsOnly && near === undefined) continue;
    const hint = near === undefined ? '' : `did you mean ${near}? `;
    throw new TypeError(`${where}: unknown field "${field}"; ${hint}there are ${known.join(', ')}`);
  }
}

/**
 * One letter or its case away: changed, missing, too much, or swapped with its neighbour. Not of f and
 * at, to which any short name is near: where they are missing, that is said.
 */
function isSlipOf(given: string, known: string): boolean {
  if (known.length < 3) return false;
  const [a, b] = [given.toLowerCase(), known.toLowerCase()];
  let start = 0;
  while (start < a.length && a[start] === b[start]) start++;
  const [restA, restB] = [a.slice(start), b.slice(start)];
  return (
    restA.slice(1) === restB.slice(1) ||
    restA.slice(1) === restB ||
    restA === restB.slice(1) ||
    (restA[0] === restB[1] && restA[1] === restB[0] && restA.slice(2) === restB.slice(2))
  );
}
