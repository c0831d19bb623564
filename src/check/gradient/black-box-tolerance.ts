import { type Dtype, UNIT_ROUNDOFF } from '../../numeric/dtype.ts';
import type { Random } from '../../numeric/random.ts';
import type { Guard } from './guard.ts';
import { rms } from './rms.ts';
import type { Subject } from './subject.ts';

/** Neighbours of x whose gradients show how rounding moves it. */
const NEIGHBOURS = 6;
/** A right gradient lay up to 8 of its own standard deviations off; six samples understate theirs. */
const SPREADS = 32;
/** Points so many times farther off tell a branch from rounding, which moves these apart as well. */
const FARTHER = [2 ** 9, 2 ** 10, 2 ** 11, 2 ** 12];
/** Roundings of the result itself, which moving x by one rounding need not show. */
const ROUNDINGS = 16;

/**
 * What rounding may have done to each entry of a gradient of unknown make:
 * T = 32 · max(s, rms of s over the slot) + 16u|g|, s the spread of g over six points x(1 ± 2u).
 * An entry whose T is too large to judge it by keeps that to itself, unless the neighbours only take
 * another branch: then they agree with one another farther off.
 */
export function blackBoxTolerance(
  guard: Guard,
  subject: Subject,
  x: Float64Array,
  cotangent: Float64Array | null,
  gradient: Float64Array,
  random: Random,
): Float64Array {
  const { layout } = subject;
  const rtol = Math.max(subject.rtol, subject.tolerance);
  const most = new Float64Array(layout.size);
  for (const { offset, size } of layout.slots) {
    const scale = rms(gradient.subarray(offset, offset + size));
    for (let i = offset; i < offset + size; i++) {
      most[i] = (rtol * Math.max(scale, Math.abs(gradient[i]!))) / SPREADS;
    }
  }
  const at = (point: Float64Array): Float64Array | null => {
    const reply = guard.gradient(point, cotangent);
    // What fails only beside the point says nothing of rounding at it.
    return reply.kind === 'fault' ? null : reply.values;
  };
  const spread = new Float64Array(layout.size);
  for (let k = 0; k < NEIGHBOURS; k++) {
    const signs = x.map(() => (random.uniform() < 0.5 ? 1 : -1));
    const beside = at(neighbour(subject, x, signs, 1));
    if (!beside) continue;
    const offs = beside.map((v, i) => Math.abs(v - gradient[i]!));
    if (offs.some((off, i) => off > most[i]!)) {
      const farther = FARTHER.map((times) => at(neighbour(subject, x, signs, times)));
      for (const i of offs.keys()) {
        const seen = farther.map((values) => values?.[i] ?? Number.NaN);
        const apart = Math.max(...seen) - Math.min(...seen);
        if (offs[i]! > most[i]! && apart < offs[i]!) offs[i] = apart;
      }
    }
    for (const [i, off] of offs.entries()) {
      if (Number.isFinite(off) && off > spread[i]!) spread[i] = off;
    }
  }
  const tolerance = new Float64Array(layout.size);
  for (const { offset, size } of layout.slots) {
    const end = offset + size;
    const sharp = spread.subarray(offset, end).filter((s, j) => s <= most[offset + j]!);
    // Over the whole slot: an entry left out counts as one that does not move.
    const common = rms(sharp) * Math.sqrt(sharp.length / size);
    for (let i = offset; i < end; i++) {
      const rounding = resultRounding(gradient[i]!, subject.dtype);
      tolerance[i] = SPREADS * Math.max(spread[i]!, common) + rounding;
    }
  }
  return tolerance;
}

/** What rounding of the result itself leaves: 16u|g|. */
export const resultRounding = (g: number, dtype: Dtype): number =>
  ROUNDINGS * UNIT_ROUNDOFF[dtype] * Math.abs(g);

/** Each entry one or two roundings up or down, or `times` as far, inside the domain. */
function neighbour(
  { dtype, lower, upper }: Subject,
  x: Float64Array,
  signs: Float64Array,
  times: number,
): Float64Array {
  const step = 2 * times * UNIT_ROUNDOFF[dtype];
  const round = dtype === 'float32' ? Math.fround : (v: number): number => v;
  return x.map((v, i) => {
    const moved = round(v * (1 + step * signs[i]!));
    return moved < (lower?.[i] ?? -Infinity) || moved > (upper?.[i] ?? Infinity) ? v : moved;
  });
}
