import type { Batch } from '../../src/model/batch.ts';
import { batchDivisor, sampleTargets } from '../../src/model/forward.ts';
import type { LayerSpec } from '../../src/model/layer.ts';
import { layerName, type Model } from '../../src/model/model.ts';
import { assertLayout, type Params, slotValues, zeroParams } from '../../src/params/params.ts';
import type { Baseline } from './baseline.ts';
import { COURSE_LOSSES } from './course-losses.ts';
import type { CourseMatrix, MakeMatrix } from './course-matrix.ts';
import {
  activationOperator,
  type LinearOperator,
  linearOperator,
  type Operator,
} from './course-operators.ts';

/**
 * Forward, backward and SGD in the formulas of a course, operator by operator, on whatever matrices
 * `make` gives. Throws where the course does not know a layer or loss of the model.
 */
export function courseNetwork<M extends CourseMatrix<M>>(
  make: MakeMatrix<M>,
  model: Model,
  batch: Batch,
): Baseline {
  const loss = COURSE_LOSSES[model.loss.kind];
  if (!loss) {
    const known = Object.keys(COURSE_LOSSES).join(', ');
    throw new RangeError(`course network: got loss ${model.loss.kind}, expected ${known}`);
  }
  const { rows, data } = batch.inputs;
  const x = make(rows, model.inputs, Float64Array.from(data));
  // A class index becomes its one-hot row.
  const targets = Array.from({ length: rows }, (_, row) => sampleTargets(model, batch, row)).flat();
  const y = make(rows, model.outputs, Float64Array.from(targets));
  const divisor = batchDivisor(model, rows);
  const layers = model.layers.map((spec) => layerOf(make, spec));

  function forward(): M {
    return layers.reduce((a, { operator }) => operator.forward(a), x);
  }

  /** Walks back; `visit` gets each linear layer and what it needs for its gradients. */
  function backward(outputs: M, visit: (layer: LinearLayer<M>, dy: M) => void): void {
    let dy = loss!.gradient(outputs, y).scale(1 / divisor);
    for (let l = layers.length - 1; l >= 0; l--) {
      const layer = layers[l]!;
      // Before the visit, which may replace the weights that this needs.
      const dx = l > 0 ? layer.operator.backward(dy) : dy;
      if (layer.kind === 'linear') visit(layer, dy);
      dy = dx;
    }
  }

  const load = (params: Params): void => {
    assertLayout('course network', params, model.layout);
    for (const layer of layers) {
      if (layer.kind !== 'linear') continue;
      const { operator, spec } = layer;
      const values = (name: string): Float64Array =>
        Float64Array.from(slotValues(params, `${spec.name}.${name}`));
      operator.weight = make(spec.out, spec.in, values('weight'));
      operator.bias = spec.bias ? make(1, spec.out, values('bias')) : null;
    }
  };
  load(zeroParams(model.layout));

  return {
    load,
    valueAndGrad: (into) => {
      assertLayout('course network', into, model.layout);
      const outputs = forward();
      backward(outputs, ({ operator, spec }, dy) => {
        const { weight, bias } = operator.gradients(dy);
        slotValues(into, `${layerName(spec)}.weight`).set(weight.values());
        if (spec.bias) slotValues(into, `${layerName(spec)}.bias`).set(bias.values());
      });
      return loss.sum(outputs, y) / divisor;
    },
    step: (learningRate) => {
      const outputs = forward();
      backward(outputs, ({ operator }, dy) => {
        const { weight, bias } = operator.gradients(dy);
        operator.weight = operator.weight.subtract(weight.scale(learningRate));
        operator.bias = operator.bias?.subtract(bias.scale(learningRate)) ?? null;
      });
      return loss.sum(outputs, y) / divisor;
    },
  };
}

type Linear = Extract<LayerSpec, { kind: 'linear' }>;

interface LinearLayer<M> {
  readonly kind: 'linear';
  readonly spec: Linear;
  readonly operator: LinearOperator<M>;
}

type CourseLayer<M> =
  | LinearLayer<M>
  | { readonly kind: 'activation'; readonly operator: Operator<M> };

function layerOf<M extends CourseMatrix<M>>(make: MakeMatrix<M>, spec: LayerSpec): CourseLayer<M> {
  if (spec.kind !== 'linear')
    return { kind: 'activation', operator: activationOperator(spec.kind) };
  const weight = make(spec.out, spec.in, new Float64Array(spec.out * spec.in));
  const bias = spec.bias ? make(1, spec.out, new Float64Array(spec.out)) : null;
  return { kind: 'linear', spec, operator: linearOperator(weight, bias) };
}
