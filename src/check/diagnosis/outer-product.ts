import type { Slot } from '../../params/layout.ts';
import type { Diagnosis } from './diagnosis.ts';
import type { Observation } from './evidence.ts';
import type { Scope } from './scope.ts';
import {
  confidenceOf,
  isEnough,
  ROUNDING,
  type Support,
  supportOfHits,
  TELLING,
} from './support.ts';
import { restIsRight, subject } from './wording.ts';

/** A matrix with error bars; the bias of a layer is its last column, so that δ [x, 1]ᵀ is one product. */
interface Matrix {
  readonly rows: number;
  readonly columns: number;
  readonly values: Float64Array;
  readonly bars: Float64Array;
}

/**
 * The difference of each weight (its bias beside it) is a single outer product, while the truth is
 * a sum of several: one sample's share is left out, or there twice.
 */
export function outerProduct(scope: Scope): Diagnosis | null {
  const { slots, evidence, novelty } = scope;
  const weights = slots.filter(({ shape }) => shape.length === 2);
  const biases = slots.filter(({ shape }) => shape.length !== 2);
  const pairs = weights.map((weight) => ({
    weight,
    bias: biases.find((bias) => isBiasOf(bias, weight)) ?? null,
  }));
  if (weights.length === 0 || pairs.filter(({ bias }) => bias).length !== biases.length)
    return null;
  const hits: number[] = [];
  for (const { weight, bias } of pairs) {
    let seen = false;
    for (const [k, observation] of evidence.observations.entries()) {
      const truth = matrixOf(observation, weight, bias, 'expected');
      const difference = matrixOf(observation, weight, bias, 'difference');
      // Where not every entry was differenced, nothing can be said of the rank.
      if (truth === null || difference === null) continue;
      seen = true;
      if (rankOf(truth, 1).kind !== 'more') return null;
      const rank = rankOf(difference, novelty.entry[k]!);
      if (rank.kind !== 'one' || !rank.wide) return null;
      if (isOneNumber(matrixOf(observation, weight, null, 'difference')!)) return null;
      hits.push(...rank.hits);
    }
    if (!seen) return null;
  }
  const support: Support = supportOfHits(hits, 0);
  if (!isEnough(support)) return null;
  const { name, is } = subject(scope);
  return {
    kind: 'missing-term',
    message: `${name} ${is} off by a single outer product, as one sample's share of the sum is: a term of the sum is left out, or counted wrongly${restIsRight(scope)}`,
    confidence: confidenceOf(support),
  };
}

/** `fc1.bias` beside `fc1.weight`, one entry a row. */
const isBiasOf = (bias: Slot, weight: Slot): boolean =>
  bias.size === weight.shape[0] && layerOf(bias.name) === layerOf(weight.name);

const layerOf = (name: string): string => name.slice(0, Math.max(0, name.lastIndexOf('.')));

function matrixOf(
  { got, expected, uncertainty }: Observation,
  weight: Slot,
  bias: Slot | null,
  what: 'expected' | 'difference',
): Matrix | null {
  const [rows, width] = [weight.shape[0]!, weight.shape[1]!];
  const columns = width + (bias ? 1 : 0);
  const values = new Float64Array(rows * columns);
  const bars = new Float64Array(rows * columns);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      const at = j < width ? weight.offset + i * width + j : bias!.offset + i;
      const to = i * columns + j;
      values[to] = what === 'expected' ? expected[at]! : got[at]! - expected[at]!;
      bars[to] = uncertainty[at]! + ROUNDING * Math.abs(expected[at]!);
    }
  }
  return values.every(Number.isFinite) && bars.every(Number.isFinite)
    ? { rows, columns, values, bars }
    : null;
}

/** One number in every weight, or nearly, is an outer product too, but of nothing in particular. */
function isOneNumber({ values, bars }: Matrix): boolean {
  const largest = (all: Float64Array): number =>
    all.reduce((most, v) => Math.max(most, v), -Infinity);
  return largest(values) + largest(values.map((v) => -v)) <= largest(bars) / TELLING;
}

type Rank =
  | {
      readonly kind: 'one';
      /** ln of the chance of each telling entry outside the pivot's row and column. */
      readonly hits: readonly number[];
      /** Whether a third row and a third column tell. */
      readonly wide: boolean;
    }
  | { readonly kind: 'more' }
  /** Nothing stands out of the bars. */
  | { readonly kind: 'unseen' };

/** Whether every entry is m[i,q] m[p,j] / m[p,q] within the bars; the pivot m[p,q] is the largest. */
function rankOf({ rows, columns, values, bars }: Matrix, novelty: number): Rank {
  let pivot = 0;
  for (let at = 1; at < values.length; at++) {
    if (Math.abs(values[at]!) > Math.abs(values[pivot]!)) pivot = at;
  }
  const [p, q] = [Math.floor(pivot / columns), pivot % columns];
  const centre = values[pivot]!;
  if (bars[pivot]! > TELLING * Math.abs(centre)) return { kind: 'unseen' };
  const hits: number[] = [];
  const [hitRows, hitColumns] = [new Set<number>(), new Set<number>()];
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      if (i === p || j === q) continue;
      const [left, top] = [i * columns + q, p * columns + j];
      const [a, b] = [values[left]!, values[top]!];
      const predicted = (a * b) / centre;
      const at = i * columns + j;
      // First order, and |centre| at its smallest for the rest.
      const within =
        bars[at]! +
        ((Math.abs(a) + bars[left]!) * bars[top]! +
          Math.abs(b) * bars[left]! +
          Math.abs(predicted) * bars[pivot]!) /
          (Math.abs(centre) - bars[pivot]!);
      if (Math.abs(values[at]! - predicted) > within) return { kind: 'more' };
      const chance = within / (Math.abs(values[at]!) * novelty);
      if (chance > TELLING) continue;
      hits.push(Math.log(Math.max(chance, ROUNDING)));
      hitRows.add(i);
      hitColumns.add(j);
    }
  }
  // Two rows that are exchanged or averaged differ by an outer product as well: a third must tell.
  return { kind: 'one', hits, wide: hitRows.size >= 2 && hitColumns.size >= 2 };
}
