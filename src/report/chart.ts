import type { Config, TopLevelSpec } from 'vega-lite';
import type { ChartSpec } from './report.ts';
import { textWidth } from './text-width.ts';
import { type Scheme, theme } from './theme.ts';

/** The chart as SVG text with a transparent ground, once for light pages and once for dark ones. */
export async function renderChart(spec: ChartSpec): Promise<{ readonly [S in Scheme]: string }> {
  return { light: await renderScheme(spec, 'light'), dark: await renderScheme(spec, 'dark') };
}

async function renderScheme(spec: ChartSpec, scheme: Scheme): Promise<string> {
  // Imported here only: a program that draws nothing does not load them.
  const [vega, { compile }] = await Promise.all([import('vega'), import('vega-lite')]);
  measureText(vega);
  // `ChartSpec` says why specs are opaque; vega-lite refuses one that is none when it compiles it.
  const compiled = compile(spec as object as TopLevelSpec, {
    config: theme(scheme) as Config,
  }).spec;
  const view = new vega.View(vega.parse(compiled), { renderer: 'none' });
  try {
    await view.runAsync();
    // Clip paths are numbered through the whole process: without this, files depend on their order.
    vega.resetSVGDefIds();
    return `${await view.toSVG()}\n`;
  } finally {
    view.finalize();
  }
}

interface TextMetrics {
  width(item: { readonly fontSize?: number }, text: unknown): number;
}

/**
 * Vega measures text on a canvas where one is installed, with whatever fonts the machine has, and
 * else takes every character for 0.8 em. Ours is the same everywhere and leaves no gaps.
 */
function measureText(vega: object): void {
  // vega exports this object; its types do not say so.
  const { textMetrics } = vega as { readonly textMetrics: TextMetrics };
  textMetrics.width = (item, text) => textWidth(String(text ?? ''), item.fontSize ?? 11);
}
