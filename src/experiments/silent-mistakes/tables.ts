import type { Mistake } from '../../check/mistakes/mistake.ts';
import { formatNumber } from '../../report/format.ts';
import { type Cell, none, number, type Table, text, verdict } from '../../report/report.ts';
import type { Spread } from '../statistics.ts';
import type { GradientAtRate, MistakeFigures, SilentFigures } from './figures.ts';
import { type Found, isCaught, ORACLES } from './gradient-check.ts';
import type { Look } from './judge.ts';
import type { Measured } from './measure.ts';

/** What each mistake is. */
export const mistakesTable = (mistakes: readonly Mistake[]): Table => ({
  kind: 'table',
  name: 'mistakes',
  columns: [
    { key: 'mistake', title: 'mistake', align: 'left' },
    { key: 'says', title: 'what is wrong', align: 'left' },
    { key: 'formula', title: 'right → wrong', align: 'left' },
  ],
  rows: mistakes.map(({ name, says, formula }) => [
    text(`\`${name}\``),
    text(says),
    text(`\`${formula}\``),
  ]),
});

export const looksAs: { readonly [L in Look]: string } = {
  normal: 'looks normal',
  slower: 'slower',
  fails: 'fails',
};

const TONES: { readonly [L in Look]: Parameters<typeof verdict>[1] } = {
  normal: 'good',
  slower: 'open',
  fails: 'bad',
};

/** What becomes of each at one rate: the right gradient first. */
export function rateTable({ rates, mistakes }: SilentFigures, r: number): Table {
  const { rate, right } = rates[r]!;
  return {
    kind: 'table',
    name: `rate-${rate}`,
    columns: [
      { key: 'mistake', title: 'mistake', align: 'left' },
      { key: 'look', title: `rate ${rate}`, align: 'left' },
      { key: 'normal', title: 'normal', align: 'right' },
      { key: 'better', title: 'of these better', align: 'right' },
      { key: 'slower', title: 'slower', align: 'right' },
      { key: 'fails', title: 'fails', align: 'right' },
      { key: 'falls', title: 'loss falls', align: 'right' },
      { key: 'loss', title: 'last loss, median', align: 'right' },
      { key: 'lossLow', title: 'lowest', align: 'right' },
      { key: 'lossHigh', title: 'highest', align: 'right' },
      { key: 'devScore', title: 'dev score, median', align: 'right' },
      { key: 'rightEpoch', title: 'as far as the right one at epoch', align: 'right' },
    ],
    rows: [
      row('none: the right gradient', right),
      ...mistakes.map(({ name, atRates }) => row(`\`${name}\``, atRates[r]!)),
    ],
  };
}

const row = (name: string, m: GradientAtRate): Cell[] => [
  text(name),
  verdict(looksAs[m.look], TONES[m.look]),
  ...[m.normal, m.better, m.slower, m.fails, m.falls].map((count) => number(count, 'count')),
  ...losses(m.loss),
  number(m.devScore.median, 'significant'),
  number(m.rightEpoch, 'count'),
];

const losses = ({ median, low, high }: Spread): Cell[] =>
  [median, low, high].map((loss) =>
    loss === Number.POSITIVE_INFINITY ? text('not finite') : number(loss, 'significant'),
  );

/** What the check by complex step says at the page's own start, and how many of all checks catch it. */
export function checksTable(
  { checks, checkOfRight }: Measured,
  figures: readonly MistakeFigures[],
): Table {
  return {
    kind: 'table',
    name: 'checks',
    columns: [
      { key: 'mistake', title: 'mistake', align: 'left' },
      { key: 'verdict', title: 'the check says', align: 'left' },
      { key: 'where', title: 'where', align: 'left' },
      { key: 'right', title: 'right', align: 'right' },
      { key: 'found', title: 'found', align: 'right' },
      { key: 'error', title: 'error ÷ norm', align: 'right' },
      { key: 'least', title: 'least, all seeds', align: 'right' },
      { key: 'caught', title: 'caught', align: 'left' },
    ],
    rows: [
      [
        text('none: the right gradient'),
        ...found(checkOfRight[ORACLES[0]]),
        none('nothing to catch'),
      ],
      ...checks.map((checked, i) => {
        const all = ORACLES.flatMap((oracle) => checked[oracle]);
        const caught = all.filter(isCaught).length;
        return [
          text(`\`${figures[i]!.name}\``),
          ...found(checked[ORACLES[0]]),
          verdict(`${caught} of ${all.length}`, caught === all.length ? 'good' : 'bad'),
        ];
      }),
    ],
  };
}

function found(all: readonly Found[]): Cell[] {
  const { verdict: said, worst, slotError, why } = all[0]!;
  const errors = all.flatMap((each) => each.slotError ?? []);
  const cell = verdict(said, said === 'agrees' ? 'good' : 'bad');
  if (!worst || slotError === null) {
    return [cell, text(shortened(why ?? '')), ...Array.from({ length: 4 }, () => none(''))];
  }
  return [
    cell,
    text(`\`${worst.entry}\``),
    number(worst.a, 'significant'),
    number(worst.b, 'significant'),
    number(slotError, 'significant'),
    number(Math.min(...errors), 'significant'),
  ];
}

/** Numbers of so many digits make a table wide and say no more. */
const shortened = (why: string): string =>
  why.replace(/-?\d+\.\d+(e-?\d+)?/g, (digits) => formatNumber(Number(digits), 'significant'));
