import { bindLayers, defineLoss } from '../model/forward.ts';
import type { Model } from '../model/model.ts';
import { expressionGraph, type Term } from './graph.ts';
import { localDerivatives, type Placed } from './local-derivative.ts';
import { derivative, loadMathjs } from './mathjs.ts';
import { type NetworkGraph, numberingOf } from './network-graph.ts';
import { treeArithmetic } from './tree.ts';

/**
 * Loss and gradients with mathjs differentiating one unit at a time: each output of a layer by that
 * layer's inputs and parameters, the loss by the network's outputs. The chain rule joins them
 * backwards in the shared graph, so a gradient costs a few times its loss, whatever the depth.
 * `rule` is mathjs' derivative, but for a test of what checks it.
 */
export async function layerwiseDerivative(
  model: Model,
  rule: typeof derivative = derivative,
): Promise<NetworkGraph> {
  const mathjs = await loadMathjs();
  const tree = treeArithmetic(mathjs);
  const graph = expressionGraph();
  const place = localDerivatives(mathjs, tree, graph, rule);
  const variables = numberingOf(model);

  /** What each name stands for: parameters p0 …, targets y0 …, the features below layer l xl_0 … */
  const values = new Map<string, Term>();
  const name = (prefix: string, terms: readonly Term[]): readonly string[] =>
    terms.map((term, i) => {
      values.set(`${prefix}${i}`, term);
      return `${prefix}${i}`;
    });
  const numbered = (from: number, to: number): Term[] =>
    Array.from({ length: to - from }, (_, i) => graph.variable(from + i));
  const params = name('p', numbered(0, variables.inputs));
  const inputs = name('x0_', numbered(variables.inputs, variables.targets));
  const targets = name('y', numbered(variables.targets, variables.size));

  /** Every value the chain rule passes, in order of evaluation. */
  const units: { readonly name: string; readonly placed: Placed }[] = [];
  let features = inputs;
  bindLayers(tree, model, params.map(tree.variable)).forEach((define, l) => {
    const placed = define(features.map(tree.variable)).map((unit) => place(unit, values));
    features = name(
      `x${l + 1}_`,
      placed.map((unit) => unit.value),
    );
    placed.forEach((unit, i) => {
      units.push({ name: features[i]!, placed: unit });
    });
  });
  const lossTree = defineLoss(tree, model, features.map(tree.variable), targets.map(tree.variable));
  const loss = place(lossTree, values);
  units.push({ name: 'loss', placed: loss });

  // Reverse mode: each value's adjoint is complete before its own definition is walked.
  const adjoints = new Map([['loss', graph.number(1)]]);
  const adjoint = (of: string): Term => adjoints.get(of) ?? graph.number(0);
  for (const unit of units.reverse()) {
    for (const [argument, partial] of unit.placed.partials) {
      const term = graph.apply('mul', adjoint(unit.name), partial);
      adjoints.set(argument, graph.apply('add', adjoint(argument), term));
    }
  }
  return {
    graph,
    variables,
    loss: loss.value,
    outputs: features.map((feature) => values.get(feature)!),
    params: params.map(adjoint),
    inputs: inputs.map(adjoint),
  };
}
