import type { GradientMethod } from '../../gradients/method.ts';
import type { Model } from '../../model/model.ts';

/** A typical mistake of hand-derived backpropagation, and a gradient method that makes it. */
export interface Mistake {
  /** Kebab-case and stable: `mean-missing`. The method has the same name. */
  readonly name: string;
  /** One plain sentence to the person who made it. */
  readonly says: string;
  /** Right → wrong, in symbols. */
  readonly formula: string;
  readonly part: 'loss' | 'linear' | 'activation' | 'network';
  /**
   * Whether the model has a place to make it, and making it changes the gradient of a parameter (or
   * the parameters) there: at generic values, with samples enough and at least two classes, in float64.
   */
  readonly applies: (model: Model) => boolean;
  /**
   * The hand-derived method with this mistake in it; its loss and outputs are right. `learningRate`
   * (0.1 unless said) is for mistakes of the training step.
   */
  readonly method: (options?: MistakeOptions) => GradientMethod;
}

export interface MistakeOptions {
  readonly learningRate?: number;
}
