import { toStringMethod } from 'fast-check';
import type { Problem } from '../../check/judge.ts';
import type { LayerSpec } from '../../model/layer.ts';
import type { Matrix } from '../../numeric/matrix.ts';

/** The problem, which fast-check prints as text. */
export const printed = (problem: Problem): Problem => ({
  ...problem,
  ...{ [toStringMethod]: () => problemText(problem) },
});

/** `2 → 3 tanh → 1, mse mean, batch of 1`, then every number, a slot or matrix a line. */
function problemText({ model, params, batch }: Problem): string {
  const network = [String(model.inputs), ...model.layers.map(layerText)].join('');
  const { kind, reduction } = model.loss;
  const slots = model.layout.slots.map(({ name, shape, offset, size }) => {
    const values = Array.from(params.values.subarray(offset, offset + size));
    return [name, shape.length === 2 ? nested(values, shape[1]!) : row(values)] as const;
  });
  const numbers = [
    ...slots,
    ['inputs', matrixText(batch.inputs)] as const,
    ['targets', matrixText(batch.targets)] as const,
  ].map(([name, text]) => `\n  ${name} = ${text}`);
  return `${network}, ${kind} ${reduction}, batch of ${batch.inputs.rows}${numbers.join('')}`;
}

function layerText(spec: LayerSpec): string {
  if (spec.kind === 'linear') return ` → ${spec.out}`;
  const { kind, ...settings } = spec;
  const [setting] = Object.values(settings);
  return setting === undefined ? ` ${kind}` : ` ${kind}(${setting})`;
}

const matrixText = ({ data, cols }: Matrix): string => nested(Array.from(data), cols);

function nested(values: readonly number[], cols: number): string {
  const rows = Array.from({ length: values.length / cols }, (_, r) =>
    row(values.slice(r * cols, (r + 1) * cols)),
  );
  return `[${rows.join(', ')}]`;
}

const row = (values: readonly number[]): string => `[${values.join(', ')}]`;
