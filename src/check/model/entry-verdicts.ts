import { UNIT_ROUNDOFF } from '../../numeric/dtype.ts';
import type { Slot } from '../../params/layout.ts';
import { allowed } from '../noisy.ts';
import { HIDDEN, RTOL } from '../resolution.ts';
import type { Verdict } from '../verdict.ts';
import type { DifferencedGradient } from './contract.ts';
import type { Network } from './network.ts';

export type EntryVerdict = Extract<Verdict, 'agrees' | 'unresolved' | 'disagrees' | 'not-finite'>;

/** Every entry of a gradient held against differences with error bars. */
export interface EntryVerdicts {
  readonly verdict: EntryVerdict;
  /** The entry that decides it, or the one nearest to that. */
  readonly worst: number;
  /** Entries that are wrong or not finite, in order. */
  readonly wrong: readonly number[];
  /** One a slot of the layout. */
  readonly slots: readonly { readonly verdict: EntryVerdict; readonly worst: number }[];
  /** No entry exceeds what may hide it. */
  readonly flat: boolean;
  /** An error larger than this in any one entry would have been seen. */
  readonly caught: number;
  /** The largest |entry| of the differences. */
  readonly largest: number;
  /** The bar of an entry's difference, its own rounding included. */
  readonly barAt: (entry: number) => number;
}

/**
 * The oracle's own rounding, in doubles: right computations of one gradient lay up to 8σ apart over
 * 984 networks of 3 to 21 layers.
 */
const OWN_ROUNDING = 8;

const SEVERITY: readonly EntryVerdict[] = ['agrees', 'unresolved', 'disagrees', 'not-finite'];

/**
 * The rules of compare.ts on flat arrays, since objects an entry would cost more than the sweep:
 * |Δ| ≤ U + T agrees where U and T are sharp enough and is unresolved where they are not; more is
 * wrong. `variance` is that of the method's rounding in the problem's dtype.
 */
export function entryVerdicts(
  network: Network,
  got: ArrayLike<number>,
  expected: DifferencedGradient,
  variance: Float64Array,
  rtol: number = RTOL[network.problem.dtype],
): EntryVerdicts {
  const { problem } = network;
  const { slots, size } = problem.model.layout;
  const want = expected.value;
  const share = OWN_ROUNDING * (UNIT_ROUNDOFF.float64 / UNIT_ROUNDOFF[problem.dtype]);
  const barAt = (i: number): number => expected.bar[i]! + share * Math.sqrt(variance[i]!);
  const parts = slots.map(partsOf);
  const sums = parts.map((slot) =>
    slot.reduce((sum, { from, end }) => addSquares(sum, got, want, from, end), 0),
  );
  const whole = Math.sqrt(sums.reduce((a, b) => a + b, 0) / Math.max(size, 1));
  const hidden = (from: number, count: number): boolean => {
    for (let i = from; i < from + count; i++) {
      const largest = Math.max(Math.abs(got[i]!), Math.abs(want[i]!));
      if (!(largest <= barAt(i) + allowed(Math.sqrt(variance[i]!)))) return false;
    }
    return true;
  };
  const vanishing = slots.map(({ offset, size: count }) => hidden(offset, count));
  const flat = vanishing.every(Boolean);
  const wrong: number[] = [];
  const each = slots.map(({ offset, size: count }, s) => {
    const own = vanishing[s] ? whole : Math.sqrt(sums[s]! / count);
    const scale = flat ? flatScale(network) : own;
    const sharpness = { scale, rtol, hidden: HIDDEN[problem.dtype], share };
    const slot: Slotwise = { severity: 0, normalised: -1, worst: offset, caught: 0, largest: 0 };
    for (const { from, end } of parts[s]!) {
      holdInto(slot, wrong, got, expected, variance, sharpness, from, end);
    }
    return slot;
  });
  const most = Math.max(0, ...each.map((slot) => slot.severity));
  const verdict = SEVERITY[most]!;
  const decisive = each
    .filter((slot) => slot.severity === most)
    .sort((a, b) => b.normalised - a.normalised)[0];
  return {
    verdict,
    worst: decisive?.worst ?? -1,
    wrong,
    slots: each.map(({ severity, worst }) => ({ verdict: SEVERITY[severity]!, worst })),
    flat,
    caught: Math.max(0, ...each.map((slot) => slot.caught)),
    largest: Math.max(0, ...each.map((slot) => slot.largest)),
    barAt,
  };
}

/** Entries from … end − 1. */
interface Part {
  readonly from: number;
  readonly end: number;
}

/** A slot in pieces of at most a thousand entries, a call each: see `shifter`. */
const partsOf = ({ offset, size }: Slot): Part[] =>
  Array.from({ length: Math.ceil(size / 1000) }, (_, k) => ({
    from: offset + 1000 * k,
    end: offset + Math.min(1000 * (k + 1), size),
  }));

function addSquares(
  sum: number,
  got: ArrayLike<number>,
  want: Float64Array,
  from: number,
  end: number,
): number {
  let squares = sum;
  for (let i = from; i < end; i++) squares += Math.max(got[i]! * got[i]!, want[i]! * want[i]!);
  return squares;
}

/** What was found of a slot. */
interface Slotwise {
  severity: number;
  /** The worst entry, and its error as a share of what may hide it. */
  worst: number;
  normalised: number;
  caught: number;
  largest: number;
}

/** How sharp a difference must be, and the oracle's own σ as a share of the method's. */
interface Sharpness {
  /** The size that a slot's entries have. */
  readonly scale: number;
  readonly rtol: number;
  readonly hidden: number;
  readonly share: number;
}

function holdInto(
  slot: Slotwise,
  wrong: number[],
  got: ArrayLike<number>,
  { value: want, bar: differenced }: DifferencedGradient,
  variance: Float64Array,
  { scale, rtol, hidden, share }: Sharpness,
  from: number,
  end: number,
): void {
  let { severity: severest, normalised: most, worst, caught, largest } = slot;
  for (let i = from; i < end; i++) {
    const sigma = Math.sqrt(variance[i]!);
    const bar = differenced[i]! + share * sigma;
    const rounding = allowed(sigma);
    const error = Math.abs(got[i]! - want[i]!);
    const hides = bar + rounding;
    const reference = Math.max(Math.abs(got[i]!), Math.abs(want[i]!), scale);
    let severity = 0;
    // Where the loss is not finite either, no gradient is wrong.
    if (!Number.isFinite(hides) || !Number.isFinite(want[i]!)) severity = 1;
    else if (!Number.isFinite(got[i]!)) severity = 3;
    else if (error > hides) severity = 2;
    else if (bar > rtol * reference || (rounding > hidden * reference && error > 0)) severity = 1;
    if (severity > 1) wrong.push(i);
    caught = Math.max(caught, error + hides);
    largest = Math.max(largest, Math.abs(want[i]!));
    const normalised = severity === 3 || !(hides > 0) ? 0 : error / hides;
    if (severity > severest || (severity === severest && normalised > most)) {
      severest = severity;
      most = normalised;
      worst = i;
    }
  }
  slot.severity = severest;
  slot.normalised = most;
  slot.worst = worst;
  slot.caught = caught;
  slot.largest = largest;
}

/**
 * A gradient that is 0 throughout has no size of its own; a loss with a unit has one: a nat, or the
 * square of a target's size, for a parameter's step of 1.
 */
function flatScale({ problem: { model }, targets }: Network): number {
  if (model.loss.kind !== 'mse') return 1;
  return targets.reduce((sum, y) => sum + y * y, 0) / targets.length;
}
