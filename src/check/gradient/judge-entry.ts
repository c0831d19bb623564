import { judgeLine, scaleIn } from './judge-line.ts';
import type { Judged } from './judged.ts';
import type { Line } from './line.ts';
import type { Site } from './site.ts';

/** An entry judged, and f's noise there, which a neighbour may start from. */
export interface EntryVerdict {
  readonly judged: Judged;
  readonly noise: number;
}

/** One entry of one claim. The line may be shared by the claims: f is then called once for all. */
export function judgeEntry(
  site: Site,
  claimIndex: number,
  index: number,
  line: Line,
  noise?: number,
): EntryVerdict {
  const { subject, point, claims } = site;
  const { gradient, tolerance } = claims[claimIndex]!;
  const got = gradient[index]!;
  const finite = Number.isFinite(got);
  const slot = subject.layout.slots.findIndex((s) => index < s.offset + s.size);
  const asked = {
    claimed: finite ? got : 0,
    tolerance: finite ? tolerance[index]! : 0,
    rtol: subject.rtol,
    allowed: subject.tolerance,
    scale: scaleIn(site, claimIndex, slot, line),
  };
  const found = judgeLine(site, line, claimIndex, asked, noise);
  const { expected, uncertainty } = found.seen;
  // Half its size is what a ladder must see to tell anything: 1/√x at 0 has no limit to show.
  const resolved = uncertainty < Math.max(Math.abs(expected), asked.scale) / 2;
  const judged: Judged = {
    ...found.seen,
    verdict: finite ? found.seen.verdict : resolved ? 'not-finite' : 'unresolved',
    point,
    claim: claimIndex,
    index,
    got,
    flat:
      !found.seen.sides &&
      Math.abs(expected) <= uncertainty &&
      Math.abs(got) <= uncertainty + found.seen.tolerance,
  };
  return { judged, noise: found.noise };
}
