import type { Mistake } from '../../../src/check/mistakes/mistake.ts';
import { manualFused } from '../../../src/gradients/manual/method.ts';
import type { GradientMethod, PreparedGradient } from '../../../src/gradients/method.ts';
import type { FloatArray } from '../../../src/numeric/dtype.ts';
import { copyParams } from '../../../src/params/params.ts';

/** One gradient of the right one and those of others. */
type Combine = (right: FloatArray, others: readonly FloatArray[]) => ArrayLike<number>;

/** Both mistakes' differences from the right gradient: made in two formulas that do not meet. */
export const added = (a: Mistake, b: Mistake): GradientMethod =>
  combined([a.method(), b.method()], (right, [p, q]) => right.map((g, i) => p![i]! + q![i]! - g));

/** A mistake of the backward pass under a factor of the loss: the pass is linear in δ. */
export const scaled = (mistake: Mistake, factor: Mistake): GradientMethod =>
  combined([mistake.method(), factor.method()], (right, [p, q]) => {
    const c = ratio(q!, right);
    return p!.map((g) => c * g);
  });

/** The mistake in the parameters from `from` up to `to` only, all others right. */
export const within = (mistake: Mistake, from: number, to: number): GradientMethod =>
  combined([mistake.method()], (right, [p]) =>
    right.map((g, i) => (i >= from && i < to ? p![i]! : g)),
  );

/** One mistake in the parameters before `cut`, another from there on. */
export const halves = (below: Mistake, above: Mistake, cut: number): GradientMethod =>
  combined([below.method(), above.method()], (_right, [p, q]) =>
    p!.map((g, i) => (i < cut ? g : q![i]!)),
  );

/** The c that brings c·b nearest to a. */
export function ratio(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let [product, square] = [0, 0];
  for (let i = 0; i < a.length; i++) {
    product += a[i]! * b[i]!;
    square += b[i]! * b[i]!;
  }
  return product / square;
}

/** Each of the methods on params of its own, then their gradients in one; what one changes is changed. */
function combined(methods: readonly GradientMethod[], combine: Combine): GradientMethod {
  return {
    name: 'combined',
    prepare: async (model, shape, options) => {
      const runs: PreparedGradient[] = [];
      for (const method of [manualFused, ...methods]) {
        const prepared = await method.prepare(model, shape, options);
        if (prepared.kind === 'unsupported') return prepared;
        runs.push(prepared.run);
      }
      return {
        kind: 'prepared',
        run: {
          valueAndGrad(params, batch, into, extra) {
            const before = params.values.slice();
            let loss = Number.NaN;
            const gradients = runs.map((run, k) => {
              const own = copyParams({ ...params, values: before });
              const grads = { ...into, values: into.values.slice() };
              const value = run.valueAndGrad(own, batch, grads, k === 0 ? extra : undefined);
              if (k === 0) loss = value;
              own.values.forEach((v, i) => {
                if (v !== before[i]) params.values[i] = v;
              });
              return grads.values;
            });
            const [right, ...others] = gradients;
            into.values.set(combine(right!, others));
            return loss;
          },
        },
      };
    },
  };
}
