import type { GradientMethod } from '../gradients/method.ts';
import { methods } from '../gradients/methods.ts';
import { prepareOrThrow } from '../gradients/prepare-or-throw.ts';
import type { Batch } from '../model/batch.ts';
import { bindLayers, sampleInputs } from '../model/forward.ts';
import { type Model, sequential } from '../model/model.ts';
import { double } from '../numeric/double.ts';
import { type Matrix, matrixOf, zeros } from '../numeric/matrix.ts';
import { type Params, zeroParams } from '../params/params.ts';

/** What enters each layer of a network, [rows, width] each: the inputs come first. */
export function flowingValues(model: Model, params: Params, batch: Batch): readonly Matrix[] {
  const bound = bindLayers(double, model, Array.from(params.values));
  const rows: number[][][] = model.layers.map(() => []);
  for (let row = 0; row < batch.inputs.rows; row++) {
    let x: readonly number[] = sampleInputs(model, batch, row);
    bound.forEach((layer, i) => {
      rows[i]!.push([...x]);
      x = layer(x);
    });
  }
  return rows.map((of) => matrixOf(of));
}

/**
 * ∂loss/∂ what enters each layer, [rows, width] each. The network from a layer on is a network
 * whose inputs are those values, so the gradient method itself gives each of them.
 */
export async function flowingGradients(
  model: Model,
  params: Params,
  batch: Batch,
  method: GradientMethod = methods['manual-fused'],
): Promise<readonly Matrix[]> {
  const values = flowingValues(model, params, batch);
  return Promise.all(
    values.map(async (inputs, i) => {
      const rest = sequential(inputs.cols, model.layers.slice(i), model.loss);
      const shape = { rows: inputs.rows };
      const run = await prepareOrThrow(method, rest, shape, { wrt: 'params+inputs' });
      const from = params.values.length - rest.layout.size; // layers are laid out in order
      const of: Params = { layout: rest.layout, values: params.values.slice(from) };
      const into = zeros(inputs.rows, inputs.cols);
      const grads = zeroParams(rest.layout);
      run.valueAndGrad(of, { inputs, targets: batch.targets }, grads, { inputs: into });
      return into;
    }),
  );
}
