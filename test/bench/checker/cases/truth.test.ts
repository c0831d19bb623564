import { describe, expect, test } from 'vitest';
import type { ActivationName } from '../../../../bench/checker/cases/activations.ts';
import type { CaseSpec } from '../../../../bench/checker/cases/case-spec.ts';
import { each, hard, mixes } from '../../../../bench/checker/cases/hard/build.ts';
import { TRUE_DIGITS, truthOf } from '../../../../bench/checker/cases/truth.ts';
import { type Decimal, decimalsOf, exactDecimal } from '../../../../src/numeric/decimal.ts';

const D = decimalsOf(60);

const one = (activation: ActivationName, at: number): CaseSpec =>
  hard({ id: `${activation} at ${at}`, ...each([activation]), at: [at] });

const digits = (value: Decimal): string => value.toSignificantDigits(TRUE_DIGITS).toString();

describe('the derivative in 40 digits', () => {
  test.each<readonly [ActivationName, number, (t: Decimal) => Decimal]>([
    ['sin', 0.3, (t) => t.cos()],
    ['exp', -1.7, (t) => t.exp()],
    ['log', 1e-4, (t) => new D(1).div(t)],
    ['sqrt', 7, (t) => new D(0.5).div(t.sqrt())],
    ['tanh', 20, (t) => new D(1).div(t.cosh().pow(2))],
    ['sigmoid', -3, (t) => t.exp().div(t.exp().plus(1).pow(2))],
    ['bump', 0.9, (t) => t.times(-2).times(t.pow(2).neg().exp())],
    ['softplus', 0, () => new D(0.5)],
    ['softplus', 2.5, (t) => new D(1).div(t.neg().exp().plus(1))],
    ['reciprocal', 0.01, (t) => t.pow(-2).neg()],
    ['quartic', 1.1, (t) => t.pow(3).times(4)],
    ['square_by_abs', -0.7, (t) => t.times(2)],
  ])('of %s at %d is that of the textbook', (name, at, derivative) => {
    const { left, right, pieces } = truthOf(one(name, at), [1]);
    expect(left).toEqual([digits(derivative(exactDecimal(D, at)))]);
    expect(right).toEqual(left);
    expect(pieces).toBeNull();
  });

  test.each(['cube', 'quartic', 'square', 'signed_square', 'square_by_abs'] as const)(
    'of %s at 0 is 0 itself, which no difference is',
    (name) => {
      expect(truthOf(one(name, 0), [1])).toMatchObject({ left: ['0'], right: ['0'] });
    },
  );

  test('is that of what float32 reads', () => {
    const third = { ...each(['square'], { factor: 1 / 3 }), at: [0.1] };
    const f = Math.fround;
    const expected = digits(
      exactDecimal(D, f(1 / 3))
        .pow(2)
        .times(2)
        .times(exactDecimal(D, f(0.1))),
    );
    const spec = hard({ id: 'third', ...third, dtype: 'float32' });
    expect(truthOf(spec, [1]).left).toEqual([expected]);
  });

  test('has two sides at a kink', () => {
    expect(truthOf(one('abs', 0), [1])).toMatchObject({ left: ['-1'], right: ['1'], pieces: null });
    expect(truthOf(one('leaky_relu', 0), [2])).toMatchObject({ left: ['0.25'], right: ['2'] });
  });

  test('tells a kink 1e-15 away from one at x', () => {
    const beside = hard({
      id: 'beside',
      function: 'ridge',
      parameters: { ...each(['abs']).parameters, biases: [-1] },
      at: [1 + 2 ** -50],
    });
    expect(truthOf(beside, [1])).toMatchObject({ left: ['1'], right: ['1'] });
  });

  test('has the pieces of a corner that entries share, though no entry alone shows it', () => {
    const saddle = hard({
      id: 'saddle',
      ...mixes(
        'abs',
        [
          [1, -1],
          [1, 1],
        ],
        [1, -1],
      ),
      at: [0, 0],
    });
    const { left, right, pieces } = truthOf(saddle, [1]);
    expect([...left, ...right]).toEqual(['0', '0', '0', '0']);
    const sorted = pieces!
      .map((piece) => piece.map(Number))
      .sort((a, b) => a[0]! - b[0]! || a[1]! - b[1]!);
    expect(sorted).toEqual([
      [-2, 0],
      [0, -2],
      [0, 2],
      [2, 0],
    ]);
  });

  test('is refused where differences have no limit', () => {
    expect(() =>
      truthOf(hard({ id: 'root', ...each(['sqrt']), at: [0], lower: [0] }), [1]),
    ).toThrow(/^root, along 1: no two differences agree to 40 digits$/);
  });
});
