import { expect, test } from 'vitest';
import { families, rightCase } from '../../../../bench/checker/cases/families.ts';
import { runnable } from '../../../../bench/checker/cases/runnable.ts';
import { checkGradient } from '../../../../src/check/gradient/check-gradient.ts';

// A blunter ladder near x once agreed where the sharper one beside it objected.
test.each([7, 23, 37])('tiny/%i: an error of twice what would show does not pass', (i) => {
  const right = rightCase(families.find(({ name }) => name === 'tiny')!, i, 4711);
  const { caught } = checkGradient(runnable(right), { seed: i });
  const plus = right.at.map((_, j) => (j === 0 ? 2 * caught!.absolute : 0));
  const { verdict } = checkGradient(runnable({ ...right, change: { plus } }), { seed: i });
  expect(verdict).not.toBe('agrees');
});
