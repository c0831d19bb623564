import type { Batch } from '../../src/model/batch.ts';
import type { Model } from '../../src/model/model.ts';
import type { Baseline } from './baseline.ts';
import { courseNetwork } from './course-network.ts';
import { Matrix } from './textbook-matrix.ts';

/** The course's network on the course's own Matrix class, in doubles. */
export const textbookNetwork = (model: Model, batch: Batch): Baseline =>
  courseNetwork((rows, cols, values) => new Matrix(rows, cols, values), model, batch);
