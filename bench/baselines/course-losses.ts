import type { LossKind } from '../../src/model/loss.ts';
import type { CourseMatrix } from './course-matrix.ts';

/** A loss as a course writes it; both sides still to be divided by the number of samples. */
export interface CourseLoss {
  /** Σ over all samples. */
  sum<M extends CourseMatrix<M>>(outputs: M, targets: M): number;
  /** ∂Σ/∂outputs. */
  gradient<M extends CourseMatrix<M>>(outputs: M, targets: M): M;
}

/** −100 is PyTorch's floor for a logarithm: without it 0 · ln 0 would be NaN. */
const log = (p: number): number => Math.max(Math.log(p), -100);

const oneMinus = (p: number): number => 1 - p;

/** −Σ (y ln p + (1 − y) ln(1 − p)), and −y/p + (1 − y)/(1 − p): a saturated p is not guarded. */
const bce: CourseLoss = {
  sum: (p, y) => {
    const ones = y.hadamard(p.map(log));
    const zeros = y.map(oneMinus).hadamard(p.map(oneMinus).map(log));
    return -ones.add(zeros).sum();
  },
  gradient: (p, y) => y.map(oneMinus).divide(p.map(oneMinus)).subtract(y.divide(p)),
};

/** eᶻ / Σ eᶻ, the largest logit taken out first. */
function softmax<M extends CourseMatrix<M>>(z: M): M {
  const exponentials = z.subtractColumnVector(z.maxOfEachRow()).map(Math.exp);
  return exponentials.divideColumnVector(exponentials.sumEachRow());
}

/** −Σ y ln softmax(z), and softmax(z) − y, with one-hot y. */
const crossEntropy: CourseLoss = {
  sum: (z, y) => -y.hadamard(softmax(z).map(log)).sum(),
  gradient: (z, y) => softmax(z).subtract(y),
};

/** Σ (p − y)², and 2 (p − y). */
const mse: CourseLoss = {
  sum: (p, y) => {
    const difference = p.subtract(y);
    return difference.hadamard(difference).sum();
  },
  gradient: (p, y) => p.subtract(y).scale(2),
};

/** The losses a course knows. */
export const COURSE_LOSSES: { readonly [K in LossKind]?: CourseLoss } = {
  bce,
  cross_entropy: crossEntropy,
  mse,
};
