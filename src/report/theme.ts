export type Scheme = 'light' | 'dark';

/** Page colours of GitHub, which the charts' transparent ground lets through. */
export const PAGE: { readonly [S in Scheme]: string } = { light: '#ffffff', dark: '#0d1117' };

/**
 * Near the hues of Okabe and Ito (https://jfly.uni-koeln.de/color/), moved until any two differ by
 * ΔE 20 to every kind of colour vision and each stands 3:1 against its page. Charts add shapes.
 */
export const PALETTE: { readonly [S in Scheme]: readonly string[] } = {
  light: ['#1d54cb', '#e57200', '#12985a', '#bb5692', '#714d09', '#3e3a40'],
  dark: ['#4d96fc', '#dc7328', '#2bd883', '#ce80bf', '#eadd3d', '#c1dcce'],
};

const INK = {
  light: { text: '#1f2328', quiet: '#59636e', line: '#8c959f', grid: '#e3e6ea' },
  dark: { text: '#f0f6fc', quiet: '#9198a1', line: '#6e7681', grid: '#262c36' },
} as const;

const FONT = 'system-ui, -apple-system, "Segoe UI", Helvetica, Arial, sans-serif';

/** The house look of every chart, as a Vega-Lite config; a chart's spec says nothing of colours or fonts. */
export function theme(scheme: Scheme): Readonly<Record<string, unknown>> {
  const { text, quiet, line, grid } = INK[scheme];
  return {
    background: 'transparent',
    font: FONT,
    padding: 8,
    view: { stroke: null },
    title: {
      anchor: 'start',
      frame: 'group',
      color: text,
      fontSize: 15,
      fontWeight: 600,
      subtitleColor: quiet,
      subtitleFontSize: 12,
      subtitlePadding: 5,
      offset: 14,
    },
    axis: {
      domain: false,
      ticks: false,
      grid: true,
      gridColor: grid,
      labelColor: quiet,
      labelFontSize: 12,
      labelPadding: 8,
      labelLimit: 400,
      titleColor: text,
      titleFontSize: 12,
      titleFontWeight: 500,
      titlePadding: 10,
    },
    header: { labelColor: text, labelFontSize: 13, labelFontWeight: 600, title: null },
    legend: {
      labelColor: text,
      labelFontSize: 12,
      labelLimit: 400,
      titleColor: quiet,
      titleFontSize: 12,
      titleFontWeight: 500,
      symbolSize: 80,
      symbolStrokeWidth: 2,
      symbolOpacity: 1,
      titlePadding: 8,
    },
    range: { category: [...PALETTE[scheme]] },
    text: { color: quiet, fontSize: 12 },
    rule: { color: line },
  };
}
