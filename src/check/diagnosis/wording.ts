import type { Slot } from '../../params/layout.ts';
import { formatNumber } from '../../report/format.ts';
import type { Scope } from './scope.ts';

/** `a, b and c`. */
export const listed = (items: readonly string[]): string =>
  items.length < 2 ? (items[0] ?? '') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;

/** More names than these are counted, so that a message stays one sentence. */
const NAMED = 4;

/** `fc1.weight, fc1.bias and 7 more`. */
export const slotNames = (slots: readonly Slot[]): string =>
  slots.length <= NAMED
    ? listed(slots.map(({ name }) => name))
    : `${slots
        .slice(0, NAMED - 1)
        .map(({ name }) => name)
        .join(', ')} and ${slots.length - NAMED + 1} more`;

/** What a scope is called at the start of a sentence, `is` or `are` with it. */
export function subject({ slots, whole }: Scope): { readonly name: string; readonly is: string } {
  if (whole) return { name: 'The gradient', is: 'is' };
  return { name: slotNames(slots), is: slots.length > 1 ? 'are' : 'is' };
}

/** After the message of a scope that leaves right slots out. */
export const restIsRight = ({ whole }: Scope): string => (whole ? '' : '; the rest is right');

/** Three digits: 0.0123, 1.2e-7; whole numbers in full, 2 and 640, and what is one but for its last digits. */
export function figure(value: number): string {
  const whole = Math.round(value);
  const isWhole = whole !== 0 && Math.abs(value - whole) < FITTED * Math.abs(whole);
  return formatNumber(isWhole ? whole : value, isWhole && whole < 1e6 ? 'count' : 'significant');
}

/** A constant fitted within error bars differs from a whole number by less than the digits shown. */
const FITTED = 1e-4;

/** `1.73 times the truth`, `minus the truth`; near 1 `1 + 2.0e-3 times the truth`, which 1.00 would not tell. */
export function timesTruth(ratio: number): string {
  if (figure(ratio) === '-1') return 'minus the truth';
  const off = figure(Math.abs(ratio - 1));
  const near = Math.abs(ratio - 1) < 0.01;
  return `${near ? `1 ${ratio < 1 ? '−' : '+'} ${off}` : figure(ratio)} times the truth`;
}

/** In a message, between what the figures show and a guess at its cause. */
export const PERHAPS = '. Perhaps ';

/** `1 entry`, `12 entries`. */
export const counted = (count: number, one: string, many: string): string =>
  `${formatNumber(count, 'count')} ${count === 1 ? one : many}`;
