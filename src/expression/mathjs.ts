import type { FunctionNode, MathNode, OperatorNode } from 'mathjs';

export type Mathjs = typeof import('mathjs');
export type { MathNode } from 'mathjs';

/** mathjs, loaded on first use: importing it costs 0.7 s. */
export const loadMathjs = (): Promise<Mathjs> => import('mathjs');

/** ∂node/∂variable as mathjs derives it; `simplify: true` would be a thousand times slower. */
export const derivative = (mathjs: Mathjs, node: MathNode, variable: string): MathNode =>
  mathjs.derivative(node, new mathjs.SymbolNode(variable), { simplify: false });

/** What the trees of this room are made of: mathjs' classes, told apart. */
export type TreeNode =
  | { readonly kind: 'constant'; readonly value: number }
  | { readonly kind: 'symbol'; readonly name: string }
  /** An operator by its name (`add`, `unaryMinus`, …) or a function (`exp`, …). */
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly MathNode[] };

/** A mathjs node taken apart; throws on a class that no tree here has, so nothing is guessed. */
export function treeNode(node: MathNode): TreeNode {
  // mathjs' types cannot tell the classes apart, so each case names the one that `type` has told.
  switch (node.type) {
    case 'ConstantNode': {
      const { value } = node as MathNode & { readonly value: unknown };
      if (typeof value !== 'number') {
        throw new TypeError(`tree: constant ${node}: got ${typeof value}, expected number`);
      }
      return { kind: 'constant', value };
    }
    case 'SymbolNode':
      return { kind: 'symbol', name: (node as MathNode & { readonly name: string }).name };
    case 'FunctionNode': {
      const { fn, args } = node as FunctionNode;
      return { kind: 'call', name: fn.name, args };
    }
    case 'OperatorNode': {
      const { fn, args } = node as OperatorNode<never, never>;
      return { kind: 'call', name: fn, args };
    }
    default:
      throw new TypeError(
        `tree: got ${node.type} ${node}, expected a constant, symbol, function or operator`,
      );
  }
}
