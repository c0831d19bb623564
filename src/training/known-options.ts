/**
 * Throws for an option that does not exist: a misspelt one must not vanish, as the course's
 * `log_epochps` did. `where` names what was called.
 */
export function assertKnown(where: string, given: object, known: readonly string[]): void {
  for (const name of Object.keys(given)) {
    if (known.includes(name)) continue;
    throw new TypeError(`${where}: unknown option "${name}"; there are ${known.join(', ')}`);
  }
}
