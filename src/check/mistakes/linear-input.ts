import type { LayerSite } from '../../gradients/manual/rule.ts';
import { type Matrix, matrixView } from '../../numeric/matrix.ts';
import type { Mistake } from './mistake.ts';
import { laterLinears, turns } from './place.ts';
import { atDx, linearMistake, type Plan, spare } from './plant.ts';

/** Mistakes of what a linear layer hands down, dX = dYW (derivations/linear.md). */
export const linearInputMistakes: readonly Mistake[] = [
  inputMistake(
    {
      name: 'dx-weight-transposed',
      says: 'The weight is transposed on the way back; where the layer is square, no shape gives it away.',
      formula: 'dX = dYW → dYWᵀ, with W read as in × out',
      applies: (model) => laterLinears(model).some(turns),
    },
    ({ kernels: k, dy, parameter }, dx) => {
      const { rows, cols, data } = parameter('weight').value;
      const turned = matrixView(cols, rows, data);
      return () => k.multiplyNT(dx, dy, turned);
    },
  ),
  inputMistake(
    {
      name: 'dx-weight-forgotten',
      says: 'The weight is missing on the way back: every unit below gets the same blame.',
      formula: 'dX = dYW → dY1',
    },
    ({ kernels: k, workspace, dy }, dx) => {
      const sums = workspace(dy.rows, 1);
      return () => {
        k.sumTo(sums, dy);
        k.broadcastTo(dx, sums);
      };
    },
  ),
  inputMistake(
    {
      name: 'dx-upstream-ignored',
      says: "The gradient that reaches the layer is left out: what goes on is the layer's own derivative.",
      formula: 'dX = dYW → 1W',
    },
    ({ kernels: k, workspace, parameter }, dx) => {
      const { value: w } = parameter('weight');
      const sums = workspace(1, w.cols);
      return () => {
        k.sumTo(sums, w);
        k.broadcastTo(dx, sums);
      };
    },
  ),
  inputMistake(
    {
      name: 'dx-through-dw',
      says: 'The weight gradient stands where the weight belongs on the way back.',
      formula: 'dX = dYW → dYdW',
    },
    ({ kernels: k, dy, parameter }, dx) => {
      const dw = parameter('weight').gradient;
      return () => k.multiply(dx, dy, dw);
    },
  ),
  inputMistake(
    {
      name: 'dx-from-db',
      says: 'The bias gradient, summed over the batch, goes on where each sample has a delta of its own.',
      formula: 'dX = dYW → 1(db)W',
      applies: (model) => laterLinears(model).some(({ bias }) => bias),
    },
    ({ kernels: k, workspace, spec, parameter }, dx) => {
      if (!spec.bias) return spare;
      const { value: w } = parameter('weight');
      const db = parameter('bias').gradient;
      const row = workspace(1, w.cols);
      return () => {
        k.multiply(row, db, w);
        k.broadcastTo(dx, row);
      };
    },
  ),
  inputMistake(
    {
      name: 'dx-zero',
      says: 'The gradient stops at a layer: those below do not learn.',
      formula: 'dX = dYW → 0',
    },
    ({ kernels: k }, dx) =>
      () =>
        k.fill(dx, 0),
  ),
];

/** One of dX; it applies where two linear layers follow one another unless it says otherwise. */
function inputMistake(
  about: Omit<Plan, 'rules' | 'part' | 'applies'> & Partial<Pick<Plan, 'applies'>>,
  spoiler: (site: LayerSite<'linear'>, dx: Matrix) => () => void,
): Mistake {
  const applies: Plan['applies'] = (model) => laterLinears(model).length > 0;
  return linearMistake({ part: 'linear', applies, ...about }, atDx(spoiler));
}
