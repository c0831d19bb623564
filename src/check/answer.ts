import { assertShape, type Matrix } from '../numeric/matrix.ts';
import { assertLayout, type Params } from '../params/params.ts';
import type { Problem } from './judge.ts';

/** What one method says of a problem. */
export interface Answer {
  readonly loss: number;
  /** [rows, outputs]. */
  readonly outputs: Matrix;
  readonly grads: Params;
  /** [rows, inputs]: ∂loss/∂inputs, by the methods that give it. */
  readonly inputs?: Matrix;
  /** A bound on each gradient entry's error, by the methods that know one; 0 elsewhere. */
  readonly uncertainty?: Params;
  /** [rows, inputs]: likewise of each input gradient. */
  readonly inputsUncertainty?: Matrix;
}

/** Throws where a shape is not the problem's. */
export function assertAnswer(answer: Answer, { model, batch }: Problem): void {
  assertLayout('gradient', answer.grads, model.layout);
  if (answer.uncertainty) assertLayout('uncertainty', answer.uncertainty, model.layout);
  assertShape('outputs', answer.outputs, batch.inputs.rows, model.outputs);
  for (const part of ['inputs', 'inputsUncertainty'] as const) {
    const matrix = answer[part];
    if (matrix) assertShape(part, matrix, batch.inputs.rows, model.inputs);
  }
}
