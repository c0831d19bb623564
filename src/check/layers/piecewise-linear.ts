import type { LayerKind, SpecOf } from '../../model/layer.ts';
import { elementwiseLine, type LayerLine } from '../layer-line.ts';

/** z times one slope below 0 and another above: exact but for the product with a slope not 0 or 1. */
const piecewiseLinear = <K extends LayerKind>(
  slopes: (spec: SpecOf<K>) => readonly [below: number, above: number],
): LayerLine<K> =>
  elementwiseLine({
    curve: (spec, z) => {
      const slope = slopes(spec)[z > 0 ? 1 : 0];
      const value = slope === 0 ? 0 : slope * z;
      const valueTerms = slope === 0 || slope === 1 ? 0 : Math.abs(value);
      return { value, slope, curvature: 0, valueTerms, slopeTerms: 0 };
    },
    slopes,
  });

export const reluLine: LayerLine<'relu'> = piecewiseLinear(() => [0, 1]);
export const leakyReluLine: LayerLine<'leaky_relu'> = piecewiseLinear(({ slope }) => [slope, 1]);
export const identityLine: LayerLine<'identity'> = piecewiseLinear(() => [1, 1]);
