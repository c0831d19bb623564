import type { GradientMethod, MethodName } from '../gradients/method.ts';
import type { Field } from '../model/field.ts';
import type { LossSpec } from '../model/loss.ts';
import type { Model } from '../model/model.ts';
import type { Params } from '../params/params.ts';
import type { Metric } from './accuracy.ts';
import { assertKnown } from './known-options.ts';
import type { Optimiser } from './optimiser.ts';

export interface RunnerParts {
  readonly model: Model;
  readonly optimiser: Optimiser;
  /** How gradients are computed. */
  readonly method: GradientMethod;
  /** `accuracyOf(model)` unless said. */
  readonly metric?: Metric;
  /** The model's own unless said. */
  readonly loss?: LossSpec;
  /** Where to start, copied, and the precision; PyTorch's default, seed 0, float64, unless said. */
  readonly params?: Params;
}

/** Throws for a part that is missing, unknown, or of another kind: for callers without types. */
export function assertParts(parts: RunnerParts): void {
  assertKnown('runner', parts, Object.keys(SENSE));
  for (const [name, { fits, expected }] of Object.entries<Field>(SENSE)) {
    const got: unknown = parts[name as keyof RunnerParts]; // the two have the same names
    if (fits(got)) continue;
    const text = typeof got === 'string' ? JSON.stringify(got) : kindOf(got);
    throw new TypeError(`runner ${name}: got ${text}, expected ${expected}`);
  }
}

/** Named here and not imported: who trains with one engine need not load them all. */
const METHODS: { readonly [M in Exclude<MethodName, 'pytorch'>]: true } = {
  'manual-fused': true,
  'manual-textbook': true,
  'tape-fused': true,
  'tape-textbook': true,
  'replay-fused': true,
  'replay-textbook': true,
  'finite-difference': true,
  'complex-step': true,
  symbolic: true,
  exact: true,
};

const has = (value: unknown, ...names: readonly string[]): boolean =>
  typeof value === 'object' && value !== null && names.every((name) => name in value);

const orNothing =
  (fits: (value: unknown) => boolean): Field['fits'] =>
  (value) =>
    value === undefined || value === null || fits(value);

const SENSE: { readonly [P in keyof RunnerParts]-?: Field } = {
  model: {
    expected: 'a model, such as mlp([2, 5, 1])',
    fits: (value) => has(value, 'layers', 'loss', 'layout'),
  },
  optimiser: {
    expected: 'an optimiser, such as sgd({ learningRate: 0.2 })',
    fits: (value) => has(value, 'name', 'start'),
  },
  method: {
    expected: `methods[NAME], where NAME is one of ${Object.keys(METHODS).join(', ')}`,
    fits: (value) => has(value, 'name', 'prepare'),
  },
  metric: {
    expected: 'a function of outputs and targets',
    fits: orNothing((value) => typeof value === 'function'),
  },
  loss: {
    expected: "a loss with its reduction, such as { kind: 'mse', reduction: 'mean' }",
    fits: orNothing((value) => has(value, 'kind', 'reduction')),
  },
  params: {
    expected: 'params, such as initialise(model.layout) makes',
    fits: orNothing((value) => has(value, 'layout', 'values')),
  },
};

/** Nothing longer than a word or two, whatever was given. */
function kindOf(value: unknown): string {
  if (typeof value === 'function') return 'a function';
  return has(value) ? 'an object' : String(value);
}
