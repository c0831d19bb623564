import { describe, expect, test } from 'vitest';
import { compare } from '../../src/check/compare.ts';
import type { Problem } from '../../src/check/judge.ts';
import { toleranceOf } from '../../src/check/tolerance.ts';
import { finiteDifference } from '../../src/gradients/finite-difference.ts';
import type { PreparedGradient, PrepareOptions } from '../../src/gradients/method.ts';
import { batchShape } from '../../src/model/batch.ts';
import { evaluate } from '../../src/model/forward.ts';
import { mlp } from '../../src/model/model.ts';
import { double } from '../../src/numeric/double.ts';
import { zeros } from '../../src/numeric/matrix.ts';
import { random } from '../../src/numeric/random.ts';
import { type Params, zeroParams } from '../../src/params/params.ts';
import { BACKWARDS, plainAnswer } from '../check/plain-network.ts';
import { problemOf, randomProblem } from '../random-problem.ts';

async function prepare(given: Problem, options: PrepareOptions = {}): Promise<PreparedGradient> {
  const prepared = await finiteDifference.prepare(given.model, batchShape(given.batch), options);
  if (prepared.kind === 'unsupported') throw new Error(prepared.why);
  return prepared.run;
}

async function differences(
  given: Problem,
  options?: PrepareOptions,
): Promise<{ grads: Params; uncertainty: Params; loss: number }> {
  const run = await prepare(given, options);
  const grads = zeroParams(given.model.layout);
  const uncertainty = zeroParams(given.model.layout);
  const loss = run.valueAndGrad(given.params, given.batch, grads, { uncertainty });
  return { grads, uncertainty, loss };
}

describe('finite differences', () => {
  test('80 random networks: every error bar holds the plain-loop gradient', async () => {
    const outside: string[] = [];
    let [sharp, entries] = [0, 0];
    for (let seed = 0; seed < 80; seed++) {
      const given = randomProblem(seed, 'float64', 1);
      if (given.model.layout.size > 60 || given.batch.inputs.rows > 7) continue;
      const { grads, uncertainty } = await differences(given);
      const truth = plainAnswer(given, BACKWARDS).grads.values;
      const { sigma } = toleranceOf(given);
      const scale = Math.max(...truth.map(Math.abs));
      truth.forEach((g, i) => {
        const bar = uncertainty.values[i]! + 64 * sigma.grads.values[i]!;
        if (!(Math.abs(grads.values[i]! - g) <= bar)) outside.push(`${seed}: entry ${i}`);
        if (bar <= 1e-6 * scale) sharp++;
        entries++;
      });
    }
    expect(outside).toEqual([]);
    expect(entries).toBeGreaterThan(500);
    expect(sharp / entries).toBeGreaterThan(0.97);
  });

  test('40 saturated networks: the bars widen with the loss’s own noise, and hold', async () => {
    const outside: string[] = [];
    for (let seed = 0; seed < 40; seed++) {
      const given = randomProblem(seed, 'float64', 10);
      if (given.model.layout.size > 60 || given.batch.inputs.rows > 7) continue;
      const { grads, uncertainty } = await differences(given);
      const truth = plainAnswer(given, BACKWARDS).grads.values;
      const { sigma } = toleranceOf(given);
      truth.forEach((g, i) => {
        const bar = uncertainty.values[i]! + 64 * sigma.grads.values[i]!;
        if (!(Math.abs(grads.values[i]! - g) <= bar)) outside.push(`${seed}: entry ${i}`);
      });
    }
    expect(outside).toEqual([]);
  });

  test('of input gradients too, a row’s own noise in them: sharp for rows of a large batch', async () => {
    const outside: string[] = [];
    let [sharp, entries] = [0, 0];
    for (let seed = 0; seed < 40; seed++) {
      const given = randomProblem(seed, 'float64', seed % 4 === 0 ? 10 : 1);
      if (given.model.layout.size > 30) continue;
      const run = await prepare(given, { wrt: 'params+inputs' });
      const { rows } = given.batch.inputs;
      const [inputs, inputsUncertainty] = [
        zeros(rows, given.model.inputs),
        zeros(rows, given.model.inputs),
      ];
      run.valueAndGrad(given.params, given.batch, zeroParams(given.model.layout), {
        inputs,
        inputsUncertainty,
      });
      const truth = plainAnswer(given, BACKWARDS).inputs!.data;
      const { sigma } = toleranceOf(given);
      const scale = Math.max(...truth.map(Math.abs));
      truth.forEach((g, i) => {
        const bar = inputsUncertainty.data[i]! + 64 * sigma.inputs.data[i]!;
        if (!(Math.abs(inputs.data[i]! - g) <= bar)) outside.push(`${seed}: input ${i}`);
        if (bar <= 1e-8 * scale) sharp++;
        entries++;
      });
    }
    expect(outside).toEqual([]);
    expect(entries).toBeGreaterThan(300);
    expect(sharp / entries).toBeGreaterThan(0.9);
  });

  test('bce at z = 30, where 1 − p is a staircase: the bar admits that the slope is not seen', async () => {
    const model = mlp([1, 1], { bias: false });
    const given = problemOf(model, 1, random(1), 'float64', () => 30);
    given.batch.inputs.data[0] = 1;
    given.batch.targets.data[0] = 0;
    // ∂loss/∂w is p = 1 to thirteen digits; at small steps the staircase is flat.
    const { grads, uncertainty } = await differences(given);
    expect(Math.abs(grads.values[0]! - 1)).toBeLessThanOrEqual(uncertainty.values[0]!);
    expect(uncertainty.values[0]).toBeGreaterThan(1e-4);
  });

  test('at a ReLU whose input is 0 the bar spans both one-sided derivatives', async () => {
    const model = mlp([1, 1, 1], { hidden: 'relu', output: 'identity', loss: 'mse', bias: false });
    const params = zeroParams(model.layout);
    params.values.set([0, 1]);
    const batch = { inputs: zeros(1, 1), targets: zeros(1, 1) };
    batch.inputs.data[0] = 1;
    batch.targets.data[0] = 1;
    const given: Problem = { model, params, batch, dtype: 'float64' };
    // (max(w, 0) − 1)²: slope 0 on the left, −2 on the right.
    const { grads, uncertainty, loss } = await differences(given);
    expect(grads.values[0]).toBeCloseTo(-1, 4);
    expect(uncertainty.values[0]).toBeGreaterThanOrEqual(1);
    const zero = zeroParams(model.layout);
    const outputs = zeros(1, 1);
    const comparison = compare(
      { loss, outputs, grads: zero },
      { loss, outputs, grads, uncertainty },
      toleranceOf(given),
    );
    expect(comparison).toMatchObject({ verdict: 'unresolved' });
    expect(comparison.notes).toContain('kink');
  });

  test('loss and outputs are those of the definition, inputs and arguments as they should be', async () => {
    const r = random(3);
    const given = problemOf(mlp([3, 4, 2]), 5, r, 'float64', () => r.normal());
    const run = await prepare(given, { wrt: 'params+inputs' });
    const [outputs, inputs] = [zeros(5, 2), zeros(5, 3)];
    const into = zeroParams(given.model.layout);
    into.values.fill(99); // overwritten, not added to
    const before = [given.params.values.slice(), given.batch.inputs.data.slice()];
    const loss = run.valueAndGrad(given.params, given.batch, into, { outputs, inputs });
    const expected = evaluate(double, given.model, [...given.params.values], given.batch);
    expect(loss).toBe(expected.loss);
    expect([...outputs.data]).toEqual(expected.outputs.flat());
    const truth = plainAnswer(given, BACKWARDS);
    inputs.data.forEach((g, i) => {
      expect(Math.abs(g - truth.inputs!.data[i]!)).toBeLessThan(1e-10);
    });
    into.values.forEach((g, i) => {
      expect(Math.abs(g - truth.grads.values[i]!)).toBeLessThan(1e-10);
    });
    expect([given.params.values, given.batch.inputs.data]).toEqual(before);
  });

  test('two calls give the same bits', async () => {
    const given = randomProblem(5, 'float64', 1);
    const [first, second] = [await differences(given), await differences(given)];
    expect(first).toEqual(second);
  });

  test('float32: the gradient at the rounded parameters, with the bars of doubles', async () => {
    const r = random(4);
    const given = problemOf(mlp([2, 5, 1]), 4, r, 'float64', () => r.normal());
    const rounded: Problem = {
      ...given,
      params: { ...given.params, values: Float64Array.from(given.params.values, Math.fround) },
      batch: {
        ...given.batch,
        inputs: {
          ...given.batch.inputs,
          data: Float64Array.from(given.batch.inputs.data, Math.fround),
        },
      },
    };
    expect(await differences(given, { dtype: 'float32' })).toEqual(await differences(rounded));
    expect(await differences(given)).not.toEqual(await differences(rounded));
  });

  test('the wrong layout, the wrong number of rows, and unprepared input gradients throw', async () => {
    const given = randomProblem(5, 'float64', 1);
    const run = await prepare(given);
    const { params, batch, model } = given;
    const into = zeroParams(model.layout);
    const foreign = zeroParams(mlp([9, 9]).layout);
    expect(() => run.valueAndGrad(foreign, batch, into)).toThrow(/params: slot 0/);
    expect(() => run.valueAndGrad(params, batch, foreign)).toThrow(/gradient to fill: slot 0/);
    const inputs = zeros(batch.inputs.rows, model.inputs);
    expect(() => run.valueAndGrad(params, batch, into, { inputs })).toThrow(/params\+inputs/);
    const other = await finiteDifference.prepare(model, { rows: batch.inputs.rows + 1 });
    if (other.kind !== 'prepared') throw new Error(other.why);
    expect(() => other.run.valueAndGrad(params, batch, into)).toThrow(/batch inputs: got shape/);
  });
});
