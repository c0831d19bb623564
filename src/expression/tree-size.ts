import type { Arithmetic } from '../numeric/arithmetic.ts';
import { type MathNode, treeNode } from './mathjs.ts';

/** Nodes of a tree, a shared object counted wherever it stands (sizes far beyond memory are fine). */
export function treeSize(root: MathNode): number {
  const known = new Map<MathNode, number>();
  const size = (node: MathNode): number => {
    let count = known.get(node);
    if (count === undefined) {
      const found = treeNode(node);
      count = found.kind === 'call' ? 1 + total(found.args.map(size)) : 1;
      known.set(node, count);
    }
    return count;
  };
  return size(root);
}

const total = (counts: readonly number[]): number => counts.reduce((a, b) => a + b, 0);

/**
 * Reads a definition as the size of the tree that `treeArithmetic` would build: what a derivative
 * will cost is known before mathjs is even loaded. A variable is 1.
 */
export const sizeArithmetic: Arithmetic<number> = {
  constant: () => 1,
  add: (a, b) => a + b + 1,
  sub: (a, b) => a + b + 1,
  mul: (a, b) => a + b + 1,
  div: (a, b) => a + b + 1,
  neg: (a) => a + 1,
  exp: (a) => a + 1,
  log: (a) => a + 1,
  tanh: (a) => a + 1,
  log1p: (a) => a + 3,
  expm1: (a) => a + 3,
  sigmoid: (a) => a + 6,
  // gate · x + (1 − gate) · y
  choose: (_condition, positive, otherwise) => positive() + otherwise() + 7,
  shift: () => 1,
};
