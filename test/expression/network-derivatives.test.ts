import { describe, expect, it } from 'vitest';
import type { Problem } from '../../src/check/judge.ts';
import { evaluateGraph } from '../../src/expression/evaluate-graph.ts';
import { layerwiseDerivative } from '../../src/expression/layerwise.ts';
import { derivative } from '../../src/expression/mathjs.ts';
import type { NetworkGraph } from '../../src/expression/network-graph.ts';
import { scheduleOf } from '../../src/expression/schedule.ts';
import { compileDoubles } from '../../src/expression/straight-line.ts';
import { networkDerivative, type Swell } from '../../src/expression/whole-network.ts';
import { defineLoss, defineOutputs, sampleInputs, sampleTargets } from '../../src/model/forward.ts';
import { type Model, mlp } from '../../src/model/model.ts';
import type { Arithmetic } from '../../src/numeric/arithmetic.ts';
import { type Decimal, decimalArithmetic } from '../../src/numeric/decimal.ts';
import { double } from '../../src/numeric/double.ts';
import { isSettled, trackedArithmetic } from '../../src/numeric/tracked-decimal.ts';
import { test } from '../property.ts';
import { smallProblems } from '../random-problem.ts';

const rootsOf = (n: NetworkGraph): readonly number[] => [
  n.loss,
  ...n.outputs,
  ...n.params,
  ...n.inputs,
];

function firstRow<T>(a: Arithmetic<T>, { model, params, batch }: Problem): T[] {
  const row = [
    ...params.values,
    ...sampleInputs(model, batch, 0),
    ...sampleTargets(model, batch, 0),
  ];
  return row.map((v) => a.constant(v));
}

async function wholeNetwork(model: Model): Promise<{ network: NetworkGraph; swell: Swell }> {
  const derived = await networkDerivative(model, 'params+inputs');
  if (derived.kind !== 'derived') throw new Error(`${model.name}: ${derived.kind}`);
  return derived;
}

describe('the derivative of the whole network and the layerwise one', () => {
  test.prop([smallProblems], { numRuns: 15 })('agree to 50 digits in 120', async (scenario) => {
    const a = decimalArithmetic(120);
    const values = async (network: NetworkGraph): Promise<readonly Decimal[]> =>
      evaluateGraph(a, scheduleOf(network.graph, rootsOf(network)), firstRow(a, scenario));
    const whole = await values((await wholeNetwork(scenario.model)).network);
    const layerwise = await values(await layerwiseDerivative(scenario.model));
    expect(whole.length).toBe(layerwise.length);
    whole.forEach((value, i) => {
      // 120 digits less what sums of terms of ordinary size cancel.
      const bound = value.abs().times('1e-50').plus('1e-100');
      expect(value.minus(layerwise[i]!).abs().lte(bound), `root ${i}: ${value}`).toBe(true);
    });
  });

  test.prop([smallProblems], { numRuns: 15 })(
    'hold the loss and outputs of the definition',
    async (scenario) => {
      const { model } = scenario;
      const a = decimalArithmetic(60);
      const variables = firstRow(a, scenario);
      for (const network of [
        (await wholeNetwork(model)).network,
        await layerwiseDerivative(model),
      ]) {
        const { inputs, targets } = network.variables;
        const outputs = defineOutputs(
          a,
          model,
          variables.slice(0, inputs),
          variables.slice(inputs, targets),
        );
        const loss = defineLoss(a, model, outputs, variables.slice(targets));
        const schedule = scheduleOf(network.graph, [network.loss, ...network.outputs]);
        evaluateGraph(a, schedule, variables).forEach((value, i) => {
          const expected = [loss, ...outputs][i]!;
          const bound = expected.abs().times('1e-50').plus('1e-55');
          expect(value.minus(expected).abs().lte(bound), `root ${i}`).toBe(true);
        });
      }
    },
  );

  test.prop([smallProblems], { numRuns: 15 })(
    'have the same bits as straight-line code and by the loop',
    async (scenario) => {
      const network = await layerwiseDerivative(scenario.model);
      const roots = rootsOf(network);
      // sech is 1 / cosh in code, 2 / (eˣ + e⁻ˣ) in a general arithmetic.
      const usesSech = network.graph.nodes.some((node) => node.kind === 'sech');
      const schedule = scheduleOf(network.graph, roots);
      const variables = firstRow(double, scenario);
      const into = new Float64Array(roots.length);
      compileDoubles(schedule)(Float64Array.from(variables), into);
      const looped = evaluateGraph(double, schedule, variables);
      const [compared, expected] = usesSech
        ? [into.subarray(0, 1), looped.slice(0, 1)]
        : [into, looped];
      expect(Array.from(compared)).toEqual(Array.from(expected));
    },
  );
});

describe('tracked decimals', () => {
  test.prop([smallProblems], { numRuns: 15 })(
    'bound the error of every loss, output and gradient, by more than 30 digits of each',
    async (scenario) => {
      const network = await layerwiseDerivative(scenario.model);
      const schedule = scheduleOf(network.graph, rootsOf(network));
      const [coarse, fine] = [trackedArithmetic(60), decimalArithmetic(120)];
      const exact = evaluateGraph(fine, schedule, firstRow(fine, scenario));
      evaluateGraph(coarse, schedule, firstRow(coarse, scenario)).forEach((got, i) => {
        const error = exact[i]!.minus(got.value.toString()).abs();
        const bound = got.error === -Infinity ? 0 : new fine.D(10).pow(got.error);
        expect(error.lte(bound), `root ${i}: ${got.value} ± 1e${got.error}`).toBe(true);
        // Of one class, the cross-entropy is 0 by identity: that no precision short of 400 settles.
        const vanishes = exact[i]!.abs().lt('1e-100');
        expect(vanishes || isSettled(got, 30), `root ${i}: ${got.value} ± 1e${got.error}`).toBe(
          true,
        );
      });
    },
  );
});

describe('whole-network differentiation', () => {
  it('refuses the large workloads at once, by the size of the tree it would differentiate', async () => {
    const digits = mlp([784, 256, 128, 10], {
      hidden: 'relu',
      output: 'identity',
      loss: 'cross_entropy',
    });
    const regression = mlp([64, 64, 64, 64, 1], {
      hidden: 'tanh',
      output: 'identity',
      loss: 'mse',
    });
    for (const model of [digits, regression]) {
      const derived = await networkDerivative(model, 'params');
      expect(derived.kind).toBe('too-large');
      if (derived.kind === 'too-large') expect(derived.visits).toBeGreaterThan(derived.limit);
    }
  });

  it('swells with depth, and shared subexpressions undo it', async () => {
    const nets = [mlp([2, 5, 1]), mlp([2, 5, 3, 1]), mlp([2, 3, 3, 3, 3, 1])];
    const swells = await Promise.all(nets.map(async (net) => (await wholeNetwork(net)).swell));
    const ratios = swells.map((s) => s.gradientTrees / s.lossTree);
    expect(ratios[1]).toBeGreaterThan(2 * ratios[0]!);
    expect(ratios[2]).toBeGreaterThan(1.5 * ratios[1]!);
    for (const s of swells) expect(s.operations).toBeLessThan(s.gradientTrees / 40);
  });
});

describe('layerwise differentiation', () => {
  it('differentiates each distinct unit once', async () => {
    let calls = 0;
    await layerwiseDerivative(mlp([2, 5, 1]), (...args) => {
      calls++;
      return derivative(...args);
    });
    // A row of fc1: 2 weights, 2 inputs, a bias; σ; a row of fc2: 5, 5 and 1; bce: p and y.
    expect(calls).toBe(5 + 1 + 11 + 2);
  });

  it('costs a few times the loss at every depth: reverse mode', async () => {
    for (const sizes of [
      [2, 5, 1],
      [2, 5, 3, 1],
      [2, 3, 3, 3, 3, 1],
      [3, 4, 4, 4, 4, 4, 4, 4, 1],
    ]) {
      const { graph, loss, params } = await layerwiseDerivative(mlp(sizes, { hidden: 'tanh' }));
      const forward = scheduleOf(graph, [loss]).operations;
      const both = scheduleOf(graph, [loss, ...params]).operations;
      // The cheap gradient principle (Griewank & Walther 2008, §4): at most 5.
      expect(both / forward).toBeLessThan(5);
    }
  });
});
