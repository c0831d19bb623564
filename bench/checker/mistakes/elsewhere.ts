import type { DiagnosisKind } from '../../../src/check/diagnosis/diagnosis.ts';
import { checkGradient } from '../../../src/check/gradient/check-gradient.ts';
import type { CheckResult } from '../../../src/check/gradient/check-result.ts';
import type { GradientCase } from '../../../src/check/gradient/gradient-case.ts';
import type { Problem } from '../../../src/check/judge.ts';
import type { Verdict } from '../../../src/check/verdict.ts';
import { manualFused } from '../../../src/gradients/manual/method.ts';
import { random } from '../../../src/numeric/random.ts';
import { type BatchNormMistake, batchNorm } from './batch-norm.ts';
import { caseOf } from './black-box.ts';

/** A typical mistake that none of our layers has a place for, as a case of its own. */
export interface ElsewhereCase {
  readonly name: string;
  readonly verdict: Verdict;
  /** What may be said of it and is so; which slots are wrong, or nothing, may always be. */
  readonly kinds: readonly DiagnosisKind[];
  readonly build: (seed: number) => Promise<GradientCase>;
}

export interface ElsewhereResult {
  readonly name: string;
  readonly expected: Verdict;
  readonly told: CheckResult;
  /** Whether what was said is not so. */
  readonly wrongly: boolean;
}

/** λ of ½λ‖W‖² in the loss. */
const DECAY = 0.1;

/** The cases, on this network where they need one; the first is right, and must agree. */
export const elsewhereCases = (problem: Problem): readonly ElsewhereCase[] => [
  batchNormCase('batchnorm-right', {}),
  batchNormCase('batchnorm-without-mean-path', { withoutMeanPath: true }),
  batchNormCase('batchnorm-without-variance-path', { withoutVariancePath: true }),
  batchNormCase('batchnorm-without-gamma', { withoutGamma: true }),
  batchNormCase('batchnorm-ddof', { ddof: true }),
  { name: 'db-not-summed', verdict: 'wrong-shape', kinds: [], build: unsummed },
  decayCase(problem, 'l2-missing', 0),
  decayCase(problem, 'l2-doubled', 2),
  { name: 'upstream-ignored', verdict: 'disagrees', kinds: ['upstream-ignored'], build: deaf },
  {
    name: 'input-mutated',
    verdict: 'mutates-input',
    kinds: [],
    build: () =>
      withGradient(problem, (g, x) => {
        for (let i = 0; i < x.length; i++) x[i]! -= 0.1 * g[i]!;
        return g;
      }),
  },
  {
    name: 'accumulated-over-calls',
    verdict: 'not-deterministic',
    kinds: ['accumulates'],
    build: () => {
      let sum: Float64Array | null = null;
      return withGradient(problem, (g) => {
        sum = g.map((v, i) => v + (sum?.[i] ?? 0));
        return sum;
      });
    },
  },
];

/** Runs each once. */
export async function runElsewhere(
  cases: readonly ElsewhereCase[],
  seed: number,
): Promise<readonly ElsewhereResult[]> {
  const results: ElsewhereResult[] = [];
  for (const { name, verdict, kinds, build } of cases) {
    const told = checkGradient(await build(seed), { seed });
    const kind = told.diagnosis?.kind ?? 'unrecognised';
    const isSo = [...kinds, 'unrecognised', 'only-some-slots'].includes(kind);
    results.push({ name, expected: verdict, told, wrongly: !isSo });
  }
  return results;
}

const batchNormCase = (name: string, wrong: BatchNormMistake): ElsewhereCase => ({
  name,
  verdict: Object.keys(wrong).length > 0 ? 'disagrees' : 'agrees',
  // Both paths left out are terms of dx; a γ or a √((N − 1)/N) left out is a factor of each column.
  kinds: ['missing-term'],
  build: async (seed) => batchNorm(name, wrong, seed),
});

const decayCase = (problem: Problem, name: string, times: number): ElsewhereCase => ({
  name,
  verdict: 'disagrees',
  kinds: ['proportional-to-parameter'],
  build: async () => {
    const { slots } = problem.model.layout;
    const weights = slots.filter(({ shape }) => shape.length > 1);
    const eachWeight = (add: (i: number) => void): void => {
      for (const { offset, size } of weights) {
        for (let i = offset; i < offset + size; i++) add(i);
      }
    };
    const given = await withGradient(problem, (g, x) => {
      eachWeight((i) => {
        g[i]! += times * DECAY * x[i]!;
      });
      return g;
    });
    return {
      ...given,
      f: (x) => {
        let penalty = 0;
        eachWeight((i) => {
          penalty += (DECAY / 2) * x[i]! ** 2;
        });
        return Number(given.f(x)) + penalty;
      },
    };
  },
});

/** The right gradient with something done to it, or to the parameters it was taken at. */
async function withGradient(
  problem: Problem,
  change: (g: Float64Array, x: Float64Array) => Float64Array,
): Promise<GradientCase> {
  const given = await caseOf(problem, manualFused);
  return { ...given, gradient: (x) => change(Float64Array.from(given.gradient!(x)), x) };
}

/** ½Σ(xₙ + b − yₙ)² of a bias b over 7 samples; its gradient is left a row a sample. */
async function unsummed(seed: number): Promise<GradientCase> {
  const r = random(seed);
  const [rows, width] = [7, 3];
  const offsets = Array.from({ length: rows * width }, () => r.normal());
  const deltas = (b: Float64Array): number[] => offsets.map((v, i) => v + b[i % width]!);
  return {
    name: 'db-not-summed',
    at: Array.from({ length: width }, () => r.normal()),
    slots: [{ name: 'bias', shape: [width] }],
    factors: { N: rows },
    f: (b) => deltas(b).reduce((sum, d) => sum + d ** 2 / 2, 0),
    gradient: deltas,
  };
}

/** W tanh(x) with a pullback that takes ones for what arrives. */
async function deaf(seed: number): Promise<GradientCase> {
  const r = random(seed);
  const [outputs, inputs] = [3, 4];
  const w = Array.from({ length: outputs * inputs }, () => r.normal());
  return {
    name: 'upstream-ignored',
    at: Array.from({ length: inputs }, () => r.normal()),
    f: (x) => {
      const y = new Float64Array(outputs);
      for (const [k, v] of w.entries()) y[Math.floor(k / inputs)]! += v * Math.tanh(x[k % inputs]!);
      return y;
    },
    vjp: (x) => {
      const dx = new Float64Array(inputs);
      for (const [k, v] of w.entries()) dx[k % inputs]! += v * (1 - Math.tanh(x[k % inputs]!) ** 2);
      return dx;
    },
  };
}
