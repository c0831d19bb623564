import { type Matrix, matrixView } from '../numeric/matrix.ts';
import type { Params } from '../params/params.ts';
import { judge, type Problem } from './judge.ts';
import type { Noisy } from './noisy.ts';
import type { Kink } from './undecided-units.ts';

/**
 * How far two right computations of one problem may lie apart, by rounding alone. Each σ is a
 * standard deviation, propagated as a variance beside the forward and the backward pass; the
 * tolerance is a fixed number of them (`allowed`).
 */
export interface Tolerance {
  readonly problem: Problem;
  readonly sigma: {
    readonly loss: number;
    /** [rows, outputs]. */
    readonly outputs: Matrix;
    readonly grads: Params;
    /** [rows, inputs]: of ∂loss/∂inputs. */
    readonly inputs: Matrix;
  };
  /** Units whose branch rounding may decide. */
  readonly kinks: readonly Kink[];
}

/** The tolerance of a problem in its precision. */
export function toleranceOf(problem: Problem): Tolerance {
  const { loss, outputs, grads, inputs, kinks } = judge(problem);
  return {
    problem,
    sigma: {
      loss: Math.sqrt(loss.variance),
      outputs: matrixView(outputs.rows, outputs.cols, sigmas(outputs)),
      grads: { layout: problem.model.layout, values: sigmas(grads) },
      inputs: matrixView(inputs.rows, inputs.cols, sigmas(inputs)),
    },
    kinks,
  };
}

const sigmas = ({ variance }: Noisy): Float64Array => variance.map(Math.sqrt);
