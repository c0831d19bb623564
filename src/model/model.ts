import { type Layout, layoutOf } from '../params/layout.ts';
import type { Field } from './field.ts';
import type { ActivationSpec, LayerSpec } from './layer.ts';
import { layerOf, layers } from './layers.ts';
import type { LossKind, LossSpec } from './loss.ts';
import { losses } from './losses.ts';

/** A network and its loss, as data. */
export interface Model {
  readonly name: string;
  readonly layers: readonly LayerSpec[];
  readonly loss: LossSpec;
  readonly inputs: number;
  readonly outputs: number;
  readonly layout: Layout;
}

/** Layers one after another. Throws where widths do not fit or a kind is unknown. */
export function sequential(
  inputs: number,
  specs: readonly LayerSpec[],
  loss: LossSpec,
  name = 'model',
): Model {
  assertSize('inputs', inputs);
  if (!Object.hasOwn(losses, loss.kind)) throw unknown('loss', loss.kind, Object.keys(losses));
  if (loss.reduction !== 'mean' && loss.reduction !== 'sum') {
    throw unknown('loss reduction', loss.reduction, ['mean', 'sum']);
  }
  let width = inputs;
  const tensors = specs.flatMap((spec, i) => {
    if (!Object.hasOwn(layers, spec.kind)) {
      throw unknown(`layer ${i}`, spec.kind, Object.keys(layers));
    }
    const layer = layerOf(spec.kind);
    assertFields(`layer ${i}`, spec);
    width = layer.width(spec as never, width); // the spec and its definition share one kind
    return layer.parameters(spec as never).map((p) => ({
      name: `${layerName(spec)}.${p.name}`,
      shape: p.shape,
    }));
  });
  return { name, layers: specs, loss, inputs, outputs: width, layout: layoutOf(tensors) };
}

/** The name a layer's slots start with. */
export const layerName = (spec: LayerSpec): string =>
  spec.kind === 'linear' ? spec.name : spec.kind;

/** A layer without parameters: by name where its defaults serve, or as a spec. */
export type Activation = ActivationSpec['kind'] | ActivationSpec;

export interface MlpOptions {
  readonly hidden?: Activation;
  /** After the last linear layer; `identity` adds nothing. */
  readonly output?: Activation;
  readonly loss?: LossKind | LossSpec;
  readonly bias?: boolean;
  readonly name?: string;
}

/** Linear layers fc1, fc2, … of these sizes: `mlp([2, 5, 1])` is the material's network. */
export function mlp(sizes: readonly number[], options: MlpOptions = {}): Model {
  const { hidden = 'sigmoid', output = 'sigmoid', loss = 'bce', bias = true } = options;
  if (sizes.length < 2) throw new RangeError(`mlp sizes [${sizes}]: expected at least two`);
  const specs: LayerSpec[] = [];
  for (let l = 1; l < sizes.length; l++) {
    const [fanIn, fanOut] = [sizes[l - 1]!, sizes[l]!];
    assertSize(`mlp sizes[${l}]`, fanOut);
    specs.push({ kind: 'linear', name: `fc${l}`, in: fanIn, out: fanOut, bias });
    const after = activation(l < sizes.length - 1 ? hidden : output);
    if (after.kind !== 'identity') specs.push(after);
  }
  const spec: LossSpec = typeof loss === 'string' ? { kind: loss, reduction: 'mean' } : loss;
  return sequential(sizes[0]!, specs, spec, options.name ?? sizes.join('-'));
}

function activation(given: Activation): ActivationSpec {
  if (typeof given !== 'string') return given;
  switch (given) {
    case 'leaky_relu':
      return { kind: given, slope: 0.01 }; // PyTorch's default
    case 'elu':
      return { kind: given, alpha: 1 }; // PyTorch's default
    case 'sigmoid':
    case 'tanh':
    case 'relu':
    case 'identity':
      return { kind: given };
    default: {
      given satisfies never;
      const known = Object.keys(layers).filter((kind) => kind !== 'linear');
      throw unknown('activation', given, known);
    }
  }
}

function assertFields(where: string, spec: LayerSpec): void {
  const given: { readonly [field: string]: unknown } = { ...spec };
  for (const [name, field] of Object.entries<Field>(layerOf(spec.kind).fields)) {
    if (field.fits(given[name])) continue;
    throw new RangeError(
      `${where}: ${spec.kind} ${name} is ${given[name]}, expected ${field.expected}`,
    );
  }
}

function assertSize(what: string, size: number): void {
  if (!Number.isInteger(size) || size < 1) {
    throw new RangeError(`${what}: got ${size}, expected a positive integer`);
  }
}

const unknown = (what: string, got: string, known: readonly string[]): RangeError =>
  new RangeError(`${what}: unknown "${got}"; there are ${known.join(', ')}`);
