import type { ChartSpec } from '../report.ts';
import { PALETTE } from '../theme.ts';
import { TICKS } from './curve-axis.ts';
import { type CurvePanel, DASHES, panelSpec, type Shared } from './curve-panel.ts';
import { around } from './linear-axis.ts';

export type { Curve, CurvePanel } from './curve-panel.ts';

export interface CurveChart {
  readonly title: string;
  readonly subtitle: string;
  /** Names the axis that all panels share, and its unit. */
  readonly xAxis: string;
  /** Names the legend of colours. */
  readonly legend?: string;
  /** Two a row. Series and styles appear in the order of their curves. */
  readonly panels: readonly CurvePanel[];
}

const COLUMNS = 2;
/** Two fill the width of a page; one alone has the size of `lineChart`. */
const PAIRED = { width: 340, height: 240 };
const ALONE = { width: 520, height: 300 };
/** Most x values that get a tick each and a symbol on the line, as layers do and epochs do not. */
const MOST_STATIONS = 12;

/**
 * Curves over a common x, such as training curves: panels with a y axis each, colours by series,
 * dashes by style, one legend. Curves of more than 250 points are thinned.
 * Throws RangeError on more series than the palette has colours, on more than two styles, on no
 * panel, and on an x or a reference that is not finite.
 */
export function curveChart(chart: CurveChart): ChartSpec {
  const { panels } = chart;
  assertFinite(chart);
  const curves = panels.flatMap((panel) => panel.curves);
  const series = distinct(curves.map((curve) => curve.series));
  const styles = distinct(curves.flatMap((curve) => curve.style ?? []));
  assertAtMost(chart, 'series', series, PALETTE.light.length);
  assertAtMost(chart, 'styles', styles, DASHES.length);

  const stations = distinct(curves.flatMap((curve) => curve.points.map(([x]) => x)));
  const shared: Shared = {
    x: xEncoding(chart.xAxis, stations),
    series,
    styles,
    legend: {
      title: chart.legend ?? null,
      ...(panels.length > 1 && {
        orient: 'top',
        titleOrient: 'left',
        titleAnchor: 'middle',
        offset: 14,
      }),
    },
    size: panels.length > 1 ? PAIRED : ALONE,
    hasSymbols: stations.length <= MOST_STATIONS,
  };
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    title: { text: chart.title, subtitle: chart.subtitle },
    columns: COLUMNS,
    spacing: 28,
    concat: panels.map((panel) => panelSpec(panel, shared)),
    // Colours and dashes side by side would else read as one legend.
    config: { legend: { layout: { top: { direction: 'horizontal', margin: 28 } } } },
  };
}

function xEncoding(title: string, stations: readonly number[]): object {
  const isWhole = stations.every(Number.isInteger);
  const isFew = stations.length <= MOST_STATIONS;
  return {
    type: 'quantitative',
    scale: { domain: around(stations), nice: false, zero: false, ...(isFew && { padding: 12 }) },
    axis: {
      title,
      grid: false,
      labelFlush: false,
      ...(isFew && isWhole ? { values: stations } : { tickCount: TICKS }),
      ...(isWhole && { format: ',d' }),
    },
  };
}

function assertFinite({ title, panels }: CurveChart): void {
  if (panels.length === 0) {
    throw new RangeError(`chart "${title}": got 0 panels, expected at least 1`);
  }
  panels.forEach(({ curves, reference }, p) => {
    for (const { series, points } of curves) {
      const at = points.findIndex(([x]) => !Number.isFinite(x));
      if (at < 0) continue;
      throw new RangeError(
        `chart "${title}", panel ${p}, curve "${series}", point ${at}: ` +
          `got x ${points[at]![0]}, expected a finite number`,
      );
    }
    if (reference === undefined || Number.isFinite(reference.at)) return;
    throw new RangeError(
      `chart "${title}", panel ${p}, reference "${reference.label}": ` +
        `got ${reference.at}, expected a finite number`,
    );
  });
}

function assertAtMost(
  { title }: CurveChart,
  what: string,
  names: readonly string[],
  most: number,
): void {
  if (names.length <= most) return;
  throw new RangeError(
    `chart "${title}": got ${names.length} ${what}, expected at most ${most}: ${names.join(', ')}`,
  );
}

const distinct = <T>(values: readonly T[]): T[] => [...new Set(values)];
