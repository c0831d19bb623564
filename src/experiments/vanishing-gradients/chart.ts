import { type CurvePanel, curveChart } from '../../report/charts/curves.ts';
import type { Block } from '../../report/report.ts';
import { LAYERS, type PerLayer, starts } from '../five-layer.ts';
import type { VanishingFigures } from './figures.ts';
import { HIDDEN, names, STARTS } from './measure.ts';

/** Norms by layer: a panel a start, a colour an activation. */
export const normsChart = ({ seeds, cases }: VanishingFigures, seed: number): Block => ({
  kind: 'chart',
  name: 'vanishing-gradients',
  alt:
    'Gradient norms by layer on a logarithmic axis: with small weights they fall steeply towards the first layer, ' +
    'for ReLU too; with larger weights much less. The norms of the weights are level.',
  spec: curveChart({
    title: 'Norms of gradients and weights by layer, first epoch',
    subtitle:
      '2-3-3-3-3-1; the gradient flows from layer 5 back to layer 1; each panel has a scale of its own',
    xAxis: 'layer',
    panels: STARTS.map((start): CurvePanel => {
      const of = cases[start];
      const curve = (series: string, style: string, norms: PerLayer) => ({
        series,
        style,
        points: LAYERS.map((layer, i) => [layer, norms[i]!] as const),
      });
      return {
        title: starts[start].title,
        yAxis: 'L2 norm',
        scale: 'log',
        curves: [
          ...HIDDEN.flatMap((hidden) => [
            curve(`gradient, ${names[hidden]}`, `seed ${seed}`, of[hidden].own),
            curve(`gradient, ${names[hidden]}`, `median of ${seeds} seeds`, of[hidden].median),
          ]),
          curve('weights', `median of ${seeds} seeds`, of.sigmoid.weights),
        ],
      };
    }),
  }),
});
