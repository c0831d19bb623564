import { describe, expect } from 'vitest';
import { checkGradient } from '../../../src/check/gradient/check-gradient.ts';
import type { CheckResult } from '../../../src/check/gradient/check-result.ts';
import type { GradientCase } from '../../../src/check/gradient/gradient-case.ts';
import { NOTHING_FOUND } from '../../../src/check/gradient/nothing-found.ts';
import { resultText } from '../../../src/check/gradient/result-text.ts';
import { digitsApart } from '../../../src/check/gradient/result-text-entries.ts';
import { NOTE_WORDS, VERDICT_WORDS } from '../../../src/check/gradient/result-text-words.ts';
import type { Note, Verdict } from '../../../src/check/verdict.ts';
import { random } from '../../../src/numeric/random.ts';
import { fc, test } from '../../property.ts';
import { ridgeProblem, spoilt } from './ridge-problem.ts';

const seeds = fc.nat(1e6);

const changes = {
  twice: (g: Float64Array) => g.map((v) => 2 * v),
  offset: (g: Float64Array) => g.map((v) => v + 0.1),
  one: (g: Float64Array) => g.map((v, i) => (i === 0 ? v + 1e-7 : v)),
  reversed: (g: Float64Array) => g.toReversed(),
  nothing: (g: Float64Array) => g.fill(0),
  nan: (g: Float64Array) => g.map((v, i) => (i === 0 ? Number.NaN : v)),
};

describe('a wrong gradient', () => {
  test.prop([seeds, fc.constantFrom(...Object.values(changes))], { numRuns: 40 })(
    'fits a screen, whatever is wrong with it',
    (seed, change) => {
      const r = random(seed);
      const size = 2 + r.integer(20);
      const slots = [
        { name: 'fc1.weight', shape: [size - 1, 1] },
        { name: 'fc1.bias', shape: [1] },
      ];
      const given = { ...spoilt(ridgeProblem(r, size), (g) => change(g)), slots };
      const result = checkGradient(given, { seed });
      const text = resultText(result, { seed });
      const lines = text.split('\n');
      expect(lines[0]).toContain(result.verdict);
      expect(lines.length).toBeLessThanOrEqual(24);
      if (result.verdict === 'agrees') return; // one line, as long as it is
      expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
      expect(text).toContain(result.worst!.entry);
      expect(text).toContain(`seed ${seed}.`);
    },
  );

  test('says the verdict, the diagnosis, the worst entry and the table, in this order', () => {
    const problem = ridgeProblem(random(1), 12);
    const result = checkGradient({ ...spoilt(problem, changes.twice), name: 'layer' });
    const text = resultText(result, { seed: 0 });
    const parts = [
      'layer: the gradient is wrong (disagrees)',
      result.diagnosis!.message.slice(0, 40),
      '(factor, sure)',
      `Worst: ${result.worst!.entry}: got `,
      'wrong entry ',
      'and at least 4 more',
      'Taylor test: the remainder falls like h^1.0',
      'calls of f, every entry by itself; seed 0.',
    ];
    const places = parts.map((part) => text.replaceAll('\n', ' ').indexOf(part));
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(places[0]).toBe(0);
  });

  test('the columns of the table line up', () => {
    const problem = ridgeProblem(random(2), 12);
    const text = resultText(checkGradient(spoilt(problem, changes.twice)));
    const rows = text.split('\n').filter((line) => /^(wrong entry|x\[\d+\] )/.test(line));
    expect(rows.length).toBe(9);
    expect(new Set(rows.map((row) => row.length)).size).toBe(1);
  });

  test('at a corner both slopes are told, and no mistake is guessed', () => {
    const corner: GradientCase = {
      name: 'relu',
      at: [0],
      f: (x) => Math.max(0, x[0]!),
      gradient: () => [1.5],
    };
    const text = resultText(checkGradient(corner)).replaceAll('\n', ' ');
    expect(text).toContain('x[0] lies outside of its slopes');
    expect(text).toContain('got 1.500, nearest right 1.000, slopes beside the corner 0 to 1.000.');
    expect(text).not.toContain('Taylor');
  });

  test.each([
    ['the largest at the point', (x: Float64Array) => x.map((v) => +(v === Math.max(...x)))],
    ['all', (x: Float64Array) => x.map(() => 1)],
  ])('at a tie of max a 1 for %s is wrong together, not one by one', (_, gradient) => {
    const result = checkGradient({
      name: 'tie',
      at: new Float64Array(5).fill(2),
      f: (x) => Math.max(...x),
      gradient,
    });
    expect(result).toMatchObject({ verdict: 'disagrees', diagnosis: { kind: 'unrecognised' } });
    const text = resultText(result).replaceAll('\n', ' ');
    expect(text).toContain('each lie within their own slopes, but are not right together. Perhaps');
    expect(text).toContain('nearest right 0.2000, slopes beside the corner 0 to 1.000');
    expect(text).toMatch(/x\[3\] +1\.000 +0\.2000 \(0 to 1\.000\) +\+0\.800/);
  });

  test('a guess at the cause stands behind how sure the figure is', () => {
    const given = {
      ...spoilt(ridgeProblem(random(1), 5), (g) => g.map((v) => v / 2)),
      name: 'half',
    };
    expect(resultText(checkGradient(given)).replaceAll('\n', ' ')).toContain(
      'The gradient is half the truth, in every entry (factor, sure). Perhaps the 2 from',
    );
  });

  test('of a gradient in single precision it says so, and what to do', () => {
    const problem = ridgeProblem(random(1), 5);
    const given = spoilt(problem, (g) => g.map(Math.fround));
    const text = resultText(checkGradient(given)).replaceAll('\n', ' ');
    expect(text).toContain('computed in single precision');
    expect(text).toContain("say dtype: 'float32' if f is so too, else tolerance: 1e-6");
    expect(checkGradient({ ...given, tolerance: 1e-6 }).verdict).toBe('agrees');
    // As near, but none of float32; and of float32, but one entry farther off.
    for (const other of [
      (g: Float64Array) => g.map((v, i) => v * (1 + 1e-8 * Math.sin(i + 1))),
      (g: Float64Array) => g.map((v, i) => Math.fround(i === 2 ? 1.1 * v : v)),
    ]) {
      expect(resultText(checkGradient(spoilt(problem, other)))).not.toContain('single');
    }
  });

  test('most entries slightly wrong may be so by intent, one of them or large errors are not', () => {
    const problem = ridgeProblem(random(1), 5);
    const text = (change: (v: number, i: number) => number): string =>
      resultText(checkGradient(spoilt(problem, (g) => g.map(change)))).replaceAll('\n', ' ');
    const wave = spoilt(problem, (g) => g.map((v, i) => v * (1 + 6e-5 * Math.sin(7 * i + 1))));
    const offered = / say tolerance: ([\d.]+e-[45])\./.exec(
      resultText(checkGradient(wave)).replaceAll('\n', ' '),
    )![1];
    expect(checkGradient({ ...wave, tolerance: Number(offered) }).verdict).toBe('agrees');
    expect(text((v, i) => v * (1 + 6e-3 * Math.sin(7 * i + 1)))).not.toContain('tolerance');
    expect(text((v, i) => (i === 2 ? 1.00006 * v : v))).not.toContain('tolerance');
  });

  test('one wrong entry of 1,000 has one ratio', () => {
    const sine: GradientCase = {
      name: 'sine',
      at: Array.from({ length: 1000 }, (_, i) => Math.sin(i)),
      f: (x) => x.reduce((sum, v) => sum + Math.sin(v), 0),
      gradient: (x) => x.map((v, i) => (i === 777 ? 1 : Math.cos(v))),
    };
    const text = resultText(checkGradient(sine)).replaceAll('\n', ' ');
    expect(text).toContain('checked one by one is wrong (x[777]), 1.52 times the truth.');
  });

  /** √a by Newton's method, which stops as soon as a step is below 1e-5. */
  function iterated(a: number): number {
    let y = a;
    for (let step = 0; step < 100; step++) {
      const next = (y + a / y) / 2;
      if (Math.abs(next - y) < 1e-5) return y;
      y = next;
    }
    return y;
  }

  test('off by less than 1e-6 of its size it may be so by intent, and the tolerance offered lets it pass', () => {
    const root: GradientCase = {
      name: 'root',
      at: [2.7],
      f: (x) => iterated(x[0]!),
      gradient: (x) => [0.5 / Math.sqrt(x[0]!)],
    };
    const text = resultText(checkGradient(root)).replaceAll('\n', ' ');
    const [, tolerance] =
      /Perhaps the gradient or f is approximate.* say tolerance: (\S+)\. W/.exec(text)!;
    expect(checkGradient({ ...root, tolerance: Number(tolerance) }).verdict).toBe('agrees');
  });

  test('off by more it is not excused, and one that has a name neither', () => {
    const cubes = (change: (v: number, i: number) => number): string =>
      resultText(
        checkGradient({
          name: 'cubes',
          at: [2.7, 1.3, 5, -3.3, 1.8],
          f: (x) => x.reduce((sum, v) => sum + v ** 3, 0),
          gradient: (x) => x.map((v, i) => 3 * v * v + change(v, i)),
        }),
      );
    expect(cubes((_v, i) => (i === 0 ? 1e-6 : 0))).toContain('say tolerance');
    expect(cubes((_v, i) => (i === 0 ? 1e-3 : 0))).not.toContain('tolerance');
    expect(cubes((v) => 1e-9 * v)).not.toContain('tolerance');
  });

  test.each([
    [[1, -1], 'Right at point 0; at point 1: the gradient is minus the truth'],
    [[-1, 1, -1], 'Right at point 1; at points 0 and 2: the gradient is minus the truth'],
    [[-1, -1, -1], 'The gradient is minus the truth'],
  ])('of points %j, negative ones with the wrong sign, it tells those', (signs, told) => {
    const { diagnosis } = checkGradient({
      name: 'points',
      at: signs.map((sign, k) => [0.2 * k - 0.3, 0.5 + 0.1 * k, 0.7 * sign]),
      f: (x) => x.reduce((sum, v) => sum + Math.tanh(v), 0),
      gradient: (x) => x.map((v) => Math.sign(x[2]!) * (1 - Math.tanh(v) ** 2)),
    });
    expect(diagnosis!.kind).toBe('sign');
    expect(diagnosis!.message.slice(0, told.length)).toBe(told);
  });

  test('mistakes that differ from point to point are told of the worst alone', () => {
    const { diagnosis } = checkGradient({
      name: 'points',
      at: [
        [0, 0.3, 1],
        [1, 1, 0.2],
      ],
      f: (x) => x.reduce((sum, v) => sum + Math.tanh(v), 0),
      gradient: (x) => x.map((v) => (x[0]! > 0.5 ? -1 : 3) * (1 - Math.tanh(v) ** 2)),
    });
    expect(diagnosis!.message).toMatch(/^At point [01]: the gradient is (minus|3 times)/);
  });

  test('of several points the one is told', () => {
    const result = checkGradient({
      name: 'points',
      at: [[1], [2]],
      f: (x) => x[0]! ** 2,
      gradient: (x) => [x[0]! === 1 ? 2 : 5],
    });
    expect(resultText(result)).toContain('Worst: x[0] at point 1: got 5.000');
  });
});

describe('a right gradient', () => {
  test.prop([seeds, fc.constantFrom<'full' | 'fast'>('full', 'fast')], { numRuns: 30 })(
    'is one line with what would have been caught',
    (seed, mode) => {
      const result = checkGradient(ridgeProblem(random(seed), 20), { seed, mode });
      fc.pre(result.verdict === 'agrees' && result.notes.length === 0);
      const text = resultText(result, { seed });
      expect(text).toMatch(
        mode === 'full'
          ? /^ridges: agrees; an error of \S+ would show \(\S+ of ‖g‖\); \d+ calls of f$/
          : /^ridges: agrees; off by \S+ at most \(\S+ of ‖g‖\), 99 % sure; \d+ calls of f$/,
      );
    },
  );

  test('is told with its notes', () => {
    const result = checkGradient({
      name: 'flat',
      at: [0],
      f: (x) => x[0]! ** 2,
      gradient: (x) => [2 * x[0]!],
    });
    expect(resultText(result).split('\n')[1]).toMatch(/^Note, flat: /);
  });

  test('where f is constant it is not told that any error would show', () => {
    const f = (x: ArrayLike<number>): number => 0 * x[0]!;
    const text = resultText(
      checkGradient({ name: 'constant', at: [1, 2], f, gradient: () => [0, 0] }),
    );
    expect(text).toMatch(/^constant: agrees; f is flat here; \d+ calls of f\nNote, flat: /);
    const linear = {
      name: 'linear',
      at: [0],
      f: (x: ArrayLike<number>) => x[0]!,
      gradient: () => [1],
    };
    expect(resultText(checkGradient(linear))).not.toContain('flat');
  });
});

describe('an unresolved case', () => {
  const rounded: GradientCase = {
    name: 'rounded',
    at: [1, 2],
    f: (x) => Math.round(1e5 * x[0]! * x[1]!) / 1e5,
    gradient: (x) => [x[1]!, x[0]!],
  };

  test('says what hides the answer, and the rtol it offers resolves it', () => {
    const text = resultText(checkGradient(rounded)).replaceAll('\n', ' ');
    expect(text).toMatch(/^rounded: neither right nor wrong \(unresolved\)/);
    expect(text).toContain('let f compute with all its digits');
    const rtol = Number(/rtol (\S+)\. /.exec(text)![1]);
    expect(checkGradient({ ...rounded, rtol }).verdict).toBe('agrees');
  });

  test.each<readonly [string, Partial<GradientCase>]>([
    [
      'a scalar f',
      {
        f: (x) => Math.fround(Math.fround(x[0]! * x[0]!) * Math.fround(x[1]!)),
        gradient: (x) => [2 * x[0]! * x[1]!, x[0]! ** 2],
      },
    ],
    [
      'a vector f',
      {
        f: (x) => Float32Array.from(x, (v) => v ** 3),
        vjp: (x, c) => x.map((v, i) => 3 * v * v * c[i]!),
      },
    ],
  ])(
    'f computes in float32: that dtype is the advice, and it resolves the case: %s',
    (_what, of) => {
      const single = { name: 'single', at: [0.3, -1.7], ...of } as GradientCase; // f is among them
      const text = resultText(checkGradient(single)).replaceAll('\n', ' ');
      expect(text).toContain(
        "What would help: say dtype: 'float32', every value of f is such a number.",
      );
      expect(checkGradient({ ...single, dtype: 'float32' })).toMatchObject({
        verdict: 'agrees',
        notes: [],
      });
    },
  );

  test('whose values are float32 numbers for being short is not said to compute so', () => {
    const f = (x: ArrayLike<number>): number => Math.round(1024 * x[0]! * x[1]!) / 1024;
    expect(checkGradient({ ...rounded, f }).notes).toEqual(['quantised']);
  });
});

describe('where f ends at the point', () => {
  const throwing = (outside: (x: number) => boolean): ((x: Float64Array) => number) => {
    return (x) => {
      if (outside(x[0]!)) throw new RangeError('outside');
      return x[0]! ** 2 + x[0]! + x[1]!;
    };
  };
  const gradient = (x: Float64Array): number[] => [2 * x[0]! + 1, 1];

  test.each([
    ['f threw RangeError: outside', throwing((x) => x < 1)],
    ['f is not finite', (x: Float64Array) => (x[0]! < 1 ? Number.NaN : x[0]! ** 2 + x[0]! + x[1]!)],
  ])('the bound is told that lets it be checked: %s', (does, f) => {
    const given: GradientCase = { name: 'edge', at: [1, 2], f, gradient };
    const result = checkGradient(given);
    expect(result.verdict).toBe('unresolved');
    const text = resultText(result).replaceAll('\n', ' ');
    expect(text).toContain(
      `Below x[0] = 1, ${does}. If f ends there, give the case lower: [1, -Infinity].`,
    );
    expect(text).toContain('differences give no number.');
    const lower = [1, Number.NEGATIVE_INFINITY];
    expect(checkGradient({ ...given, lower }).verdict).toBe('agrees');
  });

  test('random directions leave it out as well, so the entry is looked for', () => {
    const { verdict, error } = checkGradient(
      {
        name: 'edge',
        at: Array.from({ length: 20 }, (_, i) => (i === 3 ? 0 : i + 1)),
        f: (x) => x.reduce((sum, v) => sum + v * Math.sqrt(v), 0),
        gradient: (x) => x.map((v) => 1.5 * Math.sqrt(v)),
      },
      { mode: 'fast' },
    );
    expect(verdict).toBe('unresolved');
    expect(error).toMatch(
      /^below x\[3\] = 0, f is not finite\. If f ends there, give the case lower: /,
    );
  });

  test('above it, upper is', () => {
    const result = checkGradient({ name: 'edge', at: [1, 2], f: throwing((x) => x > 1), gradient });
    expect(result.error).toContain('give the case upper: [1, Infinity]');
  });

  test('the same on both sides is no end', () => {
    const f = throwing((x) => x !== 1);
    const result = checkGradient({ name: 'alone', at: [1, 2], f, gradient });
    expect(result.verdict).not.toBe('agrees');
    expect(result.error).not.toContain('ends');
  });
});

test('on a staircase the Taylor test tells nothing', () => {
  const text = resultText(
    checkGradient({
      name: 'stairs',
      at: [0.3001],
      f: (x) => Math.floor(x[0]! * 1e3) / 1e3,
      gradient: () => [1],
    }),
  );
  expect(text).toContain('Taylor test: too little stands out of the rounding of f to tell.');
});

describe('every verdict and note has its words', () => {
  const result: CheckResult = {
    ...NOTHING_FOUND,
    name: 'made up',
    verdict: 'threw',
    evaluations: 1,
    error: 'f threw Error: boom',
  };

  test.each(Object.entries(VERDICT_WORDS))('%s', (verdict, words) => {
    const text = resultText({ ...result, verdict: verdict as Verdict });
    expect(text).toContain(verdict);
    if (verdict !== 'agrees') expect(text).toContain(words);
  });

  test.each(Object.entries(NOTE_WORDS))('%s', (note, words) => {
    const text = resultText({ ...result, notes: [note as Note] });
    expect(text.replaceAll('\n', ' ')).toContain(`Note, ${note}: ${words}.`);
  });

  test('an error that ends in a question mark gets no full stop', () => {
    expect(resultText(result)).toMatch(/boom\.$/);
    expect(resultText({ ...result, error: 'one axis too many?' })).toMatch(/many\?$/);
  });
});

describe('what would help to judge it', () => {
  const worst = { point: 0, slot: 'x', entry: 'x[0]', index: 0, got: 1, expected: 1 };
  const text = (seen: object) =>
    resultText({
      ...{ ...NOTHING_FOUND, name: 'made up', verdict: 'unresolved' },
      worst: { ...worst, uncertainty: 1e-3, ...seen },
    }).replaceAll('\n', ' ');

  test('a larger rtol is told where the bar is what hides it', () => {
    expect(text({})).toContain('or ask for less: rtol 2.0e-3');
    expect(text({ uncertainty: 0.4 })).not.toContain('rtol');
    expect(text({ got: Infinity })).not.toContain('rtol'); // rtol 0, before
    expect(text({ left: 0, right: 2 })).not.toContain('rtol'); // rtol 1.7e-11 at the tip of a norm
  });

  test('where f has no derivative only another point helps', () => {
    expect(text({ expected: Infinity, uncertainty: Infinity })).toContain(
      'help: take another point.',
    );
  });
});

test.prop([fc.double(), fc.double()])('numbers that differ are written so', (a, b) => {
  const { got, expected } = digitsApart(a, b);
  expect(got === expected).toBe(Object.is(a, b) || a === b);
});
