/** What a node computes; `where` is its second argument where the first is > 0, else its third. */
export type Operation =
  | 'add'
  | 'sub'
  | 'mul'
  | 'div'
  | 'neg'
  | 'exp'
  | 'log'
  | 'log1p'
  | 'expm1'
  | 'tanh'
  | 'sech'
  | 'where'
  | 'max';

/** A node by its index in the graph's list; arguments always stand before their node. */
export type Term = number;

export type GraphNode =
  | { readonly kind: 'number'; readonly value: number }
  /** The variable at this index of the values an evaluation is given. */
  | { readonly kind: 'variable'; readonly index: number }
  | { readonly kind: Operation; readonly args: readonly Term[] };

/**
 * An expression graph in which equal expressions are one node. Building applies the identities that
 * hold exactly in every arithmetic (0 + x, 1·x, −(−x), …). A factor 0 gives 0 whatever the other
 * factor: the zeros here are structural, as in the derivative of a constant or behind a closed gate.
 */
export interface Graph {
  readonly nodes: readonly GraphNode[];
  number(value: number): Term;
  variable(index: number): Term;
  /** The node for `operation` on `args`, or a simpler one of the same value. */
  apply(operation: Operation, ...args: readonly Term[]): Term;
}

export function expressionGraph(): Graph {
  const nodes: GraphNode[] = [];
  const known = new Map<string, Term>();

  function intern(key: string, node: GraphNode): Term {
    const found = known.get(key);
    if (found !== undefined) return found;
    known.set(key, nodes.length);
    return nodes.push(node) - 1;
  }

  const number = (value: number): Term => intern(`#${value}`, { kind: 'number', value });
  const node = (kind: Operation, ...args: readonly Term[]): Term =>
    intern(`${kind} ${args}`, { kind, args });

  const zero = number(0);
  const one = number(1);
  const minusOne = number(-1);

  /** The arguments of `term` if it is this operation. */
  function argsOf(term: Term, kind: Operation): readonly Term[] | undefined {
    const found = nodes[term]!;
    return found.kind === kind && 'args' in found ? found.args : undefined;
  }

  /** The integer that both numbers combine to: only integers combine alike in every arithmetic. */
  function folded(a: Term, b: Term, combine: (x: number, y: number) => number): Term | undefined {
    const [x, y] = [nodes[a]!, nodes[b]!];
    if (x.kind !== 'number' || y.kind !== 'number') return undefined;
    if (!Number.isSafeInteger(x.value) || !Number.isSafeInteger(y.value)) return undefined;
    const value = combine(x.value, y.value);
    return Number.isSafeInteger(value) ? number(value) : undefined;
  }

  function neg(a: Term): Term {
    const found = nodes[a]!;
    if (found.kind === 'number') return found.value === 0 ? a : number(-found.value);
    return argsOf(a, 'neg')?.[0] ?? node('neg', a);
  }

  function add(a: Term, b: Term): Term {
    if (a === zero) return b;
    if (b === zero) return a;
    const negativeB = argsOf(b, 'neg');
    if (negativeB) return sub(a, negativeB[0]!);
    const negativeA = argsOf(a, 'neg');
    if (negativeA) return sub(b, negativeA[0]!);
    return (
      folded(a, b, (x, y) => x + y) ?? joined(a, b) ?? node('add', Math.min(a, b), Math.max(a, b))
    );
  }

  /** The two halves of one choice. */
  function joined(a: Term, b: Term): Term | undefined {
    const [whereA, whereB] = [argsOf(a, 'where'), argsOf(b, 'where')];
    if (!whereA || !whereB || whereA[0] !== whereB[0]) return undefined;
    const [condition, x, y] = whereA as [Term, Term, Term]; // `where` has three arguments
    const [, u, v] = whereB as [Term, Term, Term];
    if (y === zero && u === zero) return where(condition, x, v);
    if (x === zero && v === zero) return where(condition, u, y);
    return undefined;
  }

  function sub(a: Term, b: Term): Term {
    if (b === zero) return a;
    if (a === zero) return neg(b);
    const negativeB = argsOf(b, 'neg');
    if (negativeB) return add(a, negativeB[0]!);
    if (b === one) {
      const exponent = argsOf(a, 'exp');
      if (exponent) return node('expm1', exponent[0]!);
    }
    const gate = argsOf(b, 'where');
    if (a === one && gate && gate[1] === one && gate[2] === zero) return where(gate[0]!, zero, one);
    return folded(a, b, (x, y) => x - y) ?? node('sub', a, b);
  }

  function mul(a: Term, b: Term): Term {
    if (a === zero || b === zero) return zero;
    if (a === one) return b;
    if (b === one) return a;
    if (a === minusOne) return neg(b);
    if (b === minusOne) return neg(a);
    const negativeA = argsOf(a, 'neg');
    if (negativeA) return neg(mul(negativeA[0]!, b));
    const negativeB = argsOf(b, 'neg');
    if (negativeB) return neg(mul(a, negativeB[0]!));
    return (
      folded(a, b, (x, y) => x * y) ??
      gated(a, b) ??
      gated(b, a) ??
      node('mul', Math.min(a, b), Math.max(a, b))
    );
  }

  /** gate · x: 0 behind a closed gate even where x is infinite or NaN. */
  function gated(gate: Term, x: Term): Term | undefined {
    const args = argsOf(gate, 'where');
    if (args?.[1] === one && args[2] === zero) return where(args[0]!, x, zero);
    if (args?.[1] === zero && args[2] === one) return where(args[0]!, zero, x);
    return undefined;
  }

  function div(a: Term, b: Term): Term {
    if (a === zero || b === one) return a;
    const negativeA = argsOf(a, 'neg');
    if (negativeA) return neg(div(negativeA[0]!, b));
    return node('div', a, b);
  }

  function log(a: Term): Term {
    const [x, y] = argsOf(a, 'add') ?? [];
    if (x === one) return node('log1p', y!);
    if (y === one) return node('log1p', x!);
    return node('log', a);
  }

  const where = (condition: Term, x: Term, y: Term): Term =>
    x === y ? x : node('where', condition, x, y);

  const binary = { add, sub, mul, div };
  return {
    nodes,
    number: (value) => number(value),
    variable: (index) => intern(`$${index}`, { kind: 'variable', index }),
    apply(operation, ...args) {
      const [a, b, c] = args as [Term, Term, Term]; // as many as the operation takes
      switch (operation) {
        case 'add':
        case 'sub':
        case 'mul':
        case 'div':
          return binary[operation](a, b);
        case 'neg':
          return neg(a);
        case 'log':
          return log(a);
        case 'where':
          return where(a, b, c);
        case 'exp':
        case 'log1p':
        case 'expm1':
        case 'tanh':
        case 'sech':
        case 'max':
          return node(operation, ...args);
        default:
          return operation satisfies never;
      }
    },
  };
}
