import { describe, expect, test } from 'vitest';
import { type Along, alongside } from '../../src/experiments/alongside.ts';
import { moonsSetup } from '../../src/experiments/moons-setup.ts';
import { alongFigures, page } from '../../src/experiments/page.ts';
import type { Setup } from '../../src/experiments/setup.ts';
import { isInside } from '../../src/experiments/stated-figure.ts';
import { trainBoth, trainWatched } from '../../src/experiments/train.ts';
import type { GradientMethod } from '../../src/gradients/method.ts';
import { methods } from '../../src/gradients/methods.ts';
import { testContext } from './context.ts';

const setup = (epochs: number, dtype: 'float64' | 'float32' = 'float64'): Setup =>
  moonsSetup({ seed: 0, epochs, start: { dtype } });

describe('alongside', () => {
  test.each(['float64', 'float32'] as const)(
    'in %s, gradients by hand and by the tape agree every 50 epochs and at the last',
    async (dtype) => {
      const { manual, tape } = await trainBoth(setup(121, dtype));
      const { along } = manual;
      expect(along.compared).toBe(4); // 0, 50, 100, 120
      expect([...along.verdicts]).toEqual([['agrees', 4]]);
      expect(along.worst).toBeLessThan(1);
      expect(tape.history.trainLoss).toHaveLength(manual.history.trainLoss.length);
    },
  );

  test('it is two engines that are compared: their rounding differs', async () => {
    const { along } = await trainWatched(setup(1));
    expect(along.worst).toBeGreaterThan(0);
  });

  test('a tape that is wrong by one part in a thousand is found at every comparison', async () => {
    const right = methods['tape-textbook'];
    const wrong: GradientMethod = {
      name: 'wrong',
      prepare: async (...given) => {
        const prepared = await right.prepare(...given);
        if (prepared.kind === 'unsupported') return prepared;
        return {
          kind: 'prepared',
          run: {
            valueAndGrad: (params, batch, into, extra) => {
              const loss = prepared.run.valueAndGrad(params, batch, into, extra);
              into.values[3]! *= 1.001;
              return loss;
            },
          },
        };
      },
    };
    const given = setup(1);
    const watch = await alongside(given, wrong);
    watch.see({ epoch: 0, params: given.params });
    expect([...watch.found().verdicts]).toEqual([['disagrees', 1]]);
    expect(alongFigures([watch.found()]).map(isInside)).toEqual([false, false]);
  });

  test('nothing compared is no agreement', async () => {
    const watch = await alongside(setup(1));
    expect(alongFigures([watch.found()]).map(isInside)).toEqual([false, false]);
  });
});

describe('alongFigures', () => {
  const along = (verdicts: Along['verdicts'], worst: number): Along => ({
    compared: [...verdicts.values()].reduce((a, b) => a + b, 0),
    verdicts,
    worst,
  });
  const agrees = along(new Map([['agrees', 21]]), 0.1);
  const settles = along(
    new Map([
      ['agrees', 9],
      ['unresolved', 12],
    ] as const),
    0.9,
  );

  test('what agrees lies inside, and what cannot be resolved too, within what is allowed', () => {
    expect(alongFigures([agrees, settles]).map(({ value }) => value)).toEqual([0, 0.9]);
    expect(alongFigures([agrees, settles]).every(isInside)).toBe(true);
    const beyond = { ...settles, worst: 1.1 };
    expect(alongFigures([agrees, beyond]).map(isInside)).toEqual([true, false]);
  });

  test.each(['disagrees', 'not-finite'] as const)('one that %s lies outside', (verdict) => {
    const one = along(
      new Map([
        ['agrees', 20],
        [verdict, 1],
      ] as const),
      0.1,
    );
    expect(alongFigures([agrees, one]).map(({ value }) => value)).toEqual([1, 0.1]);
    expect(alongFigures([agrees, one]).map(isInside)).toEqual([false, true]);
  });

  test('a difference that is no number lies outside', () => {
    expect(alongFigures([{ ...agrees, worst: Number.NaN }]).map(isInside)).toEqual([true, false]);
  });

  test('the page counts what is unresolved, and calls it neither agreement nor failure', () => {
    const failing = along(
      new Map([
        ['agrees', 1],
        ['disagrees', 2],
      ] as const),
      3,
    );
    const { blocks } = page(
      { name: 'two-layer', title: '', section: '', shows: '' },
      testContext(),
      {
        what: '',
        how: '',
        body: [],
        see: [],
        along: [agrees, settles, failing].map((of) => ({ training: '', along: of })),
        stated: [],
      },
    );
    const table = blocks.find((block) => block.kind === 'table')!;
    const tail = table.rows.map((row) => [row[2], row[3], row.at(-1)]);
    expect(tail).toMatchObject([
      [{ value: 21 }, { value: 0 }, { verdict: 'agree', tone: 'good' }],
      [{ value: 9 }, { value: 12 }, { tone: 'open' }],
      [{ value: 1 }, { value: 0 }, { verdict: '2 fail', tone: 'bad' }],
    ]);
  });
});
