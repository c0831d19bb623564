/**
 * An arithmetic is the number system in which a definition is read. Every layer and loss is written
 * once, over this interface; doubles, complex numbers, decimals and mathjs expressions implement it,
 * so the reference forward, the complex step, the many-digit reference and the symbolic derivative
 * all come from the same lines.
 */
export interface Arithmetic<T> {
  /** The exact value of the double. */
  constant(value: number): T;
  add(a: T, b: T): T;
  sub(a: T, b: T): T;
  mul(a: T, b: T): T;
  div(a: T, b: T): T;
  neg(a: T): T;
  exp(a: T): T;
  log(a: T): T;
  /** ln(1 + a), accurate for small a. */
  log1p(a: T): T;
  /** eᵃ − 1, accurate for small a. */
  expm1(a: T): T;
  tanh(a: T): T;
  /** 1 / (1 + e⁻ᵃ), without overflow. */
  sigmoid(a: T): T;
  /**
   * `positive()` where the real part of `condition` is > 0, else `otherwise()`.
   * At 0 the second branch counts: that is the convention of every kink in this project. NaN is on
   * neither side and gives NaN, so that it cannot hide behind a branch.
   */
  choose(condition: T, positive: () => T, otherwise: () => T): T;
  /**
   * The largest real part, as a constant: no derivative flows through it. For shifts that cancel
   * (the row maximum of a softmax), where the total derivative does not depend on the shift.
   */
  shift(values: readonly T[]): T;
}
