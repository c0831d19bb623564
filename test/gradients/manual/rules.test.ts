import { describe, expect } from 'vitest';
import { fused } from '../../../src/gradients/manual/fused.ts';
import type { LayerRule, RuleSet } from '../../../src/gradients/manual/rule.ts';
import { textbook } from '../../../src/gradients/manual/textbook.ts';
import type { LayerKind, LayerSpec } from '../../../src/model/layer.ts';
import { layerOf } from '../../../src/model/layers.ts';
import type { LossKind } from '../../../src/model/loss.ts';
import { losses } from '../../../src/model/losses.ts';
import { type Complex, complex, complexOf } from '../../../src/numeric/complex.ts';
import { fast } from '../../../src/numeric/kernels/fast.ts';
import { zeros } from '../../../src/numeric/matrix.ts';
import { type Random, random } from '../../../src/numeric/random.ts';
import { fc, test } from '../../property.ts';
import { dot, gaussian, size } from '../../random-matrix.ts';

const U = 2 ** -53;
const H = 1e-100;

const SPECS: { readonly [K in LayerKind]: (inputs: number, outputs: number) => LayerSpec } = {
  linear: (inputs, outputs) => ({
    kind: 'linear',
    name: 'fc',
    in: inputs,
    out: outputs,
    bias: true,
  }),
  sigmoid: () => ({ kind: 'sigmoid' }),
  tanh: () => ({ kind: 'tanh' }),
  relu: () => ({ kind: 'relu' }),
  leaky_relu: () => ({ kind: 'leaky_relu', slope: 0.2 }),
  elu: () => ({ kind: 'elu', alpha: 1.3 }),
  identity: () => ({ kind: 'identity' }),
};

/** Values with a tangent on the imaginary axis. */
const along = (values: ArrayLike<number>, tangent: ArrayLike<number> | null): Complex[] =>
  Array.from(values, (v, i) => complexOf(v, tangent ? H * tangent[i]! : 0));

/** A layer alone: its rule run forward and back on random data. */
function site(
  rules: RuleSet,
  kind: LayerKind,
  sizes: readonly [number, number, number],
  r: Random,
) {
  const [rows, inputs, outputs] = sizes;
  const spec = SPECS[kind](inputs, outputs);
  const cols = kind === 'linear' ? outputs : inputs;
  const [x, dy] = [gaussian(rows, inputs, r, 2), gaussian(rows, cols, r, 2)];
  const [y, dx] = [zeros(rows, cols), zeros(rows, inputs)];
  const parameters = {
    weight: { value: gaussian(outputs, inputs, r, 2), gradient: zeros(outputs, inputs) },
    bias: { value: gaussian(1, outputs, r, 2), gradient: zeros(1, outputs) },
  };
  const rule = rules.layers[kind] as LayerRule<LayerKind>;
  const passes = rule({
    spec: spec as never, // the kind's own spec
    kernels: fast,
    workspace: zeros,
    x,
    y,
    dx,
    dy,
    parameter: (name) => parameters[name],
  });
  passes.forward();
  passes.backward();
  /** J v by complex step of the definition, v in the inputs or in one parameter. */
  const jvp = (which: 'x' | 'weight' | 'bias', v: ArrayLike<number>): number[] => {
    const read = (name: 'weight' | 'bias'): Complex[] =>
      along(parameters[name].value.data, which === name ? v : null);
    const xs = along(x.data, which === 'x' ? v : null);
    return Array.from({ length: rows }, (_, row) =>
      layerOf(kind).define(
        complex,
        spec as never,
        read,
        xs.slice(row * inputs, (row + 1) * inputs),
      ),
    )
      .flat()
      .map((c) => c.im / H);
  };
  return { x, y, dx, dy, parameters, jvp };
}

const extent = fc.integer({ min: 1, max: 5 });

describe.each([
  ['fused', fused],
  ['textbook', textbook],
] as const)('%s rules', (_name, rules) => {
  test.prop(
    [fc.constantFrom(...(Object.keys(SPECS) as LayerKind[])), extent, extent, extent, fc.integer()],
    { numRuns: 200 },
  )('a layer: ⟨dY, J v⟩ = ⟨Jᵀ dY, v⟩ for inputs, weight and bias', (kind, n, i, o, seed) => {
    const r = random(seed);
    const { dx, dy, x, parameters, jvp } = site(rules, kind, [n, i, o], r);
    const sides = [
      { which: 'x', at: x, gradient: dx },
      ...(kind === 'linear'
        ? ([
            { which: 'weight', at: parameters.weight.value, gradient: parameters.weight.gradient },
            { which: 'bias', at: parameters.bias.value, gradient: parameters.bias.gradient },
          ] as const)
        : []),
    ] as const;
    for (const { which, at, gradient } of sides) {
      const v = gaussian(at.rows, at.cols, r, 2).data;
      const jv = jvp(which, v);
      // Short sums of products of a few rounded factors; 1 − a² loses up to 1/(1 − a²) of them.
      const allowed =
        256 * U * (size(dy.data, jv) + size(gradient.data, v) + size(dy.data, dy.data));
      expect(Math.abs(dot(dy.data, jv) - dot(gradient.data, v))).toBeLessThanOrEqual(allowed);
    }
  });

  test.prop(
    [fc.constantFrom(...(Object.keys(losses) as LossKind[])), extent, extent, fc.integer()],
    { numRuns: 100 },
  )('a loss: its gradient along v is the complex step of its definition', (kind, n, c, seed) => {
    const r = random(seed);
    const classes = losses[kind].targets === 'classes';
    const x = gaussian(n, c, r, 2);
    if (kind === 'bce') {
      for (let i = 0; i < x.data.length; i++) x.data[i] = 0.02 + 0.96 * r.uniform();
    }
    const targets = zeros(n, classes ? 1 : c);
    for (let i = 0; i < targets.data.length; i++) {
      targets.data[i] = classes ? r.integer(c) : r.uniform();
    }
    const [loss, dx] = [zeros(1, 1), zeros(n, c)];
    const divisor = n * c;
    const passes = rules.losses[kind]({
      kernels: fast,
      workspace: zeros,
      x,
      outputs: x,
      targets,
      loss,
      dx,
      divisor,
    });
    passes.forward();
    passes.backward();
    const v = gaussian(n, c, r, 2).data;
    const values = along(x.data, v);
    const terms = Array.from({ length: n }, (_, row) => {
      const y = classes
        ? Array.from({ length: c }, (_, k) => complexOf(k === targets.data[row] ? 1 : 0))
        : along(targets.data, null).slice(row * c, (row + 1) * c);
      return losses[kind].define(complex, values.slice(row * c, (row + 1) * c), y);
    }).map((term) => complex.div(term, complexOf(divisor)));
    const total = terms.reduce(complex.add);
    const terms1 = terms.reduce((sum, t) => sum + Math.abs(t.re), 0);
    expect(Math.abs(loss.data[0]! - total.re)).toBeLessThanOrEqual(256 * U * (1 + terms1));
    expect(Math.abs(dot(dx.data, v) - total.im / H)).toBeLessThanOrEqual(
      1024 * U * (1 + size(dx.data, v)),
    );
  });
});

test('the fused sigmoid and bce: dz along v is the complex step of bce(σ(z))', () => {
  const r = random(1);
  const [z, y] = [gaussian(4, 3, r, 2), zeros(4, 3)];
  for (let i = 0; i < y.data.length; i++) y.data[i] = r.integer(2);
  const [loss, p, dz] = [zeros(1, 1), zeros(4, 3), zeros(4, 3)];
  const passes = fused.sigmoidBce!({
    kernels: fast,
    workspace: zeros,
    x: z,
    outputs: p,
    targets: y,
    loss,
    dx: dz,
    divisor: 12,
  });
  passes.forward();
  passes.backward();
  const v = gaussian(4, 3, r, 2).data;
  const probabilities = along(z.data, v).map(complex.sigmoid);
  const total = losses.bce.define(complex, probabilities, along(y.data, null));
  expect(loss.data[0]).toBeCloseTo(total.re / 12, 13);
  expect(dot(dz.data, v)).toBeCloseTo(total.im / H / 12, 13);
});
