import { expect, test } from 'vitest';
import { checkGradient } from '../../../src/check/gradient/check-gradient.ts';
import type { CheckOptions } from '../../../src/check/gradient/check-options.ts';

const square = {
  name: 'square',
  f: (x: Float64Array) => x[0]! ** 2,
  gradient: (x: Float64Array) => [2 * x[0]!],
  at: [3],
};
// As from JavaScript, where no compiler minds.
const check = (options: object) => () => checkGradient(square, options as CheckOptions);

test.each([
  ['seeds', 'did you mean seed? '],
  ['Mode', 'did you mean mode? '],
  ['samples', ''],
  ['rtol', ''], // a field of the case
])('an option %s is refused, with what there is', (name, hint) => {
  const there = 'there are seed, mode, directions, confidence, maxWrong';
  expect(check({ [name]: 1 })).toThrow(
    new TypeError(`options: unknown option "${name}"; ${hint}${there}`),
  );
});

test('options that hold the case as well, as those of a matcher, are refused a slip only', () => {
  const together = { ...square, seed: 1, allowUnresolved: true };
  expect(check(together)().verdict).toBe('agrees');
  expect(check({ ...together, directoins: 5 })).toThrow('did you mean directions?');
});
