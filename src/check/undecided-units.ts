import type { LayerSpec } from '../model/layer.ts';
import { layerLineOf } from './layer-lines.ts';
import { type Noisy, undecided } from './noisy.ts';

/** An input of a kinked activation, so near its kink that rounding may decide the branch. */
export interface Kink {
  /** Index into the model's layers. */
  readonly layer: number;
  /** row · features + feature. */
  readonly element: number;
  /** What takes it across: parameters, or none of them and the row's inputs alone. */
  readonly movedBy: 'params' | 'inputs';
}

export const movedByParams = ({ movedBy }: Kink): boolean => movedBy === 'params';

/**
 * The kinks of a forward pass; `entering` gives what enters a layer, for linear and kinked ones.
 * Behind units that are off, and without a bias, z is 0 whatever moves: there is none. Where a row's
 * inputs are 0, and no bias has come yet, the inputs alone can move it.
 */
export function undecidedUnits(
  layers: readonly LayerSpec[],
  rows: number,
  entering: (layer: number) => Noisy,
): Kink[] {
  const kinks: Kink[] = [];
  const movers = new Array<Kink['movedBy'] | null>(rows).fill('inputs');
  layers.forEach((spec, layer) => {
    const isLinear = spec.kind === 'linear';
    // A spec and its line share one kind.
    if (!isLinear && !layerLineOf(spec.kind).kinked(spec as never)) return;
    const x = entering(layer);
    movers.forEach((movedBy, row) => {
      if (isLinear) movers[row] = moverBehind(movedBy, x, row, spec.bias);
      else if (movedBy) kinks.push(...undecidedIn(x, row, layer, movedBy));
    });
  });
  return kinks;
}

/** What moves a row of xWᵀ + b, from what moves x's. */
function moverBehind(
  before: Kink['movedBy'] | null,
  x: Noisy,
  row: number,
  bias: boolean,
): Kink['movedBy'] | null {
  if (bias || !isZero(x, row, x.value)) return 'params';
  if (before !== 'params') return before;
  // A 0 without a rounding error is that of a unit that is off beyond doubt.
  return isZero(x, row, x.variance) ? null : 'params';
}

function undecidedIn(x: Noisy, row: number, layer: number, movedBy: Kink['movedBy']): Kink[] {
  const near: Kink[] = [];
  for (let element = row * x.cols; element < (row + 1) * x.cols; element++) {
    if (undecided(x, element)) near.push({ layer, element, movedBy });
  }
  return near;
}

/** Whether a row of the values, or of the variances, is 0 throughout. */
const isZero = ({ cols }: Noisy, row: number, of: Float64Array): boolean =>
  of.subarray(row * cols, (row + 1) * cols).every((v) => v === 0);
