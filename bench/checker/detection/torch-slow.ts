import { allClose, type Judge } from './scheme.ts';
import { DEFAULTS, EPS, type Tolerances } from './torch-tolerances.ts';

/** Differences of every entry, compared with any tolerances. */
export interface EntriesJudge extends Judge {
  passes(gradient: Float64Array, tolerances?: Tolerances): boolean;
}

/**
 * torch.autograd.gradcheck's slow mode, the default: a central difference for every entry
 * (`_compute_numerical_gradient`), each compared by itself (`_slow_gradcheck`).
 * https://github.com/pytorch/pytorch/blob/v2.13.0/torch/autograd/gradcheck.py
 */
export function torchSlow(f: (x: Float64Array) => number, at: Float64Array): EntriesJudge {
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
    passes: (gradient, { atol, rtol } = DEFAULTS) =>
      gradient.every((g, i) => allClose(g, numerical[i]!, rtol, atol)),
  };
}
