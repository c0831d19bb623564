import type { Slot } from '../../params/layout.ts';
import { commonConstant, twoDigitChance } from './constant.ts';
import type { Diagnosis } from './diagnosis.ts';
import type { Observation } from './evidence.ts';
import { type Groups, groupsOf } from './groups.ts';
import type { Scope } from './scope.ts';
import { confidenceOf, isEnough, supportOf } from './support.ts';
import { restIsRight, subject } from './wording.ts';

/** Every entry along an axis holds the sum of the truth along it, or its mean. */
export function sumOverAxis(scope: Scope): Diagnosis | null {
  const choices = scope.slots.map(groupsOf);
  // The same axis in every slot; the last choice where a slot has fewer.
  const most = Math.max(...choices.map((groups) => groups.length));
  if (choices.some((groups) => groups.length === 0)) return null;
  for (let c = 0; c < most; c++) {
    const chosen = choices.map((groups) => groups[Math.min(c, groups.length - 1)]!);
    for (const mean of [false, true]) {
      const confidence = confidenceOfSums(scope, chosen, mean);
      if (confidence !== null) {
        const { name, is } = subject(scope);
        const message = `${name} ${is} ${mean ? 'averaged' : 'summed'} too far: ${inWords(chosen[0]!, scope.slots[0]!, mean)}${restIsRight(scope)}`;
        return { kind: 'sum-over-axis', message, confidence };
      }
    }
  }
  return null;
}

function inWords({ axis }: Groups, { shape }: Slot, mean: boolean): string {
  const what = mean ? 'mean' : 'sum';
  if (axis === 'all' || shape.length === 1) return `every entry holds the ${what} of all`;
  const line = shape.length > 2 ? `line along axis ${axis}` : axis === 0 ? 'column' : 'row';
  return `every entry holds the ${what} over its ${line}`;
}

function confidenceOfSums(scope: Scope, chosen: readonly Groups[], mean: boolean): number | null {
  const { evidence, entries, novelty, slots } = scope;
  const sums = slots.map((slot, s) =>
    evidence.observations.map((observation) => sumsOf(observation, slot, chosen[s]!, mean)),
  );
  const sumAt = (e: number): { value: number; bar: number } => {
    const i = entries.index[e]!;
    const s = slots.findIndex(({ offset, size }) => i >= offset && i < offset + size);
    const { values, bars } = sums[s]![entries.observation[e]!]!;
    const group = chosen[s]!.of(i - slots[s]!.offset);
    return { value: values[group]!, bar: bars[group]! };
  };
  const support = supportOf(entries, novelty, {
    // A group with an entry that was not differenced has no sum: its entries count neither way.
    value: (e) => {
      const { value } = sumAt(e);
      return Number.isNaN(value) ? entries.got[e]! : value;
    },
    bar: (e) => {
      const { value, bar } = sumAt(e);
      return Number.isNaN(value) ? Number.POSITIVE_INFINITY : entries.bar[e]! + bar;
    },
    free: 0,
  });
  return isEnough(support) && !isWritten(scope) ? confidenceOf(support) : null;
}

/** One number throughout that someone would write, such as 1, is that number, whatever sums to it. */
function isWritten({ entries, novelty }: Scope): boolean {
  const constant = commonConstant(entries, novelty, {
    of: (e) => entries.got[e]!,
    against: () => 1,
    bar: (e) => entries.bar[e]!,
    right: 0,
  });
  return constant !== null && twoDigitChance(constant) < 1;
}

/** The truth's sums or means, with their error bars: those of the terms and of the summation. */
function sumsOf(
  { expected, uncertainty }: Observation,
  { offset, size }: Slot,
  { count, extent, of }: Groups,
  mean: boolean,
): { readonly values: Float64Array; readonly bars: Float64Array } {
  const values = new Float64Array(count);
  const bars = new Float64Array(count);
  const divisor = mean ? extent : 1;
  for (let i = 0; i < size; i++) {
    const value = expected[offset + i]!;
    values[of(i)]! += value / divisor;
    // n terms are rounded at most n times, each by u of a partial sum ≤ Σ|terms|.
    bars[of(i)]! += (uncertainty[offset + i]! + extent * 2 ** -53 * Math.abs(value)) / divisor;
  }
  return { values, bars };
}
