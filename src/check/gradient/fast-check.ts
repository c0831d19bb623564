import type { Random } from '../../numeric/random.ts';
import type { Seen } from './both-sides.ts';
import { FULL_ENTRIES, type Settings } from './check-options.ts';
import { along, gaussianDirection } from './direction.ts';
import { checkEntries } from './full-check.ts';
import { judgeEntry } from './judge-entry.ts';
import { judgeLine, scaleIn } from './judge-line.ts';
import type { Judged } from './judged.ts';
import { directionLine, entryLine } from './line.ts';
import { locate } from './locate.ts';
import { brokenAt, type Site } from './site.ts';
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
  /** f's noise on a line of this slot. */
  readonly noise: number;
}

export interface FastCheck {
  readonly slots: readonly SlotFinding[];
  /** Entries looked at by themselves, the wrong ones that were located among them. */
  readonly judged: readonly Judged[];
  /** In some slot most entries are wrong. */
  readonly dense: boolean;
}

/**
 * Random directions in each slot; where one disagrees, a search for the wrong entries; where one meets
 * a corner that it cannot tell, every entry of the slot, unless those are too many.
 */
export function checkDirections(site: Site, settings: Settings, random: Random): FastCheck {
  const { groups, alone } = groupsOf(site, settings.directions);
  const slots: SlotFinding[] = [];
  const judged: Judged[] = [];
  const found = (dense: boolean): FastCheck => ({ slots, judged, dense });
  for (const index of alone) {
    if (judged.filter((j) => j.verdict === 'not-finite').length >= settings.maxWrong) break;
    const line = entryLine(site, index);
    for (const c of site.claims.keys()) judged.push(judgeEntry(site, c, index, line).judged);
    if (brokenAt(site)) return found(false);
  }
  for (const group of groups) {
    const findings = checkSlot(site, group, settings.directions, random);
    if (brokenAt(site)) return found(false);
    const torn = findings.some((s) => s.seen.sides && s.verdict !== 'agrees');
    if (torn && group.members.length <= FULL_ENTRIES) {
      judged.push(...checkEntries(site, settings, [group.members]));
    } else slots.push(...findings);
  }
  const wrong = slots.filter((s) => s.verdict === 'disagrees');
  // Two claims that are wrong in one slot are wrong in the same entries, as a rule: one is searched.
  const searches = wrong.filter((s, k) => wrong.findIndex((t) => t.group === s.group) === k);
  const share = Math.max(1, Math.floor(settings.maxWrong / searches.length));
  let left = settings.maxWrong;
  let dense = false;
  searches.forEach(({ claim, group, noise }, k) => {
    // Each later slot shows at least one of its entries.
    const most = Math.max(1, left - (searches.length - 1 - k));
    const located = locate(site, claim, group, noise, { most, share }, random);
    judged.push(...located.hits);
    left -= located.hits.length;
    dense ||= located.dense;
  });
  return found(dense);
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
      if (before?.verdict === 'disagrees') return;
      const { claimed, tolerance } = along(direction, claim);
      const { rtol } = site.subject;
      const asked = { claimed, tolerance, rtol, scale: scaleIn(site, c, group.slot, line) };
      const { seen, noise } = judgeLine(site, line, c, asked, before?.noise);
      const { expected, uncertainty, sides } = seen;
      const width = sides ? Math.abs(sides.left - sides.right) : Math.abs(claimed - expected);
      const left = width + uncertainty + seen.tolerance;
      const threshold = Math.max(before?.threshold ?? 0, left);
      // On a line through a corner of several surfaces a right gradient may lie outside both sides.
      const verdict = sides && seen.verdict === 'disagrees' ? 'unresolved' : seen.verdict;
      found[c] =
        before && SEVERITY[before.verdict] >= SEVERITY[verdict]
          ? { ...before, threshold }
          : { point: site.point, claim: c, group, verdict, claimed, seen, threshold, noise };
    });
    if (brokenAt(site)) break;
  }
  return found.filter((f) => f !== undefined);
}

const SEVERITY = { agrees: 0, unresolved: 1, disagrees: 2 } as const;
