import type { Graph, Operation, Term } from './graph.ts';
import { type MathNode, treeNode } from './mathjs.ts';
import type { TreeArithmetic } from './tree.ts';

/** Reads mathjs trees into one graph. */
export type TreeReader = (tree: MathNode) => Term;

/**
 * A reader of the trees that `tree` builds and of mathjs' derivatives of them. `bindings` says what
 * each symbol stands for; gates and shifts are read from what `tree` knows of them. Throws on any
 * function, operator or exponent that such trees do not have.
 */
export function treeReader(
  graph: Graph,
  tree: TreeArithmetic,
  bindings: ReadonlyMap<string, Term>,
): TreeReader {
  const known = new Map<MathNode, Term>();
  const symbols = new Map(bindings);

  function read(node: MathNode): Term {
    let term = known.get(node);
    if (term === undefined) {
      term = convert(node);
      known.set(node, term);
    }
    return term;
  }

  function convert(node: MathNode): Term {
    const found = treeNode(node);
    switch (found.kind) {
      case 'constant':
        return graph.number(found.value);
      case 'symbol':
        return symbol(found.name);
      case 'call': {
        if (found.name === 'pow') return square(found.args);
        const call = CALLS.get(found.name);
        if (!call || call.arity !== found.args.length) {
          const names = [...CALLS.keys()].join(', ');
          throw new TypeError(
            `tree: got ${found.name} of ${found.args.length} arguments; there are ${names}, pow`,
          );
        }
        return graph.apply(call.operation, ...found.args.map(read));
      }
      default:
        return found satisfies never;
    }
  }

  function symbol(name: string): Term {
    let term = symbols.get(name);
    if (term === undefined) {
      term = introduced(name);
      symbols.set(name, term);
    }
    return term;
  }

  function introduced(name: string): Term {
    const gate = tree.gates.get(name);
    if (gate) return graph.apply('where', read(gate.condition), graph.number(1), graph.number(0));
    const shift = tree.shifts.get(name);
    if (shift) return graph.apply('max', ...shift.values.map(read));
    throw new RangeError(`tree: unknown symbol "${name}"; there are ${[...symbols.keys()]}`);
  }

  /** 2 is the only exponent in the derivatives of the functions above. */
  function square([base, exponent]: readonly MathNode[]): Term {
    const power = treeNode(exponent!);
    if (power.kind !== 'constant' || power.value !== 2) {
      throw new TypeError(`tree: got exponent ${exponent}, expected 2`);
    }
    const term = read(base!);
    return graph.apply('mul', term, term);
  }

  return read;
}

const CALLS: ReadonlyMap<string, { readonly operation: Operation; readonly arity: number }> =
  new Map([
    ['add', { operation: 'add', arity: 2 }],
    ['subtract', { operation: 'sub', arity: 2 }],
    ['multiply', { operation: 'mul', arity: 2 }],
    ['divide', { operation: 'div', arity: 2 }],
    ['unaryMinus', { operation: 'neg', arity: 1 }],
    ['exp', { operation: 'exp', arity: 1 }],
    ['log', { operation: 'log', arity: 1 }],
    ['tanh', { operation: 'tanh', arity: 1 }],
    ['sech', { operation: 'sech', arity: 1 }],
  ]);
