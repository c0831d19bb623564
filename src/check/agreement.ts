import type { GradientMethod, PreparedGradient } from '../gradients/method.ts';
import { assertBatch, type Batch, batchShape } from '../model/batch.ts';
import type { Model } from '../model/model.ts';
import type { Dtype } from '../numeric/dtype.ts';
import { copyMatrix, zeros } from '../numeric/matrix.ts';
import { assertLayout, copyParams, type Params, zeroParams } from '../params/params.ts';
import type { Answer } from './answer.ts';
import { type CompareOptions, type Comparison, compare } from './compare.ts';
import { allowed } from './noisy.ts';
import { type Tolerance, toleranceOf } from './tolerance.ts';
import type { Note, Verdict } from './verdict.ts';

/** One method: its answer, or why there is none that could be compared. */
export type MethodRow =
  | {
      readonly kind: 'answered';
      readonly method: string;
      readonly answer: Answer;
      readonly notes: readonly Note[];
    }
  | {
      readonly kind: 'refused';
      readonly method: string;
      readonly verdict: Extract<
        Verdict,
        'unsupported' | 'threw' | 'mutates-input' | 'not-deterministic'
      >;
      readonly notes: readonly Note[];
      readonly why: string;
    };

/** Two methods that answered, held against each other. */
export interface PairCell {
  readonly a: string;
  readonly b: string;
  readonly comparison: Comparison;
}

export interface Agreement {
  /** One a method, in the order given. */
  readonly rows: readonly MethodRow[];
  /** One for each two rows that answered. */
  readonly cells: readonly PairCell[];
  readonly tolerance: Tolerance;
}

export interface AgreementOptions extends CompareOptions {
  readonly dtype?: Dtype;
}

/**
 * Every method on one problem, and every two of them compared. Each is called twice, with copies of
 * the params and the batch. A method that throws is a row with that verdict; a problem that is none
 * (params of another network, data that do not fit or are not finite) throws here, once.
 */
export async function measureAgreement(
  model: Model,
  params: Params,
  batch: Batch,
  methods: readonly GradientMethod[],
  options: AgreementOptions = {},
): Promise<Agreement> {
  assertLayout('params', params, model.layout);
  assertBatch(model, batch);
  const tolerance = toleranceOf({ model, params, batch, dtype: options.dtype ?? 'float64' });
  const rows: MethodRow[] = [];
  for (const method of methods) rows.push(await measureMethod(method, tolerance));
  const cells = rows.flatMap((a, i) =>
    rows.slice(i + 1).flatMap((b) =>
      a.kind === 'answered' && b.kind === 'answered'
        ? [
            {
              a: a.method,
              b: b.method,
              comparison: compare(a.answer, b.answer, tolerance, options),
            },
          ]
        : [],
    ),
  );
  return { rows, cells, tolerance };
}

/** Whether every method answered and every two agree; nothing compared is no agreement. */
export const agreed = ({ rows, cells }: Agreement): boolean =>
  cells.length > 0 &&
  rows.every(({ kind }) => kind === 'answered') &&
  cells.every(({ comparison }) => comparison.verdict === 'agrees');

async function measureMethod(method: GradientMethod, tolerance: Tolerance): Promise<MethodRow> {
  const refuse = (verdict: Refusal, why: string, notes: readonly Note[] = []): MethodRow => ({
    kind: 'refused',
    method: method.name,
    verdict,
    notes,
    why,
  });
  try {
    const prepared = await prepareWidest(method, tolerance);
    if (prepared.kind === 'unsupported') return refuse('unsupported', prepared.why);
    const { run, inputsToo } = prepared;
    const { model, dtype } = tolerance.problem;
    const into = zeroParams(model.layout, dtype);
    const first = answerOf(run, tolerance, into, inputsToo);
    if (first.mutated) return refuse('mutates-input', `${first.mutated} changed during the call`);
    // The second call finds the first's gradient where it writes: whoever adds is found out.
    const second = answerOf(run, tolerance, into, inputsToo);
    const again = compare(first.answer, second.answer, tolerance);
    if (again.verdict === 'disagrees') {
      const { entry, a, b } = again.worst;
      const notes: Note[] = accumulates(first.answer, second.answer, tolerance)
        ? ['accumulates']
        : [];
      return refuse('not-deterministic', `${entry} is ${a}, then ${b}`, notes);
    }
    const notes: Note[] = again.ulps > 0 ? ['varies'] : [];
    return { kind: 'answered', method: method.name, answer: first.answer, notes };
  } catch (error) {
    return refuse('threw', error instanceof Error ? error.message : String(error));
  }
}

type Refusal = Extract<MethodRow, { kind: 'refused' }>['verdict'];

/** With the inputs' gradient where the method gives it, else without. */
async function prepareWidest(
  method: GradientMethod,
  { problem: { model, batch, dtype } }: Tolerance,
): Promise<
  | { kind: 'prepared'; run: PreparedGradient; inputsToo: boolean }
  | { kind: 'unsupported'; why: string }
> {
  const shape = batchShape(batch);
  const wide = await method.prepare(model, shape, { dtype, wrt: 'params+inputs' });
  if (wide.kind === 'prepared') return { ...wide, inputsToo: true };
  const narrow = await method.prepare(model, shape, { dtype });
  return narrow.kind === 'prepared' ? { ...narrow, inputsToo: false } : narrow;
}

/** One call, its results copied at once, and what of the arguments it changed. */
function answerOf(
  run: PreparedGradient,
  { problem }: Tolerance,
  into: Params,
  inputsToo: boolean,
): { answer: Answer; mutated: string | null } {
  const { model, dtype } = problem;
  const { inputs, targets } = problem.batch;
  const params = copyParams(problem.params);
  const batch = { ...problem.batch, inputs: copyMatrix(inputs), targets: copyMatrix(targets) };
  const outputs = zeros(inputs.rows, model.outputs, dtype);
  const dInputs = zeros(inputs.rows, model.inputs, dtype);
  // What a method leaves unwritten must not pass for zeros.
  outputs.data.fill(Number.NaN);
  dInputs.data.fill(Number.NaN);
  const uncertainty = zeroParams(model.layout);
  const inputsUncertainty = zeros(inputs.rows, model.inputs);
  const loss = run.valueAndGrad(params, batch, into, {
    outputs,
    uncertainty,
    ...(inputsToo ? { inputs: dInputs, inputsUncertainty } : {}),
  });
  const changed = [
    { what: 'params', now: params.values, before: problem.params.values },
    { what: 'batch inputs', now: batch.inputs.data, before: inputs.data },
    { what: 'batch targets', now: batch.targets.data, before: targets.data },
  ].find(({ now, before }) => !now.every((v, i) => Object.is(v, before[i])));
  const answer = {
    loss,
    outputs,
    grads: copyParams(into),
    ...(inputsToo ? { inputs: dInputs } : {}),
    // A method that knows no error bars leaves the zeros.
    ...(uncertainty.values.some((u) => u !== 0) ? { uncertainty } : {}),
    ...(inputsUncertainty.data.some((u) => u !== 0) ? { inputsUncertainty } : {}),
  };
  return { answer, mutated: changed?.what ?? null };
}

/** Is every entry of the second gradient twice the first's? */
const accumulates = (first: Answer, second: Answer, { sigma }: Tolerance): boolean =>
  first.grads.values.every(
    (g, i) => Math.abs(second.grads.values[i]! - 2 * g) <= 2 * allowed(sigma.grads.values[i]!),
  );
