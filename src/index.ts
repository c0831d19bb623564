// numeric

// check
export {
  type Agreement,
  agreed,
  type MethodRow,
  measureAgreement,
  type PairCell,
} from './check/agreement.ts';
export type { Answer } from './check/answer.ts';
export { type Comparison, compare } from './check/compare.ts';
export type { Diagnosis, DiagnosisKind } from './check/diagnosis/diagnosis.ts';
export { checkGradient } from './check/gradient/check-gradient.ts';
export type { CheckOptions } from './check/gradient/check-options.ts';
export type { CaughtError, CheckResult, EntryFinding } from './check/gradient/check-result.ts';
export type { GradientCase, Numbers } from './check/gradient/gradient-case.ts';
export type { TaylorOpinion } from './check/gradient/taylor.ts';
export { checkModel, type ModelCheckOptions } from './check/model/check-model.ts';
export type { LayerCheck, ModelCheck } from './check/model/model-check.ts';
export { type Tolerance, toleranceOf } from './check/tolerance.ts';
export type { Note, Verdict } from './check/verdict.ts';
// gradients
export type {
  Extras,
  GradientMethod,
  MethodName,
  Preparation,
  PreparedGradient,
  PrepareOptions,
} from './gradients/method.ts';
export { methods } from './gradients/methods.ts';
export { recordedMethod } from './gradients/pytorch.ts';
export {
  type Autograd,
  autograd,
  type Functions,
  type Variable,
  valueAndGradient,
} from './gradients/tape/autograd.ts';
export { Tape } from './gradients/tape/tape.ts';
// model
export { type Batch, type BatchShape, batchRows, batchShape } from './model/batch.ts';
export { evaluate } from './model/forward.ts';
export type { LayerKind, LayerSpec } from './model/layer.ts';
export { batchOf, flattenLeading, restoreLeading } from './model/leading.ts';
export type { LossKind, LossSpec } from './model/loss.ts';
export { type Activation, type MlpOptions, type Model, mlp, sequential } from './model/model.ts';
export type { Arithmetic } from './numeric/arithmetic.ts';
export { type Complex, complex, complexOf } from './numeric/complex.ts';
export { double } from './numeric/double.ts';
export { type Dtype, type FloatArray, UNIT_ROUNDOFF } from './numeric/dtype.ts';
export { copyMatrix, type Matrix, matrixOf, matrixView, zeros } from './numeric/matrix.ts';
export { type Random, random } from './numeric/random.ts';
export { type Tensor, tensorOf } from './numeric/tensor.ts';
export { ulp, ulpDistance } from './numeric/ulp.ts';
// params
export {
  constant,
  heNormal,
  heUniform,
  type Initialiser,
  initialise,
  normal,
  torchLinear,
  uniform,
  xavierNormal,
  xavierUniform,
  zeros as zeroInitialiser,
} from './params/initialise.ts';
export { entryName, type Layout, layoutOf, type Slot, slotOf } from './params/layout.ts';
export { copyParams, type Params, slotMatrix, slotValues, zeroParams } from './params/params.ts';
export { malformedText, readSafetensors, writeSafetensors } from './params/safetensors.ts';
// report
export { renderChart } from './report/chart.ts';
export { renderJson } from './report/json.ts';
export { renderMarkdown } from './report/markdown.ts';
export type { Report } from './report/report.ts';
// training
export { accuracyOf, type Labels, type Metric } from './training/accuracy.ts';
export type { Best } from './training/best.ts';
export { moons } from './training/moons.ts';
export { moonsSplit, type Split } from './training/moons-split.ts';
export type { Optimiser, OptimiserState } from './training/optimiser.ts';
export { type Evaluation, type History, Runner } from './training/runner.ts';
export type { RunnerParts } from './training/runner-parts.ts';
export { type SgdOptions, sgd, sgdStepInPlace } from './training/sgd.ts';
export type { Epoch, TrainOptions } from './training/train-options.ts';
export type { Bar } from './training/training-report.ts';
export type { Rows, TrainingSet } from './training/training-set.ts';
export { type Workload, type WorkloadId, workloads } from './training/workloads.ts';
