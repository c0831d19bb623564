import { describe, expect } from 'vitest';
import { isBetter } from '../../src/training/best.ts';
import { fc, test } from '../property.ts';

const finite = fc.constantFrom(-1, 0, 0.5, 1);
const notFinite = fc.constantFrom(Number.NaN, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY);
const figure = fc.oneof(finite, notFinite);
const found = fc.record({ score: figure, loss: figure });
const kept = fc.record({ score: finite, loss: finite });

describe('isBetter', () => {
  test('the first model is better than none, with a score of 0 or less too', () => {
    expect(isBetter({ score: 0, loss: 9 }, null)).toBe(true);
    expect(isBetter({ score: -1e300, loss: 9 }, null)).toBe(true);
  });

  test('more score is better, whatever the loss; equal scores go to the lower loss', () => {
    const best = { score: 0.5, loss: 1 };
    expect(isBetter({ score: 0.6, loss: 2 }, best)).toBe(true);
    expect(isBetter({ score: 0.4, loss: 0 }, best)).toBe(false);
    expect(isBetter({ score: 0.5, loss: 0.9 }, best)).toBe(true);
    expect(isBetter({ score: 0.5, loss: 1.1 }, best)).toBe(false);
    expect(isBetter(best, best)).toBe(false);
  });

  test.prop([notFinite, figure, fc.option(kept)])(
    'what has a score or a loss that is not finite is never better, not even than none',
    (bad, other, best) => {
      expect(isBetter({ score: bad, loss: other }, best)).toBe(false);
      expect(isBetter({ score: other, loss: bad }, best)).toBe(false);
    },
  );

  // So that of a whole training the best does not depend on the order in which equals come.
  test.prop([found, found, found])('it is a strict order', (a, b, c) => {
    expect(isBetter(a, a)).toBe(false);
    expect(isBetter(a, b) && isBetter(b, a)).toBe(false);
    if (isBetter(a, b) && isBetter(b, c)) expect(isBetter(a, c)).toBe(true);
  });
});
