import { describe, expect, test } from 'vitest';
import { hasKink } from '../../../src/check/gradient/kink-test.ts';
import { oneSided } from '../../../src/check/gradient/one-sided.ts';
import { taylorOpinion } from '../../../src/check/gradient/taylor.ts';
import { leastNoise } from '../../../src/numeric/noise.ts';

const around = (f: (x: number) => number, x: number) => ({
  noise: leastNoise(f(x)),
  value: f(x),
  firstStep: 0.1,
});

describe('oneSided', () => {
  test.each<readonly [string, (x: number) => number, number, number, number]>([
    ['|x| + sin x at 0', (x) => Math.abs(x) + Math.sin(x), 0, 0, 2],
    ['eˣ max(x, 1) at 1', (x) => Math.exp(x) * Math.max(x, 1), 1, Math.E, 2 * Math.E],
    ['x² at 1', (x) => x * x, 1, 2, 2],
  ])('%s: both slopes, each within its bar', (_name, f, x, left, right) => {
    for (const [side, slope] of [
      [-1, left],
      [1, right],
    ] as const) {
      const { derivative, uncertainty } = oneSided(f, x, side, around(f, x));
      expect(Math.abs(derivative - slope)).toBeLessThanOrEqual(uncertainty);
      expect(uncertainty).toBeLessThan(1e-9);
    }
  });

  test('never calls f on the other side, nor beyond a bound', () => {
    const seen: number[] = [];
    const f = (x: number) => {
      seen.push(x);
      return x ** 3;
    };
    oneSided(f, 1, 1, { ...around((x) => x ** 3, 1), upper: 1.05 });
    expect(Math.min(...seen)).toBeGreaterThan(1);
    expect(Math.max(...seen)).toBeLessThanOrEqual(1.05);
  });

  test('a slope without a limit has no sharp bar', () => {
    const { derivative, uncertainty } = oneSided(Math.sqrt, 0, 1, around(Math.sqrt, 0));
    expect(uncertainty).toBeGreaterThan(derivative / 4);
  });
});

describe('hasKink', () => {
  test.each<readonly [string, (x: number) => number, number, boolean]>([
    ['|x|', Math.abs, 0, true],
    ['x + 1e-3|x|', (x) => x + 1e-3 * Math.abs(x), 0, true],
    ['x² + 1e-4|x|', (x) => x * x + 1e-4 * Math.abs(x), 0, true],
    ['|x| beside 0', Math.abs, 1e-3, false],
    ['x⁴', (x) => x ** 4, 0, false],
    ['tanh(1e4 x)', (x) => Math.tanh(1e4 * x), 0, false],
    ['softplus(1e4 x)', (x) => Math.log1p(Math.exp(1e4 * x)), 0, false],
    ['sin', Math.sin, 0.3, false],
    ['a constant', () => 3, 0, false],
  ])('%s at %d', (_name, f, x, expected) => {
    expect(hasKink(f, x, around(f, x))).toBe(expected);
  });
});

describe('taylorOpinion', () => {
  const f = (x: number) => Math.exp(Math.sin(x));
  const slope = Math.cos(0.7) * f(0.7);
  const opinion = (claimed: number) =>
    taylorOpinion(f, 0.7, claimed, { noise: leastNoise(f(0.7)), firstStep: 0.1 });

  test('R(h) falls like h³ for the derivative, like h for anything else', () => {
    expect(opinion(slope)).toMatchObject({ says: 'right', order: expect.closeTo(3, 1) });
    for (const factor of [-1, 0, 2, 1.001]) {
      expect(opinion(factor * slope)).toMatchObject({ says: 'wrong', order: expect.closeTo(1, 1) });
    }
  });

  test('of a straight line only rounding is left, which supports nothing; a wrong slope shows', () => {
    const line = (x: number) => 3 * x;
    const options = { noise: leastNoise(3), firstStep: 0.1 };
    expect(taylorOpinion(line, 1, 3, options)).toEqual({ order: null, says: 'unclear' });
    expect(taylorOpinion(line, 1, 3.1, options).says).toBe('wrong');
  });
});
