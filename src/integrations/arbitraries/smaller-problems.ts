import { random } from '../../numeric/random.ts';
import type { Constraints } from './constraints.ts';
import { type Draft, problemOf } from './draft.ts';
import { drawOfSizes, type Sizes, withNumbers } from './draw.ts';
import { simplerValues } from './simpler-values.ts';
import { simplerKinds, smallerSizes } from './smaller.ts';
import { isWellConditioned } from './well-conditioned.ts';

/** A problem on its way to the smallest. */
export interface Drawn {
  readonly draft: Draft;
  /** Its numbers have been made plainer, so the network is as small as it gets. */
  readonly plainer: boolean;
}

/**
 * A smaller network may need another activation, or other numbers, to show the same mistake: a missing
 * mask hides where every unit fires. So many are tried. What one in six shows is missed once in twenty.
 */
const OTHERS = 16;

/**
 * Smaller networks as they are left, then drawn anew in all that counts for less: sizes come first, then
 * kinds, and numbers last. Last of all the same network with plainer numbers.
 */
export function* smallerProblems(
  { draft, plainer }: Drawn,
  constraints: Constraints,
): Generator<Drawn> {
  const wellConditioned = function* (drafts: Iterable<Draft>, settled: boolean): Generator<Drawn> {
    for (const d of drafts)
      if (isWellConditioned(problemOf(d))) yield { draft: d, plainer: settled };
  };
  yield* wellConditioned(smallerSizes(draft), plainer);
  yield* wellConditioned(simplerKinds(draft, constraints), plainer);
  if (!plainer) {
    yield* wellConditioned(othersOfSizes(draft, constraints), false);
    yield* wellConditioned(othersOfKinds(draft, constraints), false);
  }
  yield* wellConditioned(simplerValues(draft), true);
}

function* othersOfSizes(draft: Draft, constraints: Constraints): Generator<Draft> {
  const tried = new Set<string>();
  for (const smaller of smallerSizes(draft)) {
    const sizes = sizesOf(smaller);
    const fewerRows = sizes.rows < draft.rows.length;
    const key = JSON.stringify(sizes);
    if (tried.has(key)) continue;
    tried.add(key);
    for (let seed = 0; seed < OTHERS; seed++) {
      const r = random(seed);
      // Widths count for more than samples.
      const rows = fewerRows ? sizes.rows : 1 + r.integer(constraints.maxRows);
      yield drawOfSizes({ ...sizes, rows }, r, constraints);
    }
  }
}

function* othersOfKinds(draft: Draft, constraints: Constraints): Generator<Draft> {
  for (const simpler of simplerKinds(draft, constraints)) {
    for (let seed = 0; seed < OTHERS; seed++) yield withNumbers(simpler, random(seed));
  }
}

const sizesOf = ({ linears, rows }: Draft): Sizes => ({
  widths: [linears[0]!.units[0]!.weights.length, ...linears.map(({ units }) => units.length)],
  rows: rows.length,
});
