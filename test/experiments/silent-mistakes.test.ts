import { describe, expect, test } from 'vitest';
import { chosenMistakes } from '../../src/experiments/silent-mistakes/chosen.ts';
import {
  checkAt,
  type Found,
  isCaught,
  ORACLES,
} from '../../src/experiments/silent-mistakes/gradient-check.ts';
import {
  falls,
  isBetter,
  look,
  rightEpoch,
  rightRange,
  usualLook,
} from '../../src/experiments/silent-mistakes/judge.ts';
import { setupOf, shareLoss } from '../../src/experiments/silent-mistakes/start.ts';
import { type Trained, trainPlain } from '../../src/experiments/silent-mistakes/train-plain.ts';
import { runSilentMistakes } from '../../src/experiments/silent-mistakes.ts';
import { isInside } from '../../src/experiments/stated-figure.ts';
import { trainOnce } from '../../src/experiments/train.ts';
import { methods } from '../../src/gradients/methods.ts';
import { renderMarkdown } from '../../src/report/markdown.ts';
import { testContext } from './context.ts';

const named = (...names: string[]) => chosenMistakes.filter(({ name }) => names.includes(name));

describe('the rule, on planted curves', () => {
  const ending = (loss: number, devScore: number): Trained => ({ losses: [0.7, loss], devScore });
  const range = rightRange([ending(0.2, 0.95), ending(0.3, 0.9)]);
  const looks = (loss: number, devScore: number) => look(ending(loss, devScore), range, Math.LN2);

  test('what ends where some right training ends looks normal, both ends included', () => {
    expect([looks(0.25, 0.92), looks(0.3, 0.9), looks(0.2, 0.95)]).toEqual(Array(3).fill('normal'));
  });

  test('a lower loss than every right one looks normal, and better', () => {
    expect(looks(0.1, 0.99)).toBe('normal');
    expect(isBetter(ending(0.1, 0.99), range, Math.LN2)).toBe(true);
    expect(isBetter(ending(0.2, 0.95), range, Math.LN2)).toBe(false);
  });

  test('a higher loss or a lower dev score is slower', () => {
    expect([looks(0.31, 0.95), looks(0.25, 0.89), looks(0.1, 0.89)]).toEqual(
      Array(3).fill('slower'),
    );
    expect(isBetter(ending(0.1, 0.89), range, Math.LN2)).toBe(false);
  });

  test('no better than the classes’ shares, or no number, fails', () => {
    const losses = [Math.LN2, 50, Number.POSITIVE_INFINITY, Number.NaN];
    expect(losses.map((loss) => looks(loss, 0.95))).toEqual(Array(4).fill('fails'));
  });

  test('most seeds decide, and of two in the middle the worse', () => {
    expect(usualLook(['fails', 'normal', 'normal'])).toBe('normal');
    expect(usualLook(['normal', 'normal', 'slower', 'fails'])).toBe('slower');
    expect(usualLook(['normal', 'normal', 'fails', 'fails'])).toBe('fails');
  });

  test('a loss falls only if it ends below where it began', () => {
    expect([0.69, 0.7, Number.NaN].map((loss) => falls(ending(loss, 1)))).toEqual([
      true,
      false,
      false,
    ]);
  });

  test('the right training’s epoch is the first as far, 0 for NaN, its length for never', () => {
    const right: Trained = { losses: [0.7, 0.5, 0.3, 0.4], devScore: 1 };
    const of = (loss: number) => rightEpoch(ending(loss, 1), right);
    expect([of(0.8), of(0.5), of(0.4), of(0.2), of(Number.NaN)]).toEqual([0, 1, 2, 4, 0]);
  });
});

test('answering with the classes’ shares has the entropy of the classes as its loss', () => {
  const inputs = { rows: 4, cols: 1, data: new Float64Array(4) };
  const targets = { rows: 4, cols: 1, data: Float64Array.of(1, 0, 0, 0) };
  expect(shareLoss({ inputs, targets })).toBeCloseTo(2 * Math.LN2 - (3 / 4) * Math.log(3), 15);
});

describe('training', () => {
  test('is the Runner’s, bit for bit', async () => {
    const setup = setupOf(3, 5, 20);
    const plain = await trainPlain(setup, methods['manual-fused']);
    const { history } = await trainOnce(setup);
    expect(plain.losses).toEqual(history.trainLoss);
    expect(plain.devScore).toBe(history.devScore.at(-1));
  });

  test('a method that updates the parameters leaves the start as it was, and steps twice', async () => {
    const [inside] = named('params-updated-inside');
    const setup = setupOf(0, 0.2, 20);
    const before = [...setup.params.values];
    const { losses } = await trainPlain(setup, inside!.method({ learningRate: 0.2 }));
    expect([...setup.params.values]).toEqual(before);
    const twice = await trainPlain(setupOf(0, 0.4, 20), methods['manual-fused']);
    // 20 steps of a few roundings each.
    losses.forEach((loss, i) => {
      expect(loss).toBeCloseTo(twice.losses[i]!, 12);
    });
  });

  test('ends where NaN has come to stay', async () => {
    const [mistake] = named('y-for-dy');
    const trained = await trainPlain(setupOf(0, 5, 1000), mistake!.method());
    expect(trained.losses.length).toBeLessThan(1000);
    expect(trained.losses.at(-1)).toBeNaN();
    expect(trained.devScore).toBe(0);
  });
});

describe('a gradient check', () => {
  const start = setupOf(0, 0.2, 0);

  test('there are at least twenty mistakes, none twice', () => {
    expect(chosenMistakes.length).toBeGreaterThanOrEqual(20);
    expect(new Set(chosenMistakes).size).toBe(chosenMistakes.length);
  });

  test.each(ORACLES)(
    'by %s catches every mistake, and clears the right gradient',
    async (oracle) => {
      const wrong = chosenMistakes.map(({ method }) => method({ learningRate: 0.2 }));
      const [right, ...found] = await checkAt(start, [methods['manual-fused'], ...wrong], oracle);
      expect(right).toMatchObject({ verdict: 'agrees', why: null });
      expect(found).toHaveLength(chosenMistakes.length);
      found.forEach((each, i) => {
        expect([chosenMistakes[i]!.name, isCaught(each)]).toEqual([chosenMistakes[i]!.name, true]);
      });
    },
  );

  test('one that is left open has caught nothing', () => {
    const found: Found = { verdict: 'unresolved', worst: null, slotError: null, why: null };
    expect(isCaught(found)).toBe(false);
    expect(isCaught({ ...found, verdict: 'agrees' })).toBe(false);
  });
});

describe('the page, of five mistakes and 60 epochs', () => {
  const mistakes = named('factor-two-extra', 'sign-flipped', 'y-for-dy', 'dx-zero', 'stale-cache');
  /** Seed 2 is left for the control. */
  const run = (seed: number) =>
    runSilentMistakes(testContext({ seed, seeds: [0, 1, 2] }), {
      mistakes,
      epochs: 60,
      compared: 2,
    });

  test('tells them apart, and catches all', async () => {
    const { figures, report, stated } = await run(0);
    const of = (name: string) => figures.mistakes.find((m) => m.name === name)!;
    const looks = (name: string) => of(name).atRates.map((m) => m.look);
    expect(looks('factor-two-extra')[0]).toBe('normal');
    expect(looks('sign-flipped')).toEqual(['fails', 'fails']);
    expect(looks('y-for-dy')).toEqual(['fails', 'fails']);
    expect(of('sign-flipped').atRates.map((m) => m.falls)).toEqual([0, 0]);
    expect(of('dx-zero').atRates[0]).toMatchObject({ falls: 2, fails: 0 });
    expect(of('stale-cache')).toMatchObject({ verdict: 'not-deterministic', leastError: null });
    expect(figures.caught).toBe(mistakes.length);
    expect(figures.rates.map(({ control }) => control.trained)).toEqual([1, 1]);
    for (const { atRates } of figures.mistakes) {
      for (const { normal, slower, fails } of atRates) expect(normal + slower + fails).toBe(2);
    }

    const page = renderMarkdown(report);
    for (const { name } of mistakes) expect(page).toContain(`| \`${name}\` |`);
    expect(page).toContain('catches all 5');
    expect(page).toContain('A right gradient may look wrong');

    // Five mistakes are not the twenty-four that the ranges were stated for.
    const inside = (what: string) => isInside(stated.find((figure) => figure.what === what)!);
    expect(inside('rate 0.2: mistakes that look normal, in most seeds')).toBe(false);
    expect(inside('share of mistakes that each gradient check catches')).toBe(true);
    expect(inside('share of gradient comparisons, by hand against automatic, that agree')).toBe(
      true,
    );
  });

  test('a seed of its own is trained besides the others, and changes nothing of theirs', async () => {
    const [one, other] = [await run(0), await run(7)];
    expect(other.figures.rates).toEqual(one.figures.rates);
    const perSeed = ({ stated }: typeof one) =>
      stated.find(({ what }) =>
        what.startsWith('rate 5: mistakes with which the loss falls, in one'),
      )!;
    expect(perSeed(other).seeds).toEqual(perSeed(one).seeds);
    expect(perSeed(one).seeds![0]).toBe(perSeed(one).value);
  });
});
