import { ladder } from '../../numeric/ladder.ts';
import type { Judged } from './judged.ts';
import { firstStepOn, type Line } from './line.ts';
import type { Site } from './site.ts';

/** One ladder on an entry, with f's noise known: `unresolved` unless it agrees. It accuses nothing. */
export function glance(
  site: Site,
  claimIndex: number,
  index: number,
  line: Line,
  noise: number,
): Judged {
  const { subject } = site;
  const { gradient, tolerance, value, scales } = site.claims[claimIndex]!;
  const { at, lower, upper } = line;
  const { dtype } = subject;
  const { derivative, uncertainty } = ladder(line.along(claimIndex), at, {
    ...{ noise, value, lower, upper, dtype },
    firstStep: firstStepOn(line),
  });
  const got = gradient[index]!;
  const slot = subject.layout.slots.findIndex((s) => index < s.offset + s.size);
  const scale = Math.max(Math.abs(derivative), scales[slot]!);
  const passes = tolerance[index]! + subject.tolerance * scale;
  const agrees = Math.abs(got - derivative) <= uncertainty + passes;
  return {
    verdict: agrees ? 'agrees' : 'unresolved',
    point: site.point,
    claim: claimIndex,
    index,
    got,
    expected: derivative,
    uncertainty,
    tolerance: passes,
    sides: null,
    flat: false,
  };
}
