import type { ChartSpec } from '../report.ts';
import { PALETTE } from '../theme.ts';
import { logAxis } from './log-axis.ts';

export interface Curve {
  /** Its colour, the same in every panel. */
  readonly series: string;
  /** Its dash: the chart's first style is solid, the second dashed; the first unless said. */
  readonly style?: string;
  /** x is finite; y may be any number. */
  readonly points: readonly (readonly [x: number, y: number])[];
}

export interface CurvePanel {
  readonly title?: string;
  /** Names the axis, and its unit. */
  readonly yAxis: string;
  /**
   * Linear unless said: what is not finite breaks the line. On `log`, 0 and the not finite have
   * places of their own.
   */
  readonly scale?: 'linear' | 'log';
  readonly curves: readonly Curve[];
  /** A dashed level line and what it says, such as ln 2. */
  readonly reference?: { readonly at: number; readonly label: string };
}

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
/** Solid and dashed; a third dash would not be told from these at a glance. */
const DASHES = [
  [1, 0],
  [5, 4],
];
/** Most points a curve is drawn with: more than a pixel each, and a small file. */
const MOST_POINTS = 250;
/** Most x values that get a tick each and a symbol on the line, as layers do and epochs do not. */
const MOST_STATIONS = 12;
/** Long enough a stroke in the legend to show its dashes. */
const STROKE_SYMBOL = { symbolType: 'stroke', symbolSize: 324 };
/** Ticks about, of any axis but the logarithmic. */
const TICKS = 6;
/** Pixels from a panel to its title, and those by which a label at its upper end stands out. */
const TITLE_OFFSET = 8;
const LABEL_OVERHANG = 6;
/** Beyond this, d3 overflows as it rounds a domain. */
const LARGEST = 1e300;

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

/** Every k-th point and the last, k the least that leaves at most 250. */
export function thin<T>(points: readonly T[]): readonly T[] {
  const last = points.length - 1;
  const stride = Math.max(1, Math.ceil(last / (MOST_POINTS - 1)));
  return points.filter((_, i) => i % stride === 0 || i === last);
}

interface Shared {
  readonly x: object;
  readonly series: readonly string[];
  readonly styles: readonly string[];
  readonly legend: object;
  readonly size: typeof PAIRED;
  readonly hasSymbols: boolean;
}

function panelSpec(panel: CurvePanel, shared: Shared): object {
  const { x, series, styles, legend, size, hasSymbols } = shared;
  const { title, reference } = panel;
  const drawn = panel.curves.map((curve) => ({ ...curve, points: thin(curve.points) }));
  const heights = drawn.flatMap((curve) => curve.points.map(([, y]) => y));
  const axis = (panel.scale === 'log' ? logHeights : linearHeights)(
    heights.concat(reference?.at ?? []),
  );
  const y = {
    type: 'quantitative',
    scale: axis.scale,
    axis: { title: panel.yAxis, ...axis.axis },
  };
  const color = {
    field: 'series',
    type: 'nominal',
    scale: { domain: series },
    legend:
      series.length > 1
        ? { ...legend, ...(hasSymbols ? { symbolType: 'circle' } : STROKE_SYMBOL) }
        : null,
  };
  const strokeDash = {
    field: 'style',
    type: 'nominal',
    scale: { domain: styles, range: DASHES.slice(0, styles.length) },
    legend: { ...legend, ...STROKE_SYMBOL, title: null },
  };
  const at = { x: { field: 'x', ...x }, y: { field: 'y', ...y }, color };
  return {
    // Vega measures from the labels: this brings the titles of a row to one height.
    ...(title !== undefined && {
      title: {
        text: title,
        fontSize: 13,
        offset: TITLE_OFFSET + Math.min(LABEL_OVERHANG, axis.headroom * size.height),
      },
    }),
    ...size,
    data: {
      values: drawn.flatMap(({ series, style = styles[0], points }, curve) =>
        points.map(([x, y]) => ({ curve, series, style, x, y: axis.place(y) })),
      ),
    },
    layer: [
      ...(reference === undefined ? [] : referenceLayers(reference, axis.place, y)),
      {
        // A round cap shows a point that has no neighbour as a dot.
        mark: { type: 'line', strokeWidth: 2, strokeCap: 'round', strokeJoin: 'round' },
        encoding: {
          ...at,
          detail: { field: 'curve' },
          ...(styles.length > 1 && { strokeDash }),
        },
      },
      ...(hasSymbols
        ? [
            {
              mark: { type: 'point', filled: true, size: 55, opacity: 1 },
              encoding: { ...at, shape: color },
            },
          ]
        : []),
    ],
  };
}

/** The dashed line, and its label right of the panel, where no curve runs. */
function referenceLayers(
  { at, label }: NonNullable<CurvePanel['reference']>,
  place: Heights['place'],
  y: object,
): object[] {
  const encoding = { y: { datum: place(at), ...y } };
  return [
    {
      data: { values: [{}] },
      mark: { type: 'rule', strokeDash: [4, 3], strokeWidth: 1.5 },
      encoding,
    },
    {
      data: { values: [{}] },
      mark: { type: 'text', text: label, align: 'left', dx: 6 },
      encoding: { ...encoding, x: { value: 'width' } },
    },
  ];
}

/** How a panel's y axis looks, and where it has a place for a value; null: nowhere. */
interface Heights {
  readonly scale: object;
  readonly axis: object;
  /** Share of the axis above its uppermost tick. */
  readonly headroom: number;
  place(value: number): number | null;
}

function logHeights(values: readonly number[]): Heights {
  const { domain, ticks, label, place } = logAxis(values);
  return {
    scale: { type: 'log', domain },
    axis: { values: ticks, labelExpr: label },
    headroom: Math.log(domain[1] / ticks.at(-1)!) / Math.log(domain[1] / domain[0]),
    place,
  };
}

function linearHeights(values: readonly number[]): Heights {
  const place = (value: number): number | null => (Math.abs(value) < LARGEST ? value : null);
  const placed = values.filter((value) => place(value) !== null);
  return {
    scale: { domain: around(placed), nice: TICKS, zero: false },
    axis: {
      tickCount: TICKS,
      // A diverged loss would else be written with all its zeros.
      labelExpr:
        'abs(datum.value) >= 1e6 || (datum.value != 0 && abs(datum.value) < 1e-4)' +
        ` ? replace(format(datum.value, '~e'), '+', '') : datum.label`,
    },
    headroom: 0,
    place,
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

/** Least and greatest; with room around where they are one, and 0 to 1 where there is none. */
function around(values: readonly number[]): [low: number, high: number] {
  if (values.length === 0) return [0, 1];
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  const room = low < high ? 0 : Math.abs(low) / 10 || 1;
  return [low - room, high + room];
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
