import { describe, expect, test } from 'vitest';
import { forwardContradicted } from '../../../src/check/model/confirm.ts';
import { oracleOf } from '../../../src/check/model/oracle.ts';
import { slopesContradicted } from '../../../src/check/model/raw-differences.ts';
import { mlp } from '../../../src/model/model.ts';
import { random } from '../../../src/numeric/random.ts';
import { randomProblem, smallProblem } from '../../random-problem.ts';

const problem = smallProblem(mlp([3, 4, 2], { hidden: 'tanh', loss: 'bce' }), 3, 1);

test('nothing contradicts the sweep on 150 random networks', () => {
  for (let seed = 0; seed < 150; seed++) {
    expect([seed, oracleOf(randomProblem(seed), seed).contradiction]).toEqual([seed, null]);
  }
});

describe('what is planted is contradicted', () => {
  const oracle = oracleOf(problem, 0);
  const { network, base, gradient, deltas, errors } = oracle;
  const spoil = (data: Float64Array): Float64Array => data.map((v) => v * 1.001);

  test.each([0, 1])('a wrong pre-activation of layer %d', (layer) => {
    const z = base.z.map((v, s) => (s === layer ? spoil(v) : v));
    expect(forwardContradicted(network, { ...base, z }, random(1))).toMatch(/^fc\d, unit/);
  });

  test('a wrong loss', () => {
    const wrong = { ...base, sampleLoss: spoil(base.sampleLoss) };
    expect(forwardContradicted(network, wrong, random(1))).toMatch(/^bce of sample/);
  });

  test.each(problem.model.layout.slots)('a wrong gradient of $name', ({ offset, size }) => {
    const value = gradient.value.map((v, i) => (i >= offset && i < offset + size ? 1.001 * v : v));
    const says = slopesContradicted(
      network,
      base,
      { ...gradient, value },
      deltas,
      errors,
      random(1),
    );
    expect(says).toMatch(/^fc\d: raw differences/);
  });

  test('a contraction with its axes exchanged', () => {
    const square = oracleOf(smallProblem(mlp([3, 3], { loss: 'bce' }), 4, 2), 0);
    const value = square.gradient.value.slice();
    for (let o = 0; o < 3; o++) {
      for (let i = 0; i < 3; i++) value[o * 3 + i] = square.gradient.value[i * 3 + o]!;
    }
    const says = slopesContradicted(
      square.network,
      square.base,
      { ...square.gradient, value },
      square.deltas,
      square.errors,
      random(1),
    );
    expect(says).toMatch(/^fc1: raw differences/);
  });
});
