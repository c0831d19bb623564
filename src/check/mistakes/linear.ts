import { fused } from '../../gradients/manual/fused.ts';
import type { LayerSite } from '../../gradients/manual/rule.ts';
import { type Matrix, matrixView } from '../../numeric/matrix.ts';
import type { Mistake } from './mistake.ts';
import { isActivation, linears, turns } from './place.ts';
import { everyLayer, linearMistake, type Plan, planted, spare, spoiltLinear } from './plant.ts';

/** Mistakes of a linear layer's own gradients, dW = dYᵀX and db = dYᵀ1 (derivations/linear.md). */
export const linearMistakes: readonly Mistake[] = [
  linearMistake(
    {
      part: 'linear',
      name: 'dw-transposed',
      says: 'The weight gradient is transposed; where the layer is square, no shape gives it away.',
      formula: 'dW = dYᵀX → XᵀdY, in the memory of dW',
      applies: (model) => linears(model).some(turns),
    },
    ({ kernels: k, workspace, x, dy, parameter }) => {
      const { rows, cols, data } = parameter('weight').gradient;
      const right = workspace(rows, cols);
      const turned = matrixView(cols, rows, data);
      return () => {
        k.multiplyTN(right, dy, x);
        k.transpose(turned, right);
      };
    },
  ),
  linearMistake(
    {
      part: 'linear',
      name: 'y-for-dy',
      says: "The layer's output stands where the gradient that reaches it belongs.",
      formula: 'dW = dYᵀX → YᵀX',
      applies: (model) => linears(model).length > 0,
    },
    ({ kernels: k, x, y, parameter }) => {
      const dw = parameter('weight').gradient;
      return () => k.multiplyTN(dw, y, x);
    },
  ),
  planted({
    name: 'dw-preactivation',
    part: 'linear',
    says: 'The weight gradient uses what went into the activation before, not what came out of it.',
    formula: 'dW = dYᵀA → dYᵀZ, where A = φ(Z)',
    applies: ({ layers }) =>
      layers.some((spec, i) => {
        const before = layers[i - 1];
        if (spec.kind !== 'linear' || !before || !isActivation(before)) return false;
        return before.kind !== 'leaky_relu' || before.slope !== 1;
      }),
    rules: () => {
      const inputOf = new Map<Matrix, Matrix>();
      const watched = everyLayer((rule) => (site) => {
        inputOf.set(site.y, site.x);
        return rule(site);
      });
      const { linear } = spoiltLinear(({ kernels: k, x: a, dy, parameter }) => {
        const z = inputOf.get(a);
        const dw = parameter('weight').gradient;
        return z ? () => k.multiplyTN(dw, dy, z) : spare;
      }).layers;
      return { ...fused, layers: { ...watched, linear } };
    },
  }),
  linearMistake(
    {
      part: 'linear',
      name: 'last-sample-only',
      says: 'A loop over the samples writes = where += belongs: only the last sample counts.',
      formula: 'dW = Σᵢ dyᵢᵀxᵢ, db = Σᵢ dyᵢ → dW = dy_Nᵀx_N, db = dy_N',
      applies: (model) => linears(model).length > 0,
    },
    ({ kernels: k, spec, x, dy, parameter }) => {
      const dw = parameter('weight').gradient;
      const db = spec.bias ? parameter('bias').gradient : null;
      const [lastX, lastDy] = [lastRow(x), lastRow(dy)];
      return () => {
        k.multiplyTN(dw, lastDy, lastX);
        if (db) k.copy(db, lastDy);
      };
    },
  ),
  biasMistake(
    {
      name: 'db-last-row',
      says: 'The bias gradient is not summed over the batch: it is that of the last sample.',
      formula: 'db = Σᵢ dyᵢ → dy_N',
    },
    ({ kernels: k, dy }, db) => {
      const last = lastRow(dy);
      return () => k.copy(db, last);
    },
  ),
  biasMistake(
    {
      name: 'db-averaged',
      says: 'The bias gradient is averaged over the batch, but the loss has divided by its size already.',
      formula: 'db = Σᵢ dyᵢ → (1/N) Σᵢ dyᵢ',
    },
    ({ kernels: k, workspace, dy }, db) => {
      const sum = workspace(db.rows, db.cols);
      return () => {
        k.sumTo(sum, dy);
        k.scale(db, sum, 1 / dy.rows);
      };
    },
  ),
  biasMistake(
    {
      name: 'db-wrong-axis',
      says: 'The bias gradient is summed over the wrong axis of dY.',
      formula: 'db = dYᵀ1 → dY1, with dY read as out × N',
      applies: (model) => linears(model).some(({ bias, out }) => bias && out > 1),
    },
    ({ kernels: k, dy }, db) => {
      const turned = matrixView(dy.cols, dy.rows, dy.data);
      const column = matrixView(db.cols, 1, db.data);
      return () => k.sumTo(column, turned);
    },
  ),
  biasMistake(
    {
      name: 'db-one-scalar',
      says: 'The bias gradient is summed over the units too: every bias gets the same number.',
      formula: 'dbⱼ = Σᵢ dyᵢⱼ → Σᵢⱼ dyᵢⱼ',
      applies: (model) => linears(model).some(({ bias, out }) => bias && out > 1),
    },
    ({ kernels: k, workspace, dy }, db) => {
      const total = workspace(1, 1);
      return () => {
        k.sumTo(total, dy);
        k.broadcastTo(db, total);
      };
    },
  ),
  biasMistake(
    {
      name: 'db-zero',
      says: 'The bias gradient is never computed: biases do not learn.',
      formula: 'db = dYᵀ1 → 0',
    },
    ({ kernels: k }, db) =>
      () =>
        k.fill(db, 0),
  ),
  linearMistake(
    {
      part: 'linear',
      name: 'outputs-swapped',
      says: 'The bias gradient is handed back before the weight gradient: each lands in the place of the other.',
      formula: '(dW, db) → (db, dW), in one memory',
      applies: (model) => linears(model).some(({ bias }) => bias),
    },
    ({ spec, workspace, parameter }) => {
      if (!spec.bias) return spare;
      const { data: dw } = parameter('weight').gradient;
      const { data: db } = parameter('bias').gradient;
      const { data: both } = workspace(1, dw.length + db.length);
      const [first, second] = [both.subarray(0, dw.length), both.subarray(dw.length)];
      return () => {
        both.set(db);
        both.set(dw, db.length);
        dw.set(first);
        db.set(second);
      };
    },
  ),
];

/** One of db; it applies to layers with a bias unless it says otherwise. */
function biasMistake(
  about: Omit<Plan, 'rules' | 'part' | 'applies'> & Partial<Pick<Plan, 'applies'>>,
  spoiler: (site: LayerSite<'linear'>, db: Matrix) => () => void,
): Mistake {
  const applies: Plan['applies'] = (model) => linears(model).some(({ bias }) => bias);
  return linearMistake({ part: 'linear', applies, ...about }, (site) =>
    site.spec.bias ? spoiler(site, site.parameter('bias').gradient) : spare,
  );
}

/** The last row: a view. */
const lastRow = ({ rows, cols, data }: Matrix): Matrix =>
  matrixView(1, cols, data.subarray((rows - 1) * cols));
