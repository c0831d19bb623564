import { type Dtype, UNIT_ROUNDOFF } from '../../numeric/dtype.ts';
import { estimateNoise, leastNoise } from '../../numeric/noise.ts';

/** Where a function of one number is looked at. */
export interface Terrain {
  /** f(x), if known already. */
  readonly value?: number;
  /** What steps are measured against: max(1, |x|) unless said. */
  readonly scale?: number;
  /** The domain of f: no probe leaves it. */
  readonly lower?: number;
  readonly upper?: number;
  /** The precision f computes in; float64 unless said. */
  readonly dtype?: Dtype;
  /** A bound on the rounding of f's values that is known without measuring. */
  readonly leastNoise?: number;
}

/** The share of the scale that the difference table may reach: beyond it f is another function. */
const REACH = 1e-3;

/**
 * A bound on |computed f − f| near x, never below that of a few roundings. At the edge of the domain
 * it is measured a little inside.
 */
export function noiseNear(f: (x: number) => number, x: number, terrain: Terrain): number {
  const { lower = -Infinity, upper = Infinity, dtype = 'float64' } = terrain;
  const scale = terrain.scale ?? Math.max(1, Math.abs(x));
  const reach = Math.min(REACH * scale, (upper - lower) / 2);
  const centre = Math.min(Math.max(x, lower + reach), upper - reach);
  const inside = (t: number): number => (t < lower || t > upper ? Number.NaN : f(t));
  // Spacings are relative to the scale in roundings of a double: coarser values need them as much wider.
  const spacing = scale * (UNIT_ROUNDOFF[dtype] / UNIT_ROUNDOFF.float64);
  return Math.max(
    terrain.leastNoise ?? 0,
    leastNoise(terrain.value ?? f(x), dtype),
    3 * estimateNoise(inside, centre, spacing),
  );
}
