import { expect, test } from 'vitest';
import { basePoint } from '../../../src/check/model/base-point.ts';
import { bothSidedPoint } from '../../../src/check/model/generic-points.ts';
import { networkOf } from '../../../src/check/model/network.ts';
import { mlp } from '../../../src/model/model.ts';
import { random } from '../../../src/numeric/random.ts';
import { smallProblem } from '../../random-problem.ts';

// 6-5-1-5: behind five ReLUs one leaky unit was below 0 in all rows, and took the name of a dead one.
test('every linear layer has values of both signs, narrow ones behind a ReLU too', () => {
  const model = mlp([6, 5, 1, 5], { hidden: 'relu', output: 'identity', loss: 'mse' });
  const problem = smallProblem(model, 13, 1);
  for (let seed = 0; seed < 50; seed++) {
    const { z } = basePoint(networkOf(bothSidedPoint(problem, 17, random(seed))));
    for (const v of z)
      expect([Math.min(...v) < 0, Math.max(...v) > 0], `${seed}`).toEqual([true, true]);
  }
});
