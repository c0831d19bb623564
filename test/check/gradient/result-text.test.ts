import { fc, test } from '@fast-check/vitest';
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
    const text = resultText(checkGradient(corner));
    expect(text).toContain('got 1.500, differences give 0 to 1.000, left to right of a corner.');
    expect(text.replaceAll('\n', ' ')).toContain('no mean of those around it');
    expect(text).not.toContain('Taylor');
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

test.prop([fc.double(), fc.double()])('numbers that differ are written so', (a, b) => {
  const { got, expected } = digitsApart(a, b);
  expect(got === expected).toBe(Object.is(a, b) || a === b);
});
