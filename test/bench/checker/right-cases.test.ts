import { describe, expect, test } from 'vitest';
import type { CaseSpec } from '../../../bench/checker/cases/case-spec.ts';
import {
  type CaseTally,
  checkTask,
  tasksFor,
  together,
} from '../../../bench/checker/cases/case-tally.ts';
import { errorBars, type Truths } from '../../../bench/checker/cases/error-bars.ts';
import { families, rightCase } from '../../../bench/checker/cases/families.ts';
import { hardCases } from '../../../bench/checker/cases/hard.ts';
import { compared, type Judgement, judge } from '../../../bench/checker/cases/judge-hard.ts';
import { plantedErrors } from '../../../bench/checker/cases/planted-error.ts';
import { claimed, outputs, runnable } from '../../../bench/checker/cases/runnable.ts';
import { truthOf } from '../../../bench/checker/cases/truth.ts';
import { type Found, partOf } from '../../../bench/checker/right-cases.ts';
import { checkGradient } from '../../../src/check/gradient/check-gradient.ts';
import type { Numbers } from '../../../src/check/gradient/gradient-case.ts';
import type { Verdict } from '../../../src/check/verdict.ts';
import { renderMarkdown } from '../../../src/report/markdown.ts';

const [smooth] = families;

describe('right cases', () => {
  test('of every family are neither accused nor all unresolved', () => {
    for (const [family, { name, weight = 1 }] of families.entries()) {
      const found = checkTask({ family, from: 0, to: weight < 1 ? 1 : 4, seed: 11 });
      expect(found.alarms, name).toEqual([]);
      expect(found.unresolved, name).toBeLessThan(found.cases);
    }
  });

  test('that are accused are alarms, each with what reproduces it', () => {
    const task = { family: 0, from: 3, to: 5, seed: 2 };
    const saying =
      (verdict: Verdict): typeof checkGradient =>
      (given, options) => ({ ...checkGradient(given, options), verdict });
    expect(checkTask(task, saying('disagrees'))).toMatchObject({
      unresolved: 0,
      alarms: [
        { id: 'smooth/3', verdict: 'disagrees', checkSeed: 3 },
        { id: 'smooth/4', verdict: 'disagrees', checkSeed: 4 },
      ],
    });
    expect(checkTask(task, saying('threw')).alarms).toHaveLength(2);
    expect(checkTask(task, saying('unresolved'))).toMatchObject({ unresolved: 2, alarms: [] });
  });

  test('are the same alone and among others', () => {
    const whole = checkTask({ family: 3, from: 0, to: 8, seed: 2 });
    const parts = [
      checkTask({ family: 3, from: 0, to: 5, seed: 2 }),
      checkTask({ family: 3, from: 5, to: 8, seed: 2 }),
    ];
    expect(together(3, 2, parts)).toEqual(whole);
  });

  test('make up every task once', () => {
    const tasks = tasksFor(10_000, 0);
    for (const family of families.keys()) {
      const own = tasks.filter((t) => t.family === family);
      for (const [k, t] of own.entries()) expect(t.from).toBe(k === 0 ? 0 : own[k - 1]!.to);
    }
    expect(tasks.reduce((sum, t) => sum + t.to - t.from, 0)).toBeGreaterThanOrEqual(10_000);
  });

  test('of float32 compute in it throughout', () => {
    const index = families.findIndex(({ name }) => name === 'float32');
    for (let i = 0; i < 20; i++) {
      const spec = rightCase(families[index]!, i, 0);
      const x = spec.at.map(Math.fround);
      for (const v of [...outputs(spec, x), ...claimed(spec, x, [1])]) {
        expect(v).toBe(Math.fround(v));
      }
    }
  });

  test('with a domain throw outside of it', () => {
    const index = families.findIndex(({ name }) => name === 'domain');
    const { f } = runnable(rightCase(families[index]!, 0, 0));
    expect(() => f(Float64Array.of(-1e-9, 1, 1, 1, 1) as Numbers)).toThrow(
      /^domain\/0: entry 0: got -1e-9/,
    );
  });
});

describe('an error of a multiple of what a pass says would show', () => {
  test('never passes at ten times that, whatever the family', () => {
    for (const [k, family] of families.entries()) {
      if (family.weight !== undefined) continue; // large: seconds
      const { planted } = checkTask({ family: k, from: 0, to: 1, seed: 12 });
      const passed = planted.filter(({ times, got }) => times === 10 && got === 'agrees');
      expect(passed, family.name).toEqual([]);
    }
  });

  test('passes, and is told, where the pass says too much', () => {
    const boasting: typeof checkGradient = (given, options) => {
      const found = checkGradient(given, options);
      const { caught } = found;
      return caught ? { ...found, caught: { ...caught, absolute: caught.absolute / 1e6 } } : found;
    };
    const { planted } = checkTask({ family: 0, from: 0, to: 1, seed: 2 }, boasting);
    expect(planted.map(({ times, got }) => [times, got])).toEqual([
      [2, 'agrees'],
      [10, 'agrees'],
    ]);
  });

  test('stands in one entry, the same in every run', () => {
    const seen: number[][] = [];
    const spec = rightCase(smooth!, 1, 0);
    const right = claimed(spec, spec.at, [1]);
    const watching: typeof checkGradient = (given, options) => {
      const x = Float64Array.from(spec.at);
      seen.push(Array.from(given.gradient!(x as Numbers), (g, i) => g - right[i]!));
      return checkGradient(given, options);
    };
    const [first] = plantedErrors(spec, 0.5, 3, watching);
    expect(seen.map((off) => off.map((v) => Math.round(v * 1e6) / 1e6))).toEqual(
      [1, 5].map((size) => spec.at.map((_, i) => (i === first!.entry ? size : 0))),
    );
    expect(plantedErrors(spec, 0.5, 3, checkGradient)[0]).toEqual(first);
  });
});

describe('error bars', () => {
  const spec = hardCases.find(({ id }) => id === 'wide-scales')!;
  const truths: Truths = new Map([[spec.id, truthOf(spec, [1]).left]]);

  test('are those of every entry, and hold', () => {
    const { bars, worst, outside } = errorBars(truths, [spec]);
    expect(bars).toBe(4); // three of the wrong gradient, the one told of the right one
    expect(worst).toBeGreaterThan(0);
    expect(outside).toEqual([]);
  });

  test('that are too narrow are outside', () => {
    const narrow: typeof checkGradient = (given, options) => {
      const found = checkGradient(given, options);
      const { wrongEntries } = found;
      const thin = wrongEntries.map((e) => ({ ...e, uncertainty: e.uncertainty / 1e6 }));
      return { ...found, wrongEntries: thin };
    };
    const { worst, outside } = errorBars(truths, [spec], narrow);
    expect(worst).toBeGreaterThan(1);
    expect(new Set(outside.map(({ id }) => id))).toEqual(new Set(['wide-scales']));
  });
});

describe('hard cases', () => {
  test('are never contradicted', () => {
    const small = hardCases.filter(({ at }) => at.length < 100);
    const faults = small.map(judge).filter(({ kind }) => kind === 'contradicted');
    expect(faults.map(({ spec, got }) => `${spec.id}: ${got}`)).toEqual([]);
  });

  test('are judged: unresolved is a miss, what is false a fault', () => {
    expect(compared('disagrees', 'disagrees')).toBe('as-expected');
    expect(compared('unresolved', 'disagrees')).toBe('missed');
    expect(compared('agrees', 'disagrees')).toBe('contradicted');
    expect(compared('disagrees', 'agrees')).toBe('contradicted');
    expect(compared('agrees', 'not-finite')).toBe('contradicted');
    const wrong: CaseSpec = { ...rightCase(smooth!, 0, 0), change: { times: 1.01 } };
    expect(judge(wrong)).toMatchObject({ got: 'disagrees', kind: 'contradicted' });
  });
});

describe('the verdict on all of them', () => {
  const clean: CaseTally = {
    family: 0,
    seed: 4,
    cases: 100,
    unresolved: 5,
    alarms: [],
    evaluations: [9, 7, 8],
    planted: [],
  };
  const fresh = [{ ...clean, seed: 9, cases: 300 }];
  const bars = { bars: 7, worst: 0.25, outside: [] };
  const found: Found = { tallies: [clean], fresh: [], hard: [], bars };
  const hard = (kind: Judgement['kind']): Judgement => ({
    spec: hardCases[0]!,
    got: kind === 'missed' ? 'unresolved' : 'agrees',
    kind,
  });
  const page = (f: Found): string =>
    renderMarkdown({ title: 'page', quick: false, header: [], blocks: partOf(f).blocks });

  test('is good at 95 % resolved and not below', () => {
    expect(partOf(found)).toMatchObject({
      ok: true,
      headline: [
        '0 false alarms in 100 right cases of 1 kinds; 95.0 % of them resolved (limit 95.0 %).',
        ...Array<unknown>(3).fill(expect.any(String)),
      ],
    });
    expect(partOf({ ...found, tallies: [{ ...clean, unresolved: 6 }] }).ok).toBe(false);
    expect(page(found)).not.toContain('confidence');
  });

  test('is bad with one false alarm, which is named with what reproduces it', () => {
    const alarms = [{ id: 'smooth/17', verdict: 'disagrees', checkSeed: 17 }] as const;
    const bad = { ...found, tallies: [{ ...clean, alarms }], fresh };
    expect(partOf(bad).ok).toBe(false);
    expect(page(bad)).toContain('`smooth/17` of seed 4, checked with seed 17: disagrees');
  });

  test('rests on cases that nothing was tuned on, where they are there', () => {
    expect(partOf({ ...found, fresh }).ok).toBe(true);
    expect(page({ ...found, fresh })).toMatch(
      /from seed 9, .*: 0 false alarms in 300 .* fewer than one in 100 is called wrong/,
    );
    expect(partOf({ ...found, fresh: [{ ...fresh[0]!, unresolved: 16 }] }).ok).toBe(false);
    const alarms = [{ id: 'smooth/17', verdict: 'disagrees', checkSeed: 17 }] as const;
    const bad = { ...found, fresh: [{ ...fresh[0]!, alarms }] };
    expect(partOf(bad).ok).toBe(false);
    expect(page(bad)).toContain('`smooth/17` of seed 9, checked with seed 17: disagrees');
    expect(page(bad)).not.toContain('confidence');
  });

  test('is bad with an error passed that a pass said would show', () => {
    const planted = (got: Verdict): CaseTally => ({
      ...clean,
      planted: [{ id: 'smooth/30', checkSeed: 30, times: 2, entry: 1, got }],
    });
    expect(partOf({ ...found, tallies: [planted('unresolved')] }).ok).toBe(true);
    const bad = { ...found, tallies: [planted('agrees')] };
    expect(partOf(bad).ok).toBe(false);
    expect(page(bad)).toContain(
      '`smooth/30` of seed 4, checked with seed 30: entry 1 off by 2 times what would show',
    );
    expect(page(bad)).toMatch(/\| smooth \| 1 \| 0 \| 0 \| 1 \|/);
  });

  test('is bad with an error bar that does not hold', () => {
    const outside = [{ id: 'smooth/3', index: 2, ratio: 1.5 }];
    const bad = { ...found, bars: { bars: 7, worst: 1.5, outside } };
    expect(partOf(bad).ok).toBe(false);
    expect(page(bad)).toContain('1 do not hold; the largest error is 1.50 of its bar');
    expect(page(bad)).toContain('`smooth/3`, entry 2: 1.50 of its bar');
  });

  test('is bad with a hard case contradicted, or with more than one missed', () => {
    expect(partOf({ ...found, hard: [hard('missed'), hard('as-expected')] }).ok).toBe(true);
    expect(partOf({ ...found, hard: [hard('missed'), hard('missed')] }).ok).toBe(false);
    const bad = { ...found, hard: [hard('contradicted'), hard('as-expected')] };
    expect(partOf(bad).ok).toBe(false);
    expect(page(bad)).toMatch(/\| sign \| disagrees \| .*agrees \|/);
    expect(partOf(bad).headline.at(-1)).toBe(
      'Of 2 hard cases, right and wrong, 1 get the verdict expected, 0 are left unresolved (limit 1), and 1 get another one.',
    );
  });
});
