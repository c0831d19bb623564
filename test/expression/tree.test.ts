import { describe, expect, it } from 'vitest';
import { treeReader } from '../../src/expression/from-tree.ts';
import { expressionGraph } from '../../src/expression/graph.ts';
import { derivative, loadMathjs, type MathNode } from '../../src/expression/mathjs.ts';
import { treeArithmetic } from '../../src/expression/tree.ts';
import { sizeArithmetic, treeSize } from '../../src/expression/tree-size.ts';
import { estimatedVisits } from '../../src/expression/whole-network.ts';
import { defineLoss, defineOutputs } from '../../src/model/forward.ts';
import { test } from '../property.ts';
import { smallProblems } from '../random-problem.ts';

const mathjs = await loadMathjs();

describe('treeArithmetic', () => {
  const tree = treeArithmetic(mathjs);
  const x = tree.variable('x');

  it('a square written x·x has the derivative 2x, which mathjs gets wrong for one object twice', () => {
    const slope = (node: MathNode): number => derivative(mathjs, node, 'x').evaluate({ x: 7 });
    expect(slope(new mathjs.OperatorNode('*', 'multiply', [x, x]))).toBe(2);
    expect(slope(tree.mul(x, x))).toBe(14);
  });

  it('a choice is gate·x + (1 − gate)·y, its condition kept beside', () => {
    const own = treeArithmetic(mathjs);
    const node = own.choose(
      own.variable('c'),
      () => own.variable('x'),
      () => own.variable('y'),
    );
    expect(node.toString()).toBe('gate0 * x + (1 - gate0) * y');
    expect(own.gates.get('gate0')!.condition.toString()).toBe('c');
  });

  it('no derivative flows through a shift', () => {
    const node = tree.sub(x, tree.shift([x, tree.constant(2)]));
    expect(derivative(mathjs, node, 'x').toString()).toBe('1 - 0');
  });
});

describe('sizeArithmetic', () => {
  test.prop([smallProblems])('foretells the nodes of the tree that would be built', ({ model }) => {
    const tree = treeArithmetic(mathjs);
    const nodes = (count: number): MathNode[] =>
      Array.from({ length: count }, () => tree.variable('v'));
    const outputs = defineOutputs(tree, model, nodes(model.layout.size), nodes(model.inputs));
    const loss = treeSize(defineLoss(tree, model, outputs, nodes(model.outputs)));
    expect(estimatedVisits(model, 'params+inputs')).toBe(loss * (model.layout.size + model.inputs));
  });

  it('counts log1p, expm1 and shifts as they are written', () => {
    const tree = treeArithmetic(mathjs);
    const x = tree.variable('x');
    expect(sizeArithmetic.log1p(1)).toBe(treeSize(tree.log1p(x)));
    expect(sizeArithmetic.expm1(1)).toBe(treeSize(tree.expm1(x)));
    expect(sizeArithmetic.shift([1, 1])).toBe(treeSize(tree.shift([x, x])));
  });
});

describe('treeReader', () => {
  const tree = treeArithmetic(mathjs);
  const graph = expressionGraph();
  const read = treeReader(graph, tree, new Map([['x', graph.variable(0)]]));
  const reading = (text: string) => (): number => read(mathjs.parse(text));

  it('reads what derivatives are made of', () => {
    expect(read(mathjs.parse('tanh(x) * sech(x)^2 - exp(-x) / log(x)'))).toBeGreaterThan(0);
  });

  it('refuses every other node, function, exponent and symbol, and says which', () => {
    expect(reading('abs(x)')).toThrow(/got abs of 1 arguments; there are add, .*pow/);
    expect(reading('log(x, 2)')).toThrow(/got log of 2 arguments/);
    expect(reading('x^3')).toThrow(/got exponent 3, expected 2/);
    expect(reading('x^x')).toThrow(/got exponent x, expected 2/);
    expect(reading('x > 0')).toThrow(/got larger of 2 arguments/);
    expect(reading('(x)')).toThrow(/got ParenthesisNode \(x\)/);
    expect(reading('x > 0 ? 1 : 2')).toThrow(/got ConditionalNode/);
    expect(reading('x + m')).toThrow(/unknown symbol "m"; there are x/);
    expect(reading('x * true')).toThrow(/constant true: got boolean, expected number/);
  });
});
