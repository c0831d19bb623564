import { entryName } from '../../params/layout.ts';
import { formatNumber } from '../../report/format.ts';
import type { Diagnosis } from './diagnosis.ts';
import type { Evidence } from './evidence.ts';
import { counted, slotNames } from './wording.ts';

/** NaN or ±∞ where the true derivative is a number. */
export function notFinite({ layout, observations }: Evidence): Diagnosis | null {
  const where = new Set<number>();
  let first: { readonly index: number; readonly got: number; readonly expected: number } | null =
    null;
  let allAtZero = true;
  for (const { x, got, expected } of observations) {
    for (let i = 0; i < got.length; i++) {
      if (Number.isFinite(got[i]!) || !Number.isFinite(expected[i]!)) continue;
      first ??= { index: i, got: got[i]!, expected: expected[i]! };
      where.add(i);
      allAtZero &&= x[i] === 0;
    }
  }
  if (first === null) return null;
  const slots = layout.slots.filter(({ offset, size }) =>
    [...where].some((i) => i >= offset && i < offset + size),
  );
  const got = formatNumber(first.got, 'significant');
  const expected = formatNumber(first.expected, 'significant');
  const entry = entryName(layout, first.index);
  const more =
    where.size === 1
      ? ''
      : `, and ${counted(where.size - 1, 'other entry is', 'other entries are')} not finite (${slotNames(slots)})`;
  const cause = allAtZero
    ? 'each stands where x is 0: look for 0/0, 1/x or log x'
    : 'look for a division by 0, an exp that overflows, a log or root of what may be ≤ 0';
  return {
    kind: 'not-finite',
    message: `${entry} is ${got} where the truth is ${expected}${more}; ${cause}`,
    confidence: 1, // seen, not inferred
  };
}
