import { type Dtype, UNIT_ROUNDOFF } from '../../numeric/dtype.ts';
import type { Random } from '../../numeric/random.ts';
import type { Guard } from './guard.ts';
import { rms } from './rms.ts';
import type { Subject } from './subject.ts';

/** Neighbours of x whose gradients show how rounding moves it. */
const NEIGHBOURS = 6;
/** A right gradient lay up to 8 of its own standard deviations off; six samples understate theirs. */
const SPREADS = 32;
/** Roundings of the result itself, which moving x by one rounding need not show. */
const ROUNDINGS = 16;

/**
 * What rounding may have done to each entry of a gradient of unknown make:
 * T = 32 · max(s, rms of s over the slot) + 16u|g|, s the spread of g over six points x(1 ± 2u).
 * An entry whose T is too large to judge it by keeps that to itself: a branch taken otherwise at a
 * neighbour is no rounding of its slot.
 */
export function blackBoxTolerance(
  guard: Guard,
  subject: Subject,
  x: Float64Array,
  cotangent: Float64Array | null,
  gradient: Float64Array,
  random: Random,
): Float64Array {
  const { layout, dtype } = subject;
  const rtol = Math.max(subject.rtol, subject.tolerance);
  const spread = new Float64Array(layout.size);
  for (let k = 0; k < NEIGHBOURS; k++) {
    const reply = guard.gradient(neighbour(subject, x, random), cotangent);
    // What fails only beside the point says nothing of rounding at it.
    if (reply.kind === 'fault') continue;
    for (let i = 0; i < spread.length; i++) {
      const off = Math.abs(reply.values[i]! - gradient[i]!);
      if (Number.isFinite(off) && off > spread[i]!) spread[i] = off;
    }
  }
  const tolerance = new Float64Array(layout.size);
  for (const { offset, size } of layout.slots) {
    const end = offset + size;
    const scale = rms(gradient.subarray(offset, end));
    const sharp = spread
      .subarray(offset, end)
      .filter((s, j) => SPREADS * s <= rtol * Math.max(scale, Math.abs(gradient[offset + j]!)));
    // Over the whole slot: an entry left out counts as one that does not move.
    const common = rms(sharp) * Math.sqrt(sharp.length / size);
    for (let i = offset; i < end; i++) {
      tolerance[i] = SPREADS * Math.max(spread[i]!, common) + resultRounding(gradient[i]!, dtype);
    }
  }
  return tolerance;
}

/** What rounding of the result itself leaves: 16u|g|. */
export const resultRounding = (g: number, dtype: Dtype): number =>
  ROUNDINGS * UNIT_ROUNDOFF[dtype] * Math.abs(g);

/** Each entry one or two roundings up or down, inside the domain. */
function neighbour(subject: Subject, x: Float64Array, random: Random): Float64Array {
  const { dtype, lower, upper } = subject;
  const step = 2 * UNIT_ROUNDOFF[dtype];
  const round = dtype === 'float32' ? Math.fround : (v: number): number => v;
  return x.map((v, i) => {
    const moved = round(v * (1 + (random.uniform() < 0.5 ? step : -step)));
    return moved < (lower?.[i] ?? -Infinity) || moved > (upper?.[i] ?? Infinity) ? v : moved;
  });
}
