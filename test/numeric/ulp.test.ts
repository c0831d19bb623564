import { describe, expect } from 'vitest';
import { ulp, ulpDistance } from '../../src/numeric/ulp.ts';
import { fc, test } from '../property.ts';

const finite = fc.double({ noNaN: true, noDefaultInfinity: true });
const single = fc.float({ noNaN: true, noDefaultInfinity: true });

describe('ulpDistance', () => {
  test.prop([finite, finite])('is symmetric, and 0 exactly where a = b', (a, b) => {
    expect(ulpDistance(a, b)).toBe(ulpDistance(b, a));
    expect(ulpDistance(a, b) === 0).toBe(a === b);
  });

  test.prop([finite])('is 1 between a number and the next larger in size', (x) => {
    const next = Math.sign(x || 1) * (Math.abs(x) + ulp(x));
    if (Number.isFinite(next)) expect(ulpDistance(x, next)).toBe(1);
  });

  test.prop([single])('float32: is 1 between a number and the next larger in size', (x) => {
    const next = Math.sign(x || 1) * (Math.abs(x) + ulp(x, 'float32'));
    if (Math.abs(next) < 3.4e38) expect(ulpDistance(x, next, 'float32')).toBe(1);
  });

  test('counts across zero: the smallest number and its negative are 2 apart', () => {
    expect(ulpDistance(5e-324, -5e-324)).toBe(2);
    expect(ulpDistance(0, -0)).toBe(0);
  });

  test('float32 rounds first: doubles between two neighbours fall on one', () => {
    expect(ulpDistance(1, 1 + 2 ** -30, 'float32')).toBe(0);
    expect(ulpDistance(1, 1 + 2 ** -30)).toBe(2 ** 22);
  });

  test('NaN is no distance from anything', () => {
    expect(ulpDistance(Number.NaN, 1)).toBeNaN();
    expect(ulpDistance(1, Number.NaN, 'float32')).toBeNaN();
  });
});

describe('ulp', () => {
  test('of 1 is 2⁻⁵² and 2⁻²³, of 0 the smallest number, of infinity nothing', () => {
    expect(ulp(1)).toBe(2 ** -52);
    expect(ulp(-1, 'float32')).toBe(2 ** -23);
    expect(ulp(0)).toBe(5e-324);
    expect(ulp(0, 'float32')).toBe(2 ** -149);
    expect(ulp(Number.POSITIVE_INFINITY)).toBeNaN();
  });
});
