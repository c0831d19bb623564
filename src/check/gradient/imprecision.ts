import type { Judged } from './judged.ts';
import type { Site } from './site.ts';

/** Beyond this an error is no imprecision. */
const LARGE = 1e-3;
/** A gradient rounded to float32, or computed in it with care, is nearer. */
const SINGLE = 1e-6;
/** So near, f itself may be less exact than its gradient: an iteration that stops early. */
const TINY = 1e-6;
/** Fewer entries may be slightly wrong by one formula. */
const SEVERAL = 4;
/** An entry with so few bits is a float32 number for being short: 0.5, 3. */
const SHORT_BITS = 12;

/** Of float32's 24 bits a coarser staircase leaves the last ones 0. */
const FULL_BITS = 20;
/** Points beside x that are looked at: each entry moved by so many thousandths of its size. */
const BESIDE = [-3, -2, -1, 1, 2, 3];

/** Are all values of f float32 numbers, and not for being short? */
export function isSinglePrecision({ guard, subject, x }: Site): boolean {
  const { lower, upper } = subject;
  const values = BESIDE.flatMap((k) => {
    const moved = x.map((v, i) => {
      const to = v + (k / 1000) * Math.max(1, Math.abs(v));
      return Math.min(Math.max(to, lower?.[i] ?? -Infinity), upper?.[i] ?? Infinity);
    });
    const reply = guard.value(moved);
    return reply.kind === 'values' ? Array.from(reply.values).filter(Number.isFinite) : [];
  });
  return values.every((v) => Math.fround(v) === v) && values.some((v) => !isShort(v, FULL_BITS));
}

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

/**
 * A guess at one that is hardly wrong, or of which most entries are slightly wrong, such as a solver's;
 * null of any other.
 */
export function approximateText(site: Site, judged: readonly Judged[]): string | null {
  const count = wrongOf(judged).length;
  const largest = largestError(site, judged);
  const many = count >= SEVERAL && 2 * count >= judged.length;
  if (largest > (many ? LARGE : TINY)) return null;
  // At another point it may be twice as far off.
  const tolerance = (2 * largest).toExponential(0);
  const what = largest > TINY ? 'the gradient is' : 'the gradient or f is';
  return `${what} approximate by intent, as a solver's: then say tolerance: ${tolerance}`;
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

/** v = m·2ᵉ with a whole number m of so many bits, or fewer. */
const isShort = (v: number, bits: number = SHORT_BITS): boolean =>
  v === 0 || Number.isInteger(v / 2 ** (Math.floor(Math.log2(Math.abs(v))) + 1 - bits));
