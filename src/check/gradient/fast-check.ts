import type { Random } from '../../numeric/random.ts';
import type { Seen } from './both-sides.ts';
import { FULL_ENTRIES, type Settings } from './check-options.ts';
import { corneredEntries } from './cornered-entries.ts';
import { along, gaussianDirection } from './direction.ts';
import { checkEntries } from './full-check.ts';
import { judgeEntry } from './judge-entry.ts';
import { judgeLine, scaleIn } from './judge-line.ts';
import type { Judged } from './judged.ts';
import { directionLine, entryLine } from './line.ts';
import { locate } from './locate.ts';
import { brokenAt, type Claim, type Site } from './site.ts';
import { groupsOf, type SlotGroup } from './slot-groups.ts';

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
}

export interface FastCheck {
  readonly slots: readonly SlotFinding[];
  /** Entries looked at by themselves, the wrong ones that were located among them. */
  readonly judged: readonly Judged[];
  /** In some slot most entries are wrong. */
  readonly dense: boolean;
  /** All entries at a corner are among `judged`, unless no coordinate shows it. */
  readonly cornersKnown: boolean;
}

/** Entries at a corner of which each is judged by itself; one takes about 150 calls. */
const MOST_CORNERED = 64;

/**
 * Random directions in each slot; where one disagrees, a search for the wrong entries. At a corner any
 * direction is between such wide sides that it tells nothing: the entries that make the corner are
 * searched for and judged by themselves, the others by directions that leave them out.
 */
export function checkDirections(site: Site, settings: Settings, random: Random): FastCheck {
  const { groups, alone } = groupsOf(site, settings.directions);
  const slots: SlotFinding[] = [];
  const judged: Judged[] = [];
  const found = (dense: boolean): FastCheck => ({
    ...{ slots, judged, dense },
    cornersKnown: slots.every((s) => !s.seen.sides),
  });
  for (const index of alone) {
    if (judged.filter((j) => j.verdict === 'not-finite').length >= settings.maxWrong) break;
    const line = entryLine(site, index);
    for (const c of site.claims.keys()) judged.push(judgeEntry(site, c, index, line).judged);
    if (brokenAt(site)) return found(false);
  }
  for (const group of groups) {
    const { findings, cornered } = checkGroup(site, group, settings.directions, random);
    const torn = findings.some((s) => s.seen.sides);
    if (torn && group.members.length <= FULL_ENTRIES) {
      judged.push(...checkEntries(site, settings, [group.members]));
    } else {
      slots.push(...findings);
      judged.push(...checkEntries(site, settings, [cornered]));
    }
    if (brokenAt(site)) return found(false);
  }
  // An error that might pass is looked for as well: that of one entry might not.
  const wrong = slots.filter(
    (s) => s.verdict === 'disagrees' || (s.passes && s.verdict !== 'agrees'),
  );
  // Two claims that are wrong in one slot are wrong in the same entries, as a rule: one is searched.
  const searches = wrong.filter((s, k) => wrong.findIndex((t) => t.group === s.group) === k);
  const share = Math.max(1, Math.floor(settings.maxWrong / searches.length));
  let left = settings.maxWrong;
  let dense = false;
  const cleared = new Set<SlotGroup>();
  searches.forEach(({ claim, group, noise }, k) => {
    // Each later slot shows at least one of its entries.
    const most = Math.max(1, left - (searches.length - 1 - k));
    const located = locate(site, claim, group, noise, { most, share }, random);
    judged.push(...located.hits);
    left -= located.hits.length;
    dense ||= located.dense;
    if (located.hits.length === 0) cleared.add(group);
  });
  slots.forEach((s, k) => {
    if (s.passes && cleared.has(s.group)) slots[k] = { ...s, verdict: 'agrees' };
  });
  return found(dense);
}

/** Searches for entries at a corner: an unlucky direction overlooks some. */
const SEARCHES = 3;

/** The directions of a group, less the entries at a corner, as far as these were found. */
function checkGroup(
  site: Site,
  group: SlotGroup,
  directions: number,
  random: Random,
): { readonly findings: readonly SlotFinding[]; readonly cornered: readonly number[] } {
  const cornered: number[] = [];
  let { members } = group;
  let findings = checkSlot(site, group, directions, random);
  for (let search = 0; search < SEARCHES; search++) {
    if (brokenAt(site) || !findings.some((s) => s.seen.sides)) break;
    const noise = Math.max(...findings.map((s) => s.noise));
    const most = MOST_CORNERED - cornered.length;
    const { entries, complete } = corneredEntries(site, members, noise, most, random);
    cornered.push(...entries);
    members = members.filter((i) => !entries.includes(i));
    if (!complete || entries.length === 0) break;
    findings =
      members.length === 0 ? [] : checkSlot(site, { ...group, members }, directions, random);
  }
  return { findings, cornered };
}

/** The directions of one slot, each evaluated once for all claims. */
function checkSlot(
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
