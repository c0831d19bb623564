import { RTOL } from '../../../src/check/resolution.ts';
import type { Slot } from '../../../src/params/layout.ts';
import type { Beside } from './gradients.ts';

/** What was handed back in a slot, what is right there, and the parameters. */
export interface SlotValues {
  readonly name: string;
  readonly got: readonly number[];
  readonly truth: readonly number[];
  readonly x: readonly number[];
  readonly shape: readonly number[];
}

export function slotValues({ first, right, problem }: Beside): readonly SlotValues[] {
  const part = (values: ArrayLike<number>, { offset, size }: Slot): number[] =>
    Array.from({ length: size }, (_, i) => values[offset + i]!);
  return problem.model.layout.slots.map((slot) => ({
    name: slot.name,
    got: part(first.grads, slot),
    truth: part(right.grads, slot),
    x: part(problem.params.values, slot),
    shape: slot.shape,
  }));
}

/** Told from differences, so no closer than those resolve. */
export const near = (a: number, b: number, beside: readonly number[]): boolean =>
  a === b || Math.abs(a - b) <= RTOL.float64 * Math.max(...beside.map(Math.abs), Math.abs(a));

export const close = (
  got: readonly number[],
  values: readonly number[],
  beside: readonly number[] = values,
): boolean => got.every((g, i) => near(g, values[i]!, beside));

/** As far as its digits go, a number in a sentence: 1,234 or 0.293, 1.2e-7; a small whole one is exact. */
export function isWritten(words: string, value: number): boolean {
  const [digits = '', exponent = '0'] = words.replaceAll(',', '').replace('−', '-').split('e');
  const decimals = digits.split('.')[1]?.length ?? 0;
  const said = Number(digits) * 10 ** Number(exponent);
  const unit = 10 ** (Number(exponent) - decimals);
  // A number that is not whole is written with three digits.
  const exact = decimals === 0 && exponent === '0' && Math.abs(said) < 100;
  return Math.abs(said - value) <= (exact ? WHOLE * Math.abs(said) : 0.501 * unit);
}

/** What is told as a whole number is one but for the error of a fit. */
const WHOLE = 1e-4;

export const scaledBy = (c: number, values: readonly number[]): number[] =>
  values.map((v) => c * v);

export const difference = ({ got, truth }: SlotValues): number[] =>
  got.map((g, i) => g - truth[i]!);
