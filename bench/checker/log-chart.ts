import { logAxis } from '../../src/report/charts/log-axis.ts';
import type { ChartSpec } from '../../src/report/report.ts';

/** One point of one line; x > 0. */
export interface LogRow {
  readonly series: string;
  readonly x: number;
  readonly y: number;
}

export interface LogChart {
  readonly title: string;
  readonly subtitle: string;
  /** Names the axis that all panels share, and its unit. */
  readonly xAxis: string;
  readonly yAxis: string;
  /** A share in per cent, 0 to 100 on a linear axis, or logarithmic. */
  readonly yScale: 'per cent' | 'log';
  readonly legend: string;
  /** Side by side. Series appear in the order of their rows, with the same colour in each. */
  readonly panels: readonly { readonly title?: string; readonly rows: readonly LogRow[] }[];
}

const PAIRED = { width: 320, height: 240 };
const ALONE = { width: 520, height: 300 };

/** Lines over a logarithmic axis. */
export function logChart(chart: LogChart): ChartSpec {
  const { title, subtitle, panels } = chart;
  const rows = panels.flatMap((panel) => panel.rows);
  const x = axisOf(rows.map((row) => row.x));
  const y =
    chart.yScale === 'log'
      ? axisOf(rows.map((row) => row.y))
      : { scale: { domain: [0, 100] }, axis: { values: [0, 25, 50, 75, 100] } };
  const color = {
    field: 'series',
    type: 'nominal',
    scale: { domain: [...new Set(rows.map((row) => row.series))] },
    legend: { title: chart.legend, symbolType: 'circle' },
  };
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    title: { text: title, subtitle },
    spacing: 28,
    hconcat: panels.map((panel) => ({
      ...(panel.title !== undefined && { title: { text: panel.title, fontSize: 13 } }),
      ...(panels.length > 1 ? PAIRED : ALONE),
      data: { values: panel.rows },
      encoding: {
        x: encoding('x', chart.xAxis, { ...x, axis: { ...x.axis, grid: false } }),
        y: encoding('y', chart.yAxis, y),
        color,
      },
      layer: [
        { mark: { type: 'line', strokeWidth: 2 } },
        { mark: { type: 'point', filled: true, size: 55, opacity: 1 }, encoding: { shape: color } },
      ],
    })),
  };
}

interface Axis {
  readonly scale: object;
  readonly axis: object;
}

function axisOf(values: readonly number[]): Axis {
  // From a power of ten on, so that the lowest point has a tick below it.
  const floor = 10 ** Math.floor(Math.log10(Math.min(...values)));
  const { domain, ticks, label } = logAxis([...values, floor]);
  return {
    scale: { type: 'log', domain: [...domain] },
    axis: { values: [...ticks], labelExpr: label, labelFlush: false },
  };
}

const encoding = (field: string, title: string, { scale, axis }: Axis): object => ({
  field,
  type: 'quantitative',
  scale,
  axis: { title, ...axis },
});
