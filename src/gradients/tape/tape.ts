import { table } from './table.ts';

/** One operation that was carried out: what it was, on what, with what result. */
export interface Node<V> {
  /** Its place on the tape. Inputs stand earlier, so the reverse of the tape is a valid order. */
  readonly index: number;
  readonly operation: string;
  readonly inputs: readonly Node<V>[];
  readonly value: V;
  /** For each input: this node's cotangent to that input's share of it. */
  readonly pullbacks: readonly Pullback<V>[];
  /** Whether a parameter stands behind it; no cotangent is computed for the others. */
  readonly active: boolean;
}

/** ȳ ↦ x̄: the transposed derivative of one operation in one input, at the recorded values. */
export type Pullback<V> = (cotangent: V) => V;

/** All that the tape must be able to do with values. */
export interface ValueSpace<V> {
  add(a: V, b: V): V;
  /** The cotangent of the output itself: 1, in the shape of a scalar output. Throws for others. */
  one(like: V): V;
  shape(value: V): string;
  text(value: V): string;
}

/**
 * Reverse-mode automatic differentiation in two movements: every operation is appended as it is
 * carried out (record), and cotangents flow back along the list (backward).
 */
export class Tape<V> {
  readonly #space: ValueSpace<V>;
  readonly #nodes: Node<V>[] = [];
  #cotangents: (V | undefined)[] = [];

  constructor(space: ValueSpace<V>) {
    this.#space = space;
  }

  /** A value to differentiate with respect to. */
  parameter(value: V, name = 'parameter'): Node<V> {
    return this.#append(name, [], value, [], true);
  }

  /** A value that no cotangent is wanted for. */
  constant(value: V, name = 'constant'): Node<V> {
    return this.#append(name, [], value, [], false);
  }

  /** Appends an operation that was carried out: its result, and a pullback for each input. */
  record(
    operation: string,
    inputs: readonly Node<V>[],
    value: V,
    pullbacks: readonly Pullback<V>[],
  ): Node<V> {
    let active = false;
    for (let i = 0; i < inputs.length; i++) {
      this.#assertMine(inputs[i]!, operation);
      active ||= inputs[i]!.active;
    }
    return this.#append(operation, inputs, value, pullbacks, active);
  }

  /**
   * Walks the tape back from a scalar output. Where a value is used more than once its cotangents
   * add; that is the multivariate chain rule, and all there is to it.
   */
  backward(output: Node<V>): void {
    this.#assertMine(output, 'backward');
    const cotangents: (V | undefined)[] = [];
    cotangents[output.index] = this.#space.one(output.value);
    for (let n = output.index; n >= 0; n--) {
      const cotangent = cotangents[n];
      if (cotangent === undefined) continue;
      const { inputs, pullbacks } = this.#nodes[n]!;
      for (let i = 0; i < inputs.length; i++) {
        const input = inputs[i]!;
        if (!input.active) continue;
        const share = pullbacks[i]!(cotangent);
        const before = cotangents[input.index];
        cotangents[input.index] = before === undefined ? share : this.#space.add(before, share);
      }
    }
    this.#cotangents = cotangents;
  }

  /** The gradient of the last `backward`'s output; undefined where the output does not depend on it. */
  gradient(node: Node<V>): V | undefined {
    this.#assertMine(node, 'gradient');
    return this.#cotangents[node.index];
  }

  /** Empties the tape for the next recording. */
  clear(): void {
    this.#nodes.length = 0;
    this.#cotangents = [];
  }

  /** The tape as a numbered table: operation, inputs, shape, value, and gradient after backward. */
  toString(): string {
    const { shape, text } = this.#space;
    const cells = (node: Node<V>): string[] => {
      const cotangent = this.#cotangents[node.index];
      return [
        String(node.index),
        node.operation,
        node.inputs.map((input) => input.index).join(', '),
        shape(node.value),
        text(node.value),
        cotangent === undefined ? '' : text(cotangent),
      ];
    };
    return table(
      ['#', 'operation', 'inputs', 'shape', 'value', 'gradient'],
      this.#nodes.map(cells),
    );
  }

  #append(
    operation: string,
    inputs: readonly Node<V>[],
    value: V,
    pullbacks: readonly Pullback<V>[],
    active: boolean,
  ): Node<V> {
    const node = { index: this.#nodes.length, operation, inputs, value, pullbacks, active };
    this.#nodes.push(node);
    return node;
  }

  #assertMine(node: Node<V>, what: string): void {
    if (this.#nodes[node.index] !== node) {
      throw new TypeError(`${what}: input ${node.operation} is not on this tape`);
    }
  }
}
