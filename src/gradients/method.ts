import type { Batch, BatchShape } from '../model/batch.ts';
import type { Model } from '../model/model.ts';
import type { Dtype } from '../numeric/dtype.ts';
import type { Matrix } from '../numeric/matrix.ts';
import type { Params } from '../params/params.ts';

export type MethodName =
  | 'manual-fused'
  | 'manual-textbook'
  | 'tape-fused'
  | 'tape-textbook'
  | 'replay-fused'
  | 'replay-textbook'
  | 'finite-difference'
  | 'complex-step'
  | 'symbolic'
  | 'exact'
  | 'pytorch';

export interface PrepareOptions {
  /** Precision of the workspaces and of every operation; float64 unless said. */
  readonly dtype?: Dtype;
  /** Whether gradients for the batch's inputs may be asked for; params only unless said. */
  readonly wrt?: 'params' | 'params+inputs';
}

/** What a call fills besides the gradients, where it is asked to; each is overwritten. */
export interface Extras {
  /** [rows, outputs]: the network's outputs. */
  readonly outputs?: Matrix;
  /** [rows, inputs]: ∂loss/∂inputs; needs `wrt: 'params+inputs'`. */
  readonly inputs?: Matrix;
  /** A bound on each gradient entry's error, by the methods that know one; others leave it. */
  readonly uncertainty?: Params;
  /** [rows, inputs]: likewise of each input gradient, by those that know one; goes with `inputs`. */
  readonly inputsUncertainty?: Matrix;
}

export interface PreparedGradient {
  /** Overwrites `into` with ∂loss/∂params, changes neither params nor batch, returns the loss. */
  valueAndGrad(params: Params, batch: Batch, into: Params, extra?: Extras): number;
  /** The loss alone, and the outputs where asked for: the forward pass, no gradient computed. */
  value?(params: Params, batch: Batch, extra?: Pick<Extras, 'outputs'>): number;
}

export type Preparation =
  | { readonly kind: 'prepared'; readonly run: PreparedGradient }
  | { readonly kind: 'unsupported'; readonly why: string };

/** A way to differentiate a network. Methods never import one another. */
export interface GradientMethod {
  /** One of `MethodName` for our own; another's is theirs to choose. */
  readonly name: string;
  /** Everything that can be done once per (model, batch shape, dtype). */
  prepare(model: Model, shape: BatchShape, options?: PrepareOptions): Promise<Preparation>;
}
