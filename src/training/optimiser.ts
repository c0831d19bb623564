import type { Dtype } from '../numeric/dtype.ts';
import type { Layout } from '../params/layout.ts';
import type { Params } from '../params/params.ts';

/** A rule that changes parameters by their gradients. It holds no state: `start` makes that. */
export interface Optimiser {
  readonly name: string;
  /** State for parameters of this layout: it cannot come to belong to another model's. */
  start(layout: Layout, dtype: Dtype): OptimiserState;
}

export interface OptimiserState {
  /** One step. Throws where params or gradients are of another layout. */
  stepInPlace(params: Params, grads: Params): void;
}
