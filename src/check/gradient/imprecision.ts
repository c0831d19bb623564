import type { Judged } from './judged.ts';
import type { Site } from './site.ts';

/** Beyond this an error is no imprecision. */
const LARGE = 1e-3;
/** A gradient rounded to float32, or computed in it with care, is nearer. */
const SINGLE = 1e-6;
/** Fewer entries may be slightly wrong by one formula. */
const SEVERAL = 4;
/** An entry with so few bits is a float32 number for being short: 0.5, 3. */
const SHORT_BITS = 12;

/** What to say of a gradient that is wrong only by float32's rounding; null of any other. */
export function singlePrecisionText(site: Site, judged: readonly Judged[]): string | null {
  const { subject, claims } = site;
  // One double in 2²⁹ is a float32 number by chance.
  const isSingle =
    subject.dtype === 'float64' &&
    wrongOf(judged).some((j) => !isShort(j.got)) &&
    claims.every(({ gradient }) => gradient.every((g) => Math.fround(g) === g));
  return isSingle && largestError(site, judged) <= SINGLE
    ? `the gradient is computed in single precision, every entry is a float32 number and near the truth: say dtype: 'float32' if f is so too, else tolerance: ${SINGLE.toExponential()}`
    : null;
}

/** A guess at one of which most entries are slightly wrong, such as a solver's; null of any other. */
export function approximateText(site: Site, judged: readonly Judged[]): string | null {
  const count = wrongOf(judged).length;
  const largest = largestError(site, judged);
  if (largest > LARGE || count < SEVERAL || 2 * count < judged.length) return null;
  // At another point it may be twice as far off.
  const tolerance = (2 * largest).toExponential(0);
  return `the gradient is approximate by intent, as a solver's: then say tolerance: ${tolerance}`;
}

const wrongOf = (judged: readonly Judged[]): readonly Judged[] =>
  judged.filter((j) => j.verdict === 'disagrees');

/** Of the wrong entries, relative to max(|truth|, rms of the slot), as a case's tolerance is. */
const largestError = ({ subject, claims }: Site, judged: readonly Judged[]): number =>
  wrongOf(judged).reduce((most, { claim, index, got, expected, uncertainty }) => {
    const slot = subject.layout.slots.findIndex((s) => index < s.offset + s.size);
    const size = Math.max(Math.abs(expected), claims[claim]!.scales[slot]!);
    return Math.max(most, (Math.abs(got - expected) + uncertainty) / size);
  }, 0);

/** v = m·2ᵉ with a whole number m of SHORT_BITS or fewer. */
const isShort = (v: number): boolean =>
  v === 0 || Number.isInteger(v / 2 ** (Math.floor(Math.log2(Math.abs(v))) + 1 - SHORT_BITS));
