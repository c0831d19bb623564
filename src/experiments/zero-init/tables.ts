import { slotValues } from '../../params/params.ts';
import { formatNumber } from '../../report/format.ts';
import { none, number, type Table, text } from '../../report/report.ts';
import { spread } from '../statistics.ts';
import type { BalancedFigures } from './balanced-runs.ts';
import { after, CHECKPOINTS, looksLikeGuessing, reaches, type StartOutcome } from './outcome.ts';
import { PRINTED, type StartFigures, type StartRuns } from './train-starts.ts';

const right = (key: string, title: string): Table['columns'][number] => ({
  key,
  title,
  align: 'right',
});

const grouped = (epochs: number): string => formatNumber(epochs, 'count');

/** The page's seed: dev score and loss after so many epochs. */
export const startsTable = (starts: readonly StartFigures[]): Table => ({
  kind: 'table',
  name: 'starts',
  columns: [
    { key: 'start', title: 'start', align: 'left' },
    right('rate', 'rate'),
    ...CHECKPOINTS.map((n) => right(`score${n}`, `dev score after ${grouped(n)}`)),
    ...CHECKPOINTS.map((n) => right(`loss${n}`, `dev loss after ${grouped(n)}`)),
  ],
  rows: starts.map(({ start, rate, own }) => [
    text(start),
    number(rate, 'exact'),
    ...CHECKPOINTS.map((n) => number(after(own, n).score, 'significant')),
    ...CHECKPOINTS.map((n) => number(after(own, n).loss, 'significant')),
  ]),
});

/** Lowest and highest dev score of the seeds, and how many look like guessing or reach 99 %. */
export const seedsTable = (starts: readonly StartFigures[]): Table => ({
  kind: 'table',
  name: 'seeds',
  columns: [
    { key: 'start', title: 'start', align: 'left' },
    right('rate', 'rate'),
    ...[5, 200, 1000].flatMap((n) => [
      right(`low${n}`, `after ${grouped(n)}: lowest`),
      right(`high${n}`, 'highest'),
    ]),
    right('guessing', 'seeds at 40–60 % after 5'),
    right('reached', 'seeds ≥ 99 % after 1,000'),
  ],
  rows: starts.map(({ start, rate, seeds }) => [
    text(start),
    number(rate, 'exact'),
    ...[5, 200, 1000].flatMap((n) => {
      const { low, high } = spread(seeds.map((outcome) => after(outcome, n).score));
      return [number(low, 'significant'), number(high, 'significant')];
    }),
    number(seeds.filter((outcome) => looksLikeGuessing(outcome, 5)).length, 'count'),
    number(seeds.filter(reaches).length, 'count'),
  ]),
});

/** Every parameter of the zero start: one hidden unit stands for all five. */
export const weightsTable = (zeroStarts: readonly StartRuns[]): Table => ({
  kind: 'table',
  name: 'weights',
  columns: [
    right('rate', 'rate'),
    right('epochs', 'after epochs'),
    right('w0', 'fc1.weight[·,0]'),
    right('w1', 'fc1.weight[·,1]'),
    right('b1', 'fc1.bias[·]'),
    right('v', 'fc2.weight[0,·]'),
    right('b2', 'fc2.bias[0]'),
  ],
  rows: zeroStarts.flatMap(({ rate, weights }) =>
    PRINTED.flatMap((epochs) => {
      const params = weights.get(epochs);
      if (!params) return [];
      return [
        [
          number(rate, 'exact'),
          number(epochs, 'count'),
          ...[
            slotValues(params, 'fc1.weight')[0]!,
            slotValues(params, 'fc1.weight')[1]!,
            slotValues(params, 'fc1.bias')[0]!,
            slotValues(params, 'fc2.weight')[0]!,
            slotValues(params, 'fc2.bias')[0]!,
          ].map((value) => number(value, 'significant')),
        ],
      ];
    }),
  ),
});

/** By seed, the most uneven classes first: when the zero start begins to tell points apart. */
export const balanceTable = (
  seeds: readonly number[],
  [slow, fast]: readonly [StartFigures, StartFigures],
): Table => ({
  kind: 'table',
  name: 'balance',
  columns: [
    right('seed', 'seed'),
    right('class0', 'points of class 0'),
    right('class1', 'class 1'),
    right('surplus', 'difference'),
    right('slow', `leaves one class at epoch, rate ${slow.rate}`),
    right('fast', `rate ${fast.rate}`),
  ],
  rows: seeds
    .map((seed, i) => ({ seed, slow: slow.seeds[i]!, fast: fast.seeds[i]! }))
    .sort((a, b) => surplus(b.slow) - surplus(a.slow))
    .map((row) => [
      number(row.seed, 'exact'),
      number(row.slow.balance.zeros, 'count'),
      number(row.slow.balance.ones, 'count'),
      number(surplus(row.slow), 'count'),
      ...[row.slow.decides, row.fast.decides].map((epoch) =>
        Number.isFinite(epoch) ? number(epoch, 'count') : none('never'),
      ),
    ]),
});

const surplus = ({ balance: { zeros, ones } }: StartOutcome): number => Math.abs(zeros - ones);

/** The zero start where both classes have as many points. */
export const balancedTable = ({ gradient, runs }: BalancedFigures): Table => ({
  kind: 'table',
  name: 'balanced',
  columns: [
    right('rate', 'rate'),
    right('all', 'largest gradient entry at the start, all points'),
    right('even', 'as many of each class'),
    right('halfWay', 'training loss − ln 2 at epoch 1,000'),
    right('atLast', 'at the last epoch'),
  ],
  rows: runs.map(({ rate, halfWay, atLast }) => [
    number(rate, 'exact'),
    number(gradient.all, 'significant'),
    number(gradient.even, 'scientific'),
    number(halfWay, 'significant'),
    number(atLast, 'significant'),
  ]),
});
