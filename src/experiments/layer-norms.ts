import { type Params, slotValues } from '../params/params.ts';
import { LAYERS, type PerLayer } from './five-layer.ts';

/** L2 norm of each layer's weight, of parameters or of gradients. */
export const weightNorms = (params: Params): PerLayer =>
  LAYERS.map((layer) => norm(slotValues(params, `fc${layer}.weight`)));

/** The largest |change| of a weight or bias of each layer. */
export const layerMoves = (before: Params, after: Params): PerLayer =>
  LAYERS.map((layer) => {
    const changes = ['weight', 'bias'].flatMap((kind) => {
      const [a, b] = [before, after].map((params) => slotValues(params, `fc${layer}.${kind}`));
      return Array.from(a!, (value, i) => Math.abs(b![i]! - value));
    });
    return Math.max(...changes);
  });

/** √Σ v². */
export function norm(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]! * values[i]!;
  return Math.sqrt(sum);
}
