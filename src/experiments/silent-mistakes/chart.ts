import { formatNumber } from '../../report/format.ts';
import type { Block } from '../../report/report.ts';
import { textWidth } from '../../report/text-width.ts';
import type { Spread } from '../statistics.ts';
import type { RateFigures, SilentFigures } from './figures.ts';
import type { Look } from './judge.ts';
import { looksAs } from './tables.ts';

const RIGHT = 'right gradient';
const LOOKS: readonly Look[] = ['normal', 'slower', 'fails'];

/**
 * The axis is linear up to here, a little beyond the loss of answering one half, where a training has
 * failed; how much higher one ends says nothing more, so all of these stand together at `BEYOND`.
 */
const HIGHEST = 0.8;
const BEYOND = 0.9;
const TICKS = [0, 0.2, 0.4, 0.6, BEYOND];
const DOMAIN = [-0.02, 0.94];

const PANEL_WIDTH = 340;
/** Pixels a line. */
const PITCH = 19;
/** The theme's font size of axis labels. */
const LABEL_SIZE = 12;

/** Last losses, a panel a rate, over the band in which the right gradient's lie. */
export const lossesChart = (figures: SilentFigures): Block => ({
  kind: 'chart',
  name: 'silent-mistakes',
  alt:
    'The training loss after the last epoch of every mistake, at both learning rates, beside the band of the right gradient’s losses. ' +
    'The tables give the same numbers.',
  spec: spec(figures),
});

function spec({ rates, mistakes, seeds, epochs }: SilentFigures): Record<string, unknown> {
  // By how they look at the first rate, then by loss: the other panel shows what its rate changes.
  const sorted = [...mistakes].sort((a, b) => {
    const [first, second] = [a.atRates[0]!, b.atRates[0]!];
    return (
      LOOKS.indexOf(first.look) - LOOKS.indexOf(second.look) ||
      finite(first.loss.median) - finite(second.loss.median)
    );
  });
  const labels = [RIGHT, ...sorted.map(({ name }) => name)];
  const panel = ({ rate, right }: RateFigures, r: number): object => ({
    title: { text: `learning rate ${rate}`, fontSize: 13, offset: 8 },
    width: PANEL_WIDTH,
    height: labels.length * PITCH,
    data: {
      values: [
        { label: RIGHT, look: RIGHT, ...placed(right.loss) },
        ...sorted.map(({ name, atRates }) => ({
          label: name,
          look: looksAs[atRates[r]!.look],
          ...placed(atRates[r]!.loss),
        })),
      ],
    },
    layer: layers(right.loss, labels, r === 0),
  });
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    title: {
      text: 'Where the training loss ends, by mistake',
      subtitle: [
        `median and range over ${seeds} seeds, ${formatNumber(epochs, 'count')} epochs; shaded: where the right gradient’s own losses end`,
        '“looks normal”: within the shade or lower in most seeds, and so by its dev score; dashed: ln 2, the loss of always answering one half',
      ],
    },
    spacing: 16,
    hconcat: rates.map(panel),
  };
}

/** Where a loss stands; that of a training that ended in NaN is ∞. */
const place = (loss: number): number => (loss <= HIGHEST ? loss : BEYOND);

const placed = ({ low, median, high }: Spread): object => ({
  low: place(low),
  median: place(median),
  high: place(high),
});

const finite = (loss: number): number => Math.min(loss, Number.MAX_VALUE);

/** Only the first panel has labels: the others stand beside it. */
function layers({ low, high }: Spread, labels: readonly string[], isFirst: boolean): object[] {
  const room = Math.max(...labels.map((label) => textWidth(label, LABEL_SIZE))) + 10;
  const x = {
    type: 'quantitative',
    scale: { domain: DOMAIN, nice: false },
    axis: {
      title: 'training loss, last epoch',
      values: TICKS,
      labelExpr: `datum.value > ${HIGHEST} ? 'higher, or NaN' : datum.label`,
      labelFlush: false,
    },
  };
  const y = {
    field: 'label',
    type: 'nominal',
    sort: [...labels],
    axis: isFirst
      ? { title: null, minExtent: room, maxExtent: room }
      : { title: null, labels: false },
  };
  const scale = { domain: [RIGHT, ...LOOKS.map((look) => looksAs[look])] };
  const legend = { title: null, orient: 'top', symbolType: 'circle', offset: 30 };
  const color = { field: 'look', type: 'nominal', scale, legend };
  return [
    {
      data: { values: [{}] },
      mark: { type: 'rect', opacity: 0.2 },
      encoding: {
        x: { datum: place(low), ...x },
        x2: { datum: place(high) },
        color: { datum: RIGHT, type: 'nominal', scale, legend },
      },
    },
    {
      data: { values: [{}] },
      mark: { type: 'rule', strokeDash: [4, 3], strokeWidth: 1.5 },
      encoding: { x: { datum: Math.LN2, ...x } },
    },
    {
      mark: { type: 'rule', strokeWidth: 2, opacity: 0.6 },
      encoding: { x: { field: 'low', ...x }, x2: { field: 'high' }, y, color },
    },
    {
      mark: { type: 'point', filled: true, size: 55, opacity: 1 },
      encoding: { x: { field: 'median', ...x }, y, color, shape: color },
    },
  ];
}
