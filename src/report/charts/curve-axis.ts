import type { Places } from './curve-points.ts';
import { linearAxis } from './linear-axis.ts';
import { logAxis } from './log-axis.ts';

/** Ticks about, of any axis but the logarithmic. */
export const TICKS = 6;

/** How a panel's y axis looks, and where it has a place for a value. */
export interface Heights extends Places {
  readonly scale: object;
  readonly axis: object;
  /** Share of the axis above its uppermost tick. */
  readonly headroom: number;
}

export function logHeights(values: readonly number[]): Heights {
  const { domain, ticks, label, place, side } = logAxis(values);
  return {
    scale: { type: 'log', domain },
    axis: { values: ticks, labelExpr: label },
    headroom: Math.log(domain[1] / ticks.at(-1)!) / Math.log(domain[1] / domain[0]),
    place,
    side,
  };
}

export function linearHeights(values: readonly number[]): Heights {
  const { domain, label, place } = linearAxis(values);
  return {
    scale: { domain, nice: TICKS, zero: false },
    axis: { tickCount: TICKS, labelExpr: label },
    headroom: 0,
    place,
    side: () => 'scale',
  };
}
