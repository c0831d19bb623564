import { expect } from 'vitest';
import {
  replayFused,
  replayTextbook,
  tapeFused,
  tapeTextbook,
} from '../../../src/gradients/tape/method.ts';
import { recordKernels } from '../../../src/gradients/tape/replay.ts';
import { batchShape } from '../../../src/model/batch.ts';
import { reference } from '../../../src/numeric/kernels/reference.ts';
import { matrixOf, zeros } from '../../../src/numeric/matrix.ts';
import { zeroParams } from '../../../src/params/params.ts';
import { fc, test } from '../../property.ts';
import { randomProblem } from '../../random-problem.ts';

test.prop([fc.integer()], { numRuns: 60 })(
  'a replayed tape has the bits of the eager one, at every new point',
  async (seed) => {
    const first = randomProblem(seed);
    const { model, batch } = first;
    const params = [
      first.params,
      { ...first.params, values: first.params.values.map((v) => v * 0.5) },
    ];
    for (const [eager, replay] of [
      [tapeFused, replayFused],
      [tapeTextbook, replayTextbook],
    ] as const) {
      const a = await eager.prepare(model, batchShape(batch));
      const b = await replay.prepare(model, batchShape(batch));
      if (a.kind !== 'prepared' || b.kind !== 'prepared') throw new Error('unsupported');
      for (const at of params) {
        const [left, right] = [zeroParams(model.layout), zeroParams(model.layout)];
        expect(b.run.valueAndGrad(at, batch, right)).toBe(a.run.valueAndGrad(at, batch, left));
        expect(right.values).toEqual(left.values);
      }
    }
  },
);

test('a replay makes the recorded calls again on what the matrices hold then', () => {
  const { kernels, replay, length } = recordKernels(reference);
  const [x, y, z] = [matrixOf([[1]]), zeros(1, 1), zeros(1, 1)];
  kernels.scale(y, x, 3);
  kernels.add(z, y, x);
  expect(z.data[0]).toBe(4);
  x.data[0] = 10;
  replay(length());
  expect(z.data[0]).toBe(40);
});
