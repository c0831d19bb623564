import { describe, expect, test } from 'vitest';
import type { Arithmetic } from '../../src/numeric/arithmetic.ts';
import { double } from '../../src/numeric/double.ts';
import { random } from '../../src/numeric/random.ts';
import { shaken } from '../../src/numeric/shaken.ts';

/** The rms distance of shaken readings from the double's, over the double's. */
function relativeSpread(define: <T>(a: Arithmetic<T>) => T): number {
  const arithmetic = shaken(random(1));
  const value = define(double);
  const squares = Array.from({ length: 200 }, () => (define(arithmetic) / value - 1) ** 2);
  return Math.sqrt(squares.reduce((sum, v) => sum + v) / squares.length);
}

describe('shaken doubles', () => {
  test.each<[string, <T>(a: Arithmetic<T>) => T]>([
    ['add', (a) => a.add(a.constant(1.3), a.constant(2.9))],
    ['sub', (a) => a.sub(a.constant(1.3), a.constant(2.9))],
    ['mul', (a) => a.mul(a.constant(1.3), a.constant(2.9))],
    ['div', (a) => a.div(a.constant(1.3), a.constant(2.9))],
    ['exp', (a) => a.exp(a.constant(1.3))],
    ['log', (a) => a.log(a.constant(1.3))],
    ['log1p', (a) => a.log1p(a.constant(1.3))],
    ['expm1', (a) => a.expm1(a.constant(1.3))],
    ['tanh', (a) => a.tanh(a.constant(1.3))],
    ['sigmoid', (a) => a.sigmoid(a.constant(1.3))],
  ])('%s spreads by about one rounding', (_name, define) => {
    expect(relativeSpread(define)).toBeGreaterThan(2 ** -54);
    expect(relativeSpread(define)).toBeLessThan(2 ** -51);
  });

  test('constants and negation are exact', () => {
    expect(relativeSpread((a) => a.neg(a.constant(1.3)))).toBe(0);
  });

  test('a cancellation shows: ln(1 − σ(25)) spreads by u/(1 − σ)', () => {
    const spread = relativeSpread((a) => a.log(a.sub(a.constant(1), a.sigmoid(a.constant(25)))));
    expect(spread).toBeGreaterThan(1e-8);
    expect(spread).toBeLessThan(1e-4);
  });
});
