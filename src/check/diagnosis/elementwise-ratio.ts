import { type Constant, commonConstant } from './constant.ts';
import type { Diagnosis } from './diagnosis.ts';
import { FUNCTIONS_OF_TRUTH, FUNCTIONS_OF_X, type NamedFunction } from './functions.ts';
import type { Scope } from './scope.ts';
import { confidenceOf, isEnough, PLACES, type Support, supportOf, TELLING } from './support.ts';
import { figure, listed, restIsRight, subject } from './wording.ts';

interface Fit {
  readonly name: string;
  readonly constant: Constant;
  readonly support: Support;
}

/** Each entry is the truth times a constant and a known function of its x, or a function of the truth. */
export function elementwiseRatio(scope: Scope): Diagnosis | null {
  const { entries } = scope;
  const { x, truth, bar } = entries;
  const byX = fitsOf(scope, x, FUNCTIONS_OF_X, (at) => ({
    value: (e) => at(x[e]!) * truth[e]!,
    bar: (e) => Math.abs(at(x[e]!)) * bar[e]!,
  }));
  const byTruth =
    byX.length > 0
      ? []
      : fitsOf(scope, truth, FUNCTIONS_OF_TRUTH, (at) => ({
          value: (e) => at(truth[e]!),
          bar: (e) => {
            const value = at(truth[e]!);
            // As far as the function moves within the bar.
            const up = Math.abs(at(truth[e]! + bar[e]!) - value);
            return Math.max(up, Math.abs(at(truth[e]! - bar[e]!) - value));
          },
        }));
  const fits = plainest(byX.length > 0 ? byX : byTruth);
  const [first] = fits;
  if (first === undefined) return null;
  const { name, is } = subject(scope);
  const what =
    byX.length > 0
      ? `times ${listed(fits.map(inWords)).replace(' and ', ' or ')}, entry by entry, where x is the parameter`
      : `${listed(fits.map(inWords)).replace(' and ', ' or ')} in every entry, where g is the truth`;
  const message =
    byX.length > 0
      ? `${name} ${is} the truth ${what}${restIsRight(scope)}`
      : `${name} ${is} ${what}${restIsRight(scope)}`;
  return { kind: 'elementwise-ratio', message, confidence: confidenceOf(first.support) };
}

function fitsOf(
  { entries, novelty }: Scope,
  of: Float64Array,
  functions: readonly NamedFunction[],
  basis: (at: NamedFunction['at']) => {
    readonly value: (e: number) => number;
    readonly bar: (e: number) => number;
  },
): readonly Fit[] {
  if (!isSpread(of)) return [];
  return functions.flatMap(({ name, at }): Fit[] => {
    const { value, bar } = basis(at);
    const constant = commonConstant(entries, novelty, {
      of: (e) => entries.got[e]!,
      against: value,
      bar: (e, c) => entries.bar[e]! + Math.abs(c) * bar(e),
      right: 0,
    });
    if (constant === null || !bends(entries, value, constant)) return [];
    const support = supportOf(entries, novelty, {
      value: (e) => constant.value * value(e),
      bar: (e) => entries.bar[e]! + Math.abs(constant.value) * bar(e),
      free: 1,
    });
    return isEnough(support) ? [{ name, constant, support }] : [];
  });
}

/** A hundredth of the range apart, four values show a curve: one constant and three to spare. */
function isSpread(values: Float64Array): boolean {
  const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  if (largest === 0) return false;
  const seen = new Set<number>();
  for (const value of values) {
    seen.add(Math.round((100 * value) / largest));
    if (seen.size >= PLACES) return true;
  }
  return false;
}

/** Whether some ratio to the truth differs from another by far more than the bars: else it is a factor. */
function bends(
  { count, truth, bar }: Scope['entries'],
  value: (e: number) => number,
  { value: c }: Constant,
): boolean {
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let e = 0; e < count; e++) {
    if (bar[e]! > TELLING * Math.abs(truth[e]!)) continue;
    const ratio = (c * value(e)) / truth[e]!;
    const error = (bar[e]! * Math.max(1, Math.abs(ratio))) / Math.abs(truth[e]!);
    least = Math.min(least, ratio + error);
    most = Math.max(most, ratio - error);
  }
  return most > least;
}

/** Where several fit: those without a constant, if there are any; at most two. */
function plainest(fits: readonly Fit[]): readonly Fit[] {
  const bare = fits.filter(({ constant }) => isOne(constant));
  return (bare.length > 0 ? bare : fits).slice(0, 2);
}

const isOne = ({ value, spread }: Constant): boolean => Math.abs(value - 1) <= spread;

function inWords({ name, constant }: Fit): string {
  if (isOne(constant)) return name;
  return Math.abs(constant.value + 1) <= constant.spread
    ? `−${name}`
    : `${figure(constant.value)}·${name}`;
}
