import { ladder } from '../../numeric/ladder.ts';
import type { Settings } from './check-options.ts';
import { judgeEntry } from './judge-entry.ts';
import type { Judged } from './judged.ts';
import { entryLine, firstStepOn, type Line } from './line.ts';
import { brokenAt, type Site } from './site.ts';

/**
 * Every entry of these groups, the slots unless said, for every claim, each by itself. Once as many of a
 * group are wrong as will be
 * named, the others get one ladder each, which may agree but accuses nothing.
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
        if (judged.verdict === 'disagrees') wrong[c]!++;
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

/** One ladder: `unresolved` unless it agrees. */
function glance(site: Site, claimIndex: number, index: number, line: Line, noise: number): Judged {
  const { gradient, tolerance, value } = site.claims[claimIndex]!;
  const { at, lower, upper } = line;
  const { dtype } = site.subject;
  const { derivative, uncertainty } = ladder(line.along(claimIndex), at, {
    ...{ noise, value, lower, upper, dtype },
    firstStep: firstStepOn(line),
  });
  const got = gradient[index]!;
  const agrees = Math.abs(got - derivative) <= uncertainty + tolerance[index]!;
  return {
    verdict: agrees ? 'agrees' : 'unresolved',
    point: site.point,
    claim: claimIndex,
    index,
    got,
    expected: derivative,
    uncertainty,
    tolerance: tolerance[index]!,
    sides: null,
    flat: false,
  };
}
