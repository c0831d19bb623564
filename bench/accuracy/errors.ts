import type { Deviation } from '../../src/check/deviation.ts';
import { allowed } from '../../src/check/noisy.ts';
import { type Tolerance, toleranceOf } from '../../src/check/tolerance.ts';
import { type ExactGradient, exactReference } from '../../src/gradients/exact/reference.ts';
import { exact } from '../../src/gradients/exact.ts';
import type { GradientMethod, Preparation } from '../../src/gradients/method.ts';
import { methods } from '../../src/gradients/methods.ts';
import type { Recorded } from '../../src/gradients/pytorch/recorded.ts';
import { recordedMethod } from '../../src/gradients/pytorch.ts';
import { batchShape } from '../../src/model/batch.ts';
import { type Decimal, decimalsOf, errorInUlps, exactDecimal } from '../../src/numeric/decimal.ts';
import { entryName } from '../../src/params/layout.ts';
import { type Params, zeroParams } from '../../src/params/params.ts';
import type { Case } from '../agreement/problems.ts';

/** One gradient entry of one method beside the exact one. */
export interface EntryError extends Omit<Deviation, 'a' | 'b'> {
  /** The exact value, rounded. */
  readonly exact: number;
  /** In units of the last place of the exact value; null where that is 0 and has no last place. */
  readonly ulps: number | null;
}

export interface MethodErrors {
  readonly method: string;
  readonly problem: string;
  /** One a parameter, in the layout's order. */
  readonly entries: readonly EntryError[];
}

/** Every method that answers, on one problem. */
export interface CaseErrors {
  readonly case: Case;
  readonly methods: readonly MethodErrors[];
  readonly unasked: readonly { readonly method: string; readonly why: string }[];
  /** Digits at which the exact reference settled. */
  readonly digits: number;
  /** Units whose branch rounding may decide: beyond one the exact gradient is another's. */
  readonly undecided: number;
}

export type Measured =
  | ({ readonly kind: 'measured' } & CaseErrors)
  | { readonly kind: 'unmeasured'; readonly case: Case; readonly why: string };

/** The error of every method's gradient on a problem, entry by entry. */
export async function measureErrors(c: Case, recorded: readonly Recorded[]): Promise<Measured> {
  const { model, params, batch } = c.problem;
  const affordable = await exact.prepare(model, batchShape(batch));
  if (affordable.kind === 'unsupported') {
    return { kind: 'unmeasured', case: c, why: `no exact gradient: ${affordable.why}` };
  }
  const reference = (await exactReference(model))(params, batch);
  const tolerance = toleranceOf(c.problem);
  const { exact: _itself, ...others } = methods;
  const found: MethodErrors[] = [];
  const unasked: { method: string; why: string }[] = [];
  for (const method of [...Object.values(others), recordedMethod(recorded)]) {
    const leftOut = c.leftOut[method.name];
    const answer: Gradient | Unsupported =
      leftOut === undefined ? await gradientBy(method, c) : { kind: 'unsupported', why: leftOut };
    if (answer.kind === 'unsupported') unasked.push({ method: method.name, why: answer.why });
    else {
      const entries = entryErrors(answer, reference, tolerance);
      found.push({ method: method.name, problem: c.name, entries });
    }
  }
  return {
    kind: 'measured',
    case: c,
    methods: found,
    unasked,
    digits: reference.digits,
    undecided: tolerance.kinks.length,
  };
}

/** A gradient, and the error bar of each entry: 0 by methods that know none. */
export interface Gradient {
  readonly kind: 'gradient';
  readonly grads: Params;
  readonly bars: Params;
}

type Unsupported = Extract<Preparation, { kind: 'unsupported' }>;

export async function gradientBy(
  method: GradientMethod,
  { problem: { model, params, batch } }: Pick<Case, 'problem'>,
): Promise<Gradient | Unsupported> {
  const prepared = await method.prepare(model, batchShape(batch));
  if (prepared.kind === 'unsupported') return prepared;
  const grads = zeroParams(model.layout);
  const bars = zeroParams(model.layout);
  prepared.run.valueAndGrad(params, batch, grads, { uncertainty: bars });
  return { kind: 'gradient', grads, bars };
}

/** Entry by entry: the error, in ulps and beside what rounding and the error bar explain. */
export function entryErrors(
  { grads, bars }: Gradient,
  reference: ExactGradient,
  { sigma, problem }: Tolerance,
): EntryError[] {
  return reference.params.map((expected, i) => {
    const got = grads.values[i]!;
    const error = distance(got, expected);
    const tolerance = allowed(sigma.grads.values[i]!) + bars.values[i]!;
    return {
      entry: entryName(problem.model.layout, i),
      exact: expected.toNumber(),
      ulps: expected.isZero() ? null : errorInUlps(got, expected),
      error,
      tolerance,
      normalised: error / tolerance,
    };
  });
}

/** |got − exact|, subtracted before it is rounded to a double. */
const distance = (got: number, expected: Decimal): number =>
  exactDecimal(Sharp, got).minus(expected).abs().toNumber();

/** More digits than a double has: only the difference is rounded. */
const Sharp = decimalsOf(40);
