import type { ChartSpec } from '../report.ts';
import { isDrawable } from './linear-axis.ts';

export interface HistogramPanel {
  readonly title: string;
  /** Names the axis, and its unit. */
  readonly xAxis: string;
  /** At least one, all finite. */
  readonly samples: readonly number[] | Float64Array;
  /** The density they are drawn from, as a line; none unless said. */
  readonly density?: (x: number) => number;
}

export interface HistogramChart {
  readonly title: string;
  readonly subtitle: string;
  readonly yAxis: string;
  /** Bins of each panel. */
  readonly bins: number;
  /** Two a row, each with axes of its own. */
  readonly panels: readonly HistogramPanel[];
}

/** One bar: samples in [left, right), per sample and unit of x. */
export interface Bin {
  readonly left: number;
  readonly right: number;
  readonly density: number;
}

const COLUMNS = 2;
const WIDTH = 340;
const HEIGHT = 240;
/** Beyond the outermost bins, as a share of their width: shows how the density ends. */
const MARGIN = 0.03;
/** The density is drawn through one point a pixel, and so are its steps. */
const DENSITY_POINTS = WIDTH;
const TICKS = 6;
/** A low bar, as wide as the line's stroke in the legend, so that their labels stand level. */
const BAR = 'M-1,-0.6H1V0.6H-1Z';
const OPACITY = 0.5;

/**
 * Histograms of area 1, side by side, each under the density its samples are drawn from.
 * Throws RangeError where `histogram` does.
 */
export function histogramChart(chart: HistogramChart): ChartSpec {
  const hasDensity = chart.panels.some((panel) => panel.density !== undefined);
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    title: { text: chart.title, subtitle: chart.subtitle },
    columns: COLUMNS,
    spacing: 28,
    concat: chart.panels.map((panel, i) =>
      panelSpec(panel, histogram(panel.samples, chart.bins), {
        yAxis: i % COLUMNS === 0 ? chart.yAxis : null,
        hasDensity,
      }),
    ),
  };
}

/**
 * Equal bins from the least sample to the greatest, their area 1. The last bin has its right edge
 * too. Samples that are equal, or too close together for so many bins of doubles, are one bin of
 * width 1 around them. Throws RangeError on no samples, on one that is not finite and unless `bins`
 * is a whole number above 0.
 */
export function histogram(samples: readonly number[] | Float64Array, bins: number): Bin[] {
  const [low, high] = extent(samples);
  if (!Number.isInteger(bins) || bins < 1) {
    throw new RangeError(`histogram: got ${bins} bins, expected a whole number above 0`);
  }
  // Four doubles wide, so that no two edges round to one, and wide enough for a finite density.
  const narrowest = Math.max(2 ** -50 * Math.max(Math.abs(low), Math.abs(high)), 1e-300);
  const width = (high - low) / bins;
  if (!(width > narrowest)) {
    const half = Math.max(0.5, high - low, narrowest);
    const [left, right] = [low - half, low + half];
    return [{ left, right, density: 1 / (right - left) }];
  }
  const edges = Array.from({ length: bins + 1 }, (_, i) => (i < bins ? low + i * width : high));
  const counts = new Float64Array(bins);
  for (const sample of samples) {
    let bin = Math.min(bins - 1, Math.floor((sample - low) / width));
    // The quotient is rounded, and so are the edges: they decide.
    while (sample < edges[bin]!) bin--;
    while (bin < bins - 1 && sample >= edges[bin + 1]!) bin++;
    counts[bin]!++;
  }
  return Array.from(counts, (count, i) => {
    const [left, right] = [edges[i]!, edges[i + 1]!];
    return { left, right, density: count / samples.length / (right - left) };
  });
}

function extent(samples: readonly number[] | Float64Array): [low: number, high: number] {
  if (samples.length === 0) {
    throw new RangeError('histogram: got no samples, expected at least 1');
  }
  let [low, high] = [Infinity, -Infinity];
  samples.forEach((sample, i) => {
    if (!Number.isFinite(sample)) {
      throw new RangeError(`histogram: sample ${i}: got ${sample}, expected a finite number`);
    }
    low = Math.min(low, sample);
    high = Math.max(high, sample);
  });
  return [low, high];
}

interface Shared {
  readonly yAxis: string | null;
  readonly hasDensity: boolean;
}

function panelSpec(panel: HistogramPanel, bins: readonly Bin[], shared: Shared): object {
  const [first, last] = [bins[0]!, bins.at(-1)!];
  const margin = MARGIN * (last.right - first.left);
  const [left, right] = [first.left - margin, last.right + margin];
  const line = panel.density ? densityPoints(panel.density, left, right) : [];
  // A density may be infinite at a point: it does not set the scale.
  const top = Math.max(...bins.map((bin) => bin.density), ...line.map((point) => point.y ?? 0));
  const x = {
    field: 'x',
    type: 'quantitative',
    scale: { domain: [left, right], nice: false, zero: false },
    axis: { title: panel.xAxis, grid: false, labelFlush: false, tickCount: TICKS },
  };
  const y = {
    field: 'y',
    type: 'quantitative',
    scale: { domain: [0, top], nice: TICKS },
    axis: { title: shared.yAxis, tickCount: TICKS },
  };
  const legend = { orient: 'top', offset: 14, title: null, symbolSize: 324 };
  return {
    title: { text: panel.title, fontSize: 13, offset: 8 },
    width: WIDTH,
    height: HEIGHT,
    layer: [
      {
        // One outline: bars of two pixels each would show seams.
        data: { values: [...bins.map((bin) => ({ x: bin.left, y: bin.density })), end(last)] },
        mark: { type: 'area', interpolate: 'step-after', fillOpacity: OPACITY },
        encoding: {
          x,
          y,
          fill: {
            datum: 'sampled',
            type: 'nominal',
            scale: { domain: ['sampled'] },
            legend: shared.hasDensity
              ? { ...legend, symbolType: BAR, symbolOpacity: OPACITY }
              : null,
          },
        },
      },
      ...(line.length === 0
        ? []
        : [
            {
              data: { values: line },
              mark: { type: 'line', strokeWidth: 2, strokeJoin: 'round' },
              encoding: {
                x,
                y,
                stroke: {
                  datum: 'density',
                  type: 'nominal',
                  // The second colour; and scales of one domain would share a legend.
                  scale: { domain: ['sampled', 'density'] },
                  legend: { ...legend, values: ['density'], symbolType: 'stroke' },
                },
              },
            },
          ]),
    ],
  };
}

/** Where the last step ends. */
const end = (last: Bin): object => ({ x: last.right, y: last.density });

function densityPoints(
  density: (x: number) => number,
  left: number,
  right: number,
): { readonly x: number; readonly y: number | null }[] {
  return Array.from({ length: DENSITY_POINTS }, (_, i) => {
    const x = left + ((right - left) * i) / (DENSITY_POINTS - 1);
    const y = density(x);
    // Below 0 it is none, and far below no pixel.
    return { x, y: y >= 0 && isDrawable(y) ? y : null };
  });
}
