import type { LayerKind, LayerSpec, SpecOf } from '../../model/layer.ts';
import type { LossKind } from '../../model/loss.ts';
import { layerName } from '../../model/model.ts';
import type { Workspace } from '../workspace.ts';
import type { Autograd, Functions, Variable } from './autograd.ts';

/** A layer in primitives. */
type Layer<K extends LayerKind> = (
  f: Functions,
  spec: SpecOf<K>,
  x: Variable,
  parameter: (name: 'weight' | 'bias') => Variable,
) => Variable;

/** A loss in primitives. */
type Loss = (f: Functions, x: Variable, targets: Variable, divisor: number) => Variable;

/** Every layer and loss at one granularity; a kind without a line does not compile. */
export interface Composition {
  readonly layers: { readonly [K in LayerKind]: Layer<K> };
  readonly losses: { readonly [K in LossKind]: Loss };
  /** A last sigmoid and bce in one primitive, or null where they stay apart. */
  readonly sigmoidBce: Loss | null;
}

/** A network on the tape. */
export interface Recorded {
  readonly loss: Variable;
  /** The network's outputs, or the logits under them where the loss includes the last sigmoid. */
  readonly last: Variable;
  readonly lastIsLogits: boolean;
  readonly inputs: Variable;
  readonly params: ReadonlyMap<string, Variable>;
}

/** Runs the network on the tape, from the workspace's matrices. */
export function recordNetwork(
  { tape, functions: f }: Autograd,
  composition: Composition,
  memory: Workspace,
  wantInputs: boolean,
): Recorded {
  const { model } = memory;
  const inputs = wantInputs
    ? tape.parameter(memory.inputs, 'inputs')
    : tape.constant(memory.inputs, 'inputs');
  const targets = tape.constant(memory.targets, 'targets');
  const params = new Map<string, Variable>();
  for (const [name, value] of memory.params) params.set(name, tape.parameter(value, name));

  const lastIsLogits =
    composition.sigmoidBce !== null &&
    model.loss.kind === 'bce' &&
    model.layers.at(-1)?.kind === 'sigmoid';
  const specs = lastIsLogits ? model.layers.slice(0, -1) : model.layers;
  let last = inputs;
  for (const spec of specs) last = applyLayer(composition, f, spec, last, params);

  const loss = (lastIsLogits && composition.sigmoidBce) || composition.losses[model.loss.kind];
  return {
    loss: loss(f, last, targets, memory.divisor),
    last,
    lastIsLogits,
    inputs,
    params,
  };
}

function applyLayer(
  composition: Composition,
  f: Functions,
  spec: LayerSpec,
  x: Variable,
  params: ReadonlyMap<string, Variable>,
): Variable {
  const parameter = (name: 'weight' | 'bias'): Variable =>
    params.get(`${layerName(spec)}.${name}`)!;
  // The table pairs each kind with the layer for its own spec, which TypeScript can't follow here.
  return composition.layers[spec.kind](f, spec as never, x, parameter);
}
