import { type LineRow, lineChart } from '../../src/report/charts/lines.ts';
import { formatNumber } from '../../src/report/format.ts';
import {
  type Block,
  type Cell,
  type Column,
  heading,
  none,
  number,
  paragraph,
  ratio,
  type Table,
  text,
} from '../../src/report/report.ts';
import {
  refusedWorkloads,
  reverseRatio,
  type SwellData,
  type SwellRow,
  type SwellSeries,
  swellOf,
} from './swell.ts';

/** What differentiating a network as one expression costs, beside reverse mode. */
export const swellBlocks = ({ material, byDepth, byWidth }: SwellData): Block[] => [
  heading(2, 'Expression swell'),
  paragraph(
    'The symbolic way differentiates one expression for the loss of a sample. Swell is the sum of the trees of all its gradients over the tree of the loss, as mathjs returns them; sharing equal subexpressions folds them into the operations beside. Differentiated layer by layer and joined by the chain rule, as a tape or a hand does it, the same gradients take a few times the operations of the loss: the last column.',
  ),
  swellTable('swell', material),
  paragraph(
    `With hidden layers of 3, sigmoid: ${ends(byDepth[0]!)} Two equal hidden layers: ${ends(byWidth.at(-1)!)}`,
  ),
  swellChart({
    name: 'accuracy-swell-depth',
    title: 'Swell by depth',
    subtitle: 'Hidden layers of 3; trees of one expression against operations layer by layer',
    xAxis: 'hidden layers',
    series: byDepth,
    reverse: byDepth[0]!,
  }),
  swellTable('swell-depth', rowsOf(byDepth)),
  swellChart({
    name: 'accuracy-swell-width',
    title: 'Swell by width',
    subtitle:
      'One and two hidden layers of k units, sigmoid; trees of one expression against operations layer by layer',
    xAxis: 'units k in a hidden layer',
    series: byWidth,
    reverse: byWidth.at(-1)!,
  }),
  swellTable('swell-width', rowsOf(byWidth)),
  paragraph(
    `Where differentiation would visit more than a few million nodes, the symbolic method refuses before it builds anything; so it does ${refusedWorkloads()
      .map(({ model, visits }) => `${model.name} (${formatNumber(visits, 'scientific')} nodes)`)
      .join(' and ')}.`,
  ),
];

const rowsOf = (series: readonly SwellSeries[]): SwellRow[] =>
  series.flatMap(({ points }) => points.map(({ row }) => row));

function swellTable(name: string, rows: readonly SwellRow[]): Table {
  const column = (key: string, title: string): Column => ({ key, title, align: 'right' });
  return {
    kind: 'table',
    name,
    columns: [
      { key: 'network', title: 'network', align: 'left' },
      { key: 'hidden', title: 'hidden', align: 'left' },
      column('parameters', 'parameters'),
      column('lossTree', 'loss tree'),
      column('gradientTrees', 'gradient trees'),
      column('swell', 'swell'),
      column('shared', 'operations after sharing'),
      column('layerwise', 'operations layer by layer'),
      column('reverse', 'these ÷ loss alone'),
    ],
    rows: rows.map((row) => [
      text(row.network),
      text(row.hidden),
      number(row.parameters, 'count'),
      ...wholeCells(row),
      number(row.all, 'count'),
      ratio(reverseRatio(row)),
    ]),
  };
}

/** Tree of the loss, trees of the gradients, swell, operations. */
function wholeCells(row: SwellRow): Cell[] {
  const swell = swellOf(row);
  if (!row.whole || swell === null) {
    const why = `refused: ${formatNumber(row.visits, 'scientific')} nodes to visit`;
    return [none(why), none(''), none(''), none('')];
  }
  const { lossTree, gradientTrees, operations } = row.whole;
  return [
    number(lossTree, 'count'),
    number(gradientTrees, 'count'),
    ratio(swell),
    number(operations, 'count'),
  ];
}

function swellChart(chart: {
  readonly name: string;
  readonly title: string;
  readonly subtitle: string;
  readonly xAxis: string;
  readonly series: readonly SwellSeries[];
  /** The family whose reverse mode is drawn beside. */
  readonly reverse: SwellSeries;
}): Block {
  const { name, title, subtitle, xAxis, series, reverse } = chart;
  const swells = series.flatMap(({ name, points }) =>
    points.flatMap(({ x, row }): LineRow[] => {
      const y = swellOf(row);
      return y === null ? [] : [{ series: name, x, y }];
    }),
  );
  const contrastName = reverse.name.replace('one expression', 'layer by layer');
  const contrast = reverse.points.map(
    ({ x, row }): LineRow => ({ series: contrastName, x, y: reverseRatio(row) }),
  );
  return {
    kind: 'chart',
    name,
    alt: `${title}, on a logarithmic axis: trees written out for one expression, operations for “${contrastName}”; the figures are in the table below.`,
    spec: lineChart({
      title,
      subtitle,
      xAxis,
      yAxis: 'size of all gradients ÷ size of the loss',
      legend: 'network',
      rows: [...swells, ...contrast],
    }),
  };
}

/** `from 2-3-1 to 2-3-3-1 the swell goes from 41× to 104×, reverse mode from 2.0× to 2.1×.` */
function ends({ points }: SwellSeries): string {
  const built = points.filter(({ row }) => row.whole).map(({ row }) => row);
  const [first, last] = [built[0]!, built.at(-1)!];
  const show = (value: number | null): string => formatNumber(value ?? Number.NaN, 'ratio');
  return (
    `from ${first.network} to ${last.network} the swell goes from ${show(swellOf(first))} to ${show(swellOf(last))}, ` +
    `layer by layer from ${show(reverseRatio(first))} to ${show(reverseRatio(last))}.`
  );
}
