import { describe, expect, it } from 'vitest';
import { decimalArithmetic, decimalsOf } from '../../src/numeric/decimal.ts';
import {
  isSettled,
  type TrackedDecimal,
  trackedArithmetic,
} from '../../src/numeric/tracked-decimal.ts';
import { fc, test } from '../property.ts';
import { aboveMinusOne, arguments700, ELEMENTARY, positives } from './points.ts';

const tracked = trackedArithmetic(20);
const fine = decimalArithmetic(60);

/** An inexact value: an argument through one rounded function, in few digits and in many. */
const inexact = (x: number): readonly [TrackedDecimal, ReturnType<typeof fine.exp>] => [
  tracked.div(tracked.constant(x), tracked.constant(3)),
  fine.div(fine.constant(x), fine.constant(3)),
];

function expectWithinItsError(got: TrackedDecimal, exact: ReturnType<typeof fine.exp>): void {
  const D = decimalsOf(60);
  const error = new D(exact).minus(got.value.toString()).abs();
  const bound = got.error === -Infinity ? new D(0) : new D(10).pow(got.error);
  expect(error.lte(bound), `${got.value} ± 1e${got.error}, exact ${exact.toPrecision(25)}`).toBe(
    true,
  );
}

describe('trackedArithmetic', () => {
  const operations = ['add', 'sub', 'mul', 'div'] as const;
  test.prop([arguments700, arguments700], { numRuns: 50 })(
    '+ − × ÷ stay within their error',
    (x, y) => {
      fc.pre(y !== 0);
      const [[a, exactA], [b, exactB]] = [inexact(x), inexact(y)];
      for (const operation of operations) {
        expectWithinItsError(tracked[operation](a, b), fine[operation](exactA, exactB));
      }
    },
  );

  for (const { name } of ELEMENTARY) {
    const domain = { log: positives, log1p: aboveMinusOne }[name as string] ?? arguments700;
    test.prop([domain], { numRuns: 20 })(`${name} stays within its error`, (x) => {
      const [a, exact] = inexact(x);
      const got = tracked[name](a);
      expectWithinItsError(got, fine[name](exact));
      // And the error is no excuse: 20 digits less those of an argument of up to 700.
      if (name !== 'log') expect(isSettled(got, 15)).toBe(true);
    });
  }

  it('what loses no digit is exact: sums and products that fit, zero factors', () => {
    const [half, three] = [tracked.constant(0.5), tracked.constant(3)];
    for (const value of [
      tracked.add(half, three),
      tracked.mul(half, three),
      tracked.sub(half, half),
      tracked.mul(tracked.constant(0), inexact(1)[0]),
    ]) {
      expect(value.error).toBe(-Infinity);
    }
  });

  it('knows that 1 − σ(140) is lost at 60 digits, and has it at 120', () => {
    const rest = (digits: number): TrackedDecimal => {
      const a = trackedArithmetic(digits);
      return a.sub(a.constant(1), a.sigmoid(a.constant(140)));
    };
    expect(rest(60).value.isZero()).toBe(true);
    expect(isSettled(rest(60), 1)).toBe(false);
    expect(isSettled(rest(120), 30)).toBe(true);
  });

  it('knows nothing of a branch that its error may change, nor of a quotient by what may be 0', () => {
    const a = trackedArithmetic(20);
    const third = a.div(a.constant(1), a.constant(3));
    const unsure = a.sub(a.add(third, third), a.div(a.constant(2), a.constant(3)));
    const chosen = a.choose(
      unsure,
      () => a.constant(1),
      () => a.constant(2),
    );
    expect(chosen.error).toBe(Infinity);
    expect(a.div(third, unsure).error).toBe(Infinity);
    expect(a.log(unsure).error).toBe(Infinity);
  });

  it('noise that no double could show is 0, so a tie by identity is a tie', () => {
    /** σ(z) + σ(−z) − 1. */
    const tie = (digits: number): TrackedDecimal => {
      const a = trackedArithmetic(digits);
      const z = a.constant(0.7);
      return a.sub(a.add(a.sigmoid(z), a.sigmoid(a.neg(z))), a.constant(1));
    };
    expect(tie(60).error).toBeGreaterThan(-60);
    expect(tie(400)).toMatchObject({ error: -Infinity });
    expect(tie(400).value.isZero()).toBe(true);
  });

  it('a shift is exact, and an infinity is no error', () => {
    const [a] = inexact(1);
    expect(tracked.shift([a, tracked.constant(0)]).error).toBe(-Infinity);
    expect(tracked.log(tracked.constant(0))).toMatchObject({ error: -Infinity });
  });
});
