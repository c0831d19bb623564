import type { Arithmetic } from './arithmetic.ts';
import { double } from './double.ts';
import { UNIT_ROUNDOFF } from './dtype.ts';
import type { Random } from './random.ts';

/**
 * Doubles whose every result is off by up to two more roundings, at random (Monte Carlo arithmetic,
 * Parker 1997): what an elementary function may err by. The spread of a definition read with it a few
 * times is the error that reading it with doubles makes, ill-conditioned steps included: 1 − σ(z) at
 * z = 30 comes out in a handful of values, a staircase that no difference quotient of σ can tell from
 * a smooth curve.
 */
export function shaken(generator: Random): Arithmetic<number> {
  const shake = (x: number): number =>
    x + x * UNIT_ROUNDOFF.float64 * (4 * generator.uniform() - 2);
  const unary =
    (f: (a: number) => number) =>
    (a: number): number =>
      shake(f(a));
  const binary =
    (f: (a: number, b: number) => number) =>
    (a: number, b: number): number =>
      shake(f(a, b));
  return {
    ...double, // constants and negation are exact
    // A 1 − p shaken below 0 has no logarithm; it stands for one far below the floor.
    choose: (condition, positive, otherwise) => (condition > 0 ? positive() : otherwise()),
    add: binary(double.add),
    sub: binary(double.sub),
    mul: binary(double.mul),
    div: binary(double.div),
    exp: unary(double.exp),
    log: unary(double.log),
    log1p: unary(double.log1p),
    expm1: unary(double.expm1),
    tanh: unary(double.tanh),
    sigmoid: unary(double.sigmoid),
  };
}
