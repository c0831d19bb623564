import type { ActivationSpec } from '../../model/layer.ts';
import type { LossKind } from '../../model/loss.ts';
import { losses } from '../../model/losses.ts';
import type { Random } from '../../numeric/random.ts';
import type { Constraints } from './constraints.ts';
import { type Draft, problemOf } from './draft.ts';
import { isWellConditioned } from './well-conditioned.ts';

/** Draws after which constraints are taken to leave nothing; nine in ten unconstrained ones serve. */
const ATTEMPTS = 1000;

/** Inputs, units of each layer, and samples. */
export interface Sizes {
  readonly widths: readonly number[];
  readonly rows: number;
}

/** A well-conditioned network with parameters and a batch. Throws an Error where none is found. */
export function drawDraft(r: Random, constraints: Constraints): Draft {
  const { maxLayers, maxWidth, maxRows } = constraints;
  const upTo = (most: number): number => 1 + r.integer(most);
  for (let k = 0; k < ATTEMPTS; k++) {
    const widths = Array.from({ length: 1 + upTo(maxLayers) }, () => upTo(maxWidth));
    const draft = drawOfSizes({ widths, rows: upTo(maxRows) }, r, constraints);
    if (isWellConditioned(problemOf(draft))) return draft;
  }
  const given = JSON.stringify(constraints);
  throw new Error(`problem: none of ${ATTEMPTS} drawn networks is well-conditioned; got ${given}`);
}

/** Everything but the sizes is drawn; it may be ill-conditioned. */
export function drawOfSizes(
  { widths, rows }: Sizes,
  r: Random,
  { activations, biases, losses: kinds, reductions }: Constraints,
): Draft {
  const pick = <T>(items: readonly T[]): T => items[r.integer(items.length)]!;
  const kind = pick(kinds);
  const bias = pick(biases) ? 0 : null;
  const depth = widths.length - 1;
  const linears = widths.slice(1).map((units, l) => ({
    units: Array(units).fill({ weights: Array(widths[l]).fill(0), bias }),
    activation: activationOf(kind === 'bce' && l === depth - 1 ? 'sigmoid' : pick(activations), r),
  }));
  const row = { inputs: Array(widths[0]).fill(0), targets: [] };
  const loss = { kind, reduction: pick(reductions) };
  return withNumbers({ linears, loss, rows: Array(rows).fill(row) }, r);
}

/** Other numbers in the same network: weights of size 1/√in, the rest of size 1, all full-mantissa. */
export function withNumbers({ linears, loss, rows }: Draft, r: Random): Draft {
  const outputs = linears.at(-1)!.units.length;
  return {
    loss,
    linears: linears.map(({ units, activation }) => ({
      units: units.map(({ weights, bias }) => ({
        weights: weights.map(() => r.normal() / Math.sqrt(weights.length)),
        bias: bias === null ? null : r.normal(),
      })),
      activation: activationOf(activation.kind, r),
    })),
    rows: rows.map(({ inputs }) => ({
      inputs: inputs.map(() => r.normal()),
      targets: drawTargets(loss.kind, outputs, r),
    })),
  };
}

/** Settings are drawn, never a default that another formula might happen to hold for. */
function activationOf(kind: ActivationSpec['kind'], r: Random): ActivationSpec {
  switch (kind) {
    case 'leaky_relu':
      return { kind, slope: 0.5 * r.uniform() };
    case 'elu':
      return { kind, alpha: 0.5 + r.uniform() };
    default:
      return { kind };
  }
}

/** Of one sample: mostly 0 or 1 where the loss wants probabilities. */
export function drawTargets(kind: LossKind, outputs: number, r: Random): number[] {
  const { targets, range } = losses[kind];
  if (targets === 'classes') return [r.integer(outputs)];
  const next = (): number => {
    if (!range) return r.normal();
    return r.uniform() < 0.2 ? r.uniform() : range[r.integer(2)]!;
  };
  return Array.from({ length: outputs }, next);
}
