import type { GradientCase } from '../../../src/check/gradient/gradient-case.ts';
import { computing, rounding } from './arithmetic.ts';
import { functionOf } from './functions.ts';
import type { Change, Problem } from './problem.ts';

/** The problem with functions that compute it. */
export function runnable(problem: Problem): GradientCase {
  const { id, dtype, rtol, at, lower, upper, slots } = problem;
  const vjp = (x: Float64Array, cotangent: ArrayLike<number>): number[] =>
    claimed(problem, x, cotangent);
  return {
    name: id,
    f: functionOf(problem).vector ? (x) => outputs(problem, x) : (x) => outputs(problem, x)[0]!,
    ...(functionOf(problem).vector ? { vjp } : { gradient: (x) => vjp(x, [1]) }),
    at,
    dtype,
    rtol,
    ...(lower && { lower }),
    ...(upper && { upper }),
    ...(slots && { slots }),
  };
}

/** f(x) as a program of its precision computes it. Throws outside the domain. */
export function outputs(problem: Problem, x: ArrayLike<number>): number[] {
  const { lower, upper, valueRoundedTo: unit } = problem;
  for (let i = 0; i < x.length; i++) {
    if (x[i]! < (lower?.[i] ?? -Infinity) || x[i]! > (upper?.[i] ?? Infinity)) {
      throw new RangeError(`${problem.id}: entry ${i}: got ${x[i]}, outside the domain`);
    }
  }
  const values = functionOf(problem).value(computing[problem.dtype], problem.parameters, x);
  if (unit === undefined) return values;
  return values.map((v) => (unit === 'float32' ? Math.fround(v) : Math.round(v / unit) * unit));
}

/** The gradient claimed: the formula's, changed where the problem says so. */
export function claimed(
  problem: Problem,
  x: ArrayLike<number>,
  cotangent: ArrayLike<number>,
): number[] {
  const { dtype, parameters, change } = problem;
  const gradient = functionOf(problem).vjp(computing[dtype], parameters, x, cotangent);
  return change ? gradient.map((g, i) => rounding[dtype](changed(change, g, i))) : gradient;
}

const changed = ({ times = 1, plus }: Change, g: number, i: number): number =>
  (typeof times === 'number' ? times : times[i]!) * g + (plus?.[i] ?? 0);
