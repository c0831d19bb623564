import type { Batch } from '../model/batch.ts';
import { type Model, mlp } from '../model/model.ts';
import type { Dtype } from '../numeric/dtype.ts';
import { copyMatrix, type Matrix, zeros } from '../numeric/matrix.ts';
import { random } from '../numeric/random.ts';
import { initialise } from '../params/initialise.ts';
import { copyParams, type Params } from '../params/params.ts';
import { digits } from './digits.ts';
import { moonsSplit } from './moons-split.ts';

export type WorkloadId = 'W1' | 'W2' | 'W3' | 'W4' | 'W5';

/** A network with its data, as benchmarks, agreement and the PyTorch fixtures all use it. */
export interface Workload {
  readonly id: WorkloadId;
  readonly model: Model;
  /** PyTorch's default for Linear, seed 0. */
  readonly params: Params;
  readonly batch: Batch;
  readonly learningRate: number;
}

/** W1–W5; each call makes new memory. float32 rounds the float64 workload. */
export const workloads: { readonly [Id in WorkloadId]: (dtype?: Dtype) => Workload } = {
  /** The material's network. */
  W1: (dtype) => build('W1', mlp([2, 5, 1]), moonsSplit().train, 0.2, dtype),
  /** The material's network with a second hidden layer. */
  W2: (dtype) => build('W2', mlp([2, 5, 3, 1]), moonsSplit().train, 0.2, dtype),
  /** The material's five-layer network. */
  W3: (dtype) =>
    build('W3', mlp([2, 3, 3, 3, 3, 1], { hidden: 'relu' }), moonsSplit().train, 0.2, dtype),
  W4: (dtype) => {
    const options = { hidden: 'relu', output: 'identity', loss: 'cross_entropy' } as const;
    return build('W4', mlp([784, 256, 128, 10], options), digits(), 0.05, dtype);
  },
  W5: (dtype) => {
    const options = { hidden: 'tanh', output: 'identity', loss: 'mse' } as const;
    return build('W5', mlp([64, 64, 64, 64, 1], options), gaussianBatch(32, 64, 1), 0.02, dtype);
  },
};

function build(
  id: WorkloadId,
  model: Model,
  batch: Batch,
  learningRate: number,
  dtype: Dtype = 'float64',
): Workload {
  return {
    id,
    model: { ...model, name: id },
    params: copyParams(initialise(model.layout), dtype),
    batch: { inputs: copyMatrix(batch.inputs, dtype), targets: copyMatrix(batch.targets, dtype) },
    learningRate,
  };
}

/** Standard normal inputs and targets, rounded to float32 for the reason given at `moons`. */
function gaussianBatch(rows: number, inputs: number, outputs: number): Batch {
  const source = random(0);
  const fill = (cols: number): Matrix => {
    const m = zeros(rows, cols);
    for (let i = 0; i < m.data.length; i++) m.data[i] = Math.fround(source.normal());
    return m;
  };
  return { inputs: fill(inputs), targets: fill(outputs) };
}
