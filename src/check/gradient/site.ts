import { leastNoise } from '../../numeric/noise.ts';
import type { Random } from '../../numeric/random.ts';
import { blackBoxTolerance } from './black-box-tolerance.ts';
import type { Fault, Guard } from './guard.ts';
import { norm, rms } from './rms.ts';
import type { Subject } from './subject.ts';

/** A gradient claimed at a point, of the scalar that a cotangent makes of f. */
export interface Claim {
  /** ȳ; null for a scalar f. */
  readonly cotangent: Float64Array | null;
  readonly gradient: Float64Array;
  /** What rounding may have done to each entry. */
  readonly tolerance: Float64Array;
  /** rms of each slot's gradient: below it an error counts relative to it. */
  readonly scales: readonly number[];
  /** ⟨ȳ, f(x)⟩. */
  readonly value: number;
  /** A bound on the rounding of that sum alone: its terms may cancel. */
  readonly leastNoise: number;
}

/** A point, what was claimed there, and f around it. */
export interface Site {
  readonly subject: Subject;
  readonly guard: Guard;
  /** Index into the case's points. */
  readonly point: number;
  readonly x: Float64Array;
  /** One for a scalar f, one for each cotangent of a vector f. */
  readonly claims: readonly Claim[];
  /**
   * ⟨ȳ, f(x)⟩ for each claim: NaN where f throws. Another fault is kept in `faults`.
   */
  readonly probe: (x: Float64Array) => Float64Array;
  /** What went wrong at probes, the first of each verdict. */
  readonly faults: Fault[];
  /** f's noise along each claim's gradient, once it was measured. */
  readonly noises: Map<number, number>;
}

/** Random cotangents of a vector f; with two, a vjp that ignores its own shows. */
const COTANGENTS = 2;

/** What is claimed at x, which may be near the case's `point`. Calls f once. */
export function siteAt(
  subject: Subject,
  guard: Guard,
  point: number,
  x: Float64Array,
  random: Random,
): Site | Fault {
  const outputs = guard.value(x);
  if (outputs.kind === 'fault') return outputs;
  const cotangents = subject.vector
    ? Array.from({ length: COTANGENTS }, () => outputs.values.map(() => random.normal()))
    : [null];
  const claims: Claim[] = [];
  for (const cotangent of cotangents) {
    const reply = guard.gradient(x, cotangent);
    if (reply.kind === 'fault') return reply;
    const gradient = reply.values;
    const terms = outputs.values.map((v, j) => v * (cotangent?.[j] ?? 1));
    claims.push({
      cotangent,
      gradient,
      tolerance: blackBoxTolerance(guard, subject, x, cotangent, gradient, random),
      scales: subject.layout.slots.map((s) => rms(gradient.subarray(s.offset, s.offset + s.size))),
      value: terms.reduce((sum, v) => sum + v, 0),
      leastNoise: leastNoise(norm(terms), subject.dtype),
    });
  }
  const faults: Fault[] = [];
  const probe = (at: Float64Array): Float64Array => {
    const reply = guard.value(at);
    if (reply.kind === 'values') return projections(reply.values, cotangents);
    if (!faults.some((f) => f.verdict === reply.verdict)) faults.push(reply);
    return new Float64Array(cotangents.length).fill(Number.NaN);
  };
  return { subject, guard, point, x, claims, probe, faults, noises: new Map() };
}

/** A fault that no probe may have: it shows f itself broken, and ends the check. */
export const brokenAt = ({ faults }: Site): Fault | undefined =>
  faults.find((fault) => fault.verdict !== 'threw');

const projections = (
  outputs: Float64Array,
  cotangents: readonly (Float64Array | null)[],
): Float64Array =>
  Float64Array.from(cotangents, (c) => outputs.reduce((sum, v, j) => sum + v * (c?.[j] ?? 1), 0));
