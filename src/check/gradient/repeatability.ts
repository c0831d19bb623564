import { UNIT_ROUNDOFF } from '../../numeric/dtype.ts';
import { FIRST_STEP } from '../derivative-verdict.ts';
import type { Diagnosis } from '../diagnosis/diagnosis.ts';
import { allowed } from '../noisy.ts';
import type { Fault, Guard } from './guard.ts';
import { rms } from './rms.ts';
import type { Subject } from './subject.ts';

/** Whether calls with the same arguments give the same. */
export type Repeatability =
  | { readonly kind: 'same' }
  /** By rounding alone, or less than what the check must see. */
  | { readonly kind: 'varies' }
  | {
      readonly kind: 'not-deterministic';
      readonly error: string;
      readonly diagnosis: Diagnosis | null;
    }
  | Fault;

/** With three calls a gradient that is added to shows as such: the same again each time. */
const CALLS = 3;

/**
 * Calls f and its derivative `calls` times each with the same arguments, the derivative first: what it
 * keeps between calls is then what the first check of it meets.
 */
export function repeatability(
  guard: Guard,
  subject: Subject,
  x: Float64Array,
  cotangent: Float64Array | null,
  calls: number = CALLS,
): Repeatability {
  const gradients: Float64Array[] = [];
  for (let k = 0; k < calls; k++) {
    const reply = guard.gradient(x, cotangent);
    if (reply.kind === 'fault') return reply;
    gradients.push(reply.values);
  }
  const values: Float64Array[] = [];
  for (let k = 0; k < calls; k++) {
    const reply = guard.value(x);
    if (reply.kind === 'fault') return reply;
    values.push(reply.values);
  }
  const name = subject.vector ? 'vjp' : 'gradient';
  const [first] = gradients as [Float64Array];
  const size = rms(first);
  const accumulated = accumulation(gradients, subject);
  if (accumulated) {
    return {
      kind: 'not-deterministic',
      error: `${name} gives more with each call: ${accumulated}`,
      diagnosis: {
        kind: 'accumulates',
        message: `${name} adds to what it gave before: ${accumulated}. Clear the result first`,
        confidence: 1,
      },
    };
  }
  const derivative = farthest(gradients, (v) =>
    Math.max(subject.rtol * Math.max(size, Math.abs(v)), rounding(v, subject)),
  );
  if (derivative.beyond) return differing(name, derivative);
  // A change of f that no difference over the largest step would notice is harmless.
  const step = FIRST_STEP * Math.max(1, rms(x));
  const outputs = values[0]!.length;
  const value = farthest(values, (v) =>
    Math.max(outputs === 1 ? subject.rtol * size * step : 0, rounding(v, subject)),
  );
  if (value.beyond) return differing('f', value);
  return { kind: derivative.differs || value.differs ? 'varies' : 'same' };
}

/** What sums in another order may differ by. */
const rounding = (v: number, { dtype }: Subject): number =>
  allowed(UNIT_ROUNDOFF[dtype] * Math.abs(v));

interface Farthest {
  readonly differs: boolean;
  readonly beyond: boolean;
  readonly call: number;
  readonly entry: number;
  readonly first: number;
  readonly later: number;
}

/** The later result that differs most, as a share of what is allowed, from the first. */
function farthest(results: readonly Float64Array[], allowance: (v: number) => number): Farthest {
  let worst: Farthest = { differs: false, beyond: false, call: 0, entry: 0, first: 0, later: 0 };
  let largest = 0;
  const [base] = results as [Float64Array];
  results.forEach((values, k) => {
    values.forEach((later, entry) => {
      const first = base[entry]!;
      if (Object.is(first, later) || first === later) return;
      const share = Math.abs(later - first) / allowance(first);
      // NaN now and a number then is as far as can be.
      const far = Number.isNaN(share) ? Infinity : share;
      if (far < largest) return;
      largest = far;
      worst = { differs: true, beyond: far > 1, call: k, entry, first, later };
    });
  });
  return worst;
}

const differing = (name: string, { call, entry, first, later }: Farthest): Repeatability => ({
  kind: 'not-deterministic',
  error: `${name} called again with the same input: entry ${entry} was ${first}, in call ${call + 1} ${later}`,
  diagnosis: null,
});

/** Do successive calls differ by the same, which is not 0? In words, with figures. */
function accumulation(gradients: readonly Float64Array[], subject: Subject): string | null {
  const [first, second, third] = gradients;
  if (!first || !second || !third) return null;
  let largest = -1;
  for (let i = 0; i < first.length; i++) {
    const [a, b] = [second[i]! - first[i]!, third[i]! - second[i]!];
    if (!(Math.abs(a - b) <= rounding(third[i]!, subject) + rounding(first[i]!, subject)))
      return null;
    if (Math.abs(a) > rounding(first[i]!, subject)) {
      if (largest < 0 || Math.abs(a) > Math.abs(second[largest]! - first[largest]!)) largest = i;
    }
  }
  if (largest < 0) return null;
  const entries = [first, second, third].map((g) => g[largest]!.toPrecision(6)).join(', ');
  return `entry ${largest} is ${entries} in calls 1, 2, 3`;
}
