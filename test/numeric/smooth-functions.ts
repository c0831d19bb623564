import type { Random } from '../../src/numeric/random.ts';

export interface SmoothCase {
  readonly text: string;
  readonly f: (x: number) => number;
  readonly x: number;
  readonly derivative: number;
  /** The error of `derivative` itself: its argument is rounded, and so is it. */
  readonly tolerance: number;
}

type Family = readonly [
  f: (t: number) => number,
  derivative: (t: number) => number,
  positiveOnly?: true,
];

const FAMILIES: { readonly [name: string]: Family } = {
  tanh: [Math.tanh, (t) => 1 / Math.cosh(t) ** 2],
  sigmoid: [
    (t) => 1 / (1 + Math.exp(-t)),
    (t) => Math.exp(-Math.abs(t)) / (1 + Math.exp(-Math.abs(t))) ** 2,
  ],
  sin: [Math.sin, Math.cos],
  exp: [Math.exp, Math.exp],
  log: [Math.log, (t) => 1 / t, true],
  sqrt: [Math.sqrt, (t) => 0.5 / Math.sqrt(t), true],
  square: [(t) => t * t, (t) => 2 * t],
  cube: [(t) => t ** 3, (t) => 3 * t * t],
  inverse: [(t) => 1 / t, (t) => -1 / (t * t)],
  bump: [(t) => Math.exp(-t * t), (t) => -2 * t * Math.exp(-t * t)],
  // Smooth, though written with kinks that cancel.
  softplus: [
    (t) => Math.max(t, 0) + Math.log1p(Math.exp(-Math.abs(t))),
    (t) => 1 / (1 + Math.exp(-t)),
  ],
  fourth: [(t) => t ** 4, (t) => 4 * t ** 3],
};

/** f(s x + c) + b for random f, s, c, b and x: of ordinary size, or over many decades. */
export function smoothCases(r: Random, count: number, scales: 'mild' | 'wide'): SmoothCase[] {
  const decades = (from: number, to: number): number => 10 ** (from + (to - from) * r.uniform());
  const names = Object.keys(FAMILIES);
  const cases: SmoothCase[] = [];
  for (let i = 0; i < count; i++) {
    const name = names[i % names.length]!;
    const [f, derivative, positiveOnly] = FAMILIES[name]!;
    const wide = scales === 'wide';
    const s = wide ? decades(-3, 3) : decades(-1, 1);
    const sign = positiveOnly || r.uniform() < 0.5 ? 1 : -1;
    const x = sign * (wide ? decades(-4, 4) : decades(-1, 0.5));
    const c = wide && !positiveOnly ? 4 * r.uniform() - 2 : 0;
    const b = wide && r.uniform() < 0.3 ? decades(0, 4) : 0;
    const t = s * x + c;
    const value = s * derivative(t);
    if (!Number.isFinite(f(t)) || !Number.isFinite(value) || Math.abs(value) < 1e-290) continue;
    cases.push({
      text: `${name}(${s} x + ${c}) + ${b} at ${x}`,
      f: (v) => f(s * v + c) + b,
      x,
      derivative: value,
      tolerance: 8 * 2 ** -53 * Math.abs(value) * (1 + Math.abs(t)),
    });
  }
  return cases;
}
