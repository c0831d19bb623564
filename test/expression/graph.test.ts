import { describe, expect, it } from 'vitest';
import { evaluateGraph } from '../../src/expression/evaluate-graph.ts';
import { expressionGraph, type Graph, type Term } from '../../src/expression/graph.ts';
import { scheduleOf } from '../../src/expression/schedule.ts';
import { compileDoubles } from '../../src/expression/straight-line.ts';
import { double } from '../../src/numeric/double.ts';
import { fc, test } from '../property.ts';

/** The root's value by the loop and by generated code, which must be the same bits. */
function rootValue(graph: Graph, root: Term, variables: readonly number[] = []): number {
  const schedule = scheduleOf(graph, [root]);
  const into = new Float64Array(1);
  compileDoubles(schedule)(Float64Array.from(variables), into);
  const [value] = evaluateGraph(double, schedule, variables);
  expect(into[0]).toBe(value);
  return value!;
}

function setting(): { graph: Graph; x: Term; y: Term; zero: Term; one: Term } {
  const graph = expressionGraph();
  const [x, y] = [graph.variable(0), graph.variable(1)];
  return { graph, x, y, zero: graph.number(0), one: graph.number(1) };
}

describe('expressionGraph', () => {
  it('equal expressions are one node, in either order where the order is free', () => {
    const { graph, x, y } = setting();
    expect(graph.apply('add', x, y)).toBe(graph.apply('add', y, x));
    expect(graph.apply('mul', x, y)).toBe(graph.apply('mul', y, x));
    expect(graph.apply('sub', x, y)).not.toBe(graph.apply('sub', y, x));
    expect(graph.apply('exp', x)).toBe(graph.apply('exp', x));
    expect(graph.apply('exp', x)).not.toBe(graph.apply('exp', y));
  });

  it('identities with 0, 1 and −1 leave no operation behind', () => {
    const { graph, x, zero, one } = setting();
    const minus = graph.apply('neg', x);
    const same: readonly (readonly [Term, Term])[] = [
      [graph.apply('add', zero, x), x],
      [graph.apply('add', x, zero), x],
      [graph.apply('sub', x, zero), x],
      [graph.apply('sub', zero, x), minus],
      [graph.apply('mul', one, x), x],
      [graph.apply('mul', x, zero), zero],
      [graph.apply('mul', graph.number(-1), x), minus],
      [graph.apply('div', x, one), x],
      [graph.apply('div', zero, x), zero],
      [graph.apply('neg', minus), x],
    ];
    for (const [got, expected] of same) expect(got).toBe(expected);
  });

  it('signs move outwards, so that −x·y and x·(−y) are one node', () => {
    const { graph, x, y } = setting();
    const [minusX, minusY] = [graph.apply('neg', x), graph.apply('neg', y)];
    expect(graph.apply('mul', minusX, y)).toBe(graph.apply('mul', x, minusY));
    expect(graph.apply('mul', minusX, minusY)).toBe(graph.apply('mul', x, y));
    expect(graph.apply('add', x, minusY)).toBe(graph.apply('sub', x, y));
    expect(graph.apply('add', minusX, y)).toBe(graph.apply('sub', y, x));
    expect(graph.apply('sub', x, minusY)).toBe(graph.apply('add', x, y));
  });

  it('integers are folded, other numbers are not: their sum depends on the arithmetic', () => {
    const { graph } = setting();
    expect(graph.apply('sub', graph.number(3), graph.number(1))).toBe(graph.number(2));
    const sum = graph.apply('add', graph.number(0.1), graph.number(0.2));
    expect(graph.nodes[sum]!.kind).toBe('add');
  });

  it('ln(1 + x) and eˣ − 1 are recognised, and accurate where the plain forms are 0', () => {
    const { graph, x, one } = setting();
    const log1p = graph.apply('log', graph.apply('add', one, x));
    const expm1 = graph.apply('sub', graph.apply('exp', x), one);
    expect([rootValue(graph, log1p, [1e-30]), rootValue(graph, expm1, [1e-30])]).toEqual([
      1e-30, 1e-30,
    ]);
    // 1 − p is rounded as the definition writes it: no log1p there.
    const rest = graph.apply('log', graph.apply('sub', one, x));
    expect(graph.nodes[rest]!.kind).toBe('log');
  });

  it('sech is 0 where cosh overflows, 1 at 0', () => {
    const { graph, x } = setting();
    const sech = graph.apply('sech', x);
    expect([0, 800, -800].map((at) => rootValue(graph, sech, [at]))).toEqual([1, 0, 0]);
  });

  test.prop([fc.double()])('the largest of several is what Math.max says', (v) => {
    const { graph, x, y, zero } = setting();
    expect(rootValue(graph, graph.apply('max', x, y, zero), [v, 1])).toBe(Math.max(v, 1, 0));
  });
});

describe('a gate', () => {
  const gates = (graph: Graph, c: Term): { open: Term; shut: Term } => {
    const one = graph.number(1);
    const open = graph.apply('where', c, one, graph.number(0));
    return { open, shut: graph.apply('sub', one, open) };
  };

  it('gate·x + (1 − gate)·y is one choice, whatever the branch not taken holds', () => {
    const graph = expressionGraph();
    const [c, x, y] = [graph.variable(0), graph.variable(1), graph.variable(2)];
    const { open, shut } = gates(graph, c);
    const choice = graph.apply('add', graph.apply('mul', open, x), graph.apply('mul', y, shut));
    expect(graph.nodes[choice]).toEqual({ kind: 'where', args: [c, x, y] });
    expect(rootValue(graph, choice, [1, 5, Number.NaN])).toBe(5);
    expect(rootValue(graph, choice, [-1, Number.POSITIVE_INFINITY, 7])).toBe(7);
    expect(rootValue(graph, choice, [0, 5, 7])).toBe(7);
  });

  it('a closed gate times infinity or NaN is 0', () => {
    const { graph, x, y } = setting();
    const { open, shut } = gates(graph, x);
    for (const v of [Number.POSITIVE_INFINITY, Number.NaN]) {
      expect(rootValue(graph, graph.apply('mul', y, open), [-1, v])).toBe(0);
      expect(rootValue(graph, graph.apply('mul', shut, y), [1, v])).toBe(0);
    }
  });

  it('the halves of two different choices stay apart', () => {
    const graph = expressionGraph();
    const [a, b, x] = [graph.variable(0), graph.variable(1), graph.variable(2)];
    const halves = [
      graph.apply('mul', gates(graph, a).open, x),
      graph.apply('mul', gates(graph, b).shut, x),
    ] as const;
    const sum = graph.apply('add', ...halves);
    expect(rootValue(graph, sum, [1, -1, 3])).toBe(6);
    expect(rootValue(graph, sum, [-1, 1, 3])).toBe(0);
  });
});

describe('scheduleOf', () => {
  it('holds what the roots need and nothing else, and counts operations only', () => {
    const { graph, x, y, one } = setting();
    graph.apply('exp', y);
    const root = graph.apply('add', graph.apply('tanh', x), one);
    const { terms, operations } = scheduleOf(graph, [root]);
    expect(terms.map((term) => graph.nodes[term]!.kind)).toEqual([
      'number',
      'variable',
      'tanh',
      'add',
    ]);
    expect(operations).toBe(2);
  });
});
