import type { ChartSpec } from '../report.ts';
import { logAxis } from './log-axis.ts';

/** One point of one line. */
export interface LineRow {
  readonly series: string;
  readonly x: number;
  /** On a logarithmic axis; 0 and the not finite have places of their own. */
  readonly y: number;
}

export interface LineChart {
  readonly title: string;
  readonly subtitle: string;
  /** Name the axes, and their units. */
  readonly xAxis: string;
  readonly yAxis: string;
  readonly legend: string;
  /** Series appear in the order of the rows. */
  readonly rows: readonly LineRow[];
}

/** Lines over a short range of whole numbers, heights on a logarithmic axis. */
export function lineChart(chart: LineChart): ChartSpec {
  const { rows } = chart;
  const series = [...new Set(rows.map((row) => row.series))];
  const axis = logAxis(rows.map((row) => row.y));
  const ticks = [...new Set(rows.map((row) => row.x))].sort((a, b) => a - b);
  const color = {
    field: 'series',
    type: 'nominal',
    scale: { domain: series },
    legend: { title: chart.legend, symbolType: 'circle' },
  };
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    title: { text: chart.title, subtitle: chart.subtitle },
    width: 520,
    height: 300,
    data: { values: rows.map((row) => ({ ...row, y: axis.place(row.y) })) },
    encoding: {
      x: {
        field: 'x',
        type: 'quantitative',
        scale: { domain: [ticks[0], ticks.at(-1)], nice: false, padding: 12 },
        axis: { title: chart.xAxis, values: ticks, format: 'd', grid: false },
      },
      y: {
        field: 'y',
        type: 'quantitative',
        scale: { type: 'log', domain: [...axis.domain] },
        axis: {
          title: chart.yAxis,
          values: [...axis.ticks],
          labelExpr: axis.label,
        },
      },
      color,
    },
    layer: [
      { mark: { type: 'line', strokeWidth: 2 } },
      { mark: { type: 'point', filled: true, size: 55, opacity: 1 }, encoding: { shape: color } },
    ],
  };
}
