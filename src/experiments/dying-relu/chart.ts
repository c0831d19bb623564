import { type CurvePanel, curveChart } from '../../report/charts/curves.ts';
import type { Block } from '../../report/report.ts';
import { LAYERS, type PerLayer, starts } from '../five-layer.ts';
import { CASES, type DyingCase, type DyingCaseName, EPOCHS } from './cases.ts';
import type { DyingFigures } from './figures.ts';

/** Gradients and movements by layer: a row of panels a start, a colour an activation. */
export const dyingChart = ({ cases }: DyingFigures, seed: number): Block => ({
  kind: 'chart',
  name: 'dying-relu',
  alt:
    'With biases of −8 the gradients of ReLU are 0 in every layer, and those of its variants fall steeply towards the first layer; ' +
    'so does how far the layers move. From PyTorch’s default start the fall is far less steep where no layer is dead.',
  spec: curveChart({
    title: 'Gradients, and how far the layers move',
    subtitle: `seed ${seed}, rate 0.01, ${EPOCHS.toLocaleString('en')} epochs; each panel has a scale of its own`,
    xAxis: 'layer',
    panels: (['negative', 'default'] as const).flatMap((start) => [
      panel(start, 'L2 norm of the gradient, first epoch', (name) => cases[name].own),
      panel(start, 'largest |change| in the layer', (name) => cases[name].training!.moves),
    ]),
  }),
});

const panel = (
  start: DyingCase['start'],
  yAxis: string,
  heights: (name: DyingCaseName) => PerLayer,
): CurvePanel => ({
  title: starts[start].title,
  yAxis,
  scale: 'log',
  curves: CASES.filter((of) => of.start === start && isDrawn(of)).map(({ name, title }) => ({
    series: title,
    points: LAYERS.map((layer, i) => [layer, heights(name)[i]!] as const),
  })),
});

/** Those that train, in double precision. */
const isDrawn = ({ dtype, trains }: DyingCase): boolean => dtype === 'float64' && trains !== 'none';
