import { type Params, slotValues } from '../../params/params.ts';
import { type Along, alongside, type Watch } from '../alongside.ts';
import { backwardDecades, type Decades } from '../backward-decades.ts';
import type { ExperimentContext } from '../experiment.ts';
import { fiveLayerSetup, type PerLayer } from '../five-layer.ts';
import { layerMoves, weightNorms } from '../layer-norms.ts';
import type { Setup } from '../setup.ts';
import { trainOnce } from '../train.ts';
import { CASES, type DyingCase, type DyingCaseName, EPOCHS, HIDDEN_PARAMETERS } from './cases.ts';
import { deadUnits } from './dead-units.ts';

/** What the first epoch shows. */
export interface FirstEpoch {
  /** L2 norm of each layer's weight gradient. */
  readonly grads: PerLayer;
  readonly outputBiasGrad: number;
  readonly decades: Decades;
  /** Of each hidden layer; none unless the activation is ReLU. */
  readonly deadUnits: PerLayer;
}

/** What a whole training shows. */
export interface Trained extends FirstEpoch {
  /** The largest |gradient| of any parameter but the output bias, at any epoch. */
  readonly largestGrad: number;
  /** The largest |change| of a parameter, by layer. */
  readonly moves: PerLayer;
  /** Parameters of the hidden layers of which some bit changed. */
  readonly changed: number;
  readonly outputBias: number;
  readonly losses: readonly number[];
  /** Accuracy on the training set at the last epoch. */
  readonly score: number;
}

export interface CaseResult {
  readonly case: DyingCase;
  readonly own: Trained;
  readonly along: Along;
  readonly firstEpochs: readonly FirstEpoch[];
  /** One a seed where every seed trains to the end, else none. */
  readonly trained: readonly Trained[];
}

/** `epochs` may be fewer for a test. */
export async function measureAll(
  { seed, seeds, progress }: ExperimentContext,
  epochs: number = EPOCHS,
): Promise<readonly CaseResult[]> {
  const results: CaseResult[] = [];
  for (const of of CASES) {
    progress(results.length / CASES.length, `${of.title}, ${of.start} start`);
    const { hidden, start, dtype, trains } = of;
    const setup = (of: number, epochs: number): Setup =>
      fiveLayerSetup({ hidden, start, dtype, seed: of, epochs });
    const whole = setup(seed, trains === 'none' ? 1 : epochs);
    const watch = await alongside(whole);
    const own = await train(whole, watch.see);
    const firstEpochs: FirstEpoch[] = [];
    const trained: Trained[] = [];
    for (const other of seeds) {
      const toTheEnd = trains === 'every seed';
      const found = other === seed ? own : await train(setup(other, toTheEnd ? epochs : 1));
      firstEpochs.push(found);
      if (toTheEnd) trained.push(found);
    }
    results.push({ case: of, own, along: watch.found(), firstEpochs, trained });
  }
  return results;
}

async function train(setup: Setup, see: Watch['see'] = () => {}): Promise<Trained> {
  const { model, params, split } = setup;
  let grads: PerLayer = [];
  let outputBiasGrad = Number.NaN;
  let largestGrad = 0;
  const run = await trainOnce(setup, undefined, (epoch) => {
    see(epoch);
    if (epoch.epoch === 0) {
      grads = weightNorms(epoch.grads);
      outputBiasGrad = slotValues(epoch.grads, 'fc5.bias')[0]!;
    }
    largestGrad = Math.max(largestGrad, largestButOutputBias(epoch.grads));
  });
  const moves = layerMoves(params, run.last);
  // Hidden layers come first.
  const before = params.values.subarray(0, HIDDEN_PARAMETERS);
  return {
    grads,
    outputBiasGrad,
    decades: await backwardDecades(model, params, split.train, grads),
    deadUnits: deadUnits(model, params, split.train),
    largestGrad,
    moves,
    changed: before.filter((value, i) => !Object.is(value, run.last.values[i])).length,
    outputBias: slotValues(run.last, 'fc5.bias')[0]!,
    losses: run.history.trainLoss,
    score: run.history.trainScore.at(-1)!,
  };
}

/** The largest |gradient| of any parameter but the output bias, which is the last of all. */
export function largestButOutputBias({ values }: Params): number {
  let largest = 0;
  for (const grad of values.subarray(0, -1)) largest = Math.max(largest, Math.abs(grad));
  return largest;
}

export const resultOf = (results: readonly CaseResult[], name: DyingCaseName): CaseResult =>
  results.find((result) => result.case.name === name)!; // one of each is measured
