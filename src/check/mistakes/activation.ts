import { exp } from '../../numeric/exp.ts';
import type { Mistake } from './mistake.ts';
import { slopeMistake } from './slope.ts';

/** Mistakes of φ′, in every activation but a last sigmoid that bce includes. */
export const activationMistakes: readonly Mistake[] = [
  slopeMistake(
    {
      name: 'slope-missing',
      says: "The activation's derivative is missing, as if it passed everything through: no mask, or a slope of 1.",
      formula: 'dz = da ⊙ φ′(z) → da',
    },
    {
      sigmoid: (da) => da,
      tanh: (da) => da,
      relu: (da) => da,
      leaky_relu: (da) => da,
      elu: (da) => da,
    },
  ),
  slopeMistake(
    {
      name: 'slope-upstream-ignored',
      says: "The activation's derivative goes on alone, without the gradient that reaches it.",
      formula: 'dz = da ⊙ φ′(z) → φ′(z)',
    },
    {
      sigmoid: (_da, a) => a * (1 - a),
      tanh: (_da, a) => 1 - a * a,
      relu: (_da, _a, z) => (z > 0 ? 1 : 0),
      leaky_relu: (_da, _a, z, { slope }) => (z > 0 ? 1 : slope),
      elu: (_da, a, z, { alpha }) => (z > 0 ? 1 : a + alpha),
    },
  ),
  slopeMistake(
    {
      name: 'slope-is-activation',
      says: 'The activation itself stands where its derivative belongs; for a sigmoid, the factor 1 − a is forgotten.',
      formula: 'dz = da ⊙ φ′(z) → da ⊙ a',
    },
    {
      sigmoid: (da, a) => da * a,
      tanh: (da, a) => da * a,
      relu: (da, a) => da * a,
      leaky_relu: (da, a) => da * a,
      elu: (da, a) => da * a,
    },
  ),
  slopeMistake(
    {
      name: 'slope-rest-only',
      says: 'Only 1 − a is left of the derivative: a sigmoid lacks the factor a, a tanh the square.',
      formula: 'σ′ = a(1 − a) → 1 − a; tanh′ = 1 − a² → 1 − a',
    },
    { sigmoid: (da, a) => da * (1 - a), tanh: (da, a) => da * (1 - a) },
  ),
  slopeMistake(
    {
      name: 'slope-plus',
      says: 'The derivative has a plus where the minus belongs.',
      formula: 'σ′ = a(1 − a) → a(1 + a); tanh′ = 1 − a² → 1 + a²; elu′ = a + α → α − a, z ≤ 0',
    },
    {
      sigmoid: (da, a) => da * (a * (1 + a)),
      tanh: (da, a) => da * (1 + a * a),
      elu: (da, a, z, { alpha }) => (z > 0 ? da : da * (alpha - a)),
    },
  ),
  slopeMistake(
    {
      name: 'slope-of-z',
      says: 'The formula in terms of the output is used with the input: z where a belongs.',
      formula: 'σ′ = a(1 − a) → z(1 − z); tanh′ = 1 − a² → 1 − z²; elu′ = a + α → z + α, z ≤ 0',
    },
    {
      sigmoid: (da, _a, z) => da * (z * (1 - z)),
      tanh: (da, _a, z) => da * (1 - z * z),
      elu: (da, _a, z, { alpha }) => (z > 0 ? da : da * (z + alpha)),
    },
  ),
  slopeMistake(
    {
      name: 'slope-at-activation',
      says: 'The derivative is taken at the activation a, as if a were z: the function is applied twice.',
      formula: 'dz = da ⊙ φ′(z) → da ⊙ φ′(a)',
    },
    {
      sigmoid: (da, a) => da * sigmoidSlope(a),
      tanh: (da, a) => da * (1 - Math.tanh(a) ** 2),
      elu: (da, a, z, { alpha }) => (z > 0 ? da : da * (alpha * Math.exp(a))),
    },
  ),
  slopeMistake(
    {
      name: 'slope-squared',
      says: 'The derivative is multiplied in twice.',
      formula: 'dz = da ⊙ φ′(z) → da ⊙ φ′(z)²',
    },
    {
      sigmoid: (da, a) => da * (a * (1 - a)) ** 2,
      tanh: (da, a) => da * (1 - a * a) ** 2,
      leaky_relu: (da, _a, z, { slope }) => (z > 0 ? da : slope * slope * da),
      elu: (da, a, z, { alpha }) => (z > 0 ? da : da * (a + alpha) ** 2),
    },
  ),
  slopeMistake(
    {
      name: 'slope-of-sigmoid',
      says: "The derivative is a sigmoid's, but the activation is none.",
      formula: 'dz = da ⊙ φ′(z) → da ⊙ a(1 − a)',
    },
    {
      tanh: (da, a) => da * (a * (1 - a)),
      relu: (da, a) => da * (a * (1 - a)),
      leaky_relu: (da, a) => da * (a * (1 - a)),
      elu: (da, a) => da * (a * (1 - a)),
    },
  ),
  slopeMistake(
    {
      name: 'slope-of-tanh',
      says: "The derivative is a tanh's, but the activation is none.",
      formula: 'dz = da ⊙ φ′(z) → da ⊙ (1 − a²)',
    },
    {
      sigmoid: (da, a) => da * (1 - a * a),
      relu: (da, a) => da * (1 - a * a),
      leaky_relu: (da, a) => da * (1 - a * a),
      elu: (da, a) => da * (1 - a * a),
    },
  ),
  slopeMistake(
    {
      name: 'slope-of-relu',
      says: "The derivative is a ReLU's: a leaky slope or the tail of an elu is forgotten, a sigmoid or tanh mistaken.",
      formula: 'dz = da ⊙ φ′(z) → da ⊙ [z > 0]',
    },
    {
      sigmoid: (da, _a, z) => (z > 0 ? da : 0),
      tanh: (da, _a, z) => (z > 0 ? da : 0),
      leaky_relu: (da, _a, z) => (z > 0 ? da : 0),
      elu: (da, _a, z) => (z > 0 ? da : 0),
    },
  ),
  slopeMistake(
    {
      name: 'mask-inverted',
      says: 'The two sides of 0 are exchanged: the mask is inverted, or the slope stands on the wrong side.',
      formula: 'φ′ = 1 for z > 0, else s → s for z > 0, else 1',
    },
    {
      relu: (da, _a, z) => (z > 0 ? 0 : da),
      leaky_relu: (da, _a, z, { slope }) => (z > 0 ? slope * da : da),
      elu: (da, a, z, { alpha }) => (z > 0 ? da * (a + alpha) : da),
    },
  ),
  slopeMistake(
    {
      name: 'mask-upstream',
      says: 'The mask asks for the sign of the gradient that arrives, not for that of z.',
      formula: 'φ′ = 1 for z > 0, else s → 1 for da > 0, else s',
    },
    {
      relu: (da) => (da > 0 ? da : 0),
      leaky_relu: (da, _a, _z, { slope }) => (da > 0 ? da : slope * da),
      elu: (da, a, _z, { alpha }) => (da > 0 ? da : da * (a + alpha)),
    },
  ),
  slopeMistake(
    {
      name: 'mask-guided',
      says: 'The gradient is masked twice, by the sign of z and by its own, as in guided backpropagation.',
      formula: 'dz = da ⊙ [z > 0] → da ⊙ [z > 0] ⊙ [da > 0]',
    },
    { relu: (da, _a, z) => (z > 0 && da > 0 ? da : 0) },
  ),
  slopeMistake(
    {
      name: 'leaky-slope-negated',
      says: 'The leaky slope has the wrong sign.',
      formula: 'φ′ = slope → −slope, z ≤ 0',
    },
    { leaky_relu: (da, _a, z, { slope }) => (z > 0 ? da : -slope * da) },
  ),
  slopeMistake(
    {
      name: 'elu-alpha-missing',
      says: 'elu is mistaken for its own derivative: below 0 that is a + α.',
      formula: 'elu′ = a + α → a, z ≤ 0',
    },
    { elu: (da, a, z) => (z > 0 ? da : da * a) },
  ),
  slopeMistake(
    {
      name: 'elu-alpha-one',
      says: 'The derivative of elu takes α for 1.',
      formula: 'elu′ = a + α → a + 1, z ≤ 0',
    },
    { elu: (da, a, z) => (z > 0 ? da : da * (a + 1)) },
  ),
];

/** σ′(z). */
function sigmoidSlope(z: number): number {
  const a = 1 / (1 + exp(-z));
  return a * (1 - a);
}
