import { loadMathjs } from '../../src/expression/mathjs.ts';
import { finiteDifference } from '../../src/gradients/finite-difference.ts';
import { symbolic } from '../../src/gradients/symbolic.ts';
import { batchShape } from '../../src/model/batch.ts';
import type { Workload, WorkloadId } from '../../src/training/workloads.ts';
import { mathjsNetwork } from '../baselines/mathjs-network.ts';
import { textbookNetwork } from '../baselines/textbook-network.ts';
import type { TimedRow } from '../timing/timed-row.ts';
import { checkLoss, checkLossByErrorBars, type LossCheck } from './loss-check.ts';
import { baselineRow, methodRow, prepareOrThrow } from './training-row.ts';
import { type VariantName, variants } from './variants.ts';

export type ContenderName =
  | VariantName
  | 'matrix-class'
  | 'mathjs-matrices'
  | 'symbolic'
  | 'finite-difference';

/** What all ratios are taken to. */
export const REFERENCE: ContenderName = 'manual-fused';

/** One line of a workload's table, ready to be checked and timed. */
export interface Contender {
  readonly row: TimedRow;
  /** Compares where its training arrives with `expected`, where the reference arrives. */
  readonly check: (expected: number) => LossCheck | Promise<LossCheck>;
  /** What was paid once, before the first step, where that is worth telling. */
  readonly buildSeconds?: number;
}

/** The networks small enough for an expression of the whole, and for a parameter at a time. */
export const SMALL: ReadonlySet<WorkloadId> = new Set(['W1', 'W2', 'W3']);

export interface ContenderOptions {
  /** Finite differences take longer than all other rows together. */
  readonly finiteDifferences: boolean;
}

/** Every way to train this workload, the reference first. */
export async function contenders(
  workload: Workload,
  options: ContenderOptions,
): Promise<Contender[]> {
  const { id, model, batch } = workload;
  const shape = batchShape(batch);
  const small = SMALL.has(id);
  const compared = (row: TimedRow): Contender => ({
    row,
    check: (expected) => checkLoss(row, expected, shape.rows),
  });
  const named = (name: ContenderName): ContenderName => name;

  const list: Contender[] = [];
  for (const variant of variants) {
    const run = await prepareOrThrow(variant.over(), model, shape);
    list.push(compared(methodRow(variant.name, workload, run)));
  }
  const matrixClass = textbookNetwork(model, batch);
  list.push(compared(baselineRow(named('matrix-class'), workload, matrixClass)));
  if (!small) return list;

  const mathjsMatrices = await mathjsNetwork(model, batch);
  list.push(compared(baselineRow(named('mathjs-matrices'), workload, mathjsMatrices)));
  // Loaded first: its import is no part of building.
  await loadMathjs();
  const start = performance.now();
  const derived = await prepareOrThrow(symbolic, model, shape);
  const buildSeconds = (performance.now() - start) / 1000;
  list.push({ ...compared(methodRow(named('symbolic'), workload, derived)), buildSeconds });
  if (options.finiteDifferences) {
    const differences = await prepareOrThrow(finiteDifference, model, shape);
    list.push({
      row: methodRow(named('finite-difference'), workload, differences),
      check: () => checkLossByErrorBars(workload, differences),
    });
  }
  return list;
}
