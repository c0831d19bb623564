import { treeReader } from './from-tree.ts';
import { expressionGraph, type Graph, type Term } from './graph.ts';
import { type derivative, type Mathjs, type MathNode, treeNode } from './mathjs.ts';
import { isOperation, type Schedule, scheduleOf } from './schedule.ts';
import type { TreeArithmetic } from './tree.ts';

/** A local definition placed in a graph: its value, and its derivative by each symbol it mentions. */
export interface Placed {
  readonly value: Term;
  readonly partials: ReadonlyMap<string, Term>;
}

/** Places a definition's tree in a graph whose terms `bindings` gives to the tree's symbols. */
export type Place = (tree: MathNode, bindings: ReadonlyMap<string, Term>) => Placed;

/**
 * Differentiates each distinct definition once: two trees that differ in their symbols' names only
 * (the units of a layer) share one derivative, which is then copied with other variables.
 */
export function localDerivatives(
  mathjs: Mathjs,
  tree: TreeArithmetic,
  graph: Graph,
  rule: typeof derivative,
): Place {
  const templates = new Map<string, Schedule>();

  return (node, bindings) => {
    const { outline, symbols } = outlineOf(node, tree);
    let template = templates.get(outline);
    if (!template) {
      template = localGraph(tree, node, symbols, (symbol) => rule(mathjs, node, symbol));
      templates.set(outline, template);
    }
    const variables = symbols.map((name) => bindings.get(name)!);
    const [value, ...partials] = copyInto(graph, template, variables);
    return { value: value!, partials: new Map(symbols.map((name, i) => [name, partials[i]!])) };
  };
}

/** Value and partial derivatives of one tree, in a graph of its own over its symbols in order. */
function localGraph(
  tree: TreeArithmetic,
  node: MathNode,
  symbols: readonly string[],
  partial: (symbol: string) => MathNode,
): Schedule {
  const local = expressionGraph();
  const read = treeReader(local, tree, new Map(symbols.map((s, i) => [s, local.variable(i)])));
  return scheduleOf(local, [read(node), ...symbols.map((symbol) => read(partial(symbol)))]);
}

function copyInto(graph: Graph, template: Schedule, variables: readonly Term[]): readonly Term[] {
  const copies = new Map<Term, Term>();
  for (const term of template.terms) {
    const node = template.graph.nodes[term]!;
    if (isOperation(node)) {
      const args = node.args.map((arg) => copies.get(arg)!);
      copies.set(term, graph.apply(node.kind, ...args));
    } else {
      const leaf = node.kind === 'number' ? graph.number(node.value) : variables[node.index]!;
      copies.set(term, leaf);
    }
  }
  return template.roots.map((root) => copies.get(root)!);
}

/**
 * A tree's text with its symbols numbered in order of appearance, and those symbols. Gates and
 * shifts stand with what they mean, so equal outlines are equal functions of their symbols.
 */
function outlineOf(
  root: MathNode,
  tree: TreeArithmetic,
): { readonly outline: string; readonly symbols: readonly string[] } {
  const numbers = new Map<string, number>();

  function outline(node: MathNode): string {
    const found = treeNode(node);
    switch (found.kind) {
      case 'constant':
        return String(found.value);
      case 'symbol':
        return symbol(found.name);
      case 'call':
        return `${found.name}(${found.args.map(outline)})`;
      default:
        return found satisfies never;
    }
  }

  function symbol(name: string): string {
    const gate = tree.gates.get(name);
    if (gate) return `gate(${outline(gate.condition)})`;
    const shift = tree.shifts.get(name);
    if (shift) return `shift(${shift.values.map(outline)})`;
    let number = numbers.get(name);
    if (number === undefined) {
      number = numbers.size;
      numbers.set(name, number);
    }
    return `$${number}`;
  }

  return { outline: outline(root), symbols: [...numbers.keys()] };
}
