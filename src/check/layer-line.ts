import type { LayerKind, SpecOf } from '../model/layer.ts';
import { type Noisy, noisy, type Rounding, square, undecided } from './noisy.ts';

/** What a layer's line may use besides what flows through it. */
export interface LayerContext {
  readonly rounding: Rounding;
  /** A parameter's exact values, row-major. */
  parameter(name: 'weight' | 'bias'): Float64Array;
  /** Where its gradient goes, with its variance: views, shaped as the parameter. */
  gradient(name: 'weight' | 'bias'): Pick<Noisy, 'value' | 'variance'>;
  /** Whether this element (row-major) takes the other branch than its pre-activation's sign says. */
  flipped(element: number): boolean;
}

/**
 * How one layer carries values and the variance of their rounding errors, forwards and backwards.
 * Written from the layer's definition, as plain loops, apart from every gradient method: the
 * tolerance must not share their mistakes.
 */
export interface LayerLine<K extends LayerKind> {
  forward(spec: SpecOf<K>, context: LayerContext, x: Noisy): Noisy;
  /** ∂loss/∂x from ∂loss/∂y; fills the parameters' gradients. */
  backward(spec: SpecOf<K>, context: LayerContext, x: Noisy, dy: Noisy): Noisy;
  /** Whether the derivative jumps where the input is 0. */
  kinked(spec: SpecOf<K>): boolean;
}

/** A function φ of one feature at a point, and what its computation may round. */
export interface Curve {
  /** φ(z), φ′(z), φ″(z). */
  readonly value: number;
  readonly slope: number;
  readonly curvature: number;
  /** Σ|terms| of the formulas that compute φ and φ′ with rounding; 0 where they are exact. */
  readonly valueTerms: number;
  readonly slopeTerms: number;
}

export interface ElementwiseLine<K extends LayerKind> {
  curve(spec: SpecOf<K>, z: number): Curve;
  /** The slopes just below and above 0 where they may differ. */
  slopes?(spec: SpecOf<K>): readonly [below: number, above: number];
}

/**
 * V(φ(z)) = φ′²V(z) + (2uφ)²;
 * V(φ′ȳ) = φ′²V(ȳ) + (ȳ² + V(ȳ)) V(φ′) + u²(φ′ȳ)², V(φ′) = φ″²V(z) + (2u·|terms of φ′|)².
 * The product of two variances counts where activations saturate one after another.
 */
export const elementwiseLine = <K extends LayerKind>({
  curve,
  slopes,
}: ElementwiseLine<K>): LayerLine<K> => ({
  forward: (spec, { rounding }, x) => {
    const y = noisy(x.rows, x.cols);
    const branches = (slopes?.(spec) ?? []).map(Math.abs);
    for (let i = 0; i < x.value.length; i++) {
      const { value, slope, valueTerms } = curve(spec, x.value[i]!);
      y.value[i] = value;
      // Where rounding decides the branch, the steeper one carries the error on.
      const steepest = undecided(x, i) ? Math.max(Math.abs(slope), ...branches) : slope;
      y.variance[i] = square(steepest) * x.variance[i]!;
      if (valueTerms !== 0) y.variance[i]! += rounding.variance(valueTerms, 2);
    }
    return y;
  },
  backward: (spec, { rounding, flipped }, x, dy) => {
    const dx = noisy(x.rows, x.cols);
    for (let i = 0; i < x.value.length; i++) {
      const z = x.value[i]!;
      const at = curve(spec, z);
      const slope = slopes && flipped(i) ? slopes(spec)[z > 0 ? 0 : 1] : at.slope;
      const slopeVariance =
        square(at.curvature) * x.variance[i]! +
        (at.slopeTerms === 0 ? 0 : rounding.variance(at.slopeTerms, 2));
      dx.value[i] = slope * dy.value[i]!;
      dx.variance[i] =
        square(slope) * dy.variance[i]! +
        (square(dy.value[i]!) + dy.variance[i]!) * slopeVariance +
        rounding.variance(dx.value[i]!);
    }
    return dx;
  },
  kinked: (spec) => {
    const [below, above] = slopes?.(spec) ?? [1, 1];
    return below !== above;
  },
});
