import { refuseNames } from '../../check/gradient/unknown-names.ts';
import type { ActivationSpec } from '../../model/layer.ts';
import type { LossKind, LossSpec } from '../../model/loss.ts';

/** What networks to draw: of every kind, and small, unless said. */
export interface NetworkConstraints {
  /** Linear layers; 3 unless said. */
  readonly maxLayers?: number;
  /** Inputs, units of a layer, outputs; 4 unless said. */
  readonly maxWidth?: number;
  /** Samples in the batch; 4 unless said. */
  readonly maxRows?: number;
  /** What may follow a linear layer, `identity` being nothing; bce is drawn only with `sigmoid`. */
  readonly activations?: readonly ActivationSpec['kind'][];
  readonly losses?: readonly LossKind[];
  readonly reductions?: readonly LossSpec['reduction'][];
  /** Both unless said. */
  readonly bias?: boolean;
}

/** Constraints with nothing left open; lists from the simplest to the least simple. */
export interface Constraints {
  readonly maxLayers: number;
  readonly maxWidth: number;
  readonly maxRows: number;
  readonly activations: readonly ActivationSpec['kind'][];
  readonly losses: readonly LossKind[];
  readonly reductions: readonly LossSpec['reduction'][];
  readonly biases: readonly boolean[];
}

// Records, not lists: a kind left out does not compile. The simplest first.
const ACTIVATIONS: { readonly [K in ActivationSpec['kind']]: 0 } = {
  identity: 0,
  relu: 0,
  leaky_relu: 0,
  sigmoid: 0,
  tanh: 0,
  elu: 0,
};
const LOSSES: { readonly [K in LossKind]: 0 } = {
  mse: 0,
  bce_with_logits: 0,
  cross_entropy: 0,
  bce: 0,
};
const REDUCTIONS: { readonly [K in LossSpec['reduction']]: 0 } = { mean: 0, sum: 0 };

/** Every constraint there is: the compiler asks for a new one. */
const CONSTRAINTS: { readonly [C in keyof Required<NetworkConstraints>]: 0 } = {
  maxLayers: 0,
  maxWidth: 0,
  maxRows: 0,
  activations: 0,
  losses: 0,
  reductions: 0,
  bias: 0,
};

/**
 * Throws a TypeError for a constraint that does not exist, a RangeError for one that is out of range or
 * leaves nothing to draw.
 */
export function constraintsOf(given: NetworkConstraints): Constraints {
  refuseNames('network', 'constraint', given, Object.keys(CONSTRAINTS), false);
  const { maxLayers = 3, maxWidth = 4, maxRows = 4, bias } = given;
  for (const [name, value] of Object.entries({ maxLayers, maxWidth, maxRows })) {
    if (!Number.isInteger(value) || value < 1) {
      throw new RangeError(`${name}: got ${value}, expected a positive integer`);
    }
  }
  const activations = chosen('activations', given.activations, ACTIVATIONS);
  const losses = chosen('losses', given.losses, LOSSES).filter(
    (loss) =>
      // bce reads its inputs as probabilities, and one class alone has probability 1.
      (loss !== 'bce' || activations.includes('sigmoid')) &&
      (loss !== 'cross_entropy' || maxWidth > 1),
  );
  if (losses.length === 0) {
    const why = 'bce needs the activation sigmoid, cross_entropy a maxWidth of 2';
    throw new RangeError(`losses: none of [${given.losses}] can be drawn: ${why}`);
  }
  return {
    maxLayers,
    maxWidth,
    maxRows,
    activations,
    losses,
    reductions: chosen('reductions', given.reductions, REDUCTIONS),
    biases: bias === undefined ? [false, true] : [bias],
  };
}

/** Those asked for, in the table's order. */
function chosen<K extends string>(
  what: string,
  given: readonly K[] | undefined,
  table: { readonly [kind in K]: 0 },
): readonly K[] {
  const known = Object.keys(table) as K[]; // a table has no other keys
  const odd = given?.find((kind) => !known.includes(kind));
  if (odd !== undefined || given?.length === 0) {
    const got = odd === undefined ? 'none' : `"${odd}"`;
    throw new RangeError(`${what}: got ${got}; there are ${known.join(', ')}`);
  }
  return given ? known.filter((kind) => given.includes(kind)) : known;
}
