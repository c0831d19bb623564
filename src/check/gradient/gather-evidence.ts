import { ladder } from '../../numeric/ladder.ts';
import type { Random } from '../../numeric/random.ts';
import type { Slot } from '../../params/layout.ts';
import type { Evidence, Observation } from '../diagnosis/evidence.ts';
import type { Judged } from './judged.ts';
import { entryLine, firstStepOn } from './line.ts';
import { noiseOn } from './noise-on.ts';
import { rms } from './rms.ts';
import { type Site, siteAt } from './site.ts';

/**
 * Entries differenced at each point for the diagnosis alone, a few thousand calls of f: an eighth of
 * what `auto` spends on every entry at three points.
 */
const ENTRIES = 144;
/** Every slot shows at least so many: names of structure rest on four and more. */
const LEAST_EACH = 9;
/** Where few entries are wrong, so many others of each wrong slot stand beside them. */
const BESIDE = 3;
/** Points besides the first, where most entries are wrong or few: a factor is one at all. */
const FURTHER = { dense: 2, sparse: 1 } as const;
/** Each entry moves by this share of itself: far enough for other slopes, near enough for f's domain. */
const MOVE = 0.3;
const HALVINGS = 8;

/** What was found at a point where the gradient is wrong. */
export interface Found {
  readonly site: Site;
  readonly judged: readonly Judged[];
  /** Most entries of some slot are wrong. */
  readonly dense: boolean;
}

/** The wrong gradient beside the truth: where it was found, and at points further on if these are few. */
export function gatherEvidence(found: readonly [Found, ...Found[]], random: Random): Evidence {
  const [{ site, dense }] = found;
  const { layout, factors } = site.subject;
  const wrong = found.flatMap(({ judged }) =>
    judged.filter((j) => j.verdict === 'disagrees').map((j) => j.index),
  );
  const wrongSlots = layout.slots.filter((s) => wrong.some((i) => inSlot(s, i)));
  const some = dense
    ? layout.slots.flatMap((s) => portion(s, layout.slots.length))
    : wrongSlots.flatMap((s) => firstOf(s, BESIDE));
  const entries = [...new Set([...some, ...wrong])];
  // One entry of each other slot shows that it is right.
  const others = layout.slots.flatMap((s) => (wrongSlots.includes(s) ? [] : firstOf(s, 1)));
  // f's noise is measured once in each slot: near by it is the same.
  const noises: Noises = new Map();
  const observations = found.flatMap((at, k) =>
    observe(at.site, k === 0 ? [...new Set([...entries, ...others])] : entries, at.judged, noises),
  );
  for (let k = found.length; k <= FURTHER[dense ? 'dense' : 'sparse']; k++) {
    const further = furtherSite(site, random);
    if (further) observations.push(...observe(further, entries, [], noises));
  }
  return { layout, observations, factors };
}

/** A slot's entries, or of a large one a leading block: with each (i, j) it has (j, i). */
function portion({ offset, size, shape }: Slot, slots: number): number[] {
  const most = Math.max(LEAST_EACH, Math.floor(ENTRIES / slots));
  if (size <= most) return Array.from({ length: size }, (_, k) => offset + k);
  const columns = shape.at(-1) ?? 1;
  const rows = size / columns;
  const side = Math.floor(Math.sqrt(most));
  const [high, wide] =
    rows < side
      ? [rows, Math.floor(most / rows)]
      : columns < side
        ? [Math.floor(most / columns), columns]
        : [side, side];
  return Array.from({ length: high * wide }, (_, k) => {
    return offset + Math.floor(k / wide) * columns + (k % wide);
  });
}

const inSlot = ({ offset, size }: Slot, index: number): boolean =>
  index >= offset && index < offset + size;

const firstOf = ({ offset, size }: Slot, count: number): number[] =>
  Array.from({ length: Math.min(size, count) }, (_, k) => offset + k);

/** By slot and claim. */
type Noises = Map<string, number>;

/** One observation for each claim; what is judged already is taken over. */
function observe(
  site: Site,
  entries: readonly number[],
  judged: readonly Judged[],
  noises: Noises,
): Observation[] {
  const { claims, x, subject } = site;
  const found = claims.map(({ gradient, cotangent }) => ({
    x,
    got: gradient,
    expected: new Float64Array(x.length).fill(Number.NaN),
    uncertainty: new Float64Array(x.length).fill(Infinity),
    cotangent,
  }));
  for (const j of judged) {
    const { expected, uncertainty } = found[j.claim]!;
    if (!Number.isFinite(j.expected) || j.sides) continue;
    expected[j.index] = j.expected;
    uncertainty[j.index] = j.uncertainty + j.tolerance;
  }
  for (const index of entries) {
    const line = entryLine(site, index);
    const slot = subject.layout.slots.findIndex((s) => index < s.offset + s.size);
    claims.forEach(({ value, tolerance }, c) => {
      if (Number.isFinite(found[c]!.expected[index]!)) return;
      const { at, lower, upper } = line;
      const f = line.along(c);
      const { dtype } = subject;
      const key = `${slot} ${c}`;
      const noise = noises.get(key) ?? noiseOn(site, c, line);
      noises.set(key, noise);
      const seen = ladder(f, at, {
        ...{ noise, value, lower, upper, dtype },
        firstStep: firstStepOn(line),
      });
      found[c]!.expected[index] = seen.uncertainty < Infinity ? seen.derivative : Number.NaN;
      found[c]!.uncertainty[index] = seen.uncertainty + tolerance[index]!;
    });
  }
  return found;
}

/** A point some way off at which f and its derivative work; null if none is found. */
function furtherSite(site: Site, random: Random): Site | null {
  const { subject, guard, point, x } = site;
  const { lower, upper, dtype } = subject;
  const round = dtype === 'float32' ? Math.fround : (v: number): number => v;
  const typical = rms(x) || 1;
  for (let halving = 0, move = MOVE; halving < HALVINGS; halving++, move /= 2) {
    const moved = x.map((v, i) => {
      const to = round(v + move * (Math.abs(v) || typical) * random.normal());
      return Math.min(Math.max(to, lower?.[i] ?? -Infinity), upper?.[i] ?? Infinity);
    });
    const further = siteAt(subject, guard, point, moved, random);
    if ('kind' in further) continue;
    if (further.claims.every((c) => Number.isFinite(c.value))) return further;
  }
  return null;
}
