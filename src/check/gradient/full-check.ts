import type { Settings } from './check-options.ts';
import { glance } from './glance.ts';
import { judgeEntry } from './judge-entry.ts';
import type { Judged } from './judged.ts';
import { entryLine } from './line.ts';
import { brokenAt, type Site } from './site.ts';

/**
 * Every entry of these groups, the slots unless said, for every claim, each by itself. Once as many of a
 * group are wrong as will be named, the others get a glance each.
 */
export function checkEntries(
  site: Site,
  { maxWrong }: Settings,
  groups: readonly Iterable<number>[] = everySlot(site),
): Judged[] {
  const found: Judged[] = [];
  for (const group of groups) {
    // Neighbours in a slot tend to share f's noise: the first measures it for the others.
    const noises: (number | undefined)[] = site.claims.map(() => undefined);
    const wrong: number[] = site.claims.map(() => 0);
    for (const index of group) {
      const line = entryLine(site, index);
      for (const c of site.claims.keys()) {
        if (wrong[c]! >= maxWrong) {
          found.push(glance(site, c, index, line, noises[c]!));
          continue;
        }
        const { judged, noise } = judgeEntry(site, c, index, line, noises[c]);
        noises[c] ??= noise;
        // At a corner it may yet turn out right together with others.
        if (judged.verdict === 'disagrees' && !judged.sides) wrong[c]!++;
        found.push(judged);
      }
      if (brokenAt(site)) return found;
    }
  }
  return found;
}

const everySlot = ({ subject }: Site): number[][] =>
  subject.layout.slots.map(({ offset, size }) =>
    Array.from({ length: size }, (_, k) => offset + k),
  );
