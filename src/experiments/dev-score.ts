import { dtypeOf } from '../numeric/dtype.ts';
import { zeros } from '../numeric/matrix.ts';
import type { Params } from '../params/params.ts';
import { accuracyOf } from '../training/accuracy.ts';
import { definedValue } from '../training/defined-value.ts';
import type { Setup } from './setup.ts';

/** Accuracy on dev by the network's definition: the method that trained has no say in it. */
export function devScore({ model, split: { dev } }: Omit<Setup, 'params'>, params: Params): number {
  const outputs = zeros(dev.inputs.rows, model.outputs, dtypeOf(params.values));
  definedValue(model, params, dev, outputs);
  return accuracyOf(model)(outputs, dev.targets);
}
