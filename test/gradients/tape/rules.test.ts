import { describe, expect } from 'vitest';
import { operations } from '../../../src/gradients/tape/operations.ts';
import { type Primitive, rules } from '../../../src/gradients/tape/rules.ts';
import type { Pullback } from '../../../src/gradients/tape/tape.ts';
import { heap } from '../../../src/numeric/allocator.ts';
import { complex, complexOf } from '../../../src/numeric/complex.ts';
import { double } from '../../../src/numeric/double.ts';
import { fast } from '../../../src/numeric/kernels/fast.ts';
import type { Matrix } from '../../../src/numeric/matrix.ts';
import { type Random, random } from '../../../src/numeric/random.ts';
import { fc, test } from '../../property.ts';
import { dot, filled, size } from '../../random-matrix.ts';
import { definitions } from './primitives.ts';

const o = operations(fast, heap());
const U = 2 ** -53;

/** What a primitive is tried on: shapes from (m, n, k), a domain, and its number setting. */
interface Trial {
  readonly shapes: readonly (readonly [rows: number, cols: number])[];
  /** One value an entry; normal unless said. */
  readonly draw?: (r: Random, argument: number) => number;
  readonly setting?: number;
  /** Arguments without a cotangent of their own. */
  readonly constants?: readonly number[];
}

const positive = (r: Random): number => Math.exp(r.normal());
const probability = (r: Random): number => 0.02 + 0.96 * r.uniform();
const logitsAndTargets = (r: Random, argument: number): number =>
  argument === 0 ? 3 * r.normal() : r.uniform();

function trialOf(primitive: Primitive, m: number, n: number, k: number, r: Random): Trial {
  const same: Trial = { shapes: [[m, n]] };
  const stretch = (): [number, number] => [r.integer(2) ? m : 1, r.integer(2) ? n : 1];
  switch (primitive) {
    case 'add':
    case 'subtract':
    case 'hadamard':
      return { shapes: [stretch(), stretch()] };
    case 'divide':
      return { shapes: [stretch(), stretch()], draw: positive };
    case 'reciprocal':
    case 'log':
    case 'log1p':
    case 'clamped_log':
    case 'sqrt':
      return { ...same, draw: positive };
    case 'negate':
    case 'complement':
    case 'exp':
    case 'expm1':
    case 'square':
    case 'abs':
    case 'step':
    case 'transpose':
    case 'sum':
    case 'row_sums':
    case 'column_sums':
    case 'sigmoid':
    case 'tanh':
    case 'relu':
      return same;
    case 'scale':
    case 'shift':
    case 'leaky_relu':
    case 'elu':
      return { ...same, setting: 0.3 };
    case 'constant_row_max': // a constant to the tape: see below
      return { ...same, constants: [0] };
    case 'one_hot':
      return { shapes: [[m, 1]], draw: () => r.integer(n), setting: n, constants: [0] };
    case 'select':
      return {
        shapes: [
          [m, n],
          [m, n],
          [m, n],
        ],
      };
    case 'multiply':
      return {
        shapes: [
          [m, k],
          [k, n],
        ],
      };
    case 'linear':
      return {
        shapes: [
          [m, k],
          [n, k],
          [1, n],
        ],
      };
    case 'linear_without_bias':
      return {
        shapes: [
          [m, k],
          [n, k],
        ],
      };
    case 'bce':
      return {
        shapes: [
          [m, n],
          [m, n],
        ],
        draw: probability,
        setting: m * n,
        constants: [1],
      };
    case 'sigmoid_bce':
    case 'bce_with_logits':
      return {
        shapes: [
          [m, n],
          [m, n],
        ],
        draw: logitsAndTargets,
        setting: m * n,
        constants: [1],
      };
    case 'cross_entropy':
      return {
        shapes: [
          [m, n],
          [m, 1],
        ],
        draw: (g, argument) => (argument === 0 ? g.normal() : g.integer(n)),
        setting: m,
        constants: [1],
      };
    case 'mse':
      return {
        shapes: [
          [m, n],
          [m, n],
        ],
        setting: m * n,
        constants: [1],
      };
    default:
      primitive satisfies never;
      throw new Error(primitive);
  }
}

const extent = fc.integer({ min: 1, max: 5 });

describe.each(Object.keys(rules) as Primitive[])('%s', (primitive) => {
  test.prop([extent, extent, extent, fc.integer()], { numRuns: 40 })(
    'value, ⟨ȳ, J v⟩ = ⟨Jᵀȳ, v⟩ with J v by complex step, and J v by differences',
    (m, n, k, seed) => {
      const r = random(seed);
      const trial = trialOf(primitive, m, n, k, r);
      const { setting = 0, draw = (g: Random) => g.normal(), constants = [] } = trial;
      const args = trial.shapes.map((shape, a) => filled(shape, () => draw(r, a)));
      const apply = rules[primitive] as (
        ...all: unknown[]
      ) => readonly [Matrix, ...Pullback<Matrix>[]];
      const [y, ...pullbacks] = apply(o, ...args, setting);

      const grids = args.map(({ rows, cols, data }) => ({ rows, cols, data: Array.from(data) }));
      const value = definitions[primitive](double, grids, setting);
      expect([y.rows, y.cols]).toEqual([value.rows, value.cols]);
      value.data.forEach((v, i) => {
        expect(Math.abs(y.data[i]! - v)).toBeLessThanOrEqual(256 * U * Math.max(1, Math.abs(v)));
      });

      const cotangent = filled([y.rows, y.cols], () => r.normal());
      args.forEach((x, a) => {
        if (constants.includes(a)) return;
        const tangent = filled([x.rows, x.cols], () => r.normal());
        const along = (t: number) =>
          grids.map((g, b) =>
            b === a ? { ...g, data: g.data.map((v, i) => v + t * tangent.data[i]!) } : g,
          );

        const step = 1e-100;
        const complexGrids = grids.map((g, b) => ({
          ...g,
          data: g.data.map((v, i) => complexOf(v, b === a ? step * tangent.data[i]! : 0)),
        }));
        const jv = definitions[primitive](complex, complexGrids, setting).data.map(
          (c) => c.im / step,
        );

        const back = pullbacks[a]!(cotangent);
        expect([back.rows, back.cols]).toEqual([x.rows, x.cols]);
        const left = dot(cotangent.data, jv);
        const right = dot(back.data, tangent.data);
        // Both sides are short sums of products of a few rounded factors.
        const allowed = 256 * U * (size(cotangent.data, jv) + size(back.data, tangent.data));
        expect(Math.abs(left - right)).toBeLessThanOrEqual(allowed);

        // Two wrong derivatives could agree: differences of the definition know no derivative.
        const h = 1e-5;
        const [up, down] = [along(h), along(-h)].map((g) =>
          definitions[primitive](double, g, setting),
        );
        const smooth = args[0]!.data.every((v) => Math.abs(v) > 4 * h * 3);
        if (!smooth) return;
        jv.forEach((d, i) => {
          const difference = (up!.data[i]! - down!.data[i]!) / (2 * h);
          // Truncation ~ h² f‴ and rounding ~ u f / h, with room for the few steep draws.
          const scale = 1 + Math.abs(d) + Math.abs(y.data[i]!);
          expect(Math.abs(difference - d)).toBeLessThan(1e-4 * scale);
        });
      });
    },
  );
});

test('constant_row_max is a constant: its pullback is 0', () => {
  const x = filled([2, 3], () => 1);
  const [, pullback] = rules.constant_row_max(o, x);
  expect([...pullback!(filled([2, 1], () => 5)).data]).toEqual([0, 0, 0, 0, 0, 0]);
});

test('classes get a cotangent of 0', () => {
  const [, pullback] = rules.one_hot(
    o,
    filled([2, 1], () => 1),
    3,
  );
  expect(pullback!(filled([2, 3], () => 5))).toEqual(filled([2, 1], () => 0));
});

test('a loss refuses a cotangent for its targets', () => {
  const one = filled([1, 1], () => 1);
  const [, , targets] = rules.mse(o, one, one, 1);
  expect(() => targets!(one)).toThrow('a loss is not differentiated with respect to its targets');
});
