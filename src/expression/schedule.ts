import type { Graph, GraphNode, Operation, Term } from './graph.ts';

/** The nodes that `roots` need, arguments before their node. */
export interface Schedule {
  readonly graph: Graph;
  readonly roots: readonly Term[];
  readonly terms: readonly Term[];
  /** Nodes that compute something: neither numbers nor variables. */
  readonly operations: number;
}

export function scheduleOf(graph: Graph, roots: readonly Term[]): Schedule {
  const needed = new Uint8Array(graph.nodes.length);
  for (const root of roots) needed[root] = 1;
  // Arguments stand before their node, so one walk backwards finds all that is needed.
  for (let term = graph.nodes.length - 1; term >= 0; term--) {
    const node = graph.nodes[term]!;
    if (needed[term] && isOperation(node)) for (const arg of node.args) needed[arg] = 1;
  }
  const terms = graph.nodes.flatMap((_, term) => (needed[term] ? [term] : []));
  const operations = terms.filter((term) => isOperation(graph.nodes[term]!)).length;
  return { graph, roots, terms, operations };
}

export const isOperation = (node: GraphNode): node is GraphNode & { readonly kind: Operation } =>
  'args' in node;
