import type { Random } from '../../numeric/random.ts';
import { diagnose } from '../diagnosis/diagnose.ts';
import type { Diagnosis } from '../diagnosis/diagnosis.ts';
import { listed, PERHAPS } from '../diagnosis/wording.ts';
import { cornerText } from './corner-text.ts';
import type { Examined } from './examine.ts';
import { gatherEvidence } from './gather-evidence.ts';
import { approximateText, singlePrecisionText } from './imprecision.ts';
import { type Judged, severity } from './judged.ts';

/** Wrong points that a name is tried at besides the decisive one: as far as evidence goes. */
const OTHERS = 2;
/** Calls of f that an explanation may take: a quarter of those that led to the verdict, and at least so many. */
const CALLS = 1200;

/**
 * What is wrong, by the figures of all points where something is, if one name explains them; else of
 * the decisive point alone, which is then said, as is where the gradient is right.
 */
export function explain(
  decisive: Examined,
  examined: readonly Examined[],
  worst: Judged | null,
  source: Random,
): Diagnosis {
  const calls = decisive.site.guard.evaluations();
  const limit = calls + Math.max(CALLS, calls / 4);
  const wrong = examined.filter(isWrong);
  const others = wrong.filter((e) => e !== decisive).slice(0, OTHERS);
  if (others.length > 0) {
    const together = diagnose(gatherEvidence([decisive, ...others], source, (calls + limit) / 2));
    if (isNamed(together)) return placed(together, [decisive, ...others], examined);
  }
  const own = diagnose(gatherEvidence([decisive], source, limit));
  return placed(isNamed(own) ? own : besides(own, decisive, worst), [decisive], examined);
}

const isNamed = ({ kind }: Diagnosis): boolean =>
  kind !== 'unrecognised' && kind !== 'only-some-slots';

const isWrong = ({ judged, slots }: Examined): boolean =>
  [...judged, ...slots].some(({ verdict }) => severity(verdict) >= severity('disagrees'));

const isRight = ({ judged, slots }: Examined): boolean =>
  [...judged, ...slots].every(({ verdict }) => verdict === 'agrees');

/** What a diagnosis does not see: how near all entries are, and corners, which are left out. */
function besides(own: Diagnosis, { site, judged }: Examined, worst: Judged | null): Diagnosis {
  const near = singlePrecisionText(site, judged);
  if (near !== null) return { kind: 'unrecognised', message: near, confidence: 0 };
  if (own.kind !== 'unrecognised') return own;
  if (worst?.verdict === 'disagrees' && worst.sides) {
    return { ...own, message: cornerText(site.subject.layout, worst, judged) };
  }
  const guess = approximateText(site, judged);
  return guess === null ? own : { ...own, message: `${own.message}${PERHAPS}${guess}` };
}

/** With the points at which it was seen, unless it was at all. */
function placed(
  diagnosis: Diagnosis,
  seen: readonly Examined[],
  examined: readonly Examined[],
): Diagnosis {
  if (seen.length === examined.length) return diagnosis;
  const right = examined.filter(isRight);
  const place = `${right.length > 0 ? `right at ${pointNames(right)}; ` : ''}at ${pointNames(seen)}`;
  const start = diagnosis.kind === 'unrecognised' ? place : capital(place);
  return { ...diagnosis, message: `${start}: ${diagnosis.message.replace(/^The /, 'the ')}` };
}

const capital = (text: string): string => text[0]!.toUpperCase() + text.slice(1);

/** More points than these are counted. */
const NAMED = 4;

function pointNames(examined: readonly Examined[]): string {
  const points = examined.map(({ site }) => `${site.point}`).sort((a, b) => Number(a) - Number(b));
  if (points.length === 1) return `point ${points[0]}`;
  const more = points.length - NAMED;
  return `points ${listed(more > 0 ? [...points.slice(0, NAMED), `${more} more`] : points)}`;
}
