import type { Random } from '../../numeric/random.ts';
import { claimedSides, type End, type Look } from './claimed-sides.ts';
import { untoldText } from './corner-text.ts';
import { cornerTolerance } from './corner-tolerance.ts';
import type { CorneredEntry } from './cornered-entries.ts';
import { addUp } from './joint-bends.ts';
import { judgeEntry } from './judge-entry.ts';
import { scaleIn } from './judge-line.ts';
import { type Judged, severity } from './judged.ts';
import { directionLine, entryLine } from './line.ts';
import { noiseOn } from './noise-on.ts';
import { raySlope } from './ray-slope.ts';
import type { Site } from './site.ts';
import type { SlotFinding } from './slot-directions.ts';

/** What is known of a slot's entries at a corner, when they are too many to be judged one by one. */
export interface CornersFound {
  readonly finding: SlotFinding;
  /** Those judged by themselves. */
  readonly judged: readonly Judged[];
}

/** Entries judged by themselves at most; one takes about 250 calls. */
const MOST_ALONE = 64;
/** A search for what is off at the ends begins again without what it found. */
const ROUNDS = 3;
/**
 * So much more of an error may stay under a threshold along directions whose signs are given: half-normal
 * variables have twice the density of normal ones, and Σ aᵢXᵢ of independent Xᵢ with densities of K at
 * most has one of √2 K at most if Σ aᵢ² = 1 (Rudelson & Vershynin 2015, theorem 1.2, arXiv 1402.4492).
 */
const SIGNS_GIVEN = 2 * Math.SQRT2;

/**
 * Judges one claim at many corners of one slot, two to four calls of f an entry having shown their slopes.
 * Claims at an end of their interval are right where rays into these sides see them all; claims clearly
 * between their slopes where their entries bend f each by itself; all others are judged by themselves.
 */
export function judgeCorners(
  site: Site,
  claimIndex: number,
  slot: number,
  corners: readonly CorneredEntry[],
  { directions, maxWrong }: { readonly directions: number; readonly maxWrong: number },
  random: Random,
): CornersFound {
  const { atEnds, between, doubtful } = sorted(site, claimIndex, corners);
  const judged: Judged[] = [];
  const isJudged = (index: number): boolean => judged.some((j) => j.index === index);
  function alone(index: number): void {
    const wrong = judged.filter((j) => severity(j.verdict) >= severity('disagrees'));
    if (isJudged(index) || judged.length >= MOST_ALONE || wrong.length >= maxWrong) return;
    judged.push(judgeEntry(site, claimIndex, index, entryLine(site, index)).judged);
  }

  const look = claimedSides(site, claimIndex, random);
  /** Judges by themselves what is off; ends where something is in company only. */
  function search(ends: readonly End[]): boolean {
    if (ends.length === 1) {
      alone(ends[0]!.index);
      return true;
    }
    const middle = ends.length >> 1;
    const off = [ends.slice(0, middle), ends.slice(middle)].filter((half) => !look(half).right);
    return off.length > 0 && off.every(search);
  }

  doubtful.forEach(alone);
  const hidden = between.length > 0 ? addUp(site, claimIndex, between, random) : 0;
  let ends = atEnds;
  let looks: Look[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    ends = ends.filter(({ index }) => !isJudged(index));
    looks = ends.length > 0 ? Array.from({ length: directions }, () => look(ends)) : [];
    if (looks.every((l) => l.right) || !search(ends)) break;
  }
  const agrees = (l: Look): boolean => {
    const size = Math.max(Math.abs(l.claimed), Math.abs(l.expected));
    const scale = scaleIn(site, claimIndex, slot, directionLine(site, l.ray));
    return l.right && l.uncertainty <= site.subject.rtol * Math.max(size, scale);
  };
  const told = hidden !== null && doubtful.every(isJudged) && looks.every(agrees);
  const verdict = told ? 'agrees' : 'unresolved';
  const worst = looks.find((l) => !agrees(l)) ?? looks[0];
  const seen = worst
    ? { ...worst, sides: bothSides(site, claimIndex, worst) }
    : seenAt(site, claimIndex, corners[0]!);
  const apart = looks.map((l) => Math.abs(l.claimed - l.expected) + l.uncertainty + l.tolerance);
  const jumps = corners.map(({ glimpses }) => {
    const { left, right } = glimpses[claimIndex]!;
    return Math.abs(right - left);
  });
  const unseen = hidden ?? jumps.reduce((most, jump) => Math.max(most, jump), 0);
  const threshold = Math.max(unseen, SIGNS_GIVEN * Math.max(0, ...apart));
  const members = Int32Array.from(corners, ({ index }) => index);
  const finding: SlotFinding = {
    ...{ point: site.point, claim: claimIndex, group: { slot, members } },
    ...{ verdict, claimed: seen.claimed, seen: { ...seen, verdict } },
    // Wrong entries have been searched for, by lines of their own.
    ...{ threshold, passes: false, noise: 0 },
  };
  if (told) return { judged, finding };
  const name = site.subject.layout.slots[slot]!.name;
  const together = hidden === null || !looks.every((l) => l.right);
  const alike = together ? null : doubtful.filter((i) => !isJudged(i)).length;
  return { judged, finding: { ...finding, why: untoldText(name, corners.length, alike) } };
}

function bothSides(site: Site, claimIndex: number, { ray, expected }: Look): Sides {
  const back = ray.map((d) => -d);
  const noise = noiseOn(site, claimIndex, directionLine(site, back));
  return { left: -raySlope(site, claimIndex, back, noise).derivative, right: expected };
}

/** What a glimpse shows, of a claim that it does not refute. */
function seenAt(site: Site, claimIndex: number, { index, glimpses }: CorneredEntry) {
  const claimed = site.claims[claimIndex]!.gradient[index]!;
  const { left, right, bar } = glimpses[claimIndex]!;
  const [low, high] = [Math.min(left, right), Math.max(left, right)];
  const expected = Math.min(Math.max(claimed, low), high);
  return { claimed, expected, uncertainty: bar, tolerance: 0, sides: { left, right } };
}

type Sides = NonNullable<Judged['sides']>;

/** Which claims are at an end, which clearly between both, and which are neither for sure. */
function sorted(
  site: Site,
  claimIndex: number,
  corners: readonly CorneredEntry[],
): {
  readonly atEnds: readonly End[];
  readonly between: readonly number[];
  readonly doubtful: readonly number[];
} {
  const atEnds: End[] = [];
  const between: number[] = [];
  const doubtful: number[] = [];
  for (const { index, glimpses } of corners) {
    const { left, right, bar, clean } = glimpses[claimIndex]!;
    const g = site.claims[claimIndex]!.gradient[index]!;
    const inside = bar - cornerTolerance(site, claimIndex, index);
    const isBetween = g > Math.min(left, right) + inside && g < Math.max(left, right) - inside;
    const side = Math.abs(g - right) < Math.abs(g - left) ? 1 : -1;
    const atEnd = Math.abs(g - (side > 0 ? right : left)) <= bar;
    if (clean && isBetween) between.push(index);
    else if (clean && atEnd) atEnds.push({ index, side });
    else doubtful.push(index);
  }
  return { atEnds, between, doubtful };
}
