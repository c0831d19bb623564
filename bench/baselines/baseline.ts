import type { Params } from '../../src/params/params.ts';

/** A network written without this project's engines, to hold them against. */
export interface Baseline {
  /** Starts over from these parameters, which are copied. */
  load(params: Params): void;
  /** The loss, and its gradients into `into`; keeps its parameters. */
  valueAndGrad(into: Params): number;
  /** Forward, backward and an SGD update of its parameters; the loss before the update. */
  step(learningRate: number): number;
}
