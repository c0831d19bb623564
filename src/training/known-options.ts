/**
 * Throws for an option that does not exist: a misspelt one must not vanish, as the course's
 * `log_epochps` did; and for options that are no object. `where` names what was called.
 */
export function assertKnown(where: string, given: object, known: readonly string[]): void {
  const options: unknown = given; // from JavaScript, it may be anything
  if (typeof options !== 'object' || options === null || Array.isArray(options)) {
    const got = Array.isArray(options) ? 'an array' : String(options);
    throw new TypeError(`${where}: got ${got}, expected { ${known.join(', ')} }`);
  }
  for (const name of Object.keys(options)) {
    if (known.includes(name)) continue;
    throw new TypeError(`${where}: unknown option "${name}"; there are ${known.join(', ')}`);
  }
}
