import type { Dtype } from '../numeric/dtype.ts';
import { type Random, random } from '../numeric/random.ts';
import { type Layout, type Slot, slotOf } from './layout.ts';
import { type Params, zeroParams } from './params.ts';

/** How many values enter and leave one unit of a layer (its weight is [out, in]). */
export interface Fans {
  readonly in: number;
  readonly out: number;
}

/**
 * How a slot's values start: given its layer's fans, a rule that draws one value.
 * Any function of this shape serves; those below are the usual ones.
 */
export type Initialiser = (fans: () => Fans) => (source: Random) => number;

export const constant =
  (value: number): Initialiser =>
  () =>
  () =>
    value;

export const zeros: Initialiser = constant(0);

/** N(mean, std²). */
export const normal =
  (mean: number, std: number): Initialiser =>
  () =>
  (source) =>
    mean + std * source.normal();

/** U[low, high). */
export const uniform =
  (low: number, high: number): Initialiser =>
  () =>
  (source) =>
    low + (high - low) * source.uniform();

const symmetric =
  (bound: (fans: Fans) => number): Initialiser =>
  (fans) =>
    uniform(-bound(fans()), bound(fans()))(fans);

const centred =
  (std: (fans: Fans) => number): Initialiser =>
  (fans) =>
    normal(0, std(fans()))(fans);

/** U(−1/√in, 1/√in) for weight and bias: PyTorch's default for Linear (torch.nn.Linear). */
export const torchLinear: Initialiser = symmetric((fans) => 1 / Math.sqrt(fans.in));

/** U(−a, a), a = √(6 / (in + out)) (Glorot & Bengio 2010; torch.nn.init.xavier_uniform_). */
export const xavierUniform: Initialiser = symmetric((fans) => Math.sqrt(6 / (fans.in + fans.out)));

/** N(0, 2 / (in + out)) (torch.nn.init.xavier_normal_). */
export const xavierNormal: Initialiser = centred((fans) => Math.sqrt(2 / (fans.in + fans.out)));

/** U(−a, a), a = √(6 / in) (He et al. 2015; torch.nn.init.kaiming_uniform_ for ReLU). */
export const heUniform: Initialiser = symmetric((fans) => Math.sqrt(6 / fans.in));

/** N(0, 2 / in) (torch.nn.init.kaiming_normal_ for ReLU). */
export const heNormal: Initialiser = centred((fans) => Math.sqrt(2 / fans.in));

export interface InitialiseOptions {
  /** 0 unless said. */
  readonly seed?: number;
  /** For every slot named `….weight`; `torchLinear` unless said. */
  readonly weight?: Initialiser;
  /** For every other slot; `torchLinear` unless said. */
  readonly bias?: Initialiser;
  /** By slot (`fc1.bias`) or layer (`fc1`: each of its slots); a slot's name wins over its layer's. */
  readonly perLayer?: { readonly [slotOrLayer: string]: Initialiser };
  readonly dtype?: Dtype;
}

/**
 * New parameters. Each slot draws from a stream of its own, so changing one slot's initialiser
 * leaves the others' values as they were. Throws for a name in `perLayer` that the layout lacks.
 */
export function initialise(layout: Layout, options: InitialiseOptions = {}): Params {
  const { seed = 0, weight = torchLinear, bias = torchLinear, perLayer = {} } = options;
  assertNames(layout, Object.keys(perLayer));
  const params = zeroParams(layout, options.dtype);
  layout.slots.forEach((slot, index) => {
    const usual = slot.name.endsWith('.weight') ? weight : bias;
    const chosen = own(perLayer, slot.name) ?? own(perLayer, layerOf(slot)) ?? usual;
    const draw = chosen(() => fansOf(layout, slot));
    const source = random(seed).fork(index);
    for (let i = 0; i < slot.size; i++) params.values[slot.offset + i] = draw(source);
  });
  return params;
}

/** A slot's layer: `fc1` for `fc1.weight`; a slot without a dot is a layer of its own. */
const layerOf = ({ name }: Slot): string =>
  name.includes('.') ? name.slice(0, name.lastIndexOf('.')) : name;

const own = <T>(table: { readonly [name: string]: T }, name: string): T | undefined =>
  Object.hasOwn(table, name) ? table[name] : undefined;

/** From the layer's weight, for its bias too; PyTorch's rule for more than two extents. */
function fansOf(layout: Layout, slot: Slot): Fans {
  const weight = `${layerOf(slot)}.weight`;
  if (!layout.slots.some(({ name }) => name === weight)) {
    throw new RangeError(
      `${slot.name}: no "${weight}" to take fans from; give it an initialiser without fans`,
    );
  }
  const { name, shape, size } = slotOf(layout, weight);
  const [out, fanIn] = shape;
  if (out === undefined || fanIn === undefined) {
    throw new RangeError(`${slot.name}: fans of ${name} [${shape}], expected a shape [out, in]`);
  }
  return { in: size / out, out: size / fanIn };
}

function assertNames(layout: Layout, names: readonly string[]): void {
  const known = new Set(layout.slots.flatMap((slot) => [layerOf(slot), slot.name]));
  for (const name of names) {
    if (!known.has(name)) {
      const list = [...known].join(', ') || 'none';
      throw new RangeError(`initialise: unknown slot or layer "${name}"; this layout has ${list}`);
    }
  }
}
