import type { LayerKind, SpecOf } from '../../model/layer.ts';
import type { LossKind } from '../../model/loss.ts';
import type { Kernels } from '../../numeric/kernels/kernels.ts';
import type { Matrix } from '../../numeric/matrix.ts';

/** Where a layer stands in a prepared network: the matrices that its formulas read and write. */
export interface LayerSite<K extends LayerKind> {
  readonly spec: SpecOf<K>;
  readonly kernels: Kernels;
  /** A matrix for an intermediate result, made once. */
  readonly workspace: (rows: number, cols: number) => Matrix;
  readonly x: Matrix;
  readonly y: Matrix;
  /** ∂L/∂Y, to be read. */
  readonly dy: Matrix;
  /** ∂L/∂X, to be written; null where nobody needs it. */
  readonly dx: Matrix | null;
  /** A parameter of this layer, and ∂L/∂ that, to be written. */
  readonly parameter: (name: 'weight' | 'bias') => { value: Matrix; gradient: Matrix };
}

/** Where the loss stands. */
export interface LossSite {
  readonly kernels: Kernels;
  readonly workspace: (rows: number, cols: number) => Matrix;
  /** What the loss reads: the network's outputs, or the logits where it includes the last sigmoid. */
  readonly x: Matrix;
  /** The network's outputs; the same matrix as `x` but in that case. */
  readonly outputs: Matrix;
  readonly targets: Matrix;
  /** The loss, 1×1, to be written. */
  readonly loss: Matrix;
  /** ∂loss/∂X, to be written. */
  readonly dx: Matrix;
  /** N·C for a mean over entries, N for a mean over rows, 1 for a sum. */
  readonly divisor: number;
}

/** The two passes of a layer, in explicit formulas. */
export interface Passes {
  forward(): void;
  backward(): void;
}

export type LayerRule<K extends LayerKind> = (site: LayerSite<K>) => Passes;
export type LossRule = (site: LossSite) => Passes;

/** One granularity: every layer and loss; a kind without a rule does not compile. */
export interface RuleSet {
  readonly layers: { readonly [K in LayerKind]: LayerRule<K> };
  readonly losses: { readonly [K in LossKind]: LossRule };
  /** A last sigmoid and bce in one rule, or null where they stay apart. */
  readonly sigmoidBce: LossRule | null;
}

/** A 1×1 matrix holding 1: a constant operand, and ∂loss/∂loss. */
export function one(site: Pick<LossSite, 'kernels' | 'workspace'>): Matrix {
  const m = site.workspace(1, 1);
  site.kernels.fill(m, 1);
  return m;
}

/** Makes new matrices of one shape: `const fresh = like(x, workspace)`, then `fresh()` for each. */
export const like =
  (
    { rows, cols }: { readonly rows: number; readonly cols: number },
    workspace: (rows: number, cols: number) => Matrix,
  ): (() => Matrix) =>
  () =>
    workspace(rows, cols);
