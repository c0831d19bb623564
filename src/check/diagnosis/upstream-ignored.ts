import type { Diagnosis } from './diagnosis.ts';
import type { Evidence, Observation } from './evidence.ts';
import { confidenceOf, isEnough, ROUNDING, supportOfHits, TELLING } from './support.ts';

/** At one point two cotangents give the same vjp, and should not. */
export function upstreamIgnored({ observations }: Evidence): Diagnosis | null {
  const hits: number[] = [];
  for (const [k, a] of observations.entries()) {
    // Each against the one before it at the same point, so that none counts twice.
    const b = observations.slice(0, k).findLast((earlier) => isSamePoint(earlier, a));
    if (b === undefined) continue;
    for (let i = 0; i < a.got.length; i++) {
      const bars = a.uncertainty[i]! + b.uncertainty[i]! + ROUNDING * Math.abs(a.got[i]!);
      if (Math.abs(a.got[i]! - b.got[i]!) > bars) return null;
      const chance = bars / Math.abs(a.expected[i]! - b.expected[i]!);
      if (chance <= TELLING) hits.push(Math.log(Math.max(chance, ROUNDING)));
    }
  }
  const nothing = observations.every(({ got }) => got.every((value) => value === 0));
  const support = supportOfHits(hits, 0);
  if (nothing || !isEnough(support)) return null;
  return {
    kind: 'upstream-ignored',
    message:
      'The result is the same whatever cotangent comes in: the gradient that arrives from above is not multiplied in',
    confidence: confidenceOf(support),
  };
}

const isSamePoint = (a: Observation, b: Observation): boolean =>
  a.cotangent !== null && b.cotangent !== null && a.x.every((value, i) => value === b.x[i]);
