import { defineLoss } from '../../model/forward.ts';
import { layerOf } from '../../model/layers.ts';
import { double } from '../../numeric/double.ts';
import { UNIT_ROUNDOFF } from '../../numeric/dtype.ts';
import type { Random } from '../../numeric/random.ts';
import { lossLines } from '../loss-lines.ts';
import { allowed, noisy, roundingOf } from '../noisy.ts';
import type { BasePoint } from './base-point.ts';
import type { Network, Stage, Step } from './network.ts';
import { pointwiseValue } from './pointwise.ts';

const U = UNIT_ROUNDOFF.float64;
/** Units of a wide layer that are computed by its definition. */
const UNITS = 8;
/** Two ways of one elementary function, a few roundings each. */
const ELEMENTARY = 16;

/**
 * Is the sweep's forward pass that of the definitions? One random sample, layer by layer, each layer
 * from what the pass before it gave, and its loss. Says what differs, or null.
 */
export function forwardContradicted(
  network: Network,
  base: BasePoint,
  random: Random,
): string | null {
  const { front, stages, problem, targets } = network;
  const { model } = problem;
  const row = random.integer(network.rows);
  const rowOf = (data: Float64Array, cols: number): number[] =>
    Array.from(data.subarray(row * cols, (row + 1) * cols));
  let x = rowOf(network.inputs, model.inputs);
  const through = (steps: readonly Step[]): string | null => {
    for (const { spec, layer } of steps) {
      const definition = layerOf(spec.kind);
      const none = (): readonly number[] => [];
      const defined = definition.define(double, spec as never, none, x);
      const above = base.branches[layer];
      const own = x.map((z, i) => pointwiseValue(spec, z, above?.[row * x.length + i] ?? 0));
      const at = own.findIndex((v, i) => !near(v, defined[i]!, ELEMENTARY * U * Math.abs(v)));
      if (at >= 0) return `${spec.kind} of ${x[at]}: ${own[at]}, by its definition ${defined[at]}`;
      x = own;
    }
    return null;
  };
  const before = through(front);
  if (before) return before;
  for (const [s, stage] of stages.entries()) {
    const own = rowOf(base.z[s]!, stage.out);
    const wrong = linearContradicted(stage, x, own, random);
    if (wrong) return wrong;
    x = own;
    const after = through(stage.after);
    if (after) return after;
  }
  const target = rowOf(targets, model.outputs);
  const outputs = noisy(1, model.outputs);
  x.forEach((v, i) => {
    outputs.value[i] = network.tail === 'sigmoid_bce' ? double.sigmoid(v) : v;
    outputs.variance[i] = network.tail === 'sigmoid_bce' ? (2 * U * outputs.value[i]!) ** 2 : 0;
  });
  const { variance } = lossLines[model.loss.kind].sample(
    roundingOf('float64'),
    outputs,
    target,
    noisy(1, model.outputs),
  );
  const defined = defineLoss(double, model, [...outputs.value], target);
  const own = base.sampleLoss[row]!;
  return near(own, defined, allowed(Math.sqrt(variance)))
    ? null
    : `${model.loss.kind} of sample ${row}: ${own}, by its definition ${defined}`;
}

function linearContradicted(
  stage: Stage,
  x: readonly number[],
  own: readonly number[],
  random: Random,
): string | null {
  const { name, in: width, out, weight, bias } = stage;
  const units = Array.from({ length: Math.min(UNITS, out) }, () => random.integer(out));
  const rows = units.map((o) => Array.from(weight.subarray(o * width, (o + 1) * width)));
  const spec = { kind: 'linear', name, in: width, out: units.length, bias: bias !== null } as const;
  const biases = units.map((o) => bias?.[o] ?? 0);
  const defined = layerOf('linear').define(
    double,
    spec,
    (which) => (which === 'weight' ? rows.flat() : biases),
    x,
  );
  for (const [k, o] of units.entries()) {
    const terms = rows[k]!.reduce((sum, w, i) => sum + Math.abs(w * x[i]!), Math.abs(biases[k]!));
    // Two sums of the same terms, each within its length in roundings.
    if (near(own[o]!, defined[k]!, 2 * (width + 1) * U * terms)) continue;
    return `${name}, unit ${o}: ${own[o]}, by its definition ${defined[k]}`;
  }
  return null;
}

/** Also where both are NaN or the same infinity. */
const near = (a: number, b: number, tolerance: number): boolean =>
  Object.is(a, b) || Math.abs(a - b) <= tolerance;
