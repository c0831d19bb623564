/**
 * Throws a TypeError for the first name in `given` that is none of the `known`; with `slipsOnly`, for the
 * first that is a slip of one. `what` is what the names are of: field, option.
 */
export function refuseNames(
  where: string,
  what: string,
  given: object,
  known: readonly string[],
  slipsOnly: boolean,
): void {
  // Inherited ones too: a case may be made from another. Methods of a class are not listed.
  for (const name in given) {
    if (known.includes(name)) continue;
    const near = known.find((k) => isSlipOf(name, k));
    if (slipsOnly && near === undefined) continue;
    const hint = near === undefined ? '' : `did you mean ${near}? `;
    throw new TypeError(
      `${where}: unknown ${what} "${name}"; ${hint}there are ${known.join(', ')}`,
    );
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
