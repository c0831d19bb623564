import type { Settings } from './check-options.ts';
import type { CaughtError, CheckResult } from './check-result.ts';
import { errorBound } from './error-bound.ts';
import type { Examined } from './examine.ts';
import { missable, offAtMost } from './judged.ts';
import { norm } from './rms.ts';

/** On ‖gradient − truth‖ at every point and for every cotangent at once. */
export function boundOf(
  examined: readonly Examined[],
  { directions, confidence }: Settings,
): CheckResult['bound'] {
  const jointly = examined.reduce((sum, e) => sum + e.slots.length, 0);
  const norms = examined.flatMap(({ site, slots, judged }) =>
    site.claims.map((_claim, c) => {
      const sights = slots
        .filter((s) => s.claim === c)
        .map(({ group, threshold }) => ({ size: group.members.length, directions, threshold }));
      const known = judged.filter((j) => j.claim === c).map(offAtMost);
      return errorBound(sights, known, confidence, jointly);
    }),
  );
  return { norm: Math.max(...norms), confidence };
}

/** The smallest error in one entry that would have been caught; by `bound`, in fast mode. */
export function caughtOf(examined: readonly Examined[], bound: number | null): CaughtError {
  const absolute =
    bound ?? examined.flatMap((e) => e.judged).reduce((most, j) => Math.max(most, missable(j)), 0);
  const smallest = examined
    .flatMap((e) => e.site.claims)
    .reduce((least, c) => Math.min(least, norm(c.gradient)), Infinity);
  return { absolute, relative: smallest > 0 ? absolute / smallest : Infinity };
}
