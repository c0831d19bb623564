import { allClose, type Scheme } from './scheme.ts';
import { ATOL, EPS, RTOL } from './torch-defaults.ts';

/**
 * torch.autograd.gradcheck as it is called without options: a central difference for every entry
 * (`_compute_numerical_gradient`), each compared by itself (`_slow_gradcheck`).
 * https://github.com/pytorch/pytorch/blob/v2.13.0/torch/autograd/gradcheck.py
 */
export const torchSlow: Scheme = (f, at) => {
  const x = at.slice();
  const numerical = at.map((v, i) => {
    x[i] = v - EPS;
    const below = f(x);
    x[i] = v + EPS;
    const above = f(x);
    x[i] = v;
    return (above - below) / (2 * EPS);
  });
  return {
    calls: 2 * at.length,
    passes: (gradient) => gradient.every((g, i) => allClose(g, numerical[i]!, RTOL, ATOL)),
  };
};
