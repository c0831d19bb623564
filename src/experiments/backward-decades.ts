import type { GradientMethod } from '../gradients/method.ts';
import type { Batch } from '../model/batch.ts';
import type { Model } from '../model/model.ts';
import { exp } from '../numeric/exp.ts';
import type { Params } from '../params/params.ts';
import { LAYERS } from './five-layer.ts';
import { norm } from './layer-norms.ts';
import { flowingGradients } from './network-flow.ts';
import { sum } from './statistics.ts';

/**
 * How many powers of ten a weight gradient gains (below 0: loses) on its way from the last layer of
 * the five-layer network to the first, and through what: `all` is the sum of the others.
 */
export interface Decades {
  /** Through the slopes φ′ of the activations. */
  readonly slopes: number;
  /** Through the weights, by which each delta is multiplied on its way. */
  readonly weights: number;
  /** Through what else makes a weight gradient of a delta: what the layer gets, summed over samples. */
  readonly inputs: number;
  readonly all: number;
}

/**
 * With norms over the whole batch, a step back from layer l + 1 to layer l is exactly
 * ‖∂W_l‖ / ‖∂W_l+1‖ = (‖Δ_l‖ / ‖Δ_l+1 W_l+1‖) · (‖Δ_l+1 W_l+1‖ / ‖Δ_l+1‖) · rest,
 * the slopes, the weights and the inputs; Δ_l = Δ_l+1 W_l+1 ⊙ φ′(Z_l) is ∂loss/∂Z_l.
 * Not finite where a gradient is 0. `norms` are those of the weights' gradients.
 */
export async function backwardDecades(
  model: Model,
  params: Params,
  batch: Batch,
  norms: readonly number[],
  method?: GradientMethod,
): Promise<Decades> {
  const flow = (await flowingGradients(model, params, batch, method)).map(({ data }) => norm(data));
  const steps = LAYERS.slice(1);
  // Layers alternate: what enters the linear layer l is at 2(l − 1), its activation's input after it.
  const slopes = sum(steps.map((l) => Math.log10(flow[2 * l - 3]! / flow[2 * l - 2]!)));
  const weights = sum(steps.map((l) => Math.log10(flow[2 * l - 2]! / flow[2 * l - 1]!)));
  const all = Math.log10(norms[0]! / norms.at(-1)!);
  return { slopes, weights, inputs: all - slopes - weights, all };
}

/** The mean of those whose gradients are all above 0. */
export function meanDecades(of: readonly Decades[]): Decades {
  const finite = of.filter(({ all }) => Number.isFinite(all));
  const mean = (part: keyof Decades): number =>
    sum(finite.map((decades) => decades[part])) / finite.length;
  return {
    slopes: mean('slopes'),
    weights: mean('weights'),
    inputs: mean('inputs'),
    all: mean('all'),
  };
}

/** 10^decades, the same bits on every engine: those of `**` changed from Node 20 to 24. */
export const factorOf = (decades: number): number => exp(decades * Math.LN10);
