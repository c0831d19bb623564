import { linearHeights, logHeights } from './curve-axis.ts';
import { drawn, type Places, type Point } from './curve-points.ts';

export interface Curve {
  /** Its colour, the same in every panel. */
  readonly series: string;
  /** Its dash: the chart's first style is solid, the second dashed; the first unless said. */
  readonly style?: string;
  readonly points: readonly Point[];
}

export interface CurvePanel {
  readonly title?: string;
  /** Names the axis, and its unit. */
  readonly yAxis: string;
  /**
   * Linear unless said: what is not finite breaks the line. On `log`, 0 and the not finite have
   * places of their own, apart from the line and with open symbols.
   */
  readonly scale?: 'linear' | 'log';
  readonly curves: readonly Curve[];
  /** A dashed level line and what it says, such as ln 2. */
  readonly reference?: { readonly at: number; readonly label: string };
}

/** Solid and dashed; a third dash would not be told from these at a glance. */
export const DASHES: readonly (readonly number[])[] = [
  [1, 0],
  [5, 4],
];
/** Long enough a stroke in the legend to show its dashes. */
const STROKE_SYMBOL = { symbolType: 'stroke', symbolSize: 324 };
/** Pixels from a panel to its title, and those by which a label at its upper end stands out. */
const TITLE_OFFSET = 8;
const LABEL_OVERHANG = 6;
/** Smaller than a filled symbol of the same weight. */
const OPEN_SYMBOL = { type: 'point', filled: false, size: 40, strokeWidth: 1.5, opacity: 1 };

/** What the panels of a chart have in common. */
export interface Shared {
  readonly x: object;
  readonly series: readonly string[];
  readonly styles: readonly string[];
  readonly legend: object;
  readonly size: { readonly width: number; readonly height: number };
  readonly hasSymbols: boolean;
}

export function panelSpec(panel: CurvePanel, shared: Shared): object {
  const { x, series, styles, legend, size, hasSymbols } = shared;
  const { title, reference } = panel;
  const heights = panel.curves.flatMap((curve) => curve.points.map(([, y]) => y));
  const axis = (panel.scale === 'log' ? logHeights : linearHeights)(
    heights.concat(reference?.at ?? []),
  );
  const values = panel.curves.flatMap(({ series, style = styles[0], points }, curve) =>
    drawn(points, axis, hasSymbols).map((point) => ({ curve, series, style, ...point })),
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
    data: { values },
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
              transform: [{ filter: '!datum.open' }],
              mark: { type: 'point', filled: true, size: 55, opacity: 1 },
              encoding: { ...at, shape: color },
            },
          ]
        : []),
      ...(values.some(({ open }) => open)
        ? [
            {
              transform: [{ filter: 'datum.open' }],
              mark: OPEN_SYMBOL,
              encoding: { ...at, ...(hasSymbols && { shape: color }) },
            },
          ]
        : []),
    ],
  };
}

/** The dashed line, and its label right of the panel, where no curve runs. */
function referenceLayers(
  { at, label }: NonNullable<CurvePanel['reference']>,
  place: Places['place'],
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
