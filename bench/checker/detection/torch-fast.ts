import { allClose, central, type Scheme } from './scheme.ts';
import { DEFAULTS, EPS } from './torch-tolerances.ts';

/**
 * torch.autograd.gradcheck with fast_mode=True: for each parameter tensor one unit vector u of uniform,
 * so non-negative, numbers (`_vec_from_tensor`), and atol times the sum of u (`_adjusted_atol`). Its v,
 * for the outputs, is 1 for a scalar. The original draws the same u at every call, here each trial has
 * its own.
 * https://github.com/pytorch/pytorch/blob/v2.13.0/torch/autograd/gradcheck.py
 */
export const torchFast: Scheme<'uniform'> = (f, at, slots, source) => {
  const projections = slots.map(({ offset, size }) => {
    const u = new Float64Array(at.length);
    for (let i = offset; i < offset + size; i++) u[i] = source.uniform();
    const norm = Math.hypot(...u.subarray(offset, offset + size));
    for (let i = offset; i < offset + size; i++) u[i]! /= norm;
    const sum = u.reduce((a, b) => a + b, 0);
    return { u, numerical: central(f, at, u, EPS), atol: DEFAULTS.atol * sum };
  });
  return {
    calls: 2 * slots.length,
    passes: (gradient) =>
      projections.every(({ u, numerical, atol }) => {
        const analytical = gradient.reduce((a, g, i) => a + g * u[i]!, 0);
        return allClose(analytical, numerical, DEFAULTS.rtol, atol);
      }),
  };
};
