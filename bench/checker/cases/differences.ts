import type { Decimal } from '../../../src/numeric/decimal.ts';
import { decimals } from './arithmetic.ts';
import type { CaseSpec } from './case-spec.ts';
import { functionOf } from './functions.ts';

/** Digits and step of successive differences. Those of one side err by a step: they need the last. */
const LEVELS = [
  { digits: 80, step: '1e-25' },
  { digits: 100, step: '1e-35' },
  { digits: 130, step: '1e-50' },
  { digits: 160, step: '1e-65' },
] as const;
/** From x to a point of a piece of f: far beyond the last two steps, and near enough for its digits. */
const BESIDE = '1e-30';

/** The derivative along a direction from below and from above: the same Decimal where f is smooth. */
export interface Slopes {
  readonly left: Decimal;
  readonly right: Decimal;
}

/**
 * Slopes of ⟨ȳ, f⟩ at x along any direction; for one entry alone, by that entry. By differences of the
 * exact function, without any derivative rule, at steps so small that two of them agree to `digits`
 * digits. Throws a RangeError where none do. With a ray, beside x inside the piece of f it leads to.
 */
export function slopesOf(
  spec: CaseSpec,
  cotangent: readonly number[],
  digits: number,
  ray?: readonly number[],
): (direction: readonly number[]) => Slopes {
  // One side of a piece is smooth, but only at steps far below the distance to its edge.
  const levels = (ray ? LEVELS.slice(2) : LEVELS).map((level) =>
    lazily(() => differencing(spec, cotangent, level, ray)),
  );
  return (direction) => settled(spec.id, levels, direction, digits);
}

/** The direction of one entry, as long as its scale. */
export const alongEntry = (i: number, scales: readonly number[]): number[] =>
  scales.map((s, j) => (i === j ? s : 0));

/** Differences along a direction; for one entry alone, divided by its part of it. */
interface Reading {
  readonly left: Decimal;
  readonly right: Decimal;
  readonly central: Decimal;
}

type Differencing = (direction: readonly number[]) => Reading;

/** Differences of ⟨ȳ, f⟩ at x, or a little beside it along a ray. */
function differencing(
  spec: CaseSpec,
  cotangent: readonly number[],
  { digits, step }: (typeof LEVELS)[number],
  ray?: readonly number[],
): Differencing {
  const { dtype, parameters } = spec;
  const a = decimals(digits, dtype);
  const { constant: exact } = decimals(digits, 'float64');
  const weights = cotangent.map(exact);
  const moved = (x: readonly Decimal[], by: readonly number[], share: Decimal): Decimal[] =>
    x.map((v, i) => (by[i] === 0 ? v : a.add(v, a.mul(exact(by[i]!), share))));
  const f = (x: readonly Decimal[]): Decimal =>
    functionOf(spec)
      .value(a, parameters, x)
      .map((v, k) => a.mul(v, weights[k]!))
      .reduce((sum, v) => a.add(sum, v));

  const one = exact(1);
  const at = spec.at.map(a.constant);
  const origin = ray ? moved(at, ray, one.times(BESIDE)) : at;
  const value = f(origin);
  const h = one.times(step);
  return (direction) => {
    const above = f(moved(origin, direction, h));
    const below = f(moved(origin, direction, h.neg()));
    const parts = direction.filter((v) => v !== 0);
    const by = parts.length === 1 ? a.mul(h, exact(parts[0]!)) : h;
    return {
      left: a.div(a.sub(value, below), by),
      right: a.div(a.sub(above, value), by),
      central: a.div(a.sub(above, below), a.add(by, by)),
    };
  };
}

/** What successive readings tend to. */
function settled(
  id: string,
  levels: readonly (() => Differencing)[],
  direction: readonly number[],
  digits: number,
): Slopes {
  let previous: Reading | null = null;
  for (const level of levels) {
    const next = level()(direction);
    if (previous) {
      const apart = [previous, next].map(({ left, right }) => right.minus(left).abs());
      if (vanishing(apart[0]!, apart[1]!)) {
        const value = limit(previous.central, next.central, digits);
        if (value) return { left: value, right: value };
      } else {
        const left = limit(previous.left, next.left, digits);
        const right = limit(previous.right, next.right, digits);
        if (left && right) return { left, right };
      }
    }
    previous = next;
  }
  throw new RangeError(`${id}, along ${direction}: no two differences agree to ${digits} digits`);
}

/** At steps 1e10 times smaller and more, what tends to 0 is much smaller too. */
const vanishing = (before: Decimal, now: Decimal): boolean => now.lte(before.times(1e-5));

function limit(before: Decimal, now: Decimal, digits: number): Decimal | null {
  if (
    now
      .minus(before)
      .abs()
      .lte(now.abs().times(`1e-${digits + 1}`))
  )
    return now;
  return vanishing(before.abs(), now.abs()) ? now.times(0) : null;
}

function lazily<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
