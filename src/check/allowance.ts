import type { Answer } from './answer.ts';
import type { Allowance } from './deviation.ts';
import { allowed } from './noisy.ts';
import type { Tolerance } from './tolerance.ts';

/** What the entries of two gradients may deviate by. */
export interface GradientAllowance {
  readonly entry: (index: number) => Allowance;
  /** No entry of either gradient exceeds what may hide it. */
  readonly flat: boolean;
}

/**
 * An error bar is sharp enough when it is at most rtol · max(|a|, |b|, rms of the slot). A slot that
 * vanishes within its bars (the weights of a unit that never fires) has no size of its own: there
 * the rms of the whole gradient counts.
 */
export function gradientAllowance(
  a: Answer,
  b: Answer,
  { sigma, problem }: Tolerance,
  rtol: number,
): GradientAllowance {
  const rounding = sigma.grads.values;
  const bar = (i: number): number =>
    (a.uncertainty?.values[i] ?? 0) + (b.uncertainty?.values[i] ?? 0);
  const size = (i: number): number =>
    Math.max(Math.abs(a.grads.values[i]!), Math.abs(b.grads.values[i]!));
  const rms = (from: number, count: number): number => {
    let squares = 0;
    for (let i = from; i < from + count; i++) squares += size(i) ** 2;
    return Math.sqrt(squares / count);
  };
  const hidden = (from: number, count: number): boolean => {
    for (let i = from; i < from + count; i++) {
      if (size(i) > allowed(rounding[i]!) + bar(i)) return false;
    }
    return true;
  };

  const { slots, size: entries } = problem.model.layout;
  const whole = rms(0, entries);
  const scales = new Float64Array(entries);
  for (const { offset, size: count } of slots) {
    scales.fill(hidden(offset, count) ? whole : rms(offset, count), offset, offset + count);
  }
  return {
    entry: (i) => ({
      rounding: allowed(rounding[i]!),
      bar: bar(i),
      target: rtol * Math.max(size(i), scales[i]!),
    }),
    flat: hidden(0, entries),
  };
}
