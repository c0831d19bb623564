import type { Problem } from '../../src/check/judge.ts';
import { batchRows, targetColumns } from '../../src/model/batch.ts';
import { type Model, mlp } from '../../src/model/model.ts';
import { zeros } from '../../src/numeric/matrix.ts';
import { type Random, random } from '../../src/numeric/random.ts';
import { initialise } from '../../src/params/initialise.ts';
import { type WorkloadId, workloads } from '../../src/training/workloads.ts';
import { describeModel } from '../describe-model.ts';

/** One problem that methods are held against each other on. */
export interface Case {
  readonly name: string;
  readonly workload: WorkloadId;
  /** In a reader's words: network, rows, precision. */
  readonly what: string;
  readonly problem: Problem;
  /** Methods that are not even asked, each with the reason. */
  readonly leftOut: Readonly<Record<string, string>>;
}

/** Rows of the slices that the many-digit reference can afford. */
const SLICE_ROWS = 8;

/** The problems of these workloads: each whole, then a slice on which every method has its say. */
export function casesOf(ids: readonly WorkloadId[], quick: boolean, seed: number): Case[] {
  return ids.flatMap((id) => {
    const whole = wholeCase(id, quick);
    const single = quick && id === 'W4' ? [] : [singlePrecision(id)];
    return [whole, ...slices(id, seed), ...single];
  });
}

/** Where one pass a parameter is too much. */
const MANY = 'one or more passes a parameter: too many here, see the smaller case';

function wholeCase(id: WorkloadId, quick: boolean): Case {
  const { model, params, batch } = workloads[id]();
  const large = id === 'W4' || id === 'W5';
  return {
    name: id,
    workload: id,
    what: `${describeModel(model)}, ${batch.inputs.rows} rows`,
    problem: { model, params, batch, dtype: 'float64' },
    leftOut: {
      ...(large ? { 'complex-step': MANY } : {}),
      ...(large || quick ? { 'finite-difference': MANY } : {}),
      ...(quick ? { exact: 'many digits for every row: left to a full run' } : {}),
      ...(quick && id === 'W4' ? { pytorch: '64 projections: left to a full run' } : {}),
    },
  };
}

function slices(id: WorkloadId, seed: number): Case[] {
  const unrecorded = { pytorch: 'recorded for the whole workload only' };
  switch (id) {
    case 'W1':
    case 'W2':
    case 'W3': {
      const { model, params, batch } = workloads[id]();
      const slice: Case = {
        name: `${id}, ${SLICE_ROWS} rows`,
        workload: id,
        what: `${describeModel(model)}, its first ${SLICE_ROWS} rows`,
        problem: { model, params, batch: batchRows(batch, 0, SLICE_ROWS), dtype: 'float64' },
        leftOut: unrecorded,
      };
      if (id !== 'W3') return [slice];
      // From seed 0 most of its ReLU are dead, 42 of 49 gradients 0: another start has a say too. And
      // the material trains its five-layer network with sigmoid as well.
      const sigmoid = mlp([2, 3, 3, 3, 3, 1], { name: 'W3 with sigmoid' });
      const from = (name: string, variant: Model, start: number): Case => ({
        ...slice,
        name: `${name}, ${SLICE_ROWS} rows`,
        what: `${describeModel(variant)}, initial values from seed ${start}, its first ${SLICE_ROWS} rows`,
        problem: {
          ...slice.problem,
          model: { ...variant, name },
          params: initialise(variant.layout, { seed: start }),
        },
      });
      return [slice, from('W3 from seed 4', model, 4), from('W3 with sigmoid', sigmoid, 0)];
    }
    case 'W4': {
      // The symbolic way refuses the first of them; with the second it meets cross entropy too.
      const models = [
        { sizes: [12, 8, 6, 10], name: 'W4, small' },
        { sizes: [3, 3, 3, 3], name: 'W4, smallest' },
      ].map(({ sizes, name }) =>
        mlp(sizes, { hidden: 'relu', output: 'identity', loss: 'cross_entropy', name }),
      );
      return models.map((model) => small(model, 'W4', seed, unrecorded));
    }
    case 'W5': {
      const model = mlp([5, 6, 6, 6, 1], {
        hidden: 'tanh',
        output: 'identity',
        loss: 'mse',
        name: 'W5, small',
      });
      return [small(model, 'W5', seed, unrecorded)];
    }
  }
}

/** The workload's layers at sizes that every method can afford, on Gaussian data. */
function small(
  model: Model,
  id: WorkloadId,
  seed: number,
  leftOut: Readonly<Record<string, string>>,
): Case {
  const rows = 3;
  const r = random(seed);
  const inputs = zeros(rows, model.inputs);
  const targets = zeros(rows, targetColumns(model));
  for (let i = 0; i < inputs.data.length; i++) inputs.data[i] = r.normal();
  for (let i = 0; i < targets.data.length; i++) targets.data[i] = target(model, r);
  return {
    name: model.name,
    workload: id,
    what: `${describeModel(model)}, ${rows} Gaussian rows`,
    problem: {
      model,
      params: initialise(model.layout),
      batch: { inputs, targets },
      dtype: 'float64',
    },
    leftOut,
  };
}

const target = (model: Model, r: Random): number =>
  model.loss.kind === 'cross_entropy' ? r.integer(model.outputs) : r.normal();

function singlePrecision(id: WorkloadId): Case {
  const { model, params, batch } = workloads[id]('float32');
  const oracle = 'computes in its own precision, above float32';
  return {
    name: `${id}, float32`,
    workload: id,
    what: `${describeModel(model)}, ${batch.inputs.rows} rows, float32`,
    problem: { model, params, batch, dtype: 'float32' },
    leftOut: {
      'complex-step': oracle,
      'finite-difference': oracle,
      symbolic: oracle,
      exact: oracle,
      pytorch: 'recorded in float64 only',
    },
  };
}
