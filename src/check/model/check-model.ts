import type { GradientMethod } from '../../gradients/method.ts';
import { assertBatch, type Batch } from '../../model/batch.ts';
import type { Model } from '../../model/model.ts';
import type { Dtype } from '../../numeric/dtype.ts';
import { assertLayout, type Params } from '../../params/params.ts';
import type { Problem } from '../judge.ts';
import { answerOf } from './answer-of.ts';
import { diagnoseModel } from './diagnose-model.ts';
import type { ModelCheck } from './model-check.ts';
import { nothing, verdictOf, WRONG } from './model-verdict.ts';
import { oracleOf } from './oracle.ts';

export interface ModelCheckOptions {
  /** What the method computes in; float64 unless said. */
  readonly dtype?: Dtype;
  /** The relative error that must be seen; 1e-6, or 1e-3 for float32, unless said. */
  readonly rtol?: number;
  /** Chooses what is confirmed by raw differences, and the points a mistake is recognised at. */
  readonly seed?: number;
  /** At most so many wrong entries are listed; 20 unless said. */
  readonly maxWrong?: number;
  /** Whether a wrong gradient is held against the typical mistakes; true unless said. */
  readonly diagnose?: boolean;
  /** η, for mistakes of the training step; 0.1 unless said. */
  readonly learningRate?: number;
}

/**
 * Holds every entry of a method's gradient against differences with error bars, and says which layer,
 * from the loss backwards, breaks first. The differences sweep the pre-activations: one unit of all
 * samples is shifted, only what lies above is computed again, each sample's own loss is differenced.
 * The method is called twice on copies. What is no problem at all (params of another network, data
 * that do not fit or are not finite) throws.
 */
export async function checkModel(
  model: Model,
  params: Params,
  batch: Batch,
  method: GradientMethod,
  options: ModelCheckOptions = {},
): Promise<ModelCheck> {
  assertLayout('params', params, model.layout);
  assertBatch(model, batch);
  const { dtype = 'float64', seed = 0 } = options;
  const problem: Problem = { model, params, batch, dtype };
  const answer = await answerOf(method, problem);
  if (answer.kind === 'refused') {
    return { ...nothing(method.name), verdict: answer.verdict, error: answer.why };
  }
  const oracle = oracleOf(problem, seed);
  const { first, second } = answer;
  const found = verdictOf(oracle, first, second, options);
  const told =
    options.diagnose === false || !WRONG.includes(found.verdict)
      ? { diagnosis: null, mistakes: [] }
      : await diagnoseModel(method, oracle, answer, found, { ...options, seed });
  return { ...found, ...told, name: method.name };
}
