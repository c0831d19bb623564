import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  committedCases,
  fileOf,
  generatedCases,
  SEED,
} from '../../../../bench/checker/cases/case-set.ts';
import type { CaseSpec } from '../../../../bench/checker/cases/case-spec.ts';
import { entryOf, lineOf } from '../../../../bench/checker/cases/entry.ts';
import { families, shares } from '../../../../bench/checker/cases/families.ts';
import { hardCases } from '../../../../bench/checker/cases/hard.ts';
import { minNormPoint } from '../../../../src/check/gradient/min-norm-point.ts';
import { UNIT_ROUNDOFF } from '../../../../src/numeric/dtype.ts';

/** A case as anyone reads it: what is no double is a string. */
interface Stored {
  readonly id: string;
  readonly dtype: 'float64' | 'float32';
  readonly at: readonly number[];
  readonly value: number | string | readonly number[];
  readonly gradient: readonly (number | string)[];
  readonly change?: { readonly plus?: readonly number[] };
  readonly truth: readonly string[] | null;
  readonly left?: readonly string[];
  readonly right?: readonly string[];
  readonly pieces?: readonly (readonly string[])[];
  readonly expected: string;
}

const FILE = 'bench/checker/cases/cases.json';
const text = await readFile(FILE, 'utf8');
const { cases, ...header } = JSON.parse(text) as { version: number; cases: readonly Stored[] };
const specs = committedCases();

describe('the committed cases', () => {
  test('are those of the families and the hard ones, in their order, each by its own name', () => {
    expect(cases.map(({ id }) => id)).toEqual(specs.map(({ id }) => id));
    expect(new Set(cases.map(({ id }) => id)).size).toBe(cases.length);
    const kinds = new Set(specs.map(({ id }) => id.split('/')[0]));
    const absent = families.map(({ name }) => name).filter((name) => !kinds.has(name));
    expect(absent).toEqual(['large', 'large-float32', 'tied-network']);
    expect(specs.slice(-hardCases.length)).toEqual(hardCases);
  });

  test('are what the code makes, value and gradient to the last bit', () => {
    const known = (stored: object): object => {
      const { truth, left, right, pieces, ...rest } = stored as Stored;
      return rest;
    };
    expect(cases.map(known)).toEqual(specs.map((p) => JSON.parse(lineOf(entryOf(p, false)))));
  });

  test('are what the code makes, derivative included, byte for byte', () => {
    const few = specs.filter((p, k) => k % 31 === 0 && p.at.length <= 3);
    expect(few.length).toBeGreaterThan(10);
    for (const spec of few) expect(text).toContain(lineOf(entryOf(spec, true)));
  });

  test('stand under the header that explains them', () => {
    expect(text.startsWith([...fileOf([], SEED, false)][0]!)).toBe(true);
    const { keys, functions } = header as unknown as Record<string, object>;
    const used = new Set(cases.flatMap((c) => Object.keys(c)));
    expect([...used].filter((key) => !(key in keys!))).toEqual([]);
    const named = new Set(specs.map((p) => p.function));
    expect([...named].sort()).toEqual(Object.keys(functions!).sort());
  });

  test('have the verdict that follows from their derivative', () => {
    for (const stored of cases) expect(verdictOf(stored), stored.id).toBe(stored.expected);
  });

  test('take less than 1.5 MB', () => {
    expect(text.length).toBeLessThan(1.5e6);
  });
});

/** A right gradient may be off by so many roundings of its rms; none of the wrong ones is that near. */
const ROUNDINGS = 1e4;

/** By the derivative alone: nothing of this is the checker's. */
function verdictOf({ value, gradient, truth, left, right, pieces, dtype }: Stored): string {
  const g = gradient.map(Number);
  const finite = [value].flat().every((v) => Number.isFinite(Number(v)));
  if (!truth && !left) return finite ? 'unresolved' : 'not-finite';
  if (!g.every(Number.isFinite)) return 'not-finite';
  const [low, high] = [left ?? truth!, right ?? truth!].map((side) => side.map(Number));
  const size = Math.sqrt([...low!, ...high!].reduce((sum, v) => sum + v * v, 0) / (2 * g.length));
  const slack = ROUNDINGS * UNIT_ROUNDOFF[dtype] * size;
  if (pieces) {
    const offsets = pieces.map((piece) => Float64Array.from(piece, (v, i) => Number(v) - g[i]!));
    return Math.hypot(...minNormPoint(offsets)) <= slack ? 'agrees' : 'disagrees';
  }
  const inside = g.every(
    (v, i) =>
      v >= Math.min(low![i]!, high![i]!) - slack && v <= Math.max(low![i]!, high![i]!) + slack,
  );
  return inside ? 'agrees' : 'disagrees';
}

describe('more cases', () => {
  test('are as many as asked for, in the shares of the families, each of the 100,000 at least 1,000', () => {
    const generated = [...generatedCases(330, 5)];
    expect(generated.length - hardCases.length).toBe(
      shares(330).reduce((sum, { cases: n }) => sum + n, 0),
    );
    expect(Math.min(...shares(100_000).map((s) => s.cases))).toBeGreaterThanOrEqual(1000);
  });

  test('come out the same from the same seed, and differ between seeds', () => {
    const file = (seed: number): string => {
      const some: CaseSpec[] = [...generatedCases(33, seed)].slice(0, 33);
      return [...fileOf(some, seed, false)].join('');
    };
    expect(file(5)).toBe(file(5));
    expect(JSON.parse(file(5)).cases[0]).not.toEqual(JSON.parse(file(6)).cases[0]);
  });
});

/** The reader's exit code and what it printed; null where there is no python3. */
const reader = (...args: readonly string[]): Promise<{ code: number; out: string } | null> =>
  new Promise((resolve, reject) => {
    execFile('python3', ['-B', 'bench/checker/cases/check.py', ...args], (error, out, err) => {
      if (error?.code === 'ENOENT') resolve(null);
      else if (err) reject(new Error(err));
      else resolve({ code: Number(error?.code ?? 0), out });
    });
  });

describe('the independent reader', () => {
  test('confirms values and derivatives by the formulas in the file', async () => {
    const found = await reader('--every', '83');
    if (found) expect(found).toEqual({ code: 0, out: expect.stringMatching(/, 0 differ\n$/) });
  });

  const changed = async (
    id: string,
    change: (stored: Stored) => object,
  ): Promise<string | null> => {
    const folder = await mkdtemp(join(tmpdir(), 'backproof-cases-'));
    try {
      const file = join(folder, 'cases.json');
      const stored = cases.find((c) => c.id === id)!;
      await writeFile(file, JSON.stringify({ cases: [{ ...stored, ...change(stored) }] }));
      const found = await reader(file);
      if (found) expect(found.code).toBe(1);
      return found?.out ?? null;
    } finally {
      await rm(folder, { recursive: true });
    }
  };

  test.each<readonly [string, string, (stored: Stored) => object, RegExp]>([
    [
      'a wrong last digit',
      'smooth/0',
      ({ truth }) => ({
        truth: truth!.map((v) => v.replace(/\d(?=\d{2}(e|$))/, (d) => `${9 - Number(d)}`)),
      }),
      /^smooth\/0: entry \d: the file has .*\n1 cases, 6 derivatives compared, [1-6] differ\n$/s,
    ],
    [
      'a wrong value',
      'smooth/0',
      ({ value }) => ({ value: Number(value) * 1.00001 }),
      /^smooth\/0: value: /,
    ],
    [
      'a gradient that is not right',
      'smooth/0',
      ({ gradient }) => ({ gradient: gradient.map((g) => 2 * Number(g)) }),
      /^smooth\/0: expected: the file has agrees, gradient and derivative make it disagrees\n/,
    ],
    [
      'a gradient that is not wrong',
      'maximum-both',
      ({ gradient, change }) => ({
        gradient: gradient.map((g, i) => Number(g) - change!.plus![i]!),
      }),
      /^maximum-both: expected: the file has disagrees, .* make it agrees\n/,
    ],
    [
      'another verdict',
      'root-at-0',
      () => ({ expected: 'not-finite' }),
      /^root-at-0: expected: the file has not-finite, .* make it unresolved\n/,
    ],
    [
      'a wrong piece',
      'crossed-0',
      ({ pieces }) => ({ pieces: [['77', '1'], ...pieces!.slice(1)] }),
      /^crossed-0: pieces: none has the slope /,
    ],
  ])('notices %s', async (_what, id, change, report) => {
    const out = await changed(id, change);
    if (out !== null) expect(out).toMatch(report);
  });
});
