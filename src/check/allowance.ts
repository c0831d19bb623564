import type { LossKind } from '../model/loss.ts';
import type { Matrix } from '../numeric/matrix.ts';
import type { Answer } from './answer.ts';
import type { Allowance } from './deviation.ts';
import { allowed } from './noisy.ts';
import type { Tolerance } from './tolerance.ts';

/**
 * What every entry of two answers may deviate by, and from what on that is too much to judge:
 * an error bar beyond `sharpness.bar`, rounding beyond `sharpness.rounding`, as shares of
 * max(|a|, |b|, scale), the scale being
 * - of a gradient entry or input gradient: the rms of its slot or matrix. One that vanishes within
 *   its allowance (the weights of a unit that never fires) has no size of its own: there the rms of
 *   the whole gradient counts;
 * - of the loss and the outputs: also the loss's own unit, since a loss near 0 is no less exact.
 */
export interface Allowances {
  readonly loss: Allowance;
  readonly outputs: (index: number) => Allowance;
  readonly gradients: (index: number) => Allowance;
  readonly inputs: (index: number) => Allowance;
  /** No entry of either gradient exceeds what may hide it. */
  readonly flat: boolean;
}

/** The relative errors that error bars and rounding must not hide. */
export interface Sharpness {
  readonly bar: number;
  readonly rounding: number;
}

/** The allowances of two answers to one problem, shapes as the problem's. */
export function allowances(
  a: Answer,
  b: Answer,
  { sigma, problem }: Tolerance,
  sharpness: Sharpness,
): Allowances {
  const { layout, loss } = problem.model;
  const bars = (i: number): number =>
    (a.uncertainty?.values[i] ?? 0) + (b.uncertainty?.values[i] ?? 0);
  const inputBars = (i: number): number =>
    (a.inputsUncertainty?.data[i] ?? 0) + (b.inputsUncertainty?.data[i] ?? 0);
  const grads = entriesOf(a.grads.values, b.grads.values, sigma.grads.values, bars);
  const outputs = entriesOf(a.outputs.data, b.outputs.data, sigma.outputs.data);
  const inputs = entriesOf(
    a.inputs?.data ?? [],
    b.inputs?.data ?? [],
    sigma.inputs.data,
    inputBars,
  );
  const single = entriesOf([a.loss], [b.loss], [sigma.loss]);

  const whole = grads.rms(0, layout.size);
  const scales = new Float64Array(layout.size);
  for (const { offset, size } of layout.slots) {
    const scale = grads.hidden(offset, size) ? whole : grads.rms(offset, size);
    scales.fill(scale, offset, offset + size);
  }
  const unit = UNITS[loss.kind](problem.batch.targets);
  const outputScale = Math.max(unit, outputs.rms(0, outputs.count));
  const inputScale = Math.max(
    inputs.rms(0, inputs.count),
    inputs.hidden(0, inputs.count) ? whole : 0,
  );
  return {
    loss: single.allowance(0, sharpness, unit),
    outputs: (i) => outputs.allowance(i, sharpness, outputScale),
    gradients: (i) => grads.allowance(i, sharpness, scales[i]!),
    inputs: (i) => inputs.allowance(i, sharpness, inputScale),
    flat: grads.hidden(0, layout.size),
  };
}

/**
 * A size of outputs and loss below which errors are absolute. A logarithm of a probability near 1
 * rounds by u however small it is, so one nat and a logit of 1 are the unit; squared errors have
 * that of their targets.
 */
const UNITS: { readonly [K in LossKind]: (targets: Matrix) => number } = {
  bce: () => 1,
  bce_with_logits: () => 1,
  cross_entropy: () => 1,
  mse: ({ data }) => rms(data.length, (i) => data[i]!),
};

function entriesOf(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  sigma: ArrayLike<number>,
  bar: (i: number) => number = () => 0,
) {
  const size = (i: number): number => Math.max(Math.abs(a[i]!), Math.abs(b[i]!));
  const rounding = (i: number): number => allowed(sigma[i]!);
  return {
    count: Math.min(a.length, b.length),
    rms: (from: number, count: number): number => rms(count, (i) => size(from + i)),
    hidden: (from: number, count: number): boolean => {
      for (let i = from; i < from + count; i++) if (size(i) > rounding(i) + bar(i)) return false;
      return true;
    },
    allowance: (i: number, sharpness: Sharpness, scale: number): Allowance => {
      const reference = Math.max(size(i), scale);
      return {
        rounding: rounding(i),
        bar: bar(i),
        barLimit: sharpness.bar * reference,
        roundingLimit: sharpness.rounding * reference,
      };
    },
  };
}

const rms = (count: number, value: (i: number) => number): number => {
  let squares = 0;
  for (let i = 0; i < count; i++) squares += value(i) ** 2;
  return count === 0 ? 0 : Math.sqrt(squares / count);
};
