import type { CaseFunction, NoParameters } from './case-function.ts';
import { type Layer, layer } from './functions/layer.ts';
import { type Maximum, maximum } from './functions/maximum.ts';
import { type Network, network } from './functions/network.ts';
import { norm } from './functions/norm.ts';
import { type Ridge, ridge } from './functions/ridge.ts';
import { rosenbrock } from './functions/rosenbrock.ts';
import { type CrossEntropy, crossEntropy, softmax } from './functions/softmax.ts';

/** What each function of the cases takes besides x. */
interface ParametersOf {
  readonly ridge: Ridge;
  readonly layer: Layer;
  readonly softmax: NoParameters;
  readonly cross_entropy: CrossEntropy;
  readonly maximum: Maximum;
  readonly norm: NoParameters;
  readonly rosenbrock: NoParameters;
  readonly network: Network;
}

export type FunctionName = keyof ParametersOf;

/** A function by name, with its parameters. */
export type NamedFunction = {
  [F in FunctionName]: { readonly function: F; readonly parameters: ParametersOf[F] };
}[FunctionName];

export const functions: { readonly [F in FunctionName]: CaseFunction<ParametersOf[F]> } = {
  ridge,
  layer,
  softmax,
  cross_entropy: crossEntropy,
  maximum,
  norm,
  rosenbrock,
  network,
};

/** The function that a case names; its parameters are those of that name. */
export const functionOf = ({ function: name }: NamedFunction): CaseFunction<unknown> =>
  functions[name] as CaseFunction<unknown>; // the union above pairs them
