import { ladder } from '../../numeric/ladder.ts';
import type { Random } from '../../numeric/random.ts';
import type { Slot } from '../../params/layout.ts';
import type { Evidence, Observation } from '../diagnosis/evidence.ts';
import type { Judged } from './judged.ts';
import { entryLine, firstStepOn } from './line.ts';
import { noiseOn } from './noise-on.ts';
import { rms } from './rms.ts';
import { type Site, siteAt } from './site.ts';

/** Of one slot, at most: 12 by 12 of a matrix. */
const ENTRIES = 144;
/** Where few entries are wrong, so many others of the slot stand beside them; and of a slot that is right. */
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

/**
 * The wrong gradient beside the truth: where it was found, and at points further on if these are few.
 * Ends with f's call number `limit`, or a ladder beyond it: each point takes half of the calls left.
 */
export function gatherEvidence(
  found: readonly [Found, ...Found[]],
  random: Random,
  limit: number,
): Evidence {
  const [{ site, dense }] = found;
  const { guard, subject } = site;
  const { layout, factors } = subject;
  const wrong = found.flatMap(({ judged }) =>
    judged.filter((j) => j.verdict === 'disagrees').map((j) => j.index),
  );
  const wrongSlots = layout.slots.filter((s) => wrong.some((i) => inSlot(s, i)));
  const isRight = (s: Slot): boolean => !wrongSlots.includes(s);
  // Whenever the calls are spent, every slot has had its turn.
  const some = (dense ? layout.slots : wrongSlots).map((s) => {
    const most = dense && !isRight(s) ? ENTRIES : BESIDE;
    return inTurn([wrong.filter((i) => inSlot(s, i)), fromBothEnds(s, most)]);
  });
  const entries = inTurn(some);
  // One entry of each other slot shows that it is right.
  const others = layout.slots.filter(isRight).flatMap((s) => fromBothEnds(s, 1));
  const points = Math.max(found.length, 1 + FURTHER[dense ? 'dense' : 'sparse']);
  // f's noise is measured once in each slot: near by it is the same.
  const noises: Noises = new Map();
  const observations: Observation[] = [];
  for (let k = 0; k < points; k++) {
    const known = found[k];
    const at = known?.site ?? furtherSite(site, random);
    if (!at) continue;
    const calls = guard.evaluations();
    const until = k === points - 1 ? limit : (calls + limit) / 2;
    const here = k === 0 ? [...new Set([...entries, ...others])] : entries;
    observations.push(...observe(at, here, known?.judged ?? [], noises, until));
  }
  return { layout, observations, factors };
}

/** The first of each queue, then the second of each, …; none twice. */
function inTurn(queues: readonly (readonly number[])[]): number[] {
  const longest = Math.max(0, ...queues.map((queue) => queue.length));
  const turns = Array.from({ length: longest }, (_, k) => queues.flatMap((q) => q[k] ?? []));
  return [...new Set(turns.flat())];
}

/**
 * A slot's first entries and its last, from the corners of a matrix: with (i, j) comes (j, i), and what
 * stands there if all is reversed.
 */
function fromBothEnds({ offset, size, shape }: Slot, most: number): number[] {
  const columns = shape.at(-1) ?? 1;
  const rows = size / columns;
  const first: number[] = [];
  for (let side = 0; first.length < Math.min(most, size); side++) {
    for (let k = 0; k <= side; k++) {
      if (k < rows && side < columns) first.push(k * columns + side);
      if (k < side && side < rows && k < columns) first.push(side * columns + k);
    }
  }
  const both = inTurn([first, first.map((i) => size - 1 - i)]);
  return both.slice(0, most).map((i) => offset + i);
}

const inSlot = ({ offset, size }: Slot, index: number): boolean =>
  index >= offset && index < offset + size;

/** By slot and claim. */
type Noises = Map<string, number>;

/** One observation for each claim, until so many calls are made; what is judged already is taken over. */
function observe(
  site: Site,
  entries: readonly number[],
  judged: readonly Judged[],
  noises: Noises,
  until: number,
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
    if (site.guard.evaluations() >= until) break;
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
