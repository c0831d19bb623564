import { checkGradient } from '../check/gradient/check-gradient.ts';
import type { CheckOptions } from '../check/gradient/check-options.ts';
import type { CheckResult } from '../check/gradient/check-result.ts';
import type { GradientCase, Numbers } from '../check/gradient/gradient-case.ts';
import { resultText } from '../check/gradient/result-text.ts';
import { checkModel, type ModelCheckOptions } from '../check/model/check-model.ts';
import type { GradientMethod } from '../gradients/method.ts';
import type { Batch } from '../model/batch.ts';
import type { Model } from '../model/model.ts';
import type { Params } from '../params/params.ts';
import { assertNetworkArguments } from './network-arguments.ts';
import { receivedGradient, receivedVjp } from './received.ts';

interface Leniency {
  /** Whether a check that cannot judge passes; it fails unless said. Of no influence on `.not`. */
  readonly allowUnresolved?: boolean;
}

/** A case without its functions, the check's options, and what may pass. */
export interface GradientMatcherOptions
  extends Omit<GradientCase, 'name' | 'f' | 'gradient' | 'vjp'>,
    CheckOptions,
    Leniency {
  /** The message begins with it; the received function's own unless said. */
  readonly name?: string;
}

export interface ModelMatcherOptions extends ModelCheckOptions, Leniency {}

/** What `expect(…)` gains; R is what a matcher returns there. */
export interface GradientMatchers<R> {
  /**
   * `expect(gradient).toBeGradientOf(f, { at: point })`: f is scalar; `gradient` is the function
   * x → ∂f/∂x, or its numbers at the one point. Passes only where the check agrees, and `.not` only
   * where differences contradict the gradient: a check that fails for another reason passes neither.
   */
  toBeGradientOf(f: (x: Numbers) => number, options: GradientMatcherOptions): R;
  /** `expect(vjp).toBeVjpOf(f, { at: point })`: f is vector-valued, `vjp` is (x, ȳ) → ȳᵀ ∂f/∂x. */
  toBeVjpOf(f: (x: Numbers) => ArrayLike<number>, options: GradientMatcherOptions): R;
  /** `await expect(method).toHaveRightGradients(model, params, batch)`: every entry of a network's. */
  toHaveRightGradients(
    model: Model,
    params: Params,
    batch: Batch,
    options?: ModelMatcherOptions,
  ): Promise<R>;
}

/** Of the runner's matcher context, all that is used here. */
interface MatcherContext {
  readonly isNot?: boolean;
}

interface MatcherResult {
  readonly pass: boolean;
  readonly message: () => string;
}

/** For `expect.extend`, of vitest and of Jest. Bad usage throws, a TypeError or RangeError in one line. */
export const gradientMatchers = {
  toBeGradientOf(
    this: MatcherContext,
    received: unknown,
    f: GradientCase['f'],
    options: GradientMatcherOptions,
  ): MatcherResult {
    const { gradient, name } = receivedGradient(received, options);
    return judged(this, checkGradient({ ...options, name, f, gradient }, options), options);
  },

  toBeVjpOf(
    this: MatcherContext,
    received: unknown,
    f: GradientCase['f'],
    options: GradientMatcherOptions,
  ): MatcherResult {
    const { vjp, name } = receivedVjp(received, options);
    return judged(this, checkGradient({ ...options, name, f, vjp }, options), options);
  },

  // Bad usage throws at once: a forgotten `await` would make it an unhandled rejection.
  toHaveRightGradients(
    this: MatcherContext,
    method: GradientMethod,
    model: Model,
    params: Params,
    batch: Batch,
    options: ModelMatcherOptions = {},
  ): Promise<MatcherResult> {
    assertNetworkArguments({ method, model, params, batch, options });
    return checkModel(model, params, batch, method, options).then((result) => {
      // A wrong loss or output says nothing against the gradients.
      const ofGradients = result.failed === null || result.failed === 'gradients';
      return judged(this, result, options, ofGradients);
    });
  },
};

function judged(
  { isNot = false }: MatcherContext,
  result: CheckResult,
  { allowUnresolved = false, seed = 0 }: Leniency & { readonly seed?: number },
  ofGradients = true,
): MatcherResult {
  const { verdict } = result;
  const text = (): string => resultText(result, { seed });
  if (isNot) {
    return {
      pass: !(ofGradients && contradicted(result)),
      message: () => `expected a gradient that differences contradict, got\n${text()}`,
    };
  }
  const lenient = 'With allowUnresolved: true this would pass.';
  return {
    pass: verdict === 'agrees' || (allowUnresolved && verdict === 'unresolved'),
    message: () => (verdict === 'unresolved' ? `${text()}\n${lenient}` : text()),
  };
}

/** Is it the gradient that is wrong? Where f itself is not finite no entry stands against it. */
const contradicted = ({ verdict, worst }: CheckResult): boolean =>
  verdict === 'disagrees' || (verdict === 'not-finite' && worst !== null);
