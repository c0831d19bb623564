import type { Problem } from '../../../src/check/judge.ts';
import { genericPoint } from '../../../src/check/model/generic-points.ts';
import { targetColumns } from '../../../src/model/batch.ts';
import type { ActivationSpec, LayerKind, LayerSpec, SpecOf } from '../../../src/model/layer.ts';
import type { LossKind, LossSpec } from '../../../src/model/loss.ts';
import { losses } from '../../../src/model/losses.ts';
import { type Model, sequential } from '../../../src/model/model.ts';
import { zeros } from '../../../src/numeric/matrix.ts';
import type { Random } from '../../../src/numeric/random.ts';
import { zeroParams } from '../../../src/params/params.ts';

/** Every kind of the model room, with settings that are no defaults. */
const SPECS: { readonly [K in ActivationSpec['kind']]: SpecOf<K> } = {
  sigmoid: { kind: 'sigmoid' },
  tanh: { kind: 'tanh' },
  relu: { kind: 'relu' },
  leaky_relu: { kind: 'leaky_relu', slope: 0.1 },
  elu: { kind: 'elu', alpha: 0.7 },
  identity: { kind: 'identity' },
};
export const ACTIVATIONS: readonly ActivationSpec[] = Object.values(SPECS);
export const LOSSES: readonly LossKind[] = Object.keys(losses) as LossKind[]; // the table's own keys

const IDENTITY: ActivationSpec = { kind: 'identity' };

/** Where a network has the activation in question; the identity stands elsewhere. */
const ARRANGEMENTS: readonly {
  readonly sizes: readonly number[];
  /** After fc1, fc2, …; what bce reads comes out of a sigmoid whatever is said. */
  readonly has: readonly boolean[];
  readonly reduction: LossSpec['reduction'];
}[] = [
  { sizes: [3, 4, 5, 2], has: [true, true, false], reduction: 'mean' },
  { sizes: [3, 4, 5, 3], has: [true, true, false], reduction: 'sum' },
  { sizes: [2, 5, 3], has: [true, false], reduction: 'mean' },
  // Square, so that no shape gives a transposition away.
  { sizes: [3, 4, 4, 2], has: [true, false, false], reduction: 'mean' },
  { sizes: [2, 4, 3, 3], has: [false, true, false], reduction: 'mean' },
  { sizes: [3, 5, 4], has: [true, true], reduction: 'sum' },
];

/** No width, and large enough for the mistakes of single samples. */
const ROWS = 7;

/** A small network that has one activation, and perhaps the sigmoid that bce reads. */
export interface Placed extends Problem {
  readonly activation: LayerKind;
}

/** Every activation, in each place of small networks, under every loss: at generic points. */
export const placedNetworks = (random: Random): readonly Placed[] =>
  LOSSES.flatMap((loss) =>
    ACTIVATIONS.flatMap((activation) =>
      ARRANGEMENTS.map(({ sizes, has, reduction }) => {
        const after = has.map((here) => (here ? activation : IDENTITY));
        const model = networkOf(sizes, after, { kind: loss, reduction }, true);
        return { activation: activation.kind, ...problemOf(model, ROWS, random) };
      }),
    ),
  );

/** One network a loss, and one whose loss is a sum, with every activation: any two mistakes can meet. */
export const mixedNetworks = (random: Random): readonly Problem[] =>
  [
    ...LOSSES.map((kind) => ({ kind, reduction: 'mean' }) as const),
    { kind: 'mse', reduction: 'sum' } as const,
  ].map((loss) => problemOf(networkOf(MIXED_SIZES, ACTIVATIONS, loss, true), ROWS, random));

/** 3, 4, 5, 3, …: no two neighbours the same. */
const MIXED_SIZES: readonly number[] = [0, ...ACTIVATIONS].map((_, l) => 3 + (l % 3));

/** Any depth to 4, widths from 1, layers of any kinds side by side, biases or none, batches from 1. */
export function randomNetwork(random: Random): Problem {
  const pick = <T>(items: readonly T[]): T => items[random.integer(items.length)]!;
  const depth = 1 + random.integer(4);
  const sizes = Array.from({ length: depth + 1 }, () => 1 + random.integer(6));
  const after = sizes.slice(1).map((_, l) => {
    if (l === depth - 1) return random.uniform() < 0.7 ? IDENTITY : randomActivation(random);
    return randomActivation(random);
  });
  const reduction = random.uniform() < 0.7 ? 'mean' : 'sum';
  const loss: LossSpec = { kind: pick(LOSSES), reduction };
  const model = networkOf(sizes, after, loss, random.uniform() < 0.85);
  return problemOf(model, pick([1, 2, 5, 11, 13]), random, random.uniform() < 0.3);
}

function randomActivation(random: Random): ActivationSpec {
  const activation = ACTIVATIONS[random.integer(ACTIVATIONS.length)]!;
  const setting = 0.05 + random.uniform();
  if (activation.kind === 'leaky_relu') return { ...activation, slope: setting };
  return activation.kind === 'elu' ? { ...activation, alpha: setting } : activation;
}

/** Linear layers fc1, fc2, …, an activation after each. */
function networkOf(
  sizes: readonly number[],
  after: readonly ActivationSpec[],
  loss: LossSpec,
  bias: boolean,
): Model {
  const layers = after.flatMap((activation, l): LayerSpec[] => {
    const last = l === after.length - 1;
    const kept = last && loss.kind === 'bce' ? ({ kind: 'sigmoid' } as const) : activation;
    const name = `fc${l + 1}`;
    return [{ kind: 'linear', name, in: sizes[l]!, out: sizes[l + 1]!, bias }, kept];
  });
  const kinds = layers.flatMap(({ kind }) => (kind === 'linear' ? [] : [kind]));
  const name = `${sizes.join('-')} ${kinds.join(', ')}${bias ? '' : ', no bias'}`;
  return sequential(sizes[0]!, layers, loss, name);
}

/** Normal weights, biases and inputs; hard targets, or any within the loss's range. */
function problemOf(model: Model, rows: number, random: Random, soft = false): Problem {
  const targets = zeros(1, targetColumns(model));
  if (soft && model.loss.kind !== 'cross_entropy') targets.data.fill(1 / 2);
  const batch = { inputs: zeros(1, model.inputs), targets };
  const empty = { model, params: zeroParams(model.layout), batch, dtype: 'float64' } as const;
  return genericPoint(empty, rows, random);
}

/** `3-4-2 tanh, identity · mse, sum · batch 7`. */
export const networkName = ({ model, batch }: Problem): string =>
  `${model.name} · ${model.loss.kind}, ${model.loss.reduction} · batch ${batch.inputs.rows}`;
