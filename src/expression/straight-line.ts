import type { GraphNode, Term } from './graph.ts';
import type { Schedule } from './schedule.ts';

/** Reads `variables`, writes one value a root into `roots`. */
export type StraightLine = (variables: Float64Array, roots: Float64Array) => void;

/** The schedule as one JavaScript function over doubles: a constant a node, no loop, no branch. */
export function compileDoubles(schedule: Schedule): StraightLine {
  const { graph, roots, terms } = schedule;
  const lines = terms.flatMap((term) => {
    const node = graph.nodes[term]!;
    return node.kind === 'number' ? [] : [`const v${term} = ${expression(node, operand)};`];
  });
  const results = roots.map((root, i) => `roots[${i}] = ${operand(root)};`);

  function operand(term: Term): string {
    const node = graph.nodes[term]!;
    return node.kind === 'number' ? `(${node.value})` : `v${term}`;
  }

  // The text holds nothing but node numbers and literals of the graph's own.
  const code = new Function('variables', 'roots', [...lines, ...results].join('\n'));
  return code as StraightLine; // by the parameter names above
}

function expression(node: GraphNode, operand: (term: Term) => string): string {
  if (node.kind === 'number') return String(node.value);
  if (node.kind === 'variable') return `variables[${node.index}]`;
  const args = node.args.map(operand);
  switch (node.kind) {
    case 'add':
      return args.join(' + ');
    case 'sub':
      return args.join(' - ');
    case 'mul':
      return args.join(' * ');
    case 'div':
      return args.join(' / ');
    case 'neg':
      return `-${args[0]}`;
    case 'where':
      return `${args[0]} > 0 ? ${args[1]} : ${args[0]} <= 0 ? ${args[2]} : NaN`;
    case 'sech':
      return `1 / Math.cosh(${args[0]})`;
    case 'exp':
    case 'log':
    case 'log1p':
    case 'expm1':
    case 'tanh':
    case 'max':
      return `Math.${node.kind}(${args})`;
    default:
      return node satisfies never;
  }
}
