import type { Arithmetic } from '../numeric/arithmetic.ts';
import type { GraphNode } from './graph.ts';
import type { Schedule } from './schedule.ts';

/**
 * The roots' values in any arithmetic, node by node. Where an operation costs microseconds, as with
 * decimals, generated code would save nothing over this loop.
 */
export function evaluateGraph<T>(
  a: Arithmetic<T>,
  schedule: Schedule,
  variables: readonly T[],
): readonly T[] {
  const { graph, roots, terms } = schedule;
  const values: T[] = new Array(graph.nodes.length);
  for (const term of terms) values[term] = evaluateNode(a, graph.nodes[term]!, values, variables);
  return roots.map((root) => values[root]!);
}

function evaluateNode<T>(
  a: Arithmetic<T>,
  node: GraphNode,
  values: readonly T[],
  variables: readonly T[],
): T {
  if (node.kind === 'number') return a.constant(node.value);
  if (node.kind === 'variable') return variables[node.index]!;
  const [x, y, z] = node.args.map((arg) => values[arg]!) as [T, T, T]; // as many as the node has
  switch (node.kind) {
    case 'add':
    case 'sub':
    case 'mul':
    case 'div':
      return a[node.kind](x, y);
    case 'neg':
    case 'exp':
    case 'log':
    case 'log1p':
    case 'expm1':
    case 'tanh':
      return a[node.kind](x);
    case 'sech':
      return a.div(a.constant(2), a.add(a.exp(x), a.exp(a.neg(x))));
    case 'where':
      return a.choose(
        x,
        () => y,
        () => z,
      );
    case 'max':
      return a.shift(node.args.map((arg) => values[arg]!));
    default:
      return node satisfies never;
  }
}
