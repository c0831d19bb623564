import { defineLoss, defineOutputs } from '../model/forward.ts';
import type { Model } from '../model/model.ts';
import { treeReader } from './from-tree.ts';
import { expressionGraph, type Term } from './graph.ts';
import { derivative, loadMathjs } from './mathjs.ts';
import { type NetworkGraph, numberingOf } from './network-graph.ts';
import { scheduleOf } from './schedule.ts';
import { treeArithmetic } from './tree.ts';
import { sizeArithmetic, treeSize } from './tree-size.ts';

/** How a whole-network derivative grows, in nodes of trees and in operations once shared. */
export interface Swell {
  readonly lossTree: number;
  readonly gradientTrees: number;
  readonly operations: number;
}

export type Wrt = 'params' | 'params+inputs';

export type NetworkDerivative =
  | { readonly kind: 'derived'; readonly network: NetworkGraph; readonly swell: Swell }
  /** Refused before mathjs is even loaded. */
  | { readonly kind: 'too-large'; readonly visits: number; readonly limit: number };

/**
 * Nodes that differentiation may visit. At the limit building takes about a second and the code
 * has some 12,000 operations; V8 gives up optimising beyond 2,000 to 5,000 (8 ns an operation
 * instead of 0.8), and trees grow exponentially with depth.
 */
const VISIT_LIMIT = 5e6;

/** One sample's loss as one tree, differentiated by mathjs with respect to each variable. */
export async function networkDerivative(model: Model, wrt: Wrt): Promise<NetworkDerivative> {
  const visits = estimatedVisits(model, wrt);
  if (visits > VISIT_LIMIT) return { kind: 'too-large', visits, limit: VISIT_LIMIT };

  const mathjs = await loadMathjs();
  const tree = treeArithmetic(mathjs);
  const graph = expressionGraph();
  const variables = numberingOf(model);
  const names = Array.from({ length: variables.size }, (_, i) => `v${i}`);
  const nodes = names.map(tree.variable);
  const read = treeReader(graph, tree, new Map(names.map((name, i) => [name, graph.variable(i)])));

  const outputs = defineOutputs(
    tree,
    model,
    nodes.slice(0, variables.inputs),
    nodes.slice(variables.inputs, variables.targets),
  );
  const loss = defineLoss(tree, model, outputs, nodes.slice(variables.targets));
  let gradientTrees = 0;
  const gradient = (from: number, to: number): Term[] =>
    names.slice(from, to).map((name) => {
      const node = derivative(mathjs, loss, name);
      gradientTrees += treeSize(node);
      return read(node);
    });
  const network = {
    graph,
    variables,
    loss: read(loss),
    outputs: outputs.map(read),
    params: gradient(0, variables.inputs),
    inputs: wrt === 'params' ? [] : gradient(variables.inputs, variables.targets),
  };
  const { operations } = scheduleOf(graph, [network.loss, ...network.params, ...network.inputs]);
  return {
    kind: 'derived',
    network,
    swell: { lossTree: treeSize(loss), gradientTrees, operations },
  };
}

/** What differentiating the whole network visits: nodes of the loss tree × variables. */
export function estimatedVisits(model: Model, wrt: Wrt): number {
  const leaves = (length: number): number[] => new Array<number>(length).fill(1);
  const outputs = defineOutputs(
    sizeArithmetic,
    model,
    leaves(model.layout.size),
    leaves(model.inputs),
  );
  const lossTree = defineLoss(sizeArithmetic, model, outputs, leaves(model.outputs));
  return lossTree * (model.layout.size + (wrt === 'params' ? 0 : model.inputs));
}
