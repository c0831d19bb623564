import type { ChartSpec } from '../report.ts';
import { textWidth } from '../text-width.ts';
import { type LogAxis, logAxis } from './log-axis.ts';

/** One measurement: a dot, with a line from `low` to `high` where it has a spread. */
export interface DotRow {
  /** The line it stands on. */
  readonly label: string;
  /** The panel, by its heading; charts without groups have one panel and no heading. */
  readonly group?: string;
  /** Its colour and shape; charts without series have one. */
  readonly series?: string;
  /** On a logarithmic axis; 0 and the not finite have places of their own. */
  readonly value: number;
  readonly low?: number;
  readonly high?: number;
}

export interface DotChart {
  readonly title: string;
  /** Says what the dashed line means. */
  readonly subtitle: string;
  /** Names the axis, and its unit. */
  readonly axis: string;
  /** Follows each number on the axis, such as `×`. */
  readonly unit?: string;
  /** Names the legend. */
  readonly legend?: string;
  /** Where the dashed line stands; none unless said. */
  readonly reference?: number;
  /** Panels, lines and series appear in the order of the rows. */
  readonly rows: readonly DotRow[];
}

const WIDTH = 560;
/** Pixels from dot to dot of one line, and left free between lines. */
const DOT_PITCH = 8;
const LINE_GAP = 12;
/** The theme's font size of axis labels. */
const LABEL_SIZE = 12;

/** Horizontal dots with spreads on a logarithmic axis: one line a label, one panel a group. */
export function dotChart(chart: DotChart): ChartSpec {
  const { rows } = chart;
  const groups = distinct(rows.map((row) => row.group ?? ''));
  const spread = rows.flatMap(({ value, low = value, high = value }) => [value, low, high]);
  const axis = logAxis(spread.concat(chart.reference ?? []), chart.unit);
  const series = distinct(rows.map((row) => row.series ?? ''));
  const labelRoom = Math.max(0, ...rows.map((row) => textWidth(row.label, LABEL_SIZE))) + 10;
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    title: { text: chart.title, subtitle: chart.subtitle },
    spacing: 12,
    vconcat: groups.map((group, i) => {
      const of = rows.filter((row) => (row.group ?? '') === group);
      return panel(chart, of, { axis, series, labelRoom, isLast: i === groups.length - 1 });
    }),
  };
}

interface Shared {
  readonly axis: LogAxis;
  readonly series: readonly string[];
  /** Pixels left of the axis, the same in each panel so that they line up. */
  readonly labelRoom: number;
  readonly isLast: boolean;
}

function panel(chart: DotChart, rows: readonly DotRow[], shared: Shared): object {
  const { axis, series, labelRoom, isLast } = shared;
  const labels = distinct(rows.map((row) => row.label));
  const pitch = series.length * DOT_PITCH + LINE_GAP;
  const x = {
    type: 'quantitative',
    scale: { type: 'log', domain: axis.domain },
    axis: {
      title: isLast ? chart.axis : null,
      labels: isLast,
      values: axis.ticks,
      labelExpr: axis.label,
      labelFlush: false,
      labelOverlap: false,
    },
  };
  const y = {
    field: 'label',
    type: 'nominal',
    sort: labels,
    axis: { title: null, minExtent: labelRoom, maxExtent: labelRoom },
  };
  const most = series.length / 2;
  const yOffset = { field: 'lane', type: 'quantitative', scale: { domain: [-most, most] } };
  const color = {
    field: 'series',
    type: 'nominal',
    scale: { domain: series },
    legend:
      series.length > 1
        ? {
            title: chart.legend ?? null,
            orient: 'top',
            symbolType: 'circle',
            offset: 14,
            titleOrient: 'left',
          }
        : null,
  };
  const group = rows[0]?.group;
  return {
    ...(group !== undefined && { title: { text: group, fontSize: 13, offset: 4 } }),
    width: WIDTH,
    height: labels.length * pitch,
    data: {
      values: labels.flatMap((label) =>
        line(
          rows.filter((row) => row.label === label),
          axis,
        ),
      ),
    },
    layer: [
      {
        transform: [{ filter: 'isValid(datum.low)' }],
        mark: { type: 'rule', strokeWidth: 2, opacity: 0.6 },
        encoding: { x: { field: 'low', ...x }, x2: { field: 'high' }, y, yOffset, color },
      },
      {
        mark: { type: 'point', filled: true, size: 55, opacity: 1 },
        encoding: { x: { field: 'value', ...x }, y, yOffset, color, shape: color },
      },
      ...(chart.reference === undefined
        ? []
        : [
            {
              data: { values: [{}] },
              mark: { type: 'rule', strokeDash: [4, 3], strokeWidth: 1.5 },
              encoding: { x: { datum: chart.reference, ...x } },
            },
          ]),
    ],
  };
}

/** The dots of one label, each in a lane of its own, the lanes centred on the line. */
const line = (rows: readonly DotRow[], axis: LogAxis): object[] =>
  rows.map(({ label, series = '', value, low, high }, i) => ({
    label,
    series,
    lane: i - (rows.length - 1) / 2,
    value: axis.place(value),
    ...(low !== undefined &&
      high !== undefined && { low: axis.place(low), high: axis.place(high) }),
  }));

const distinct = (names: readonly string[]): string[] => [...new Set(names)];
