import { describe, expect, test } from 'vitest';
import { checkGradient } from '../../../src/check/gradient/check-gradient.ts';
import type { GradientCase } from '../../../src/check/gradient/gradient-case.ts';
import { random } from '../../../src/numeric/random.ts';

/** Σ x³ at four points, 0 among them. */
const right: GradientCase & { gradient: (x: Float64Array) => ArrayLike<number> } = {
  name: 'cubes',
  f: (x) => x.reduce((sum, v) => sum + v ** 3, 0),
  gradient: (x) => x.map((v) => 3 * v * v),
  at: [1, 2, -3, 0],
};
/** A case of the wrong types, as a JavaScript author may write it. */
const planted = (change: object): GradientCase => ({ ...right, ...change });

const verdictOf = (change: object): string => checkGradient(planted(change)).verdict;

describe('a function that fails has its own verdict', () => {
  test.each<readonly [string, object, string, RegExp]>([
    [
      'f throws',
      {
        f: () => {
          throw new RangeError('no');
        },
      },
      'threw',
      /^f threw RangeError: no$/,
    ],
    [
      'gradient throws a string',
      {
        gradient: () => {
          throw 'no';
        },
      },
      'threw',
      /^gradient threw no$/,
    ],
    ['f is async', { f: async () => 1 }, 'wrong-type', /Promise.*async/],
    ['gradient is async', { gradient: async () => [1] }, 'wrong-type', /Promise/],
    ['f forgets to return', { f: () => {} }, 'wrong-type', /undefined: is a return missing/],
    ['f returns a string', { f: () => '7' }, 'wrong-type', /a string, "7"; expected a number/],
    [
      'a scalar f returns an array',
      { f: () => [1] },
      'wrong-type',
      /array of 1; expected a number/,
    ],
    [
      'gradient returns a number',
      { gradient: () => 3 },
      'wrong-type',
      /a number, 3; expected an array of 4/,
    ],
    [
      'gradient holds strings',
      { gradient: () => ['1', '2', '3', '4'] },
      'wrong-type',
      /entry 0 is a string/,
    ],
    [
      'gradient is nested',
      {
        gradient: () => [
          [1, 2],
          [3, 4],
        ],
      },
      'wrong-type',
      /2 arrays of 2: flatten/,
    ],
    [
      'gradient is an object',
      { gradient: () => ({ W: [1], b: [2] }) },
      'wrong-type',
      /object with W, b/,
    ],
    [
      'a vector f returns a number',
      { f: () => 1, gradient: undefined, vjp: () => [1] },
      'wrong-type',
      /f returned a number, 1; expected an array/,
    ],
    [
      'a vector f returns nothing',
      { f: () => [], gradient: undefined, vjp: () => [0, 0, 0, 0] },
      'wrong-shape',
      /^f returned no outputs, expected one at least$/,
    ],
    ['f is NaN', { f: () => Number.NaN }, 'not-finite', /f itself is NaN at point 0/],
    ['f is infinite', { f: () => Infinity }, 'not-finite', /f itself is Infinity/],
    [
      'gradient too long',
      { gradient: () => new Float64Array(20), factors: { N: 5 } },
      'wrong-shape',
      /20 = 5 × 4, and N = 5: sum over axis 0/,
    ],
    ['gradient too short', { gradient: () => [1] }, 'wrong-shape', /returned 1 entry, expected 4/],
    [
      'gradient writes into x',
      { gradient: (x: Float64Array) => x.fill(1) },
      'mutates-input',
      /entry 1 of x was 2, became 1/,
    ],
    [
      'f writes into x',
      { f: (x: Float64Array) => (x[2] = 5) },
      'mutates-input',
      /f changes its input: entry 2 of x was -3/,
    ],
    [
      'vjp writes into its cotangent',
      {
        f: (x: Float64Array) => x,
        gradient: undefined,
        vjp: (_x: Float64Array, c: Float64Array) => c.fill(0),
      },
      'mutates-input',
      /of the cotangent was/,
    ],
  ])('%s', (_what, change, verdict, error) => {
    const result = checkGradient(planted(change));
    expect(result.verdict).toBe(verdict);
    expect(result.error).toMatch(error);
    expect(result.error).not.toMatch(/\n/);
    expect(result.caught).toBeNull();
  });

  test('NaN or ∞ in a gradient whose difference is finite is not-finite, and named', () => {
    for (const bad of [Number.NaN, Infinity, -Infinity]) {
      const { verdict, worst, diagnosis } = checkGradient(
        planted({ gradient: (x: Float64Array) => x.map((v, i) => (i === 2 ? bad : 3 * v * v)) }),
      );
      expect(verdict).toBe('not-finite');
      expect(worst).toMatchObject({ entry: 'x[2]', got: bad });
      expect(diagnosis).toMatchObject({ kind: 'not-finite', confidence: 1 });
      expect(worst!.expected).toBeCloseTo(27, 9);
    }
  });

  test('∞ where the difference has no limit either is unresolved', () => {
    const root = {
      f: (x: Float64Array) => Math.sqrt(x[0]!),
      gradient: (x: Float64Array) => [0.5 / Math.sqrt(x[0]!)],
      at: [0],
      lower: [0],
    };
    expect(verdictOf(root)).toBe('unresolved');
  });

  test('f that throws only at probes shortens their steps', () => {
    const log = {
      f: (x: Float64Array) => {
        if (!(x[0]! > 0)) throw new RangeError('log of what is not positive');
        return Math.log(x[0]!);
      },
      gradient: (x: Float64Array) => [1 / x[0]!],
      at: [1e-3],
    };
    expect(checkGradient(planted(log))).toMatchObject({ verdict: 'agrees', error: null });
    const wrong = checkGradient(planted({ ...log, gradient: () => [3] }));
    expect(wrong.verdict).toBe('disagrees');
    expect(wrong.error).toMatch(/at a probe beside the point, f threw RangeError: log of/);
  });

  test('f that returns undefined at a probe is of the wrong type', () => {
    const f = (x: Float64Array) => (x[0] === 1 ? 3 : undefined);
    expect(verdictOf({ f })).toBe('wrong-type');
  });
});

describe('a function that gives another result each time', () => {
  const r = random(3);
  test.each<readonly [string, object, RegExp]>([
    ['f is random', { f: () => r.normal() }, /^f called again/],
    [
      'gradient is random',
      { gradient: (x: Float64Array) => x.map(() => r.normal()) },
      /^gradient called again/,
    ],
    [
      'one entry of the gradient varies by 1e-4',
      {
        gradient: (x: Float64Array) =>
          x.map((v, i) => 3 * v * v + (i === 1 ? 1e-4 * r.uniform() : 0)),
      },
      /entry 1 was/,
    ],
  ])('%s: not-deterministic', (_what, change, error) => {
    const result = checkGradient(planted(change));
    expect(result.verdict).toBe('not-deterministic');
    expect(result.error).toMatch(error);
  });

  test('a gradient that is added to is not-deterministic, diagnosis accumulates', () => {
    const sum = new Float64Array(4);
    const gradient = (x: Float64Array) => sum.map((_, i) => (sum[i]! += 3 * x[i]! ** 2));
    for (let repeated = 0; repeated < 2; repeated++) {
      const { verdict, diagnosis, notes, error } = checkGradient(planted({ gradient }));
      expect(verdict).toBe('not-deterministic');
      expect(diagnosis?.kind).toBe('accumulates');
      expect(notes).toContain('accumulates');
      expect(error).toMatch(/entry 2 is/);
    }
  });

  test('a sum in another order each time only varies', () => {
    let call = 0;
    const gradient = (x: Float64Array) => {
      call++;
      return x.map((v) => 3 * v * v * (1 + (call % 2) * 2 ** -51));
    };
    const { verdict, notes } = checkGradient(planted({ gradient }));
    expect(verdict).toBe('agrees');
    expect(notes).toContain('varies');
  });

  test('a reused output buffer is harmless, and noted', () => {
    const buffer = new Float64Array(4);
    const gradient = (x: Float64Array) => {
      x.forEach((v, i) => {
        buffer[i] = 3 * v * v;
      });
      return buffer;
    };
    const { verdict, notes } = checkGradient(planted({ gradient }));
    expect([verdict, notes]).toEqual(['agrees', ['reuses-output']]);
    expect(checkGradient(right).notes).toEqual([]);
  });
});

describe('unusual points', () => {
  test.each<readonly [string, object]>([
    ['−0 and a subnormal', { at: [-0, 5e-324, -1e-310, 2] }],
    ['entries of 1e90', { at: [1e90, -3e90, 2e90, 1e91] }],
    ['one entry', { at: [0.3] }],
    [
      'Float32Array point and result',
      {
        at: Float32Array.of(0.3, 2),
        gradient: (x: Float64Array) => Float64Array.from(x, (v) => 3 * v * v),
      },
    ],
  ])('%s: a right gradient agrees', (_what, change) => {
    expect(verdictOf(change)).toBe('agrees');
  });

  test('a constant f has no power: 0 agrees, flat; 1 disagrees', () => {
    const zero = (x: Float64Array) => x.map(() => 0);
    for (const value of [0, 5, -1e30]) {
      const result = checkGradient(planted({ f: () => value, gradient: zero }));
      expect([result.verdict, result.notes]).toEqual(['agrees', ['flat']]);
    }
    expect(verdictOf({ f: () => 5, gradient: (x: Float64Array) => x.map(() => 1) })).toBe(
      'disagrees',
    );
  });

  test('the exact minimum of a square agrees, flat', () => {
    const square = {
      f: (x: Float64Array) => (x[0]! - 1) ** 2,
      gradient: (x: Float64Array) => [2 * (x[0]! - 1)],
      at: [1],
    };
    expect(checkGradient(planted(square))).toMatchObject({ verdict: 'agrees', notes: ['flat'] });
  });
});

describe('a malformed case throws, in one line', () => {
  test.each<readonly [string, object, RegExp]>([
    ['no f', { f: undefined }, /f: got undefined, expected a function/],
    ['gradient and vjp', { vjp: () => [] }, /got both of gradient and vjp/],
    ['neither', { gradient: undefined }, /got neither/],
    ['no point', { at: undefined }, /at: got undefined/],
    ['a NaN in a point', { at: [1, Number.NaN] }, /entry 1 of point 0: got NaN/],
    ['points of two lengths', { at: [[1, 2], [1]] }, /point 1 has 1 entries, expected 2/],
    [
      'slots of another size',
      { slots: [{ name: 'W', shape: [3] }] },
      /slots have 3 entries \(W 3\), at has 4/,
    ],
    [
      'a point outside its domain',
      { lower: [0, 0, 0, 0] },
      /entry 2 of point 0: got -3, outside \[0, Infinity\]/,
    ],
    ['bounds of another length', { upper: [9] }, /upper has 1 entries, expected 4/],
    ['an unknown dtype', { dtype: 'float16' }, /unknown "float16"; there are float64, float32/],
    ['an rtol of 0', { rtol: 0 }, /rtol: got 0/],
    ['an rtol in quotes', { rtol: '1e-4' }, /rtol: got string, expected a number/],
    ['no entries at all', { at: [] }, /at: got a point without entries, expected at least one/],
    ['a point without entries', { at: [[], []] }, /at: got a point without entries/],
    ['a bound for all entries', { lower: 0 }, /lower: got number, expected an array/],
    ['a bound of null', { upper: null }, /upper: got null, expected an array/],
    [
      'NaN in a bound',
      { lower: [0, -9, Number.NaN, 0] },
      /lower: entry 2: got NaN, expected a number or ±Infinity/,
    ],
    [
      'bounds the wrong way round',
      { at: [1], lower: [2], upper: [0] },
      /entry 0 of point 0: got 1, outside \[2, 0\]/,
    ],
    ['a size in words', { factors: { N: 'x' } }, /factors: N: got string, expected a finite/],
    ['an infinite size', { factors: { N: Infinity } }, /factors: N: got Infinity, expected/],
    ['sizes in a list', { factors: [32] }, /factors: got an array, expected an object such as/],
    ['a slot by its name alone', { slots: ['W'] }, /slot 0: expected \{ name, shape/],
    ['slots by their sizes', { slots: 4 }, /slots: got number, expected an array/],
  ])('%s', (_what, change, message) => {
    expect(() => checkGradient(planted(change))).toThrow(message);
  });

  test.each([
    ['lowr', 'lower'],
    ['loweer', 'lower'],
    ['lowwr', 'lower'],
    ['uppre', 'upper'],
    ['Gradient', 'gradient'],
    ['factor', 'factors'],
  ])('%s is taken for a slip of %s', (slip, meant) => {
    const made = Object.create(planted({ [slip]: [1] })); // from another case
    expect(() => checkGradient(made)).toThrow(`unknown field "${slip}"; did you mean ${meant}? `);
  });

  test('what is no slip is left alone', () => {
    const more = { seed: 3, truth: [1], lowest: 2, float: 1, b: 2 };
    expect(verdictOf(more)).toBe('agrees');
  });

  test('a class may have methods of its own', () => {
    class Cubes {
      readonly name = 'cubes';
      readonly at = [1, 2];
      f(x: Float64Array): number {
        return this.cubes(x).reduce((sum, v) => sum + v, 0);
      }
      gradient(x: Float64Array): Float64Array {
        return x.map((v) => 3 * v * v);
      }
      cubes(x: Float64Array): Float64Array {
        return x.map((v) => v ** 3);
      }
    }
    expect(checkGradient(new Cubes()).verdict).toBe('agrees');
  });

  test('options out of range throw too', () => {
    expect(() => checkGradient(right, { seed: 0.5 })).toThrow(/options.seed: got 0.5/);
    expect(() => checkGradient(right, { confidence: 1 })).toThrow(/options.confidence/);
    expect(() => checkGradient(right, { directions: 0 })).toThrow(/options.directions/);
    expect(() => checkGradient(right, { maxWrong: 0 })).toThrow(/options.maxWrong/);
  });
});
