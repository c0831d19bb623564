import type { GradientMethod } from 'backproof';

/** What the gradient of a ReLU lets through. */
export type Mask = (z: number) => boolean;

/**
 * One's own backpropagation, plain loops over the flat parameters: linear layers with bias, each with or
 * without a ReLU after it, under the mean squared error.
 */
export const myNetwork = (mask: Mask): GradientMethod => ({
  name: 'my network',
  prepare: async (model) => ({
    kind: 'prepared',
    run: {
      valueAndGrad(params, { inputs, targets }, into, extra) {
        into.values.fill(0);
        const divisor = inputs.rows * model.outputs;
        let loss = 0;
        for (let row = 0; row < inputs.rows; row++) {
          const from = row * model.inputs;
          let a = Array.from(inputs.data.subarray(from, from + model.inputs));
          const kept: (readonly number[])[] = [];
          let offset = 0;
          for (const layer of model.layers) {
            kept.push(a);
            if (layer.kind !== 'linear') {
              a = a.map((z) => Math.max(z, 0));
              continue;
            }
            const bias = offset + layer.in * layer.out;
            const weights = params.values.subarray(offset, bias);
            const entering = a;
            a = Array.from(params.values.subarray(bias, bias + layer.out), (b, o) =>
              entering.reduce((z, v, i) => z + weights[o * layer.in + i]! * v, b),
            );
            offset = bias + layer.out;
          }
          extra?.outputs?.data.set(a, row * model.outputs);
          let delta = a.map((p, j) => {
            const error = p - targets.data[row * model.outputs + j]!;
            loss += error ** 2 / divisor;
            return (2 * error) / divisor;
          });
          for (const [l, layer] of [...model.layers.entries()].reverse()) {
            const x = kept[l]!;
            if (layer.kind !== 'linear') {
              delta = delta.map((d, i) => (mask(x[i]!) ? d : 0));
              continue;
            }
            const bias = offset - layer.out;
            offset = bias - layer.in * layer.out;
            const below = x.map(() => 0);
            delta.forEach((d, o) => {
              into.values[bias + o]! += d;
              x.forEach((v, i) => {
                const at = offset + o * layer.in + i;
                into.values[at]! += d * v;
                below[i]! += d * params.values[at]!;
              });
            });
            delta = below;
          }
        }
        return loss;
      },
    },
  }),
});
