import type { GradientCase } from '../../../src/check/gradient/gradient-case.ts';
import { computing, rounding } from './arithmetic.ts';
import type { CaseSpec, Change } from './case-spec.ts';
import { functionOf } from './functions.ts';

/** The case with functions that compute it. */
export function runnable(spec: CaseSpec): GradientCase {
  const { id, dtype, rtol, at, lower, upper, slots } = spec;
  const vjp = (x: Float64Array, cotangent: ArrayLike<number>): number[] =>
    claimed(spec, x, cotangent);
  return {
    name: id,
    f: functionOf(spec).vector ? (x) => outputs(spec, x) : (x) => outputs(spec, x)[0]!,
    ...(functionOf(spec).vector ? { vjp } : { gradient: (x) => vjp(x, [1]) }),
    at,
    dtype,
    rtol,
    ...(lower && { lower }),
    ...(upper && { upper }),
    ...(slots && { slots }),
  };
}

/** f(x) as a program of its precision computes it. Throws outside the domain. */
export function outputs(spec: CaseSpec, x: ArrayLike<number>): number[] {
  const { lower, upper, valueRoundedTo: unit } = spec;
  for (let i = 0; i < x.length; i++) {
    if (x[i]! < (lower?.[i] ?? -Infinity) || x[i]! > (upper?.[i] ?? Infinity)) {
      throw new RangeError(`${spec.id}: entry ${i}: got ${x[i]}, outside the domain`);
    }
  }
  const values = functionOf(spec).value(computing[spec.dtype], spec.parameters, x);
  if (unit === undefined) return values;
  return values.map((v) => (unit === 'float32' ? Math.fround(v) : Math.round(v / unit) * unit));
}

/** The gradient claimed: the formula's, changed where the case says so. */
export function claimed(
  spec: CaseSpec,
  x: ArrayLike<number>,
  cotangent: ArrayLike<number>,
): number[] {
  const { dtype, parameters, change } = spec;
  const gradient = functionOf(spec).vjp(computing[dtype], parameters, x, cotangent);
  return change ? gradient.map((g, i) => rounding[dtype](changed(change, g, i))) : gradient;
}

const changed = ({ times = 1, plus }: Change, g: number, i: number): number =>
  (typeof times === 'number' ? times : times[i]!) * g + (plus?.[i] ?? 0);
