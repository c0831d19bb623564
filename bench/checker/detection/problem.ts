import type { Problem } from '../../../src/check/judge.ts';
import { manualFused } from '../../../src/gradients/manual/method.ts';
import { prepareOrThrow } from '../../../src/gradients/prepare-or-throw.ts';
import { mlp } from '../../../src/model/model.ts';
import { zeros } from '../../../src/numeric/matrix.ts';
import { random } from '../../../src/numeric/random.ts';
import { initialise } from '../../../src/params/initialise.ts';
import { zeroParams } from '../../../src/params/params.ts';

/** One smooth, one with kinks. */
export const HIDDEN_ACTIVATIONS = ['tanh', 'relu'] as const;
export type HiddenActivation = (typeof HIDDEN_ACTIVATIONS)[number];

/** Which trial: its number among those of the activation. */
export interface TrialId {
  readonly activation: HiddenActivation;
  readonly trial: number;
}

/** A loss of 5,829 parameters, its right gradient, and the entry that a trial makes wrong. */
export interface TrialProblem extends Pick<Problem, 'model' | 'params' | 'batch'> {
  /** The loss; keeps nothing of its argument. */
  readonly f: (x: Float64Array) => number;
  /** A new array a call. */
  readonly gradient: (x: Float64Array) => Float64Array;
  /** Into the flat gradient. */
  readonly entry: number;
}

const ROWS = 4;
const [INPUTS, CLASSES] = [20, 5];

/** Trial number `trial`: network, data and entry are its own, the same at every run. */
export async function problemOf(hidden: HiddenActivation, trial: number): Promise<TrialProblem> {
  const model = mlp([INPUTS, 64, 64, CLASSES], {
    hidden,
    output: 'identity',
    loss: 'cross_entropy',
  });
  const { layout } = model;
  const params = initialise(layout, { seed: trial });
  const source = random(trial).fork(1);
  const batch = { inputs: zeros(ROWS, INPUTS), targets: zeros(ROWS, 1) };
  for (let i = 0; i < batch.inputs.data.length; i++) batch.inputs.data[i] = source.normal();
  for (let i = 0; i < ROWS; i++) batch.targets.data[i] = source.integer(CLASSES);
  const entry = source.integer(layout.size);

  const run = await prepareOrThrow(manualFused, model, { rows: ROWS });
  return {
    model,
    params,
    batch,
    f: (x) => run.value!({ layout, values: x }, batch), // every manual method has it
    gradient: (x) => {
      const into = zeroParams(layout);
      run.valueAndGrad({ layout, values: x }, batch, into);
      return Float64Array.from(into.values);
    },
    entry,
  };
}

/** The gradient with one entry off by `error`: a new array. */
export function withError(gradient: Float64Array, entry: number, error: number): Float64Array {
  const wrong = gradient.slice();
  wrong[entry]! += error;
  return wrong;
}
