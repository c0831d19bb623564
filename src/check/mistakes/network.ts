import { manualFused } from '../../gradients/manual/method.ts';
import type { GradientMethod, PreparedGradient } from '../../gradients/method.ts';
import type { Model } from '../../model/model.ts';
import type { Dtype } from '../../numeric/dtype.ts';
import { matrixView } from '../../numeric/matrix.ts';
import { zeroParams } from '../../params/params.ts';
import type { Mistake } from './mistake.ts';
import { laterLinears, linears } from './place.ts';
import {
  atDx,
  LEARNING_RATE,
  linearMistake,
  planted,
  spare,
  spoiltLinear,
  spoiltLoss,
} from './plant.ts';

/** λ of a weight decay; its size does not matter, but that the loss knows nothing of it. */
const LAMBDA = 0.01;

const hasParameters = (model: Model): boolean => linears(model).length > 0;

/** Mistakes of the step as a whole: what is kept, what is added, and what happens when. */
export const networkMistakes: readonly Mistake[] = [
  wrapping(
    {
      name: 'accumulates',
      says: 'Gradients are added to those of the calls before: they were never set back to zero.',
      formula: 'g ← ∇L → g ← g + ∇L',
    },
    (run, { model, dtype }) => {
      const sum = zeroParams(model.layout, dtype).values;
      return (params, batch, into, extra) => {
        const loss = run.valueAndGrad(params, batch, into, extra);
        for (let i = 0; i < sum.length; i++) sum[i]! += into.values[i]!;
        into.values.set(sum);
        return loss;
      };
    },
  ),
  wrapping(
    {
      name: 'params-updated-inside',
      says: 'The gradient function takes the step itself: the parameters change under the hands of the caller.',
      formula: 'θ ← θ → θ ← θ − η ∇L',
    },
    (run, { learningRate }) =>
      (params, batch, into, extra) => {
        const loss = run.valueAndGrad(params, batch, into, extra);
        const { values } = params;
        for (let i = 0; i < values.length; i++) values[i]! -= learningRate * into.values[i]!;
        return loss;
      },
  ),
  planted({
    name: 'w-updated-before-dx',
    part: 'network',
    says: 'The weight is updated before it is used to go on: the layers below see the new one.',
    formula: 'dX = dYW → dY(W − η dW)',
    applies: (model) => laterLinears(model).length > 0,
    rules: (_model, learningRate) =>
      spoiltLinear(
        atDx(({ kernels: k, workspace, dy, parameter }, dx) => {
          const { value: w, gradient: dw } = parameter('weight');
          const step = workspace(w.rows, w.cols);
          const updated = workspace(w.rows, w.cols);
          return () => {
            k.scale(step, dw, -learningRate);
            k.add(updated, w, step);
            k.multiply(dx, dy, updated);
          };
        }),
      ),
  }),
  linearMistake(
    {
      name: 'stale-cache',
      part: 'network',
      says: 'The weight gradient uses the inputs of the layer that the call before has left in the cache.',
      formula: 'dW = dYᵀX → dYᵀX of the call before, at first 0',
      applies: hasParameters,
    },
    ({ kernels: k, workspace, x, dy, parameter }) => {
      const dw = parameter('weight').gradient;
      const cache = workspace(x.rows, x.cols);
      k.fill(cache, 0);
      return () => {
        k.multiplyTN(dw, dy, cache);
        k.copy(cache, x);
      };
    },
  ),
  planted({
    name: 'sample-left-out',
    part: 'network',
    says: 'The last sample is left out: a loop over the batch ends one too early.',
    formula: 'g = Σᵢ₌₁…N gᵢ → Σᵢ₌₁…N−1 gᵢ',
    applies: hasParameters,
    rules: () =>
      spoiltLoss(({ kernels: k, dx: { rows, cols, data } }) => {
        const last = matrixView(1, cols, data.subarray((rows - 1) * cols));
        return () => k.fill(last, 0);
      }),
  }),
  linearMistake(
    {
      name: 'l2-extra',
      part: 'network',
      says: 'The gradient contains a weight decay, λ = 0.01, that the loss does not: one of the two lacks it.',
      formula: 'dW = dYᵀX → dYᵀX + λW',
      applies: hasParameters,
    },
    ({ parameter }) => {
      const { value, gradient } = parameter('weight');
      return () => addInPlace(gradient.data, value.data, LAMBDA);
    },
  ),
  linearMistake(
    {
      name: 'l2-on-bias',
      part: 'network',
      says: 'The bias gradient contains a weight decay, λ = 0.01: biases are not to be decayed.',
      formula: 'db = dYᵀ1 → dYᵀ1 + λb',
      applies: (model) => linears(model).some(({ bias }) => bias),
    },
    ({ spec, parameter }) => {
      if (!spec.bias) return spare;
      const { value, gradient } = parameter('bias');
      return () => addInPlace(gradient.data, value.data, LAMBDA);
    },
  ),
  linearMistake(
    {
      name: 'float32-inside',
      part: 'network',
      says: 'The backward pass goes through single precision: its gradients are right to seven digits only.',
      formula: 'dW, db, dX → rounded to float32',
      applies: hasParameters,
    },
    ({ dx, spec, parameter }) => {
      const dw = parameter('weight').gradient.data;
      const db = spec.bias ? parameter('bias').gradient.data : null;
      return () => {
        roundInPlace(dw);
        if (db) roundInPlace(db);
        if (dx) roundInPlace(dx.data);
      };
    },
  ),
];

/** The right method, each call wrapped in something with a memory or an effect of its own. */
function wrapping(
  about: Pick<Mistake, 'name' | 'says' | 'formula'>,
  wrap: (
    run: PreparedGradient,
    context: { readonly model: Model; readonly dtype: Dtype; readonly learningRate: number },
  ) => PreparedGradient['valueAndGrad'],
): Mistake {
  return {
    ...about,
    part: 'network',
    applies: hasParameters,
    method: ({ learningRate = LEARNING_RATE } = {}): GradientMethod => ({
      name: about.name,
      prepare: async (model, shape, options = {}) => {
        const prepared = await manualFused.prepare(model, shape, options);
        if (prepared.kind === 'unsupported') return prepared;
        const { run } = prepared;
        const context = { model, dtype: options.dtype ?? 'float64', learningRate };
        return { kind: 'prepared', run: { ...run, valueAndGrad: wrap(run, context) } };
      },
    }),
  };
}

/** into ← into + factor · a */
function addInPlace(into: Float64Array | Float32Array, a: ArrayLike<number>, factor: number): void {
  for (let i = 0; i < into.length; i++) into[i]! += factor * a[i]!;
}

function roundInPlace(values: Float64Array | Float32Array): void {
  for (let i = 0; i < values.length; i++) values[i] = Math.fround(values[i]!);
}
