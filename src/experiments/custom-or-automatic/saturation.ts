import type { GradientMethod } from '../../gradients/method.ts';
import { methods } from '../../gradients/methods.ts';
import { prepareOrThrow } from '../../gradients/prepare-or-throw.ts';
import { mlp } from '../../model/model.ts';
import { matrixOf } from '../../numeric/matrix.ts';
import { constant, initialise } from '../../params/initialise.ts';
import { zeroParams } from '../../params/params.ts';
import { torchBce } from './bce-rules.ts';
import { byHandWith } from './changes.ts';

/** ∂loss/∂z of one saturated unit, where a formula's form decides. */
export interface Saturation {
  /** At z = −40, y = 1, by PyTorch's floor; σ(z) − 1, that is −1, is right. */
  readonly floorAt40: number;
  /**
   * At z = −720, y = 0, where e^−z is no double and 0 is right. By hand it is da · a(1 − a); the tape
   * differentiates 1/(1 + e^−z) as it stands, and meets 0 · ∞.
   */
  readonly byHandAt720: number;
  readonly tapeAt720: number;
}

export const saturation = async (): Promise<Saturation> => ({
  floorAt40: await slope(byHandWith(torchBce), -40, 1),
  byHandAt720: await slope(methods['manual-textbook'], -720, 0),
  tapeAt720: await slope(methods['tape-textbook'], -720, 0),
});

/** With one input, and that 1, z is the weight. */
async function slope(method: GradientMethod, z: number, y: number): Promise<number> {
  const model = mlp([1, 1], { bias: false });
  const run = await prepareOrThrow(method, model, { rows: 1 });
  const params = initialise(model.layout, { weight: constant(z) });
  const grads = zeroParams(model.layout);
  run.valueAndGrad(params, { inputs: matrixOf([[1]]), targets: matrixOf([[y]]) }, grads);
  return grads.values[0]!;
}
