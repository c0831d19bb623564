import { describe, expect, test } from 'vitest';
import { moonsSetup } from '../../src/experiments/moons-setup.ts';
import { type Run, trainBoth, trainOnce, trainWatched } from '../../src/experiments/train.ts';
import { methods } from '../../src/gradients/methods.ts';
import { zeros } from '../../src/numeric/matrix.ts';
import type { Params } from '../../src/params/params.ts';
import { accuracyOf } from '../../src/training/accuracy.ts';
import { definedValue } from '../../src/training/defined-value.ts';

/** At rate 5 best and last differ, and so do the engines' roundings. */
const setup = moonsSetup({ seed: 7, sizes: [2, 5, 3, 1], learningRate: 5, epochs: 60 });

/** Score and loss of these parameters by the network's definition. */
function judged(params: Params, set: 'dev' | 'test'): { score: number; loss: number } {
  const { model, split } = setup;
  const outputs = zeros(split[set].inputs.rows, 1);
  const loss = definedValue(model, params, split[set], outputs);
  return { score: accuracyOf(model)(outputs, split[set].targets), loss };
}

const expectAlike = (
  got: { readonly score: number; readonly loss: number },
  expected: { readonly score: number; readonly loss: number },
): void => {
  expect(got.score).toBe(expected.score);
  expect(got.loss).toBeCloseTo(expected.loss, 12);
};

describe('training', () => {
  test('the test set judges the best model and the last, each for itself', async () => {
    const { best, last, test: ofLast, testOfBest } = await trainOnce(setup);
    expect(best!.epoch).toBeLessThan(59);
    expectAlike(ofLast, judged(last, 'test'));
    expectAlike(testOfBest, judged(best!.params, 'test'));
    expectAlike(best!, judged(best!.params, 'dev'));
    // Sets and models whose confusion would not show prove nothing.
    const figures = [
      judged(last, 'test'),
      judged(best!.params, 'test'),
      judged(last, 'dev'),
      best!,
    ];
    expect(new Set(figures.map(({ loss }) => loss)).size).toBe(4);
  });

  test('without an epoch there is no best, and the start is judged', async () => {
    const { best, test: ofLast, testOfBest } = await trainOnce({ ...setup, epochs: 0 });
    expect(best).toBeNull();
    expectAlike(ofLast, judged(setup.params, 'test'));
    expect(testOfBest).toEqual(ofLast);
  });

  test('both means one training by hand and one by the tape, each with its own rounding', async () => {
    const { manual, tape } = await trainBoth(setup);
    const losses = ({ history }: Run): readonly number[] => history.trainLoss;
    expect(losses(manual)).toEqual(losses(await trainOnce(setup, methods['manual-fused'])));
    expect(losses(tape)).toEqual(losses(await trainOnce(setup, methods['tape-textbook'])));
    expect(losses(tape)).not.toEqual(losses(manual));
  });

  test('watching changes nothing, and the hook sees every epoch', async () => {
    const epochs: number[] = [];
    const watched = await trainWatched(setup, ({ epoch }) => epochs.push(epoch));
    expect(watched.last).toEqual((await trainOnce(setup)).last);
    expect(epochs).toEqual(Array.from({ length: 60 }, (_, epoch) => epoch));
    expect(watched.along.compared).toBe(3); // 0, 50, 59
  });
});
