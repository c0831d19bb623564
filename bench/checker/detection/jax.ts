import { allClose, central, type Scheme } from './scheme.ts';

/** `EPS` of jax/_src/public_test_util.py. */
const STEP = 1e-4;
/** Its `default_gradient_tolerance` of float64, absolute and relative, for an output of one number. */
const TOLERANCE = 1e-5;

/**
 * jax.test_util.check_grads(f, args, order=1, modes=["rev"]) in float64: one Gaussian direction t over
 * all arguments together, not normalised, and a Gaussian cotangent (`check_vjp`, `numerical_jvp`). The
 * original draws both from RandomState(0) at every call, here each trial has its own.
 * https://github.com/jax-ml/jax/blob/055a88344ffe252fd8d57d5470c3201493aeb5b8/jax/_src/public_test_util.py
 */
export const jax: Scheme<'normal'> = (f, at, _slots, source) => {
  const tangent = at.map(() => source.normal());
  const cotangent = source.normal();
  const numerical = cotangent * central(f, at, tangent, STEP);
  return {
    calls: 2,
    passes: (gradient) => {
      const analytical = gradient.reduce((a, g, i) => a + cotangent * g * tangent[i]!, 0);
      return allClose(analytical, numerical, TOLERANCE, TOLERANCE);
    },
  };
};
