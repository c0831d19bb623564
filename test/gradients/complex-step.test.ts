import { describe, expect, it } from 'vitest';
import { complexStep } from '../../src/gradients/complex-step.ts';
import { mlp } from '../../src/model/model.ts';
import { test } from '../property.ts';
import { smallProblem, smallProblems } from '../random-problem.ts';
import { expectWithinRounding } from './hold-to-exact.ts';
import { keepsTheContract } from './oracle-contract.ts';

keepsTheContract(complexStep);

/** A complex product or quotient rounds up to eight times where the real graph rounds once. */
const ROUNDINGS = 8;

/** Imaginary parts below 2^−1074 are lost; a thousand of them at most, each divided by the step. */
const UNDERFLOW = (1000 * Number.MIN_VALUE) / 1e-100;

describe('complex step', () => {
  test.prop([smallProblems], { numRuns: 25 })(
    'loss, outputs and gradients lie within their rounding of the exact ones',
    (given) => expectWithinRounding(complexStep, given, ROUNDINGS, UNDERFLOW),
  );

  it('answers unsupported, with the size, where a pass a parameter is too much', async () => {
    const model = mlp([784, 256, 128, 10], { output: 'identity', loss: 'cross_entropy' });
    const preparation = await complexStep.prepare(model, { rows: 64 });
    expect(preparation).toEqual({
      kind: 'unsupported',
      why: expect.stringMatching(/784-256-128-10 at 64 rows: .* 3\.5e\+12 complex/),
    });
  });

  it('takes the five-layer network', async () => {
    const model = mlp([2, 3, 3, 3, 3, 1], { hidden: 'relu' });
    await expectWithinRounding(complexStep, smallProblem(model, 2, 3), ROUNDINGS, UNDERFLOW);
  });
});
