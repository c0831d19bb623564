import { checkGradient } from '../../../src/check/gradient/check-gradient.ts';
import type { CheckOptions } from '../../../src/check/gradient/check-options.ts';
import type { CheckResult } from '../../../src/check/gradient/check-result.ts';
import { random } from '../../../src/numeric/random.ts';
import type { Summary } from '../../timing/statistics.ts';
import { withError } from '../detection/problem.ts';
import { torchSlow } from '../detection/torch-slow.ts';
import { type Chain, chainOf } from './chain.ts';
import { type Row, timeRounds } from './rounds.ts';

export interface Measured {
  /** Calls of f. */
  readonly calls: number;
  /** Calls of the gradient. */
  readonly gradients: number;
  /** Seconds a check. */
  readonly seconds: Summary;
}

/** What a check of N entries costs. */
export interface Growth {
  readonly size: number;
  /** Seconds a call of f. */
  readonly plain: Summary;
  /** Null where it would take too long. */
  readonly full: Measured | null;
  readonly fast: Measured;
  /** Fast mode, one entry off by `ERROR`. */
  readonly wrong: Measured;
  readonly torch: Pick<Measured, 'calls' | 'seconds'> | null;
  /** Full and fast mode agreed with the right gradient; and that one entry was named. */
  readonly agrees: boolean;
  readonly named: boolean;
}

/** Above the rounding of a sum of a million terms, along a direction that holds a thousandth of it. */
export const ERROR = 1e-3;

/** How much time a run has for it. */
export interface Effort {
  readonly sizes: readonly number[];
  readonly rounds: number;
  /** Up to this size full mode runs; gradcheck's slow one, with a tenth of its calls, up to ten times it. */
  readonly mostFull: number;
}

/** What a row may take before it sits rounds out. */
const SECONDS = 1;

export async function measureGrowth(
  size: number,
  { rounds, mostFull }: Effort,
  seed: number,
): Promise<Growth> {
  const chain = chainOf(size, seed);
  const wrongAt = random(seed).fork(1).integer(size);
  const found = new Map<string, CheckResult>();
  const gradients = new Map<string, number>();
  const check = (name: string, error: number, options: CheckOptions): Row => ({
    name,
    run: () => {
      let calls = 0;
      const count = (): void => {
        calls++;
      };
      const result = checkGradient(caseOf(chain, wrongAt, error, count), { seed, ...options });
      gradients.set(name, calls);
      found.set(name, result);
      return result.evaluations;
    },
  });
  const rows: Row[] = [
    { name: 'plain', run: () => chain.f(chain.at) },
    check('fast', 0, { mode: 'fast' }),
    check('wrong', ERROR, { mode: 'fast' }),
    ...(size <= mostFull ? [check('full', 0, { mode: 'full' })] : []),
    ...(size <= 10 * mostFull ? [torchRow(chain)] : []),
  ];
  const times = await timeRounds(rows, { rounds, seconds: SECONDS });
  const ours = (name: string): Measured => ({
    calls: found.get(name)!.evaluations,
    gradients: gradients.get(name)!,
    seconds: times.get(name)!,
  });
  const torch = times.get('torch');
  const named = found.get('wrong')!.wrongEntries.map((w) => w.index);
  return {
    size,
    plain: times.get('plain')!,
    full: found.has('full') ? ours('full') : null,
    fast: ours('fast'),
    wrong: ours('wrong'),
    torch: torch ? { calls: 2 * size, seconds: torch } : null,
    agrees: ['fast', 'full'].every((name) => (found.get(name)?.verdict ?? 'agrees') === 'agrees'),
    named: named.length === 1 && named[0] === wrongAt,
  };
}

const caseOf = (
  { at, f, gradient }: Chain,
  wrongAt: number,
  error: number,
  onGradient: () => void,
) => ({
  name: 'chain',
  at,
  f,
  gradient: (x: Float64Array) => {
    onGradient();
    return withError(gradient(x), wrongAt, error);
  },
});

/** gradcheck's slow mode, without what it costs to leave JavaScript. */
const torchRow = ({ at, f, gradient }: Chain): Row => ({
  name: 'torch',
  run: () => Number(torchSlow(f, at).passes(gradient(at))),
});
