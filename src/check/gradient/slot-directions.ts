import type { Random } from '../../numeric/random.ts';
import type { Seen } from './both-sides.ts';
import { along, gaussianDirection } from './direction.ts';
import { judgeLine, scaleIn } from './judge-line.ts';
import { directionLine } from './line.ts';
import { brokenAt, type Claim, type Site } from './site.ts';
import type { SlotGroup } from './slot-groups.ts';

/** What the directions of one slot showed of one claim. */
export interface SlotFinding {
  readonly point: number;
  readonly claim: number;
  readonly group: SlotGroup;
  readonly verdict: Seen['verdict'];
  /** The direction that decides. */
  readonly claimed: number;
  readonly seen: Seen;
  /** The largest |e·d| that the directions leave possible for the error e. */
  readonly threshold: number;
  /** Along every direction the error is one of entries that are off by no more than the case lets pass. */
  readonly passes: boolean;
  /** f's noise on a line of this slot. */
  readonly noise: number;
  /** Of what is unresolved at corners: why, and what to do; one line. */
  readonly why?: string;
}

/** The directions of one slot, each evaluated once for all claims. */
export function checkSlot(
  site: Site,
  group: SlotGroup,
  directions: number,
  random: Random,
): readonly SlotFinding[] {
  const found: (SlotFinding | undefined)[] = site.claims.map(() => undefined);
  for (let k = 0; k < directions; k++) {
    const direction = gaussianDirection(site.x.length, group.members, random);
    const line = directionLine(site, direction);
    site.claims.forEach((claim, c) => {
      const before = found[c];
      const { tolerance: allowed } = site.subject;
      if (before?.verdict === 'disagrees' && allowed === 0) return;
      const { claimed, tolerance } = along(direction, claim);
      const rtol = Math.max(site.subject.rtol, allowed);
      const scale = scaleIn(site, c, group.slot, line);
      // What passes is looked at afterwards, entry by entry: a direction shows the sum of many.
      const asked = { claimed, tolerance, rtol, allowed: 0, scale };
      const { seen, noise } = judgeLine(site, line, c, asked, before?.noise);
      const { expected, uncertainty, sides } = seen;
      const width = sides ? Math.abs(sides.left - sides.right) : Math.abs(claimed - expected);
      const left = width + uncertainty + seen.tolerance;
      const threshold = Math.max(before?.threshold ?? 0, left);
      // Between the sides of a corner much can hide, and where several surfaces meet a right gradient
      // may lie outside.
      const verdict = sides ? 'unresolved' : seen.verdict;
      const most = CHANCE * allowed * sizeAlong(direction, claim, scale) + uncertainty + tolerance;
      const sharp = uncertainty <= rtol * Math.max(Math.abs(expected), Math.abs(claimed), scale);
      const passes =
        (before?.passes ?? true) &&
        allowed > 0 &&
        !sides &&
        sharp &&
        Math.abs(claimed - expected) <= most;
      found[c] =
        before && SEVERITY[before.verdict] >= SEVERITY[verdict]
          ? { ...before, threshold, passes }
          : {
              point: site.point,
              claim: c,
              group,
              verdict,
              claimed,
              seen,
              threshold,
              passes,
              noise,
            };
    });
    if (brokenAt(site)) break;
  }
  return found.filter((f) => f !== undefined);
}

/**
 * Standard deviations by which errors of a given size each may add up along a random direction: one
 * draw in 16,000 exceeds it.
 */
const CHANCE = 4;

/** What entries that are each off by their own size, or by `scale`, are off by along d, in rms. */
function sizeAlong(direction: Float64Array, { gradient }: Claim, scale: number): number {
  let squares = 0;
  direction.forEach((d, i) => {
    if (d !== 0) squares += (d * Math.max(Math.abs(gradient[i]!), scale)) ** 2;
  });
  return Math.sqrt(squares);
}

const SEVERITY = { agrees: 0, unresolved: 1, disagrees: 2 } as const;
