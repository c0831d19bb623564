import type { Arbitrary } from 'fast-check';
import type { Problem } from '../check/judge.ts';
import type { Batch } from '../model/batch.ts';
import type { Model } from '../model/model.ts';
import type { Params } from '../params/params.ts';
import { constraintsOf, type NetworkConstraints } from './arbitraries/constraints.ts';
import { matrixFrom, modelOf, problemOf, type RowDraft } from './arbitraries/draft.ts';
import { drawDraft, drawTargets } from './arbitraries/draw.ts';
import { printed } from './arbitraries/problem-text.ts';
import { shrinking } from './arbitraries/shrinking.ts';
import { fewerEntries, simplerEntries, simplerNumbers } from './arbitraries/simpler.ts';
import { simplerRows } from './arbitraries/simpler-values.ts';
import { simplerKinds, smallerSizes } from './arbitraries/smaller.ts';
import { type Drawn, smallerProblems } from './arbitraries/smaller-problems.ts';
import { isWellConditioned } from './arbitraries/well-conditioned.ts';

export type { NetworkConstraints, Problem };
export { isWellConditioned };

/**
 * A network, its parameters and a batch that go together, well-conditioned. A failing one shrinks to
 * fewer layers, then to narrower ones, fewer samples, no bias, simpler activations and losses, and last
 * to plain numbers, and stays well-conditioned all along.
 */
export function problem(constraints: NetworkConstraints = {}): Arbitrary<Problem> {
  const all = constraintsOf(constraints);
  const drawn = shrinking<Drawn>(
    (r) => ({ draft: drawDraft(r, all), plainer: false }),
    (problem) => smallerProblems(problem, all),
  );
  return drawn.map(({ draft }) => printed(problemOf(draft)));
}

/** A network alone. */
export function network(constraints: NetworkConstraints = {}): Arbitrary<Model> {
  const all = constraintsOf(constraints);
  return shrinking(
    (r) => drawDraft(r, all),
    function* (draft) {
      yield* smallerSizes(draft);
      yield* simplerKinds(draft, all);
    },
  ).map(modelOf);
}

/** Parameters of a network: weights of size 1/√in, biases of size 1. */
export function parameters({ layout }: Model): Arbitrary<Params> {
  const scale = layout.slots.flatMap(({ shape, size }) =>
    Array<number>(size).fill(shape.length === 2 ? 1 / Math.sqrt(shape[1]!) : 1),
  );
  const isBias = layout.slots.flatMap(({ shape, size }) =>
    Array<boolean>(size).fill(shape.length === 1),
  );
  return shrinking<readonly number[]>(
    (r) => scale.map((size) => size * r.normal()),
    (values) => simplerEntries(values, (v, i) => simplerNumbers(v, isBias[i])),
  ).map((values) => ({ layout, values: Float64Array.from(values) }));
}

/** A batch of 1 to `maxRows` samples that the network's loss takes: 4 unless said. */
export function batch({ inputs, outputs, loss }: Model, maxRows = 4): Arbitrary<Batch> {
  return shrinking<readonly RowDraft[]>(
    (r) =>
      Array.from({ length: 1 + r.integer(maxRows) }, () => ({
        inputs: Array.from({ length: inputs }, () => r.normal()),
        targets: drawTargets(loss.kind, outputs, r),
      })),
    function* (rows) {
      yield* fewerEntries(rows);
      yield* simplerRows(rows, loss.kind);
    },
  ).map((rows) => ({
    inputs: matrixFrom(rows.map((row) => row.inputs)),
    targets: matrixFrom(rows.map((row) => row.targets)),
  }));
}

/** A point for a function of `size` numbers: normal ones, which shrink to plain ones, never to 0. */
export const point = (size: number): Arbitrary<Float64Array> =>
  normals(size, (values) => simplerEntries(values, (v) => simplerNumbers(v)));

/** ȳ for a vjp of `size` outputs: normal, shrinking towards a single 1, which shows one output alone. */
export const cotangent = (size: number): Arbitrary<Float64Array> =>
  normals(size, function* (values) {
    for (const simpler of simplerEntries(values, (v) => simplerNumbers(v, true))) {
      if (simpler.some((v) => v !== 0) && !hiding(simpler)) yield simpler;
    }
  });

/** Ones hide what they multiply. */
const hiding = (values: readonly number[]): boolean =>
  values.length > 1 && values.every((v) => v === 1);

const normals = (
  size: number,
  simpler: (values: readonly number[]) => Iterable<readonly number[]>,
): Arbitrary<Float64Array> =>
  shrinking<readonly number[]>((r) => Array.from({ length: size }, r.normal), simpler).map(
    (values) => Float64Array.from(values),
  );
