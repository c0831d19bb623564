import { UNIT_ROUNDOFF } from '../../numeric/dtype.ts';
import { layerLineOf } from '../layer-lines.ts';
import type { LossLine } from '../loss-line.ts';
import { lossLines } from '../loss-lines.ts';
import { type Noisy, noisy, noisyRow, type Rounding, roundingOf } from '../noisy.ts';
import { type Kink, movedByParams, undecidedUnits } from '../undecided-units.ts';
import { linearBackward, linearForward, parameterVariance } from './linear-rounding.ts';
import type { Network, Step, Tail } from './network.ts';

/** Variances of the rounding errors that a method computing in the problem's dtype makes. */
export interface RoundingErrors {
  readonly loss: number;
  /** [rows, outputs]. */
  readonly outputs: Float64Array;
  /** As the layout orders it. */
  readonly grads: Float64Array;
  /** Units whose branch rounding may decide, and that parameters move. */
  readonly kinks: readonly Kink[];
  /** Of each sample's loss, before the reduction, computed in doubles as the sweep computes it. */
  readonly sampleLoss: Float64Array;
}

/**
 * What `toleranceOf` says of the parameters, by the same lines in faster loops. With `fusedTail` a last
 * sigmoid counts as part of its bce: what a method that derives both at once rounds, far less where
 * the sigmoid saturates.
 */
export function roundingErrors(network: Network, fusedTail = false): RoundingErrors {
  const { problem, rows, stages, front, inputs } = network;
  const { model, dtype } = problem;
  const split = network.tail === 'sigmoid_bce' && !fusedTail;
  const rounding = roundingOf(dtype);
  const entering = new Map<number, Noisy>();
  const through = (steps: readonly Step[], from: Noisy): Noisy => {
    let x = from;
    for (const step of steps) {
      entering.set(step.layer, x);
      x = layerLineOf(step.spec.kind).forward(step.spec as never, plain(rounding), x);
    }
    return x;
  };
  let x = through(front, { ...noisy(rows, model.inputs), value: inputs });
  for (const stage of stages) {
    entering.set(stage.layer, x);
    x = through(stage.after, linearForward(stage, rounding, x));
  }
  const kinks = undecidedUnits(model.layers, rows, (layer) => entering.get(layer)!).filter(
    movedByParams,
  );
  const sampleLoss = doubleLoss(network, x);

  // The last sigmoid, which the sweep takes into the loss, is a layer of its own to the tolerance.
  const read = x;
  const sigmoid = layerLineOf('sigmoid');
  const outputs =
    network.tail === 'sigmoid_bce'
      ? sigmoid.forward({ kind: 'sigmoid' }, plain(rounding), read)
      : read;
  const { variance, delta } = lossVariance(network, rounding, split ? outputs : read, split);
  let dy = split ? sigmoid.backward({ kind: 'sigmoid' }, plain(rounding), read, delta) : delta;
  const grads = new Float64Array(model.layout.size);
  for (let s = stages.length - 1; s >= 0; s--) {
    const stage = stages[s]!;
    for (const { spec, layer } of [...stage.after].reverse()) {
      const at = entering.get(layer)!;
      dy = layerLineOf(spec.kind).backward(spec as never, plain(rounding), at, dy);
    }
    parameterVariance(grads, stage, rounding, entering.get(stage.layer)!, dy);
    if (s > 0) dy = linearBackward(stage, rounding, dy);
  }
  return { loss: variance, outputs: outputs.variance, grads, kinks, sampleLoss };
}

/** What the lines of layers without parameters use. */
const plain = (rounding: Rounding) => ({
  rounding,
  parameter: (): Float64Array => new Float64Array(0),
  gradient: () => ({ value: new Float64Array(0), variance: new Float64Array(0) }),
  flipped: () => false,
});

/** The reduced loss's variance, and ∂loss/∂outputs with its own. */
function lossVariance(
  { tail, targets, divisor }: Network,
  rounding: Rounding,
  outputs: Noisy,
  split: boolean,
): { variance: number; delta: Noisy } {
  const line = split ? lossLines.bce : lineOf(tail);
  const delta = noisy(outputs.rows, outputs.cols);
  let magnitude = 0;
  let variance = 0;
  for (let row = 0; row < outputs.rows; row++) {
    const sample = line.sample(
      rounding,
      noisyRow(outputs, row),
      targetRow(targets, row, outputs.cols),
      noisyRow(delta, row),
    );
    magnitude += Math.abs(sample.value);
    variance += sample.variance;
  }
  for (let i = 0; i < delta.value.length; i++) {
    delta.value[i]! /= divisor;
    delta.variance[i] = delta.variance[i]! / divisor ** 2 + rounding.variance(delta.value[i]!);
  }
  return { variance: (variance + rounding.sum(magnitude, outputs.rows)) / divisor ** 2, delta };
}

/** The variance of each sample's loss in doubles, with the last sigmoid in the loss. */
function doubleLoss({ problem, tail, targets }: Network, read: Noisy): Float64Array {
  const { dtype } = problem;
  // Every variance is u² times the same sums, whatever the precision.
  const scale = (UNIT_ROUNDOFF.float64 / UNIT_ROUNDOFF[dtype]) ** 2;
  const doubles = { ...read, variance: read.variance.map((v) => v * scale) };
  const line = lineOf(tail);
  const unused = noisy(1, read.cols);
  const rounding = roundingOf('float64');
  return Float64Array.from(
    { length: read.rows },
    (_, row) =>
      line.sample(rounding, noisyRow(doubles, row), targetRow(targets, row, read.cols), unused)
        .variance,
  );
}

const lineOf = (tail: Tail): LossLine =>
  lossLines[tail === 'sigmoid_bce' ? 'bce_with_logits' : tail];

const targetRow = (targets: Float64Array, row: number, cols: number): number[] =>
  Array.from(targets.subarray(row * cols, (row + 1) * cols));
