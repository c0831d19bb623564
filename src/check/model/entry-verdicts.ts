import { type Dtype, UNIT_ROUNDOFF } from '../../numeric/dtype.ts';
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
  /** Bars of the differences, their own rounding included. */
  readonly bar: Float64Array;
}

/** Right computations of one gradient lay up to 8σ apart over 984 networks of 3 to 21 layers. */
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
  const hiddenShare = HIDDEN[problem.dtype];
  const want = expected.value;
  const bar = ownBars(expected.bar, variance, problem.dtype);
  const sums = slots.map(({ offset, size: count }) => {
    let squares = 0;
    for (let i = offset; i < offset + count; i++) {
      squares += Math.max(got[i]! * got[i]!, want[i]! * want[i]!);
    }
    return squares;
  });
  const whole = Math.sqrt(sums.reduce((a, b) => a + b, 0) / Math.max(size, 1));
  const hidden = (from: number, count: number): boolean => {
    for (let i = from; i < from + count; i++) {
      const largest = Math.max(Math.abs(got[i]!), Math.abs(want[i]!));
      if (!(largest <= bar[i]! + allowed(Math.sqrt(variance[i]!)))) return false;
    }
    return true;
  };
  const vanishing = slots.map(({ offset, size: count }) => hidden(offset, count));
  const flat = vanishing.every(Boolean);
  const wrong: number[] = [];
  let caught = 0;
  let most = 0;
  const each = slots.map(({ offset, size: count }, s) => {
    const own = vanishing[s] ? whole : Math.sqrt(sums[s]! / count);
    const scale = flat ? flatScale(network) : own;
    let severest = 0;
    let largest = -1;
    let worst = offset;
    let unseen = 0;
    for (let i = offset; i < offset + count; i++) {
      const rounding = allowed(Math.sqrt(variance[i]!));
      const error = Math.abs(got[i]! - want[i]!);
      const hides = bar[i]! + rounding;
      const reference = Math.max(Math.abs(got[i]!), Math.abs(want[i]!), scale);
      let severity = 0;
      // Where the loss is not finite either, no gradient is wrong.
      if (!Number.isFinite(hides) || !Number.isFinite(want[i]!)) severity = 1;
      else if (!Number.isFinite(got[i]!)) severity = 3;
      else if (error > hides) severity = 2;
      else if (bar[i]! > rtol * reference || (rounding > hiddenShare * reference && error > 0)) {
        severity = 1;
      }
      if (severity > 1) wrong.push(i);
      unseen = Math.max(unseen, error + hides);
      const normalised = severity === 3 || !(hides > 0) ? 0 : error / hides;
      if (severity > severest || (severity === severest && normalised > largest)) {
        severest = severity;
        largest = normalised;
        worst = i;
      }
    }
    caught = Math.max(caught, unseen);
    most = Math.max(most, severest);
    return { verdict: SEVERITY[severest]!, worst, normalised: largest };
  });
  const verdict = SEVERITY[most]!;
  const decisive = each
    .filter((slot) => slot.verdict === verdict)
    .sort((a, b) => b.normalised - a.normalised)[0];
  return { verdict, worst: decisive?.worst ?? -1, wrong, slots: each, flat, caught, bar };
}

/**
 * A gradient that is 0 throughout has no size of its own; a loss with a unit has one: a nat, or the
 * square of a target's size, for a parameter's step of 1.
 */
function flatScale({ problem: { model }, targets }: Network): number {
  if (model.loss.kind !== 'mse') return 1;
  return targets.reduce((sum, y) => sum + y * y, 0) / targets.length;
}

/** The oracle's bars with its own rounding, in doubles, whose σ follows from that of any precision. */
function ownBars(differenced: Float64Array, variance: Float64Array, dtype: Dtype): Float64Array {
  const share = OWN_ROUNDING * (UNIT_ROUNDOFF.float64 / UNIT_ROUNDOFF[dtype]);
  const bar = new Float64Array(variance.length);
  for (let i = 0; i < bar.length; i++) bar[i] = differenced[i]! + share * Math.sqrt(variance[i]!);
  return bar;
}
