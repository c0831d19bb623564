import type { Primitive } from '../../../src/gradients/tape/rules.ts';
import type { Arithmetic } from '../../../src/numeric/arithmetic.ts';

/** A matrix over any arithmetic. */
export interface Grid<T> {
  readonly rows: number;
  readonly cols: number;
  readonly data: readonly T[];
}

type Definition = <T>(a: Arithmetic<T>, args: readonly Grid<T>[], setting: number) => Grid<T>;

const grid = <T>(rows: number, cols: number, at: (i: number, j: number) => T): Grid<T> => ({
  rows,
  cols,
  data: Array.from({ length: rows * cols }, (_, n) => at(Math.floor(n / cols), n % cols)),
});

const entry = <T>(m: Grid<T>, i: number, j: number): T =>
  m.data[(m.rows === 1 ? 0 : i) * m.cols + (m.cols === 1 ? 0 : j)]!;

const unary =
  (f: <T>(a: Arithmetic<T>, x: T, setting: number) => T): Definition =>
  (a, [x], setting) =>
    grid(x!.rows, x!.cols, (i, j) => f(a, entry(x!, i, j), setting));

const binary =
  (f: <T>(a: Arithmetic<T>, x: T, y: T) => T): Definition =>
  (a, [x, y]) =>
    grid(Math.max(x!.rows, y!.rows), Math.max(x!.cols, y!.cols), (i, j) =>
      f(a, entry(x!, i, j), entry(y!, i, j)),
    );

const sumOver = <T>(a: Arithmetic<T>, n: number, term: (k: number) => T): T =>
  Array.from({ length: n }, (_, k) => term(k)).reduce(a.add, a.constant(0));

const product: Definition = (a, [x, y]) =>
  grid(x!.rows, y!.cols, (i, j) =>
    sumOver(a, x!.cols, (k) => a.mul(entryOf(x!, i, k), entryOf(y!, k, j))),
  );

const entryOf = <T>(m: Grid<T>, i: number, j: number): T => m.data[i * m.cols + j]!;

const scalar = <T>(value: T): Grid<T> => ({ rows: 1, cols: 1, data: [value] });

/** A loss over matching entries, divided by the setting. */
const mean =
  (f: <T>(a: Arithmetic<T>, x: T, y: T) => T): Definition =>
  (a, [x, y], divisor) =>
    scalar(
      a.div(
        sumOver(a, x!.data.length, (n) => f(a, x!.data[n]!, y!.data[n]!)),
        a.constant(divisor),
      ),
    );

const bceOf = <T>(a: Arithmetic<T>, p: T, y: T): T => {
  const clamped = (q: T): T => {
    const log = a.log(q);
    const floor = a.constant(-100);
    return a.choose(
      a.sub(log, floor),
      () => log,
      () => floor,
    );
  };
  const one = a.constant(1);
  return a.neg(a.add(a.mul(y, clamped(p)), a.mul(a.sub(one, y), clamped(a.sub(one, p)))));
};

const softplus = <T>(a: Arithmetic<T>, z: T): T =>
  a.choose(
    z,
    () => a.add(z, a.log1p(a.exp(a.neg(z)))),
    () => a.log1p(a.exp(z)),
  );

const logisticLoss: Definition = mean((a, z, y) => a.sub(softplus(a, z), a.mul(y, z)));

/** Each primitive from its formula, apart from kernels and rules: the outside view of the tape. */
export const definitions: { readonly [P in Primitive]: Definition } = {
  add: binary((a, x, y) => a.add(x, y)),
  subtract: binary((a, x, y) => a.sub(x, y)),
  hadamard: binary((a, x, y) => a.mul(x, y)),
  divide: binary((a, x, y) => a.div(x, y)),
  negate: unary((a, x) => a.neg(x)),
  complement: unary((a, x) => a.sub(a.constant(1), x)),
  reciprocal: unary((a, x) => a.div(a.constant(1), x)),
  exp: unary((a, x) => a.exp(x)),
  expm1: unary((a, x) => a.expm1(x)),
  log: unary((a, x) => a.log(x)),
  log1p: unary((a, x) => a.log1p(x)),
  clamped_log: unary((a, x) => {
    const log = a.log(x);
    return a.choose(
      a.add(log, a.constant(100)),
      () => log,
      () => a.constant(-100),
    );
  }),
  sqrt: unary((a, x) => a.exp(a.div(a.log(x), a.constant(2)))),
  square: unary((a, x) => a.mul(x, x)),
  abs: unary((a, x) =>
    a.choose(
      x,
      () => x,
      () => a.neg(x),
    ),
  ),
  scale: unary((a, x, factor) => a.mul(a.constant(factor), x)),
  shift: unary((a, x, addend) => a.add(x, a.constant(addend))),
  step: unary((a, x) =>
    a.choose(
      x,
      () => a.constant(1),
      () => a.constant(0),
    ),
  ),
  constant_row_max: (a, [x]) =>
    grid(x!.rows, 1, (i) => a.shift(Array.from({ length: x!.cols }, (_, j) => entryOf(x!, i, j)))),
  one_hot: (a, [classes], columns) =>
    grid(classes!.rows, columns, (i, j) => {
      // 1 − (class − j)² is 1 where they are equal and at most 0 elsewhere.
      const distance = a.sub(classes!.data[i]!, a.constant(j));
      return a.choose(
        a.sub(a.constant(1), a.mul(distance, distance)),
        () => a.constant(1),
        () => a.constant(0),
      );
    }),
  select: (a, [condition, x, y]) =>
    grid(condition!.rows, condition!.cols, (i, j) =>
      a.choose(
        entryOf(condition!, i, j),
        () => entryOf(x!, i, j),
        () => entryOf(y!, i, j),
      ),
    ),
  multiply: product,
  transpose: (_a, [x]) => grid(x!.cols, x!.rows, (i, j) => entryOf(x!, j, i)),
  sum: (a, [x]) => scalar(sumOver(a, x!.data.length, (n) => x!.data[n]!)),
  row_sums: (a, [x]) => grid(x!.rows, 1, (i) => sumOver(a, x!.cols, (j) => entryOf(x!, i, j))),
  column_sums: (a, [x]) =>
    grid(1, x!.cols, (_, j) => sumOver(a, x!.rows, (i) => entryOf(x!, i, j))),
  sigmoid: unary((a, x) => a.sigmoid(x)),
  tanh: unary((a, x) => a.tanh(x)),
  relu: unary((a, x) =>
    a.choose(
      x,
      () => x,
      () => a.constant(0),
    ),
  ),
  leaky_relu: unary((a, x, slope) =>
    a.choose(
      x,
      () => x,
      () => a.mul(a.constant(slope), x),
    ),
  ),
  elu: unary((a, x, alpha) =>
    a.choose(
      x,
      () => x,
      () => a.mul(a.constant(alpha), a.expm1(x)),
    ),
  ),
  linear: (a, [x, w, b]) =>
    grid(x!.rows, w!.rows, (n, o) =>
      a.add(
        sumOver(a, x!.cols, (i) => a.mul(entryOf(x!, n, i), entryOf(w!, o, i))),
        b!.data[o]!,
      ),
    ),
  linear_without_bias: (a, [x, w]) =>
    grid(x!.rows, w!.rows, (n, o) =>
      sumOver(a, x!.cols, (i) => a.mul(entryOf(x!, n, i), entryOf(w!, o, i))),
    ),
  bce: mean(bceOf),
  // Where no logarithm is clamped the two are one function; on 1 − σ(z) the definition would cancel.
  sigmoid_bce: logisticLoss,
  bce_with_logits: logisticLoss,
  cross_entropy: (a, [z, classes], divisor) => {
    const terms = Array.from({ length: z!.rows }, (_, i) => {
      const row = Array.from({ length: z!.cols }, (_, j) => entryOf(z!, i, j));
      const shift = a.shift(row);
      const logTotal = a.log(row.map((v) => a.exp(a.sub(v, shift))).reduce(a.add));
      const hot = definitions.one_hot(
        a,
        [{ rows: 1, cols: 1, data: [classes!.data[i]!] }],
        z!.cols,
      );
      const chosen = row.map((v, j) => a.mul(hot.data[j]!, a.sub(v, shift))).reduce(a.add);
      return a.sub(logTotal, chosen);
    });
    return scalar(a.div(terms.reduce(a.add), a.constant(divisor)));
  },
  mse: mean((a, p, y) => {
    const d = a.sub(p, y);
    return a.mul(d, d);
  }),
};
