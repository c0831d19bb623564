import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { isBetter } from '../../src/training/best.ts';

const figure = fc.constantFrom(-1, 0, 0.5, 1, Number.NaN, Number.NEGATIVE_INFINITY);
const found = fc.record({ score: figure, loss: figure });

describe('isBetter', () => {
  test('the first model is better than none, with a score of 0 or less too', () => {
    expect(isBetter({ score: 0, loss: 9 }, null)).toBe(true);
    expect(isBetter({ score: -1e300, loss: 9 }, null)).toBe(true);
    expect(isBetter({ score: 0, loss: Number.NaN }, null)).toBe(true);
  });

  test('more score is better, whatever the loss; equal scores go to the lower loss', () => {
    const best = { score: 0.5, loss: 1 };
    expect(isBetter({ score: 0.6, loss: 2 }, best)).toBe(true);
    expect(isBetter({ score: 0.4, loss: 0 }, best)).toBe(false);
    expect(isBetter({ score: 0.5, loss: 0.9 }, best)).toBe(true);
    expect(isBetter({ score: 0.5, loss: 1.1 }, best)).toBe(false);
    expect(isBetter(best, best)).toBe(false);
  });

  test('of equal scores any loss is better than NaN, and NaN than none', () => {
    expect(isBetter({ score: 0.5, loss: 9 }, { score: 0.5, loss: Number.NaN })).toBe(true);
    expect(isBetter({ score: 0.5, loss: Number.NaN }, { score: 0.5, loss: 9 })).toBe(false);
    expect(isBetter({ score: 0.5, loss: Number.NaN }, { score: 0.5, loss: Number.NaN })).toBe(
      false,
    );
  });

  test.prop([found, fc.option(found)])('a score of NaN never wins', ({ loss }, best) => {
    expect(isBetter({ score: Number.NaN, loss }, best)).toBe(false);
  });

  // So that of a whole training the best does not depend on the order in which equals come.
  test.prop([found, found, found])('it is a strict order', (a, b, c) => {
    expect(isBetter(a, a)).toBe(false);
    expect(isBetter(a, b) && isBetter(b, a)).toBe(false);
    if (isBetter(a, b) && isBetter(b, c)) expect(isBetter(a, c)).toBe(true);
  });
});
