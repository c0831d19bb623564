import { describe, expect } from 'vitest';
import { heap } from '../../../src/numeric/allocator.ts';
import { fast } from '../../../src/numeric/kernels/fast.ts';
import type { Kernels } from '../../../src/numeric/kernels/kernels.ts';
import { reference } from '../../../src/numeric/kernels/reference.ts';
import { type Matrix, matrixOf, zeros } from '../../../src/numeric/matrix.ts';
import { random } from '../../../src/numeric/random.ts';
import { fc, test } from '../../property.ts';
import { dot, gaussian } from '../../random-matrix.ts';

const size = fc.integer({ min: 1, max: 11 });
const seed = fc.integer();

/** The same call on both sets of kernels, each into memory full of NaN. */
function both(rows: number, cols: number, call: (k: Kernels, into: Matrix) => void): Matrix[] {
  return [reference, fast].map((kernels) => {
    const into = zeros(rows, cols);
    into.data.fill(Number.NaN);
    call(kernels, into);
    return into;
  });
}

describe('products', () => {
  test.prop([size, size, size, seed])('fast has the bits of reference', (m, n, k, s) => {
    const a = gaussian(m, k, random(s));
    const b = gaussian(k, n, random(s + 1));
    const bT = gaussian(n, k, random(s + 2));
    const aT = gaussian(k, m, random(s + 3));
    const bias = gaussian(1, n, random(s + 4));
    for (const call of [
      (kernels: Kernels, c: Matrix) => kernels.multiply(c, a, b),
      (kernels: Kernels, c: Matrix) => kernels.multiplyNT(c, a, bT),
      (kernels: Kernels, c: Matrix) => kernels.multiplyTN(c, aT, b),
      (kernels: Kernels, c: Matrix) => kernels.linear(c, a, bT, bias),
    ]) {
      const [expected, got] = both(m, n, call);
      expect(got).toEqual(expected);
    }
  });

  test('a product by hand: [[1,2,3],[4,5,6]] · [[1,2],[3,4],[5,6]]', () => {
    const a = matrixOf([
      [1, 2, 3],
      [4, 5, 6],
    ]);
    const b = matrixOf([
      [1, 2],
      [3, 4],
      [5, 6],
    ]);
    for (const c of both(2, 2, (k, into) => k.multiply(into, a, b))) {
      expect([...c.data]).toEqual([22, 28, 49, 64]);
    }
  });

  test('shapes that do not fit say both shapes', () => {
    const into = zeros(2, 2);
    expect(() => fast.multiply(into, zeros(2, 3), zeros(2, 2))).toThrow(
      'multiply: 2×3 and 2×2 do not fit',
    );
    expect(() => fast.linear(into, zeros(2, 3), zeros(2, 3), zeros(1, 3))).toThrow(
      'linear bias: got shape 1×3, expected 1×2',
    );
  });
});

describe('activations and losses', () => {
  const close = (got: Matrix, expected: Matrix): void => {
    expected.data.forEach((value, i) => {
      if (Object.is(got.data[i], value)) return; // both infinite, for one
      // Two exponentials within 1 ULP each, then at most four more roundings; or a subnormal's.
      const allowed = 6 * (2 ** -52 * Math.abs(value) + 2 ** -1074);
      expect(Math.abs(got.data[i]! - value)).toBeLessThanOrEqual(allowed);
    });
  };
  const anyMatrix = fc
    .tuple(size, size, fc.double({ min: -3, max: 3, noNaN: true }), seed)
    .map(([rows, cols, magnitude, s]) => {
      const m = gaussian(rows, cols, random(s));
      for (let i = 0; i < m.data.length; i++) m.data[i]! *= 10 ** magnitude;
      return m;
    });

  test.prop([anyMatrix])('fast activations are within rounding of reference', (x) => {
    for (const name of ['exp', 'expm1', 'sigmoid', 'tanh'] as const) {
      const [expected, got] = both(x.rows, x.cols, (k, into) => k[name](into, x));
      close(got!, expected!);
    }
    const [expected, got] = both(x.rows, x.cols, (k, into) => k.elu(into, x, 0.7));
    close(got!, expected!);
  });

  test.prop([anyMatrix, seed])('fast losses are within rounding of reference', (z, s) => {
    const r = random(s);
    const y = zeros(z.rows, z.cols);
    for (let i = 0; i < y.data.length; i++) y.data[i] = r.integer(2);
    const classes = zeros(z.rows, 1);
    for (let i = 0; i < z.rows; i++) classes.data[i] = r.integer(z.cols);
    for (const call of [
      (k: Kernels, p: Matrix, loss: Matrix) => k.sigmoidBce(loss, p, z, y, 3),
      (k: Kernels, p: Matrix, loss: Matrix) => k.bceWithLogits(loss, p, z, y, 3),
      (k: Kernels, p: Matrix, loss: Matrix) => k.crossEntropy(loss, p, z, classes, 3),
    ]) {
      const losses: Matrix[] = [];
      const [expected, got] = both(z.rows, z.cols, (k, p) => {
        const loss = zeros(1, 1);
        call(k, p, loss);
        losses.push(loss);
      });
      close(got!, expected!);
      close(losses[1]!, losses[0]!);
    }
  });

  test('each lane gives the same bits for the same input, whatever stands beside it', () => {
    for (const name of ['exp', 'expm1', 'sigmoid', 'tanh'] as const) {
      const x = matrixOf([[0.3, -1.7, 0.3, 40, 0.3]]);
      const y = zeros(1, 5);
      fast[name](y, x);
      expect(y.data[2]).toBe(y.data[0]);
      expect(y.data[4]).toBe(y.data[0]);
    }
  });

  test('NaN passes through every activation', () => {
    const x = matrixOf([[Number.NaN]]);
    for (const name of ['exp', 'expm1', 'sigmoid', 'tanh', 'relu'] as const) {
      const [a, b] = both(1, 1, (k, into) => k[name](into, x));
      expect([a!.data[0], b!.data[0]]).toEqual([Number.NaN, Number.NaN]);
    }
  });

  test('relu(−0) and relu(0) are 0, and the pullback at 0 is 0', () => {
    const x = matrixOf([[-0, 0]]);
    const y = zeros(1, 2);
    fast.relu(y, x);
    expect([...y.data]).toEqual([0, 0]);
    fast.reluPullback(y, matrixOf([[3, 4]]), x);
    expect([...y.data]).toEqual([0, 0]);
  });

  test('a clamped logarithm has value −100 and slope 0', () => {
    const p = matrixOf([[0, 1e-50, 0.5]]);
    const [value, slope] = [zeros(1, 3), zeros(1, 3)];
    fast.clampedLog(value, p);
    fast.clampedLogSlope(slope, p);
    expect([...value.data]).toEqual([-100, -100, Math.log(0.5)]);
    expect([...slope.data]).toEqual([0, 0, 2]);
  });

  test('crossEntropy does not overflow, wherever the largest logit stands', () => {
    for (const k of [reference, fast]) {
      for (const z of [matrixOf([[800, 0, -800]]), matrixOf([[-800, 0, 800]])]) {
        const [loss, softmax] = [zeros(1, 1), zeros(1, 3)];
        k.crossEntropy(loss, softmax, z, matrixOf([[1]]), 1);
        expect(loss.data[0]).toBe(800);
        expect([...softmax.data].sort()).toEqual([0, 0, 1]);
      }
    }
  });

  test('bce clamps each logarithm at −100, and its pullback is 0 there', () => {
    const p = matrixOf([[0, 1, 0.5]]);
    const y = matrixOf([[1, 0, 1]]);
    const [loss, dp] = [zeros(1, 1), zeros(1, 3)];
    fast.bce(loss, p, y, 1);
    fast.bcePullback(dp, matrixOf([[1]]), p, y, 1);
    expect(loss.data[0]).toBeCloseTo(200 + Math.LN2, 12);
    expect([...dp.data]).toEqual([0, 0, -2]);
  });

  test('at 0 the pullbacks take the second branch: 0, the slope, alpha', () => {
    const [zero, one, dx] = [matrixOf([[0]]), matrixOf([[1]]), zeros(1, 1)];
    fast.reluPullback(dx, one, zero);
    expect(dx.data[0]).toBe(0);
    fast.leakyReluPullback(dx, one, zero, 0.1);
    expect(dx.data[0]).toBe(0.1);
    fast.eluPullback(dx, one, zero, zero, 0.7);
    expect(dx.data[0]).toBe(0.7);
  });

  test('sigmoidBce clamps where |z| ≥ 100, and its pullback is 0 there', () => {
    const z = matrixOf([[-150, 150, 150, -150]]);
    const y = matrixOf([[1, 0, 1, 0]]);
    const [loss, p, dz] = [zeros(1, 1), zeros(1, 4), zeros(1, 4)];
    fast.sigmoidBce(loss, p, z, y, 1);
    fast.sigmoidBcePullback(dz, matrixOf([[1]]), p, z, y, 1);
    expect(loss.data[0]).toBe(200);
    // At the right targets the slopes are ∓σ(−150), far below the last bit of anything beside them.
    expect(dz.data[0]).toBe(0);
    expect(dz.data[1]).toBe(0);
    expect(Math.abs(dz.data[2]!)).toBeLessThan(1e-60);
    expect(Math.abs(dz.data[3]!)).toBeLessThan(1e-60);
  });
});

describe('broadcasting', () => {
  const extent = fc.integer({ min: 1, max: 4 });
  test.prop([extent, extent, fc.boolean(), fc.boolean(), fc.boolean(), fc.boolean(), seed])(
    'elementwise kernels stretch extents of 1, sumTo undoes broadcastTo',
    (rows, cols, aFlat, aThin, bFlat, bThin, s) => {
      const a = gaussian(aFlat ? 1 : rows, aThin ? 1 : cols, random(s));
      const b = gaussian(bFlat ? 1 : rows, bThin ? 1 : cols, random(s + 1));
      const outRows = Math.max(a.rows, b.rows);
      const outCols = Math.max(a.cols, b.cols);
      const at = (m: Matrix, i: number, j: number): number =>
        m.data[(m.rows === 1 ? 0 : i) * m.cols + (m.cols === 1 ? 0 : j)]!;
      const symbols = {
        add: (x: number, y: number) => x + y,
        subtract: (x: number, y: number) => x - y,
        hadamard: (x: number, y: number) => x * y,
        divide: (x: number, y: number) => x / y,
      } as const;
      for (const [name, symbol] of Object.entries(symbols)) {
        const into = zeros(outRows, outCols);
        fast[name as keyof typeof symbols](into, a, b);
        for (let i = 0; i < outRows; i++) {
          for (let j = 0; j < outCols; j++) {
            expect(into.data[i * outCols + j]).toBe(symbol(at(a, i, j), at(b, i, j)));
          }
        }
      }
      // ⟨x, broadcast(a)⟩ = ⟨sumTo(x), a⟩
      const x = gaussian(rows, cols, random(s + 2));
      const [wide, narrow] = [zeros(rows, cols), zeros(a.rows, a.cols)];
      fast.broadcastTo(wide, a);
      fast.sumTo(narrow, x);
      expect(dot(narrow.data, a.data)).toBeCloseTo(dot(x.data, wide.data), 12);
    },
  );

  test('shapes that do not broadcast say so', () => {
    expect(() => fast.add(zeros(2, 3), zeros(2, 3), zeros(2, 2))).toThrow(
      'add: 2×3 and 2×2 do not broadcast to 2×3',
    );
    expect(() => fast.sumTo(zeros(2, 1), zeros(3, 3))).toThrow(
      'sumTo: 2×1 does not stretch to 3×3',
    );
  });
});

test('float32 matrices hold float32 values', () => {
  const x = heap('float32').matrix(1, 1);
  x.data[0] = 0.1;
  const y = heap('float32').matrix(1, 1);
  fast.sigmoid(y, x);
  expect(y.data[0]).toBe(Math.fround(1 / (1 + Math.exp(-Math.fround(0.1)))));
});
