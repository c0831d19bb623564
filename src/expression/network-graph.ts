import type { Model } from '../model/model.ts';
import type { Graph, Term } from './graph.ts';

/** One sample's loss, outputs and gradients, as terms of one graph. */
export interface NetworkGraph {
  readonly graph: Graph;
  readonly variables: Numbering;
  /** The sample's share of the loss, before the reduction. */
  readonly loss: Term;
  readonly outputs: readonly Term[];
  /** ∂loss/∂parameter, in the layout's order. */
  readonly params: readonly Term[];
  /** ∂loss/∂input; empty where the inputs were not asked for. */
  readonly inputs: readonly Term[];
}

/**
 * The graph's variables: parameters as the layout orders them, then inputs, then targets (one an
 * output).
 */
export interface Numbering {
  /** Index of the first input; the parameters stand before it. */
  readonly inputs: number;
  /** Index of the first target. */
  readonly targets: number;
  readonly size: number;
}

export function numberingOf(model: Model): Numbering {
  const inputs = model.layout.size;
  const targets = inputs + model.inputs;
  return { inputs, targets, size: targets + model.outputs };
}
