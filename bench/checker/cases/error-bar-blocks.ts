import { count, sig } from '../../../src/report/format.ts';
import { type Block, heading, paragraph } from '../../../src/report/report.ts';
import { shortList } from '../short-list.ts';
import type { BarsFound } from './error-bars.ts';

export const barsText = ({ bars, worst, outside }: BarsFound): string =>
  `Of ${count(bars)} error bars of checkGradient held against 40 digits, ` +
  `${outside.length === 0 ? 'all hold' : `${outside.length} do not hold`}; the largest error is ${sig(worst)} of its bar.`;

export const barBlocks = (found: BarsFound): Block[] => [
  heading(3, 'Error bars'),
  paragraph(
    'checkGradient tells the derivative of an entry with a bound on its error. In the committed cases the derivative is known: ' +
      'of each scalar one that is smooth, the right gradient is checked, and one wrong everywhere, so that every entry is told. ' +
      'No error may exceed its bar.',
  ),
  paragraph(barsText(found)),
  ...shortList(
    found.outside.map(
      ({ id, index, ratio }) => `\`${id}\`, entry ${index}: ${sig(ratio)} of its bar`,
    ),
  ),
];
