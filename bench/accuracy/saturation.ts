import { toleranceOf } from '../../src/check/tolerance.ts';
import { exactReference } from '../../src/gradients/exact/reference.ts';
import { methods } from '../../src/gradients/methods.ts';
import { batchRows } from '../../src/model/batch.ts';
import { mlp } from '../../src/model/model.ts';
import { initialise } from '../../src/params/initialise.ts';
import { workloads } from '../../src/training/workloads.ts';
import { entryErrors, gradientBy, type MethodErrors } from './errors.ts';
import { type ErrorSummary, summariseErrors } from './summarise-errors.ts';

/**
 * Three ways to the slope of an activation a = f(z): 1 − a² and a(1 − a); (1 − a)(1 + a) and
 * a(1 − a); from z, as mathjs derives it.
 */
export const SLOPE_METHODS: readonly SlopeMethod[] = [
  'manual-textbook',
  'manual-fused',
  'symbolic',
];

export type SlopeMethod = 'manual-textbook' | 'manual-fused' | 'symbolic';

export type Saturating = 'tanh' | 'sigmoid';

/** A network whose weights are the initial ones times `scale`. */
export interface Saturation {
  readonly hidden: Saturating;
  readonly scale: number;
  /** Smallest and largest |exact entry|. */
  readonly smallest: number;
  readonly largest: number;
  readonly errors: { readonly [M in SlopeMethod]: ErrorSummary };
}

/** Hidden layers to saturate, and nothing behind them that saturates too. */
export const SATURATED = '2-8-8-1';
export const SATURATED_ROWS = 8;

/** The same network with ever larger weights, by every way to the slope. */
export async function measureSaturation(
  hidden: Saturating,
  scales: readonly number[],
): Promise<Saturation[]> {
  const sizes = SATURATED.split('-').map(Number);
  const model = mlp(sizes, { hidden, output: 'identity', loss: 'mse' });
  const batch = batchRows(workloads.W1().batch, 0, SATURATED_ROWS);
  const reference = await exactReference(model);
  const found: Saturation[] = [];
  for (const scale of scales) {
    const params = initialise(model.layout);
    for (let i = 0; i < params.values.length; i++) params.values[i]! *= scale;
    const problem = { model, params, batch, dtype: 'float64' } as const;
    const exact = reference(params, batch);
    const tolerance = toleranceOf(problem);
    const summaryOf = async (method: SlopeMethod): Promise<ErrorSummary> => {
      const answer = await gradientBy(methods[method], { problem });
      if (answer.kind === 'unsupported') throw new RangeError(`saturation: ${answer.why}`);
      const entries = entryErrors(answer, exact, tolerance);
      const errors: MethodErrors = { method, problem: model.name, entries };
      return summariseErrors([errors])[0]!; // one method, one summary
    };
    const magnitudes = exact.params.map((v) => v.abs().toNumber());
    found.push({
      hidden,
      scale,
      smallest: Math.min(...magnitudes),
      largest: Math.max(...magnitudes),
      errors: {
        'manual-textbook': await summaryOf('manual-textbook'),
        'manual-fused': await summaryOf('manual-fused'),
        symbolic: await summaryOf('symbolic'),
      },
    });
  }
  return found;
}
