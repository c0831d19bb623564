import { resultRounding } from './black-box-tolerance.ts';
import type { Site } from './site.ts';

/**
 * What one entry of a claim may be off by at a corner: neighbours of x take other branches there, so of
 * rounding the result's own is left; and what the case lets pass.
 */
export function cornerTolerance({ subject, claims }: Site, claim: number, index: number): number {
  const { gradient, scales } = claims[claim]!;
  const slot = subject.layout.slots.findIndex((s) => index < s.offset + s.size);
  const g = Math.abs(gradient[index]!);
  return resultRounding(g, subject.dtype) + subject.tolerance * Math.max(g, scales[slot]!);
}
