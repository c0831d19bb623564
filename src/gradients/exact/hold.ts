import { evaluateGraph } from '../../expression/evaluate-graph.ts';
import { layerwiseDerivative } from '../../expression/layerwise.ts';
import type { derivative } from '../../expression/mathjs.ts';
import { scheduleOf } from '../../expression/schedule.ts';
import type { Batch } from '../../model/batch.ts';
import type { Model } from '../../model/model.ts';
import { type Decimal, decimalArithmetic } from '../../numeric/decimal.ts';
import { random } from '../../numeric/random.ts';
import type { Params } from '../../params/params.ts';
import { centralDifferences, type Differencing } from './differences.ts';
import { sampleLoss, sampleVariables, variableName } from './sample.ts';

/** What the differences say of the layerwise graph. */
export type Holding =
  | {
      readonly kind: 'held';
      /** Derivatives compared, and those left out because a kink lies within the step. */
      readonly compared: number;
      readonly kinked: number;
      /** Decimal digits to which the worst of those that are not 0 agrees. */
      readonly digits: number;
    }
  /** No derivative has digits to compare: each lies at a kink, or is 0 and was found to be. */
  | { readonly kind: 'nothing-compared'; readonly kinked: number; readonly zero: number }
  | {
      readonly kind: 'contradicted';
      readonly row: number;
      readonly variable: string;
      readonly got: string;
      readonly expected: string;
    };

export interface HoldOptions {
  /** Rows of the batch to hold, from the first; 2 unless said. */
  readonly rows?: number;
  /** At most so many variables a row, drawn at random; all unless said. */
  readonly variables?: number;
  readonly seed?: number;
  /** The derivative rule under test: mathjs' unless said. */
  readonly rule?: typeof derivative;
}

/**
 * Holds the layerwise graph, which rests on mathjs' derivative rules, against central differences,
 * which rest on none, by parameters and inputs. Four evaluations a variable: 0.1 to 0.5 s a row on
 * the material's networks.
 */
export async function holdAgainstDifferences(
  model: Model,
  params: Params,
  batch: Batch,
  { rows = 2, variables = Number.POSITIVE_INFINITY, seed = 0, rule }: HoldOptions = {},
): Promise<Holding> {
  const network = await layerwiseDerivative(model, rule);
  const schedule = scheduleOf(network.graph, [...network.params, ...network.inputs]);
  const a = decimalArithmetic(FINE.digits);
  const everywhere = Array.from(schedule.roots, (_, i) => i);
  let compared = 0;
  let kinked = 0;
  let digits = Number.POSITIVE_INFINITY;
  for (let row = 0; row < Math.min(rows, batch.inputs.rows); row++) {
    const chosen = random(seed + row)
      .shuffleInPlace([...everywhere])
      .slice(0, variables);
    const at = sampleVariables(a, model, params, batch, row);
    const gradient = evaluateGraph(a, schedule, at);
    const floor = new a.D(RESOLUTION).times(sampleLoss(a, model, at).abs().plus(1));
    const coarse = centralDifferences(model, params, batch, row, chosen, COARSE);
    const fine = centralDifferences(model, params, batch, row, chosen, FINE);
    for (const [i, variable] of chosen.entries()) {
      if (coarse[i]!.kinked) {
        kinked++;
        continue;
      }
      compared++;
      const got = gradient[variable]!;
      const expected = fine[i]!.value;
      const error = got.minus(expected).abs();
      const bar = expected.minus(coarse[i]!.value).abs().plus(floor);
      // Written so that NaN contradicts.
      if (!error.lte(bar)) {
        const show = (value: Decimal): string => value.toPrecision(20);
        const name = variableName(model, variable);
        return {
          kind: 'contradicted',
          row,
          variable: name,
          got: show(got),
          expected: show(expected),
        };
      }
      if (expected.abs().gt(floor)) digits = Math.min(digits, agreedDigits(error, expected));
    }
  }
  return digits === Number.POSITIVE_INFINITY
    ? { kind: 'nothing-compared', kinked, zero: compared }
    : { kind: 'held', compared, kinked, digits };
}

/**
 * Two settings whose truncation errors, of the order of step², are fourteen orders of magnitude
 * apart: their difference is the coarse one's error, and bounds the fine one's.
 */
const COARSE: Differencing = { digits: 60, step: '1e-18' };
const FINE: Differencing = { digits: 100, step: '1e-25' };

/**
 * What FINE may not resolve, relative to 1 + |loss|: its rounding is 1e-100 / 1e-25 = 1e-75, times
 * up to 1e44 where 1 − p cancels (the logarithm is clamped at −100), with a digit to spare.
 */
const RESOLUTION = '1e-30';

const agreedDigits = (error: Decimal, expected: Decimal): number =>
  error.isZero() ? FINE.digits : -error.div(expected.abs()).log().toNumber();
