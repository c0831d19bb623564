import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { checkGradient } from '../../../src/check/gradient/check-gradient.ts';
import type { EntryFinding } from '../../../src/check/gradient/check-result.ts';
import { packageHome } from '../../../src/node/environment.ts';
import { committedCases } from './case-set.ts';
import type { CaseSpec } from './case-spec.ts';
import { runnable } from './runnable.ts';

/** The bars of the derivatives that checkGradient found, held against those of the committed set. */
export interface BarsFound {
  readonly bars: number;
  /** The largest error in units of its bar. */
  readonly worst: number;
  readonly outside: readonly BarOutside[];
}

export interface BarOutside {
  readonly id: string;
  readonly index: number;
  /** The error, in units of the bar. */
  readonly ratio: number;
}

/** The derivatives in 40 digits, by the id of their case: of a scalar f, where it is smooth at x. */
export type Truths = ReadonlyMap<string, readonly string[]>;

/** As the committed file has them. */
export async function committedTruths(): Promise<Truths> {
  const file = join(packageHome(), 'bench/checker/cases/cases.json');
  const { cases } = JSON.parse(await readFile(file, 'utf8')) as {
    readonly cases: readonly {
      readonly id: string;
      readonly truth: readonly string[] | null;
      /** Of a vector f; the checker draws others. */
      readonly cotangent?: unknown;
    }[];
  };
  return new Map(
    cases.flatMap(({ id, truth, cotangent }) => (truth && !cotangent ? [[id, truth]] : [])),
  );
}

/** Of every committed case that has a truth, all bars that a check of it can be made to tell. */
export function errorBars(
  truths: Truths,
  specs: readonly CaseSpec[] = committedCases(),
  check: typeof checkGradient = checkGradient,
): BarsFound {
  let [bars, worst] = [0, 0];
  const outside: BarOutside[] = [];
  for (const spec of specs) {
    const truth = truths.get(spec.id);
    if (!truth) continue;
    for (const { index, expected, uncertainty, left } of findings(spec, check)) {
      if (left !== undefined) continue; // at a kink, as it seems: two sides, and no bar of one value
      const ratio = errorOf(expected, truth[index]!) / uncertainty || 0; // 0 / 0: exact
      bars++;
      worst = Math.max(worst, ratio);
      if (!(ratio <= 1)) outside.push({ id: spec.id, index, ratio });
    }
  }
  return { bars, worst, outside };
}

/** The nearest double is not the truth: off by half a unit of its last place. */
const errorOf = (value: number, truth: string): number =>
  Math.max(0, Math.abs(value - Number(truth)) - Math.abs(Number(truth)) * 2 ** -53);

/** Of the gradient as it is, the entry told; of one that is wrong everywhere, all of them. */
function findings(spec: CaseSpec, check: typeof checkGradient): EntryFinding[] {
  const maxWrong = spec.at.length;
  const wrong: CaseSpec = { ...spec, change: { times: -1.5, plus: spec.at.map(() => 1) } };
  return [spec, wrong].flatMap((p) => {
    const { worst, wrongEntries } = check(runnable(p), { maxWrong });
    const known = wrongEntries.some((e) => e.index === worst?.index && e.point === worst.point);
    return worst && !known ? [worst, ...wrongEntries] : wrongEntries;
  });
}
