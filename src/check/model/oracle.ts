import { random } from '../../numeric/random.ts';
import type { Problem } from '../judge.ts';
import { type BasePoint, basePoint } from './base-point.ts';
import { forwardContradicted } from './confirm.ts';
import { contract, type DifferencedGradient } from './contract.ts';
import { type Network, networkOf } from './network.ts';
import { slopesContradicted } from './raw-differences.ts';
import { type RoundingErrors, roundingErrors } from './rounding-errors.ts';
import type { Deltas } from './shift.ts';
import { sweep } from './sweep.ts';

/** The gradient of a problem by differences, every entry with an error bar. */
export interface Oracle {
  readonly network: Network;
  readonly base: BasePoint;
  readonly errors: RoundingErrors;
  readonly deltas: readonly Deltas[];
  readonly gradient: DifferencedGradient;
  /** Shifts of one unit of all samples, each with what lies above it computed again. */
  readonly evaluations: number;
  /** What the definitions or raw differences say against all this; null as it should be. */
  readonly contradiction: string | null;
}

/** Params and batch fit the model. `seed` chooses what is confirmed. */
export function oracleOf(problem: Problem, seed: number): Oracle {
  const network = networkOf(problem);
  const base = basePoint(network);
  const errors = roundingErrors(network);
  const { deltas, evaluations } = sweep(network, base, errors.sampleLoss);
  const gradient = contract(network, base, deltas);
  const chosen = random(seed);
  const contradiction =
    forwardContradicted(network, base, chosen) ??
    slopesContradicted(network, base, gradient, deltas, errors, chosen);
  return { network, base, errors, deltas, gradient, evaluations, contradiction };
}
