import type { Kink } from '../undecided-units.ts';
import { type Branches, branchesAt, isKinked } from './branches.ts';
import type { Network, Step } from './network.ts';
import { pointwiseInPlace } from './pointwise.ts';
import { type RowLosses, rowLosses } from './row-losses.ts';

/** The network forwards at the problem's own point: where every shift of the sweep starts. */
export interface BasePoint {
  /** What enters each stage, [rows, in]. */
  readonly entering: readonly Float64Array[];
  /** Each stage's pre-activations, [rows, out]. */
  readonly z: readonly Float64Array[];
  readonly branches: Branches;
  /** What the loss reads, [rows, outputs]: logits where the last sigmoid is part of it. */
  readonly read: Float64Array;
  readonly losses: RowLosses;
  /** Each sample's loss, before the reduction. */
  readonly sampleLoss: Float64Array;
  readonly loss: number;
}

/** Sample r in row r. */
export const inOrder = (rows: number): Int32Array => Int32Array.from({ length: rows }, (_, r) => r);

/** The forward pass by plain loops; units in `flips` take their kinked activation's other branch. */
export function basePoint(network: Network, flips: readonly Kink[] = []): BasePoint {
  const { rows, inputs, front, stages, problem } = network;
  const branches: Branches = problem.model.layers.map(() => null);
  const order = inOrder(rows);
  const through = (steps: readonly Step[], x: Float64Array, cols: number): Float64Array => {
    const y = x.slice();
    for (const step of steps) {
      const { spec, layer } = step;
      const here = flips.filter((k) => k.layer === layer).map((k) => k.element);
      if (isKinked(step)) branches[layer] = branchesAt(y, here);
      pointwiseInPlace(spec, y, rows, cols, branches[layer]!, order);
    }
    return y;
  };
  let x = through(front, inputs, problem.model.inputs);
  const entering: Float64Array[] = [];
  const z: Float64Array[] = [];
  for (const stage of stages) {
    entering.push(x);
    const values = new Float64Array(rows * stage.out);
    linearInto(values, x, rows, stage);
    z.push(values);
    x = through(stage.after, values, stage.out);
  }
  const losses = rowLosses(network, x, problem.model.outputs);
  const sampleLoss = new Float64Array(rows);
  losses(sampleLoss, x, rows, order);
  let sum = 0;
  for (let r = 0; r < rows; r++) sum += sampleLoss[r]!;
  return { entering, z, branches, read: x, losses, sampleLoss, loss: sum / network.divisor };
}

/** y[rows×out] = x Wᵀ + b, one dot product an entry. */
export function linearInto(
  y: Float64Array,
  x: Float64Array,
  rows: number,
  stage: { in: number; out: number; weight: Float64Array; bias: Float64Array | null },
): void {
  const { in: width, out, weight, bias } = stage;
  for (let r = 0; r < rows; r++) {
    for (let o = 0; o < out; o++) {
      y[r * out + o] = dot(bias ? bias[o]! : 0, weight, o * width, x, r * width, width);
    }
  }
}

/** start + Σ w x. */
function dot(
  start: number,
  w: Float64Array,
  at: number,
  x: Float64Array,
  from: number,
  count: number,
): number {
  let sum = start;
  for (let i = 0; i < count; i++) sum += w[at + i]! * x[from + i]!;
  return sum;
}
