import { describe, expect } from 'vitest';
import { checkGradient } from '../../../src/check/gradient/check-gradient.ts';
import type { GradientCase } from '../../../src/check/gradient/gradient-case.ts';
import { random } from '../../../src/numeric/random.ts';
import { fc, test } from '../../property.ts';

const check = (
  f: (x: Float64Array) => number,
  at: readonly number[],
  gradient: readonly number[],
  rest: Partial<GradientCase> = {},
) => checkGradient({ name: 'corner', f, gradient: () => gradient, at, ...rest });

const abs = (x: Float64Array): number => Math.abs(x[0]!);
const max = (x: Float64Array): number => Math.max(...x);

describe('at a corner', () => {
  test.each([-1, -0.5, 0, 1])('|x| at 0: %d lies between both slopes', (g) => {
    const { verdict, notes, worst } = check(abs, [0], [g]);
    expect([verdict, notes]).toEqual(['agrees', ['kink']]);
    expect(worst!.left).toBeCloseTo(-1, 9);
    expect(worst!.right).toBeCloseTo(1, 9);
  });

  test.each([-1.001, 1.001, 2])('|x| at 0: %d does not', (g) => {
    expect(check(abs, [0], [g]).verdict).toBe('disagrees');
  });

  test('what no error could show at a corner is said: as wide as both slopes are apart', () => {
    expect(check(abs, [0], [0]).caught!.absolute).toBeCloseTo(2, 9);
  });

  test('at a tie of max(x, y) every mean of both gradients is right, (1, 1) is not', () => {
    for (const g of [
      [1, 0],
      [0, 1],
      [0.5, 0.5],
      [0.3, 0.7],
    ]) {
      expect(check(max, [2, 2], g).verdict).toBe('agrees');
    }
    for (const g of [
      [1, 1],
      [0, 0],
      [0.7, 0.7],
    ]) {
      const { verdict, wrongEntries } = check(max, [2, 2], g);
      expect([verdict, wrongEntries.map((w) => w.index)]).toEqual(['disagrees', [0, 1]]);
    }
  });

  test('a tie of three among five', () => {
    const at = [1, 3, 3, 0, 3];
    expect(check(max, at, [0, 0, 1, 0, 0]).verdict).toBe('agrees');
    expect(check(max, at, [0, 1, 1, 0, 1]).verdict).toBe('disagrees');
  });

  test('|x| + |y| + |z| at 0: any corner of the cube is right, though rays may miss it', () => {
    const f = (x: Float64Array) => x.reduce((sum, v) => sum + Math.abs(v), 0);
    for (const g of [
      [1, 1, 1],
      [1, -1, 1],
      [0, 0, 0],
    ]) {
      expect(check(f, [0, 0, 0], g).verdict).toBe('agrees');
    }
    expect(check(f, [0, 0, 0], [1, 1.5, 1]).verdict).toBe('disagrees');
  });

  test('||x| − |y|| at 0: (1, −1) is right, though along (1, −1) f has no slope of 2', () => {
    const f = (x: Float64Array) => Math.abs(Math.abs(x[0]!) - Math.abs(x[1]!));
    expect(check(f, [0, 0], [1, -1]).verdict).toBe('agrees');
  });

  test('|x − y| − |x + y| at 0: no coordinate shows the corner, (0, −2) is right', () => {
    const f = (x: Float64Array) => Math.abs(x[0]! - x[1]!) - Math.abs(x[0]! + x[1]!);
    expect(check(f, [0, 0], [0, -2])).toMatchObject({ verdict: 'agrees', notes: ['kink'] });
    expect(check(f, [0, 0], [0, -3]).verdict).not.toBe('agrees');
  });

  test('a norm at 0 has no last piece: 0 is right, what lies outside the ball is not', () => {
    const f = (x: Float64Array) => Math.hypot(...x);
    expect(check(f, [0, 0], [0, 0]).verdict).toBe('agrees');
    expect(check(f, [0, 0], [0.9, 0.9]).verdict).not.toBe('agrees');
  });

  test('two ReLUs of opposite signs: both off is right, though outside both one-sided slopes', () => {
    const r = random(5);
    for (let trial = 0; trial < 10; trial++) {
      const [u, v] = [0, 1].map(() => Float64Array.from({ length: 2 }, () => r.normal()));
      const relu = (w: Float64Array, x: Float64Array) => Math.max(0, w[0]! * x[0]! + w[1]! * x[1]!);
      const f = (x: Float64Array) => 2 * relu(u!, x) - relu(v!, x) + Math.sin(x[0]!) + x[1]!;
      expect(check(f, [0, 0], [1, 1]).verdict).not.toBe('disagrees');
    }
  });
});

describe('what only looks like a corner', () => {
  test.prop([fc.nat(1e6)], { numRuns: 30 })(
    'a smooth f written with corners that cancel is smooth: a mean of slopes is wrong',
    (seed) => {
      const a = random(seed).normal();
      const f = (x: Float64Array) =>
        a * (Math.max(x[0]!, 0) + Math.log1p(Math.exp(-Math.abs(x[0]!))));
      expect(check(f, [0], [a / 2]).verdict).toBe('agrees');
      expect(check(f, [0], [a]).verdict).toBe('disagrees');
    },
  );

  test.each<readonly [string, (t: number) => number, number]>([
    ['x⁴ at 0', (t) => t ** 4, 0],
    ['tanh(1e4 x) at 0', (t) => Math.tanh(1e4 * t), 1e4],
    ['an inflection', (t) => t + t ** 3, 1],
    ['relu(x) − relu(−x)', (t) => Math.max(t, 0) - Math.max(-t, 0), 1],
  ])('%s is smooth', (_name, f, slope) => {
    const { verdict, notes } = check((x) => f(x[0]!), [0], [slope]);
    expect(verdict).toBe('agrees');
    expect(notes).not.toContain('kink');
    expect(check((x) => f(x[0]!), [0], [slope + Math.max(0.01, 0.01 * slope)]).verdict).toBe(
      'disagrees',
    );
  });
});

describe('other difficult ground', () => {
  test('log at 1e-3: steps stay inside, found or told', () => {
    const f = (x: Float64Array) => Math.log(x[0]!);
    expect(check(f, [1e-3], [1000]).verdict).toBe('agrees');
    expect(check(f, [1e-3], [1001]).verdict).toBe('disagrees');
    expect(check(f, [1e-3], [1000], { lower: [0] }).verdict).toBe('agrees');
  });

  test.each([1e-8, 1e-10, 1e-14, 1e-100, 1e-300])('s sin(x/s), x and s of %d', (s) => {
    const f = (x: Float64Array) => s * (Math.sin(x[0]! / s) + Math.sin(x[1]! / s));
    const at = [0.7 * s, 0];
    const right = [Math.cos(0.7), 1];
    expect(check(f, at, right).verdict).toBe('agrees'); // disagreed from 1e-10 down
    const { verdict, worst } = check(f, at, [right[0]!, 1.001]);
    expect(verdict).toBe('disagrees');
    expect(worst!.expected).toBeCloseTo(1, 9);
  });

  test('an entry too weak for a rounded f to show is not accused', () => {
    const f = (x: Float64Array) =>
      1e-5 * Math.round((Math.sin(x[0]!) + 1e-7 * Math.sin(x[1]!)) / 1e-5);
    const right = [Math.cos(0.3), 1e-7 * Math.cos(0.7)];
    expect(check(f, [0.3, 0.7], right, { rtol: 1e-2 }).verdict).toBe('agrees'); // disagreed
    expect(check(f, [0.3, 0.7], [right[0]!, 0.5], { rtol: 1e-2 }).verdict).toBe('disagrees');
  });

  test('an entry of a dead unit is right at 0 and nowhere else, though the unit lives farther off', () => {
    const f = (x: Float64Array) => Math.sin(x[1]!) + Math.max(0, x[0]! - 1.3);
    expect(check(f, [1, 0.3], [0, Math.cos(0.3)])).toMatchObject({ verdict: 'agrees', notes: [] });
    expect(check(f, [1, 0.3], [1e-6, Math.cos(0.3)])).toMatchObject({
      verdict: 'disagrees',
      wrongEntries: [{ index: 0 }],
    });
  });

  test('where f is 0 all around, 0 is right', () => {
    const f = (x: Float64Array) => Math.max(0, x[0]! - 0.7) ** 2 + Math.max(0, x[0]! - 0.8);
    expect(check(f, [0.5], [0])).toMatchObject({ verdict: 'agrees', notes: ['flat'] });
    expect(check(f, [0.5], [0.1]).verdict).toBe('disagrees');
  });

  test('where noise hides all but wide steps show it, a float32 f is resolved', () => {
    const r = random(3);
    for (let trial = 0; trial < 20; trial++) {
      const at = Math.fround(r.uniform() - 0.5);
      const f = (x: Float64Array) => Math.fround(20 + Math.fround(Math.sin(x[0]!)));
      const slope = Math.cos(at);
      const single = { dtype: 'float32' } as const;
      expect(check(f, [at], [slope], single).verdict).toBe('agrees');
      expect(check(f, [at], [1.01 * slope], single).verdict).toBe('disagrees');
    }
  });

  test('at the edge of the domain the one-sided derivative counts, and nothing beyond is called', () => {
    const f = (x: Float64Array) => {
      if (x[0]! < 0 || x[1]! > 1) throw new RangeError('outside');
      return x[0]! ** 2 + 3 * x[0]! * x[1]!;
    };
    const domain = { lower: [0, -Infinity], upper: [Infinity, 1] };
    expect(check(f, [0, 1], [3, 0], domain)).toMatchObject({ verdict: 'agrees', error: null });
    expect(check(f, [0, 1], [3.01, 0], domain)).toMatchObject({
      verdict: 'disagrees',
      error: null,
    });
  });

  test('values rounded to 1e-6 are noted as quantised, and neither trusted nor accused too far', () => {
    const f = (x: Float64Array) => Math.round(1e6 * x[0]! ** 2) / 1e6;
    expect(check(f, [0.7], [1.4])).toMatchObject({ verdict: 'unresolved', notes: ['quantised'] });
    expect(check(f, [0.7], [1.4], { rtol: 1e-3 }).verdict).toBe('agrees');
    // The derivative of a staircase is 0, but not of what it rounds.
    expect(check(f, [0.7], [0], { rtol: 1e-3 }).verdict).toBe('disagrees');
    expect(check((x) => x[0]! ** 2, [0.7], [1.4]).notes).toEqual([]);
  });

  test('f that computes in float32 is noticed in a float64 case', () => {
    const f = (x: Float64Array) => Math.fround(1 + Math.fround(x[0]! ** 2));
    expect(check(f, [0.37], [0.74])).toMatchObject({ verdict: 'unresolved', notes: ['float32'] });
  });

  test('a float32 case is probed at float32 points, and resolves 1e-3', () => {
    const seen: number[] = [];
    const f = (x: Float64Array) => {
      seen.push(...x);
      return Math.fround(Math.fround(x[0]! * x[0]!) + x[1]!);
    };
    const single: GradientCase = {
      name: 'single',
      f,
      gradient: (x) => Float32Array.of(2 * x[0]!, 1),
      at: [0.7, 3],
      dtype: 'float32',
    };
    expect(checkGradient(single)).toMatchObject({ verdict: 'agrees', notes: [] });
    expect(seen.every((v) => v === Math.fround(v))).toBe(true);
    expect(checkGradient({ ...single, gradient: (x) => [2.01 * x[0]!, 1] }).verdict).toBe(
      'disagrees',
    );
  });
});
