import type { Arithmetic } from '../numeric/arithmetic.ts';
import type { Mathjs, MathNode } from './mathjs.ts';

/** A symbol that stands for 1 where `condition` > 0, else for 0. */
export interface Gate {
  readonly condition: MathNode;
}

/** A symbol that stands for the largest of `values`, and is constant to the derivative. */
export interface Shift {
  readonly values: readonly MathNode[];
}

/** The definitions read as mathjs trees, and what the symbols they introduced stand for. */
export interface TreeArithmetic extends Arithmetic<MathNode> {
  variable(name: string): MathNode;
  /** By symbol, in order of appearance: a condition mentions only gates and shifts before it. */
  readonly gates: ReadonlyMap<string, Gate>;
  readonly shifts: ReadonlyMap<string, Shift>;
}

/**
 * Each operation builds one mathjs node; a value used twice is one object in two places, so a deep
 * network costs no more memory than it has operations. What mathjs cannot differentiate is written
 * with symbols it takes for constants: a choice as m·x + (1 − m)·y, a shift as a symbol of its own.
 */
export function treeArithmetic(mathjs: Mathjs): TreeArithmetic {
  const { ConstantNode, FunctionNode, OperatorNode, SymbolNode } = mathjs;
  const gates = new Map<string, Gate>();
  const shifts = new Map<string, Shift>();

  const constant = (value: number): MathNode => new ConstantNode(value);
  const one = constant(1);
  const call = (name: string, a: MathNode): MathNode => new FunctionNode(name, [a]);
  const add = (a: MathNode, b: MathNode): MathNode => new OperatorNode('+', 'add', [a, b]);
  const sub = (a: MathNode, b: MathNode): MathNode => new OperatorNode('-', 'subtract', [a, b]);
  const div = (a: MathNode, b: MathNode): MathNode => new OperatorNode('/', 'divide', [a, b]);
  const neg = (a: MathNode): MathNode => new OperatorNode('-', 'unaryMinus', [a]);
  // The product rule of mathjs 15 tells the factors apart by identity: with one object as both,
  // it derives x·x to 1·1 + 1·1. A shallow clone is another object.
  const mul = (a: MathNode, b: MathNode): MathNode =>
    new OperatorNode('*', 'multiply', [a, a === b ? b.clone() : b]);

  return {
    gates,
    shifts,
    variable: (name) => new SymbolNode(name),
    constant,
    add,
    sub,
    mul,
    div,
    neg,
    exp: (a) => call('exp', a),
    log: (a) => call('log', a),
    log1p: (a) => call('log', add(one, a)),
    expm1: (a) => sub(call('exp', a), one),
    tanh: (a) => call('tanh', a),
    sigmoid: (a) => div(one, add(one, call('exp', neg(a)))),
    choose: (condition, positive, otherwise) => {
      const name = `gate${gates.size}`;
      gates.set(name, { condition });
      const gate = new SymbolNode(name);
      return add(mul(gate, positive()), mul(sub(one, gate), otherwise()));
    },
    shift: (values) => {
      const name = `shift${shifts.size}`;
      shifts.set(name, { values });
      return new SymbolNode(name);
    },
  };
}
