import { activations } from './activations.ts';
import { ENTRY_KEYS, entryOf, lineOf } from './entry.ts';
import { families, rightProblem, shares } from './families.ts';
import { functions } from './functions.ts';
import { hardProblems } from './hard.ts';
import type { Problem } from './problem.ts';

/** Of the file's form and of its cases: whatever changes either changes this. */
const VERSION = 1;

/** The seed of the committed set. */
export const SEED = 0;
/** Right cases of each family in it; of networks fewer, whose truth takes seconds. */
const COMMITTED = 32;
const NETWORKS = 8;

/** The right cases of the committed set, then the hard ones. */
export function committedProblems(): Problem[] {
  const right = families
    .filter(({ uncommitted }) => !uncommitted)
    .flatMap((family) =>
      Array.from({ length: COMMITTED }, (_, i) => rightProblem(family, i, SEED)).filter(
        (p, k) => p.function !== 'network' || k < NETWORKS,
      ),
    );
  return [...right, ...hardProblems];
}

/** At least `count` right cases, in the families' shares, then the hard ones. */
export function* generatedProblems(count: number, seed: number): Generator<Problem> {
  for (const { family, cases } of shares(count)) {
    for (let i = 0; i < cases; i++) yield rightProblem(family, i, seed);
  }
  yield* hardProblems;
}

/** The file in pieces, as they are computed: one case a line. */
export function* fileOf(
  problems: Iterable<Problem>,
  seed: number,
  withTruth: boolean,
): Generator<string> {
  const about = {
    name: 'backproof: gradients to check a gradient checker with',
    version: VERSION,
    seed,
    keys: ENTRY_KEYS,
    activations: Object.fromEntries(
      Object.entries(activations).map(([name, { formula }]) => [name, formula]),
    ),
    functions: Object.fromEntries(
      Object.entries(functions).map(([name, { formula, parameters, vector }]) => [
        name,
        { formula, parameters, vector },
      ]),
    ),
    families: Object.fromEntries(families.map(({ name, about }) => [name, about])),
  };
  // The header's closing brace makes room for the cases.
  yield `${JSON.stringify(about, null, 2).slice(0, -2)},\n  "cases": [`;
  let separator = '\n';
  for (const problem of problems) {
    yield `${separator}    ${lineOf(entryOf(problem, withTruth))}`;
    separator = ',\n';
  }
  yield '\n  ]\n}\n';
}
