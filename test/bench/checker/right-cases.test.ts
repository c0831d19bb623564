import { describe, expect, test } from 'vitest';
import type { Found } from '../../../bench/checker/cases/blocks.ts';
import { families, rightProblem } from '../../../bench/checker/cases/families.ts';
import { hardProblems } from '../../../bench/checker/cases/hard.ts';
import { compared, type Judgement, judge } from '../../../bench/checker/cases/judge-hard.ts';
import type { Problem } from '../../../bench/checker/cases/problem.ts';
import { claimed, outputs, runnable } from '../../../bench/checker/cases/runnable.ts';
import { type Tally, tally, tasksFor, together } from '../../../bench/checker/cases/tally.ts';
import { partOf } from '../../../bench/checker/right-cases.ts';
import { checkGradient } from '../../../src/check/gradient/check-gradient.ts';
import type { Verdict } from '../../../src/check/verdict.ts';
import { renderMarkdown } from '../../../src/report/markdown.ts';

const [smooth] = families;

describe('right cases', () => {
  test('of every family are neither accused nor all unresolved', () => {
    for (const [family, { name, weight = 1 }] of families.entries()) {
      const found = tally({ family, from: 0, to: weight < 1 ? 1 : 4, seed: 11 });
      expect(found.alarms, name).toEqual([]);
      expect(found.unresolved, name).toBeLessThan(found.cases);
    }
  });

  test('that are accused are alarms, each with what reproduces it', () => {
    const task = { family: 0, from: 3, to: 5, seed: 2 };
    const saying =
      (verdict: Verdict): typeof checkGradient =>
      (given, options) => ({ ...checkGradient(given, options), verdict });
    expect(tally(task, saying('disagrees'))).toMatchObject({
      unresolved: 0,
      alarms: [
        { id: 'smooth/3', verdict: 'disagrees', checkSeed: 3 },
        { id: 'smooth/4', verdict: 'disagrees', checkSeed: 4 },
      ],
    });
    expect(tally(task, saying('threw')).alarms).toHaveLength(2);
    expect(tally(task, saying('unresolved'))).toMatchObject({ unresolved: 2, alarms: [] });
  });

  test('are the same alone and among others', () => {
    const whole = tally({ family: 3, from: 0, to: 8, seed: 2 });
    const parts = [
      tally({ family: 3, from: 0, to: 5, seed: 2 }),
      tally({ family: 3, from: 5, to: 8, seed: 2 }),
    ];
    expect(together(3, parts)).toEqual(whole);
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
      const problem = rightProblem(families[index]!, i, 0);
      const x = problem.at.map(Math.fround);
      for (const v of [...outputs(problem, x), ...claimed(problem, x, [1])]) {
        expect(v).toBe(Math.fround(v));
      }
    }
  });

  test('with a domain throw outside of it', () => {
    const index = families.findIndex(({ name }) => name === 'domain');
    const { f } = runnable(rightProblem(families[index]!, 0, 0));
    expect(() => f(Float64Array.of(-1e-9, 1, 1, 1, 1))).toThrow(/^domain\/0: entry 0: got -1e-9/);
  });
});

describe('hard cases', () => {
  test('are never contradicted', () => {
    const small = hardProblems.filter(({ at }) => at.length < 100);
    const faults = small.map(judge).filter(({ kind }) => kind === 'contradicted');
    expect(faults.map(({ problem, got }) => `${problem.id}: ${got}`)).toEqual([]);
  });

  test('are judged: unresolved is a miss, what is false a fault', () => {
    expect(compared('disagrees', 'disagrees')).toBe('as-expected');
    expect(compared('unresolved', 'disagrees')).toBe('missed');
    expect(compared('agrees', 'disagrees')).toBe('contradicted');
    expect(compared('disagrees', 'agrees')).toBe('contradicted');
    expect(compared('agrees', 'not-finite')).toBe('contradicted');
    const wrong: Problem = { ...rightProblem(smooth!, 0, 0), change: { times: 1.01 } };
    expect(judge(wrong)).toMatchObject({ got: 'disagrees', kind: 'contradicted' });
  });
});

describe('the verdict on all of them', () => {
  const clean: Tally = { family: 0, cases: 100, unresolved: 5, alarms: [], evaluations: [9, 7, 8] };
  const found: Found = { seed: 4, tallies: [clean], hard: [] };
  const hard = (kind: Judgement['kind']): Judgement => ({
    problem: hardProblems[0]!,
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
        expect.any(String),
      ],
    });
    expect(partOf({ ...found, tallies: [{ ...clean, unresolved: 6 }] }).ok).toBe(false);
    expect(page(found)).toContain('None of 100 right gradients was called wrong');
  });

  test('is bad with one false alarm, which is named with what reproduces it', () => {
    const alarms = [{ id: 'smooth/17', verdict: 'disagrees', checkSeed: 17 }] as const;
    const bad = { ...found, tallies: [{ ...clean, alarms }] };
    expect(partOf(bad).ok).toBe(false);
    expect(page(bad)).toContain('`smooth/17` of seed 4, checked with seed 17: disagrees');
  });

  test('is bad with a hard case contradicted, but not with one missed', () => {
    expect(partOf({ ...found, hard: [hard('missed'), hard('as-expected')] }).ok).toBe(true);
    const bad = { ...found, hard: [hard('contradicted'), hard('as-expected')] };
    expect(partOf(bad).ok).toBe(false);
    expect(page(bad)).toMatch(/\| sign \| disagrees \| .*agrees \|/);
    expect(partOf(bad).headline[1]).toBe(
      'Of 2 hard cases, right and wrong, 1 get the verdict expected, 0 are left unresolved, and 1 get another one.',
    );
  });
});
