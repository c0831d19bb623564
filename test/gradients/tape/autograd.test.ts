import { describe, expect } from 'vitest';
import {
  autograd,
  type Functions,
  type Variable,
  valueAndGradient,
} from '../../../src/gradients/tape/autograd.ts';
import { type Matrix, matrixOf, zeros } from '../../../src/numeric/matrix.ts';
import { random } from '../../../src/numeric/random.ts';
import { fc, test } from '../../property.ts';
import { gaussian } from '../../random-matrix.ts';

const extent = fc.integer({ min: 1, max: 4 });

/** Central differences of a scalar function of matrices, entry by entry. */
function differences(f: (xs: Matrix[]) => number, at: readonly Matrix[]): number[][] {
  const h = 1e-5;
  return at.map((x, which) =>
    Array.from(x.data, (value, i) => {
      const moved = (to: number): Matrix[] =>
        at.map((m, n) => (n === which ? { ...m, data: m.data.slice().fill(to, i, i + 1) } : m));
      return (f(moved(value + h)) - f(moved(value - h))) / (2 * h);
    }),
  );
}

function expectGradient(
  f: (functions: Functions, ...xs: Variable[]) => Variable,
  at: readonly Matrix[],
): void {
  const { gradients } = valueAndGradient(f, at);
  const numeric = differences((xs) => valueAndGradient(f, xs).value, at);
  gradients.forEach((gradient, n) => {
    gradient.data.forEach((g, i) => {
      // h²f‴/6 ≈ 1e-10 and u·f/h ≈ 1e-11, for functions whose derivatives are of order 10 or less.
      expect(Math.abs(g - numeric[n]![i]!)).toBeLessThan(1e-7 * (1 + Math.abs(g)));
    });
  });
}

describe('any scalar function of matrices', () => {
  test.prop([extent, extent, fc.integer()])(
    'a function with every kind of broadcasting has the gradient of its differences',
    (m, n, seed) => {
      expectGradient(
        (f, x, row, column, scalar) => {
          const shifted = f.divide(f.subtract(f.hadamard(x, row), column), f.exp(scalar));
          return f.sum(f.tanh(f.add(shifted, f.hadamard(row, f.hadamard(column, scalar)))));
        },
        [
          gaussian(m, n, random(seed)),
          gaussian(1, n, random(seed + 1)),
          gaussian(m, 1, random(seed + 2)),
          gaussian(1, 1, random(seed + 3)),
        ],
      );
    },
  );

  test.prop([extent, extent, extent, fc.integer()])(
    'tr(AB) and Σ ln(1 + e^(ABᵀ)) use a value twice and products both ways',
    (m, n, _k, seed) => {
      expectGradient(
        (f, a, b) => {
          const product = f.multiply(a, f.transpose(b));
          return f.add(f.sum(f.log1p(f.exp(product))), f.sum(f.square(f.hadamard(a, b))));
        },
        [gaussian(m, n, random(seed)), gaussian(m, n, random(seed + 1))],
      );
    },
  );

  test('softmax by hand: the gradient of −ln p₀ is p − e₀', () => {
    const { gradients } = valueAndGradient(
      (f, z) => {
        const powers = f.exp(f.subtract(z, f.constant_row_max(z)));
        const p = f.divide(powers, f.row_sums(powers));
        return f.negate(
          f.sum(f.hadamard(f.log(p), f.one_hot(f.scale(f.constant_row_max(z), 0), 2))),
        );
      },
      [matrixOf([[0, Math.log(3)]])],
    );
    expect(gradients[0]!.data[0]).toBeCloseTo(-0.75, 14);
    expect(gradients[0]!.data[1]).toBeCloseTo(0.75, 14);
  });

  test('a variable that the output does not depend on has gradient 0 in its shape', () => {
    const { gradients } = valueAndGradient((f, x) => f.sum(x), [zeros(1, 2), zeros(2, 3)]);
    expect(gradients[1]).toEqual(zeros(2, 3));
  });

  test('a loss takes its targets as a constant', () => {
    const { value, gradients } = valueAndGradient(
      (f, p) => f.mse(p, f.constant(matrixOf([[1, 2]])), 2),
      [matrixOf([[3, 5]])],
    );
    expect(value).toBe((4 + 9) / 2);
    expect([...gradients[0]!.data]).toEqual([2, 3]);
  });

  test('a row and a column are no scalars', () => {
    for (const shape of [zeros(1, 3), zeros(3, 1)]) {
      expect(() => valueAndGradient((f, x) => f.exp(x), [shape])).toThrow('expected 1×1');
    }
  });

  test('a call that types would refuse says what is wrong', () => {
    const unchecked = (f: Functions): Record<string, (...args: unknown[]) => Variable> =>
      f as unknown as Record<string, (...args: unknown[]) => Variable>; // a caller without types
    expect(() =>
      valueAndGradient((f, x) => unchecked(f).add!(x, zeros(1, 1)), [zeros(1, 1)]),
    ).toThrow('add: argument 1 is no variable; make one with tape.constant or tape.parameter');
    expect(() => valueAndGradient((f, x) => unchecked(f).add!(null, x), [zeros(1, 1)])).toThrow(
      'add: argument 0 is no variable',
    );
    expect(() => valueAndGradient((f, x) => unchecked(f).scale!(x), [zeros(1, 1)])).toThrow(
      'scale: got 1 arguments, expected 2',
    );
    const nothing = (() => undefined) as unknown as () => Variable;
    expect(() => valueAndGradient(nothing, [zeros(1, 1)])).toThrow(
      'the function returned nothing, expected a variable',
    );
  });

  test('a class that there is no column for is refused', () => {
    expect(() =>
      valueAndGradient(
        (f, z, classes) => f.cross_entropy(z, classes, 1),
        [zeros(1, 3), matrixOf([[3]])],
      ),
    ).toThrow('crossEntropy row 0: got class 3, expected 0 to 2');
  });

  test('an output that is no scalar is refused', () => {
    expect(() => valueAndGradient((f, x) => f.exp(x), [zeros(2, 3)])).toThrow(
      'backward: got an output of shape 2×3, expected 1×1',
    );
  });

  test('shapes that do not broadcast are refused', () => {
    expect(() =>
      valueAndGradient((f, x, y) => f.sum(f.add(x, y)), [zeros(2, 3), zeros(2, 2)]),
    ).toThrow('2×3 and 2×2 do not broadcast');
  });
});

test('six values are printed, of more the first six', () => {
  const { tape } = autograd();
  tape.constant(matrixOf([[1, 2, 3, 4, 5, 6]]), 'six');
  tape.constant(matrixOf([[1, 2, 3, 4, 5, 6, 7]]), 'seven');
  const [, six, seven] = tape.toString().split('\n');
  expect(six).toMatch(/1 2 3 4 5 6$/);
  expect(seven).toMatch(/1 2 3 4 5 6 …$/);
});

test('the tape of a 2-2-1 network prints one row an operation, with shape, value and gradient', () => {
  const { tape, functions: f } = autograd();
  const x = tape.constant(matrixOf([[1, 2]]), 'x');
  const w = tape.parameter(
    matrixOf([
      [0.5, -0.25],
      [0, 1],
    ]),
    'fc1.weight',
  );
  const b = tape.parameter(matrixOf([[0, 1]]), 'fc1.bias');
  tape.backward(f.sum(f.sigmoid(f.linear(x, w, b))));
  expect(tape.toString()).toMatchInlineSnapshot(`
    "#  operation   inputs   shape  value          gradient
    0  x                    1×2    1 2
    1  fc1.weight           2×2    0.5 -0.25 0 1  0.25 0.5 0.04518 0.09035
    2  fc1.bias             1×2    0 1            0.25 0.04518
    3  linear      0, 1, 2  1×2    0 3            0.25 0.04518
    4  sigmoid     3        1×2    0.5 0.9526     1 1
    5  sum         4        1×1    1.453          1"
  `);
});
