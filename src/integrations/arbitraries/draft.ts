import type { Problem } from '../../check/judge.ts';
import type { ActivationSpec, LayerSpec } from '../../model/layer.ts';
import type { LossSpec } from '../../model/loss.ts';
import { type Model, sequential } from '../../model/model.ts';
import { type Matrix, matrixView } from '../../numeric/matrix.ts';

/**
 * A network with its parameters and a batch as nested lists, from which units, layers and rows are
 * easily taken. Sizes are the lengths of the lists, so that nothing can contradict itself.
 */
export interface Draft {
  readonly linears: readonly LinearDraft[];
  readonly loss: LossSpec;
  readonly rows: readonly RowDraft[];
}

/** A linear layer and what follows it. */
export interface LinearDraft {
  readonly units: readonly UnitDraft[];
  /** Its name is in the model only where the kind is no identity. */
  readonly activation: ActivationSpec;
}

/** One row of a weight, and its bias; null without. */
export interface UnitDraft {
  readonly weights: readonly number[];
  readonly bias: number | null;
}

export interface RowDraft {
  readonly inputs: readonly number[];
  /** As many as outputs, or one class index. */
  readonly targets: readonly number[];
}

/** fc1, fc2, … as `mlp` names them; an identity is left out, as there. */
export function modelOf({ linears, loss }: Draft): Model {
  const first = linears[0]!.units[0]!.weights.length;
  let width = first;
  const specs = linears.flatMap(({ units, activation }, l): LayerSpec[] => {
    const bias = units[0]!.bias !== null;
    const name = `fc${l + 1}`;
    const linear: LayerSpec = { kind: 'linear', name, in: width, out: units.length, bias };
    width = units.length;
    return activation.kind === 'identity' ? [linear] : [linear, activation];
  });
  const sizes = [first, ...linears.map(({ units }) => units.length)];
  return sequential(first, specs, loss, sizes.join('-'));
}

/** The draft in the project's own format, float64. */
export function problemOf(draft: Draft): Problem {
  const model = modelOf(draft);
  const values = draft.linears.flatMap(({ units }) => [
    ...units.flatMap(({ weights }) => weights),
    ...units.flatMap(({ bias }) => (bias === null ? [] : [bias])),
  ]);
  return {
    model,
    params: { layout: model.layout, values: Float64Array.from(values) },
    batch: {
      inputs: matrixFrom(draft.rows.map(({ inputs }) => inputs)),
      targets: matrixFrom(draft.rows.map(({ targets }) => targets)),
    },
    dtype: 'float64',
  };
}

export const matrixFrom = (rows: readonly (readonly number[])[]): Matrix =>
  matrixView(rows.length, rows[0]!.length, Float64Array.from(rows.flat()));
