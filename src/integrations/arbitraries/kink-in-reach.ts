import type { Problem } from '../../check/judge.ts';
import { evaluate } from '../../model/forward.ts';
import type { Arithmetic } from '../../numeric/arithmetic.ts';
import { UNIT_ROUNDOFF } from '../../numeric/dtype.ts';

/**
 * The step of a central difference in doubles, u^⅓, at which rounding and truncation balance: 5e-6 of a
 * parameter, or of 1 if that is more.
 */
const STEP = UNIT_ROUNDOFF.float64 ** (1 / 3);

/** A number, and how far steps of the parameters may move it, to first order. */
interface Ball {
  readonly centre: number;
  readonly radius: number;
}

/** Whether a step of any parameters, all at once even, may take some unit across its kink. */
export function kinkInReach({ model, params, batch }: Problem): boolean {
  let crossed = false;
  const arithmetic = ballArithmetic(() => {
    crossed = true;
  });
  const moved = Array.from(params.values, (v) => ball(v, STEP * Math.max(1, Math.abs(v))));
  evaluate(arithmetic, model, moved, batch);
  return crossed;
}

const ball = (centre: number, radius: number): Ball => ({ centre, radius });

const ballArithmetic = (crossing: () => void): Arithmetic<Ball> => ({
  constant: (value) => ball(value, 0),
  add: (a, b) => ball(a.centre + b.centre, a.radius + b.radius),
  sub: (a, b) => ball(a.centre - b.centre, a.radius + b.radius),
  mul: (a, b) =>
    ball(a.centre * b.centre, Math.abs(a.centre) * b.radius + Math.abs(b.centre) * a.radius),
  div: (a, b) => {
    const quotient = a.centre / b.centre;
    return ball(quotient, (a.radius + Math.abs(quotient) * b.radius) / Math.abs(b.centre));
  },
  neg: (a) => ball(-a.centre, a.radius),
  exp: (a) => ball(Math.exp(a.centre), Math.exp(a.centre) * a.radius),
  log: (a) => ball(Math.log(a.centre), a.radius / a.centre),
  log1p: (a) => ball(Math.log1p(a.centre), a.radius / (1 + a.centre)),
  expm1: (a) => ball(Math.expm1(a.centre), Math.exp(a.centre) * a.radius),
  tanh: (a) => {
    const t = Math.tanh(a.centre);
    return ball(t, (1 - t * t) * a.radius);
  },
  sigmoid: (a) => {
    const s = 1 / (1 + Math.exp(-a.centre));
    return ball(s, s * (1 - s) * a.radius);
  },
  choose: (condition, positive, otherwise) => {
    if (!(Math.abs(condition.centre) > condition.radius)) crossing();
    return condition.centre > 0 ? positive() : otherwise();
  },
  shift: (values) => ball(Math.max(...values.map(({ centre }) => centre)), 0),
});
