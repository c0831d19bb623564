import { activations } from './activations.ts';
import type { CaseSpec } from './case-spec.ts';
import { ENTRY_KEYS, entryOf, lineOf } from './entry.ts';
import { families, rightCase, shares } from './families.ts';
import { functions } from './functions.ts';
import { hardCases } from './hard.ts';

/** Of the file's form and of its cases: whatever changes either changes this. */
const VERSION = 1;

/** The seed of the committed set. */
export const SEED = 0;
/** Right cases of each family in it; of networks fewer, whose truth takes seconds. */
const COMMITTED = 32;
const NETWORKS = 8;

/** The right cases of the committed set, then the hard ones. */
export function committedCases(): CaseSpec[] {
  const right = families
    .filter(({ uncommitted }) => !uncommitted)
    .flatMap((family) =>
      Array.from({ length: COMMITTED }, (_, i) => rightCase(family, i, SEED)).filter(
        (p, k) => p.function !== 'network' || k < NETWORKS,
      ),
    );
  return [...right, ...hardCases];
}

/** At least `count` right cases, in the families' shares, then the hard ones. */
export function* generatedCases(count: number, seed: number): Generator<CaseSpec> {
  for (const { family, cases } of shares(count)) {
    for (let i = 0; i < cases; i++) yield rightCase(family, i, seed);
  }
  yield* hardCases;
}

/** The file in pieces, as they are computed: one case a line. */
export function* fileOf(
  specs: Iterable<CaseSpec>,
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
  for (const spec of specs) {
    yield `${separator}    ${lineOf(entryOf(spec, withTruth))}`;
    separator = ',\n';
  }
  yield '\n  ]\n}\n';
}
