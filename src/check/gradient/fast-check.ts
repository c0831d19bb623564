import type { Random } from '../../numeric/random.ts';
import { FIRST_STEP } from '../derivative-verdict.ts';
import { FULL_ENTRIES, type Settings } from './check-options.ts';
import { unfoundText, unsearchedText } from './corner-text.ts';
import { type CorneredEntry, corneredEntries, shortStep } from './cornered-entries.ts';
import { gaussianDirection } from './direction.ts';
import { checkEntries } from './full-check.ts';
import { judgeEntry } from './judge-entry.ts';
import type { Judged } from './judged.ts';
import { entryLine } from './line.ts';
import { locate } from './locate.ts';
import { judgeCorners } from './many-corners.ts';
import { raySlope } from './ray-slope.ts';
import { brokenAt, type Site } from './site.ts';
import { checkSlot, type SlotFinding } from './slot-directions.ts';
import { groupsOf, type SlotGroup } from './slot-groups.ts';

export interface FastCheck {
  readonly slots: readonly SlotFinding[];
  /** Entries looked at by themselves, the wrong ones that were located among them. */
  readonly judged: readonly Judged[];
  /** In some slot most entries are wrong. */
  readonly dense: boolean;
  /** All entries at a corner are among `judged`, unless no coordinate shows it. */
  readonly cornersKnown: boolean;
}

/** So many entries of a slot at a corner are judged each by itself; one takes about 250 calls. */
const FEW_CORNERED = 64;
/** Calls spent on a search for them: enough for 20,000 entries all at a corner. */
const MOST_CALLS = 100_000;

/**
 * Random directions in each slot; where one disagrees, a search for the wrong entries. At a corner any
 * direction is between such wide sides that it tells nothing: the entries that make the corner are
 * searched for and judged by themselves, or together where they are many, the others by directions that
 * leave them out.
 */
export function checkDirections(site: Site, settings: Settings, random: Random): FastCheck {
  const { groups, alone } = groupsOf(site, settings.directions);
  const slots: SlotFinding[] = [];
  const judged: Judged[] = [];
  let cornersKnown = true;
  const found = (dense: boolean): FastCheck => ({ slots, judged, dense, cornersKnown });
  for (const index of alone) {
    if (judged.filter((j) => j.verdict === 'not-finite').length >= settings.maxWrong) break;
    const line = entryLine(site, index);
    for (const c of site.claims.keys()) judged.push(judgeEntry(site, c, index, line).judged);
    if (brokenAt(site)) return found(false);
  }
  for (const group of groups) {
    const { findings, cornered } = checkGroup(site, group, settings.directions, random);
    const torn = findings.some((s) => s.seen.sides);
    const many = cornered.length > FEW_CORNERED;
    if ((torn || many) && group.members.length <= FULL_ENTRIES) {
      judged.push(...checkEntries(site, settings, [group.members]));
    } else {
      slots.push(...findings);
      cornersKnown &&= !torn && !many;
      if (!many) judged.push(...checkEntries(site, settings, [cornered.map((e) => e.index)]));
      else {
        for (const c of site.claims.keys()) {
          const corners = judgeCorners(site, c, group.slot, cornered, settings, random);
          slots.push(corners.finding);
          judged.push(...corners.judged);
        }
      }
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
    if (!cleared.has(s.group)) return;
    if (s.passes) slots[k] = { ...s, verdict: 'agrees' };
    else if (s.verdict === 'disagrees' && hidesCorner(site, s, random)) {
      const why = unfoundText(site.subject.layout.slots[s.group.slot]!.name);
      slots[k] = { ...s, verdict: 'unresolved', why };
    }
  });
  return found(dense);
}

/**
 * Searches for entries at a corner, each with steps so many times as long as the shortest: an unlucky
 * direction overlooks some, and noise hides what bends f by little. Steps longer than a ladder's first
 * would find the corners beside x.
 */
const REACHES = [1, 32, 1024];

/** The directions of a group, less the entries at a corner, as far as these were found. */
function checkGroup(
  site: Site,
  group: SlotGroup,
  directions: number,
  random: Random,
): { readonly findings: readonly SlotFinding[]; readonly cornered: readonly CorneredEntry[] } {
  const cornered: CorneredEntry[] = [];
  const limit = site.guard.evaluations() + MOST_CALLS;
  const spent = (): boolean => site.guard.evaluations() > limit;
  let { members } = group;
  let findings = checkSlot(site, group, directions, random);
  const { dtype } = site.subject;
  for (const reach of REACHES.filter((r) => r * shortStep(dtype) <= FIRST_STEP)) {
    // Where corners lie beside x as well, a direction looks wrong rather than cornered.
    if (brokenAt(site) || findings.every((s) => s.verdict === 'agrees')) break;
    const noise = Math.max(...findings.map((s) => s.noise));
    const { found, complete } = corneredEntries(site, members, { noise, reach }, spent, random);
    cornered.push(...found);
    const known = new Set(found.map(({ index }) => index));
    members = members.filter((i) => !known.has(i));
    if (!complete) {
      const why = unsearchedText(site.subject.layout.slots[group.slot]!.name, cornered.length);
      findings = findings.map((s) => (s.verdict === 'unresolved' ? { ...s, why } : s));
      break;
    }
    if (found.length === 0) continue;
    findings =
      members.length === 0 ? [] : checkSlot(site, { ...group, members }, directions, random);
  }
  return { findings, cornered };
}

/** Rays on which a corner that noise hides entry by entry is looked for. */
const RAYS = 3;

/**
 * Does f's slope along some ray differ from the one backwards? Where no search found an entry at a corner
 * there may be many that bend f by little each, and central differences see the mean of both sides.
 */
function hidesCorner(site: Site, { claim, group, noise }: SlotFinding, random: Random): boolean {
  return Array.from({ length: RAYS }).some(() => {
    const ray = gaussianDirection(site.x.length, group.members, random);
    const ahead = raySlope(site, claim, ray, noise);
    const behind = raySlope(
      site,
      claim,
      ray.map((d) => -d),
      noise,
    );
    return Math.abs(ahead.derivative + behind.derivative) > ahead.uncertainty + behind.uncertainty;
  });
}
