import type { GradientMethod, PreparedGradient } from '../../gradients/method.ts';
import { batchShape } from '../../model/batch.ts';
import type { FloatArray } from '../../numeric/dtype.ts';
import { copyMatrix, type Matrix, zeros } from '../../numeric/matrix.ts';
import { copyParams, type Params, zeroParams } from '../../params/params.ts';
import type { Problem } from '../judge.ts';

/** One call of a method, its results copied at once. */
export interface Call {
  readonly loss: number;
  /** [rows, outputs]; NaN where it wrote none. */
  readonly outputs: Matrix;
  readonly grads: FloatArray;
  /** The params as the call left them. */
  readonly params: FloatArray;
  /** What of the arguments it changed. */
  readonly changed: string | null;
}

export type Answered =
  | { readonly kind: 'answered'; readonly first: Call; readonly second: Call }
  | {
      readonly kind: 'refused';
      readonly verdict: 'unsupported' | 'threw' | 'wrong-type';
      readonly why: string;
    };

/**
 * Two calls with fresh copies of the params and the batch, and one gradient to write: the second
 * finds the first's there, so that whoever adds is found out.
 */
export async function answerOf(method: GradientMethod, problem: Problem): Promise<Answered> {
  const { model, batch, dtype } = problem;
  try {
    const prepared = await method.prepare(model, batchShape(batch), { dtype });
    if (prepared.kind === 'unsupported') {
      return { kind: 'refused', verdict: 'unsupported', why: prepared.why };
    }
    // From outside the types anything may come back.
    if (typeof prepared.run?.valueAndGrad !== 'function') {
      const why = 'prepare returned no run with a valueAndGrad, expected { kind: "prepared", run }';
      return { kind: 'refused', verdict: 'wrong-type', why };
    }
    const into = zeroParams(model.layout, dtype);
    const first = callOnce(prepared.run, problem, into);
    const second = callOnce(prepared.run, problem, into);
    if (typeof first.loss !== 'number') {
      const why = `valueAndGrad returned ${kindOf(first.loss)}, expected the loss, a number`;
      return { kind: 'refused', verdict: 'wrong-type', why };
    }
    return { kind: 'answered', first, second };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { kind: 'refused', verdict: 'threw', why };
  }
}

function callOnce(run: PreparedGradient, problem: Problem, into: Params): Call {
  const { model, dtype } = problem;
  const { inputs, targets } = problem.batch;
  const params = copyParams(problem.params);
  const batch = { ...problem.batch, inputs: copyMatrix(inputs), targets: copyMatrix(targets) };
  const outputs = zeros(inputs.rows, model.outputs, dtype);
  // What a method leaves unwritten must not pass for zeros.
  outputs.data.fill(Number.NaN);
  const loss = run.valueAndGrad(params, batch, into, { outputs });
  const changed = [
    { what: 'params', now: params.values, before: problem.params.values },
    { what: 'batch inputs', now: batch.inputs.data, before: inputs.data },
    { what: 'batch targets', now: batch.targets.data, before: targets.data },
  ].find(({ now, before }) => !same(now, before));
  const grads = into.values.slice();
  return { loss, outputs, grads, params: params.values, changed: changed?.what ?? null };
}

/** Bit by bit, but for the payload of NaN. */
export function same(a: FloatArray, b: FloatArray): boolean {
  for (let i = 0; i < a.length; i++) {
    const x = a[i]!;
    const y = b[i]!;
    // 1/0 tells 0 from −0.
    if (x === y ? 1 / x !== 1 / y : !(Number.isNaN(x) && Number.isNaN(y))) return false;
  }
  return true;
}

const kindOf = (value: unknown): string =>
  value instanceof Promise ? 'a promise' : value === undefined ? 'nothing' : `a ${typeof value}`;
