import { describe, expect, it } from 'vitest';
import type { Problem } from '../../src/check/judge.ts';
import { derivative, type MathNode } from '../../src/expression/mathjs.ts';
import { kinkedRows } from '../../src/gradients/exact/branches.ts';
import { centralDifferences } from '../../src/gradients/exact/differences.ts';
import { type Holding, holdAgainstDifferences } from '../../src/gradients/exact/hold.ts';
import { exactReference } from '../../src/gradients/exact/reference.ts';
import { exact } from '../../src/gradients/exact.ts';
import type { LossSpec } from '../../src/model/loss.ts';
import { type Activation, mlp } from '../../src/model/model.ts';
import { decimalsOf, errorInUlps } from '../../src/numeric/decimal.ts';
import { matrixOf, zeros } from '../../src/numeric/matrix.ts';
import { zeroParams } from '../../src/params/params.ts';
import { ACTIVATIONS, smallProblem } from '../random-problem.ts';
import { keepsTheContract, prepare } from './oracle-contract.ts';

keepsTheContract(exact);

const hold = ({ model, params, batch }: Problem, rule?: typeof derivative): Promise<Holding> =>
  holdAgainstDifferences(model, params, batch, rule ? { rule } : {});

/** One unit, one input, without bias: z = w x. */
function oneUnit(output: Activation, loss: LossSpec['kind'], w: number, y: number): Problem {
  const model = mlp([1, 1], { output, loss, bias: false });
  const params = zeroParams(model.layout);
  params.values[0] = w;
  const batch = { inputs: matrixOf([[1]]), targets: matrixOf([[y]]) };
  return { model, params, batch, dtype: 'float64' };
}

describe('the exact gradient', () => {
  it('is the correctly rounded one, parameters, inputs, outputs and loss', async () => {
    const given = smallProblem(mlp([3, 2, 2], { hidden: 'tanh', output: 'sigmoid' }), 2, 5);
    const { model, params, batch } = given;
    const into = zeroParams(model.layout);
    const extra = { outputs: zeros(2, 2), inputs: zeros(2, 3) };
    const loss = (await prepare(exact, given)).valueAndGrad(params, batch, into, extra);
    const reference = (await exactReference(model))(params, batch);
    const pairs = [
      [[loss], [reference.loss]],
      [into.values, reference.params],
      [extra.outputs.data, reference.outputs],
      [extra.inputs.data, reference.inputs],
    ] as const;
    for (const [got, want] of pairs) {
      expect(got.length).toBe(want.length);
      want.forEach((value, i) => {
        expect(errorInUlps(got[i]!, value)).toBeLessThanOrEqual(0.5);
      });
    }
  });

  it.each([
    [75, 120], // 60 digits leave 27 of 1 − σ, fewer than the 30 promised
    [100, 120],
    [140, 120],
    [300, 240],
    [700, 240], // (1 − σ)² is below 1e-600, which no double sees
  ])(
    'resolves saturation at z = %d to 30 digits, with %d: 60 leave few of 1 − σ, or none',
    async (z, expectedDigits) => {
      const { model, params, batch } = oneUnit('sigmoid', 'mse', z, 1);
      const { params: gradient, digits } = (await exactReference(model))(params, batch);
      // ∂(σ − 1)²/∂w = −2 (1 − σ) σ (1 − σ), with 1 − σ = e⁻ᶻ / (1 + e⁻ᶻ).
      const D = decimalsOf(400);
      const e = new D(-z).exp();
      const rest = e.div(e.plus(1));
      const expected = rest.pow(2).times(rest.minus(1)).times(2);
      const error = expected.minus(gradient[0]!.toString()).abs();
      // Below the smallest double nothing is promised.
      const bound = expected.abs().plus(Number.MIN_VALUE).times('1e-30');
      expect(error.lte(bound), `${gradient[0]} ${expected}`).toBe(true);
      expect(digits).toBe(expectedDigits);
    },
  );

  it('stays at 60 digits where nothing cancels, dead units and saturated ones included', async () => {
    const dead = oneUnit('relu', 'mse', -3, 1);
    const saturated = oneUnit('sigmoid', 'bce_with_logits', 900, 1);
    for (const { model, params, batch } of [dead, saturated, smallProblem(mlp([2, 5, 1]), 3, 1)]) {
      expect((await exactReference(model))(params, batch).digits).toBe(60);
    }
  });

  it('settles where the loss is clamped, however far beyond', async () => {
    for (const z of [120, 5000]) {
      const { model, params, batch } = oneUnit('sigmoid', 'bce', z, 0);
      const { loss, params: gradient } = (await exactReference(model))(params, batch);
      expect([loss.toNumber(), Math.abs(gradient[0]!.toNumber())]).toEqual([100, 0]);
    }
  });

  it('is that of the doubles: 0.1 and 0.9 miss 1 by 2^−55, and the gradient knows', async () => {
    const { model, params } = oneUnit('sigmoid', 'mse', 0, 0);
    const reference = await exactReference(model);
    const at = (low: number, high: number): number => {
      const targets = matrixOf([[low], [high]]);
      return reference(params, { inputs: matrixOf([[0.3], [0.3]]), targets }).params[0]!.toNumber();
    };
    // Σ 2 (½ − y) σ′(0) x / 2 over two rows that differ in y only.
    expect(at(0.25, 0.75)).toBe(0);
    expect(at(0.1, 0.9)).toBe(-0.3 * 0.25 * 2 ** -55);
  });

  it('settles at 0 where only an identity makes it so: σ(x) + σ(−x) does not depend on x', async () => {
    const model = mlp([1, 2, 1], { output: 'identity', loss: 'mse', bias: false });
    const params = zeroParams(model.layout);
    params.values.set([1, -1, 1, 1]);
    const batch = { inputs: matrixOf([[0.7]]), targets: matrixOf([[0.3]]) };
    const { inputs, digits } = (await exactReference(model))(params, batch);
    expect(Math.abs(inputs[0]!.toNumber())).toBe(0);
    expect(digits).toBe(400);
  });

  it('answers unsupported, with the size, where decimals would take minutes', async () => {
    const model = mlp([784, 256, 128, 10], { output: 'identity', loss: 'cross_entropy' });
    expect(await exact.prepare(model, { rows: 64 })).toEqual({
      kind: 'unsupported',
      why: expect.stringMatching(/784-256-128-10 at 64 rows: 15049344 multiplications/),
    });
  });
});

describe('holdAgainstDifferences', () => {
  it('holds every layer to 40 digits', async () => {
    for (const hidden of ACTIVATIONS) {
      const model = mlp([2, 1, 2], { hidden, output: 'identity', loss: 'mse' });
      const held = await hold(smallProblem(model, 1, 11));
      expect(held).toMatchObject({ kind: 'held', compared: model.layout.size + 2, kinked: 0 });
      if (held.kind === 'held') expect(held.digits).toBeGreaterThan(40);
    }
  });

  it('holds every loss to 40 digits', async () => {
    for (const loss of ['bce', 'bce_with_logits', 'cross_entropy', 'mse'] as const) {
      const model = mlp([1, 2], { output: loss === 'bce' ? 'sigmoid' : 'identity', loss });
      const held = await hold(smallProblem(model, 2, 13));
      expect(held).toMatchObject({ kind: 'held', compared: 2 * 5, kinked: 0 });
      if (held.kind === 'held') expect(held.digits).toBeGreaterThan(40);
    }
  });

  it('compares as many variables as it is told, drawn from a seed', async () => {
    const { model, params, batch } = smallProblem(mlp([2, 5, 1]), 2, 1);
    const held = await holdAgainstDifferences(model, params, batch, { rows: 1, variables: 3 });
    expect(held).toMatchObject({ kind: 'held', compared: 3 });
  });

  it('leaves a tie to the convention, and says so: at 0 a ReLU is neither side of the difference', async () => {
    // Through w = 0 the input moves nothing, so only the weight meets the kink.
    const given = oneUnit('relu', 'mse', 0, 1);
    expect(await hold(given)).toEqual({ kind: 'nothing-compared', kinked: 1, zero: 1 });
    const into = zeroParams(given.model.layout);
    (await prepare(exact, given)).valueAndGrad(given.params, given.batch, into);
    expect(into.values[0]).toBe(0);
  });

  const planted: { readonly [mistake: string]: typeof derivative } = {
    'a derivative of tanh that is too large by 1 in 10²⁰': (mathjs, node, variable) =>
      scaled(mathjs, node, variable, /tanh/, '1 + 1/1e20'),
    'a derivative of tanh with the wrong sign': (mathjs, node, variable) =>
      scaled(mathjs, node, variable, /tanh/, '-1'),
    'a loss derived as if constant': (mathjs, node, variable) =>
      scaled(mathjs, node, variable, /y0/, '0'),
  };
  for (const [mistake, rule] of Object.entries(planted)) {
    it(`contradicts ${mistake}`, async () => {
      const model = mlp([2, 2, 1], { hidden: 'tanh', output: 'identity', loss: 'mse' });
      const holding = await hold(smallProblem(model, 1, 2), rule);
      expect(holding).toMatchObject({ kind: 'contradicted', row: 0 });
      if (holding.kind === 'contradicted') expect(holding.got).not.toBe(holding.expected);
    });
  }

  it('contradicts a gradient that is not a number', async () => {
    const model = mlp([1, 1], { output: 'tanh', loss: 'mse' });
    const rule: typeof derivative = (mathjs, node, variable) =>
      scaled(mathjs, node, variable, /tanh/, 'log(-1 + 0 * tanh(1))');
    const holding = await hold(smallProblem(model, 1, 2), rule);
    expect(holding).toMatchObject({ kind: 'contradicted', got: 'NaN' });
  });
});

describe('centralDifferences', () => {
  it('use the definition alone: 51 digits of a known derivative', () => {
    const { model, params, batch } = oneUnit('sigmoid', 'mse', 1, 0);
    const setting = { digits: 110, step: '1e-25' };
    const [difference] = centralDifferences(model, params, batch, 0, [0], setting);
    const D = decimalsOf(110);
    const p = new D(1).div(new D(-1).exp().plus(1));
    const expected = p.pow(2).times(p.neg().plus(1)).times(2);
    const error = expected.minus(difference!.value.toString()).abs().div(expected);
    expect(difference!.kinked).toBe(false);
    expect(error.toNumber()).toBeLessThan(1e-50);
  });
});

describe('kinkedRows', () => {
  it('names the rows where rounding decides a ReLU: 0.1 + 0.6 − 0.7 is 0 in doubles, 3e-17 exactly', () => {
    const model = mlp([3, 1], { output: 'relu', loss: 'mse', bias: false });
    const params = zeroParams(model.layout);
    params.values.set([0.1, 0.6, -0.7]);
    const inputs = matrixOf([
      [1, 0, 0],
      [1, 1, 1],
      [0, 0, 1],
    ]);
    expect(kinkedRows(model, params, { inputs, targets: zeros(3, 1) })).toEqual([1]);
  });

  it('an exact tie is no disagreement', () => {
    const { model, params, batch } = oneUnit('relu', 'mse', 0, 1);
    expect(kinkedRows(model, params, batch)).toEqual([]);
  });
});

/** mathjs' derivative, times `factor` for the definitions that `which` matches. */
function scaled(
  mathjs: Parameters<typeof derivative>[0],
  node: MathNode,
  variable: string,
  which: RegExp,
  factor: string,
): MathNode {
  const right = derivative(mathjs, node, variable);
  if (!which.test(node.toString())) return right;
  return new mathjs.OperatorNode('*', 'multiply', [mathjs.parse(factor), right]);
}
