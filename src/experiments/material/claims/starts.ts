import type { PerLayer } from '../../five-layer.ts';
import type { VanishingStart } from '../../vanishing-gradients/measure.ts';

/** What the text announces, larger weights, and what the code ran on. */
export const STARTS: readonly VanishingStart[] = ['small', 'unit', 'default'];

/** Below 1 where the gradient shrinks on its way back. */
export const firstOverLast = (norms: PerLayer): number => norms[0]! / norms.at(-1)!;
