import { describe, expect } from 'vitest';
import type { Batch } from '../../src/model/batch.ts';
import { moons } from '../../src/training/moons.ts';
import { fc, test } from '../property.ts';

const points = ({ inputs, targets }: Batch): { x: number; y: number; label: number }[] =>
  Array.from(targets.data, (label, i) => ({
    x: inputs.data[2 * i]!,
    y: inputs.data[2 * i + 1]!,
    label,
  }));

describe('moons', () => {
  test.prop([fc.nat(60)])(
    'without noise every point lies on its half circle, half of them on each',
    (samples) => {
      const made = points(moons({ samples, noise: 0 }));
      expect(made.length).toBe(samples);
      expect(made.filter(({ label }) => label === 0).length).toBe(Math.floor(samples / 2));
      for (const { x, y, label } of made) {
        const [cx, cy, side] = label === 0 ? [0, 0, 1] : [1, 0.5, -1];
        // Coordinates up to 2 rounded to float32 move a point by at most 2⁻²³ a coordinate.
        expect(Math.abs(Math.hypot(x - cx, y - cy) - 1)).toBeLessThan(2 ** -22);
        expect(side * (y - cy)).toBeGreaterThan(-(2 ** -22));
      }
    },
  );

  test('unshuffled, the angles go evenly from 0 to π, the outer moon first', () => {
    const made = points(moons({ samples: 10, noise: 0, shuffle: false }));
    expect(made.map(({ label }) => label)).toEqual([0, 0, 0, 0, 0, 1, 1, 1, 1, 1]);
    const half = Math.fround(Math.SQRT1_2);
    expect(made[0]).toEqual({ x: 1, y: 0, label: 0 });
    expect(made[1]).toEqual({ x: half, y: half, label: 0 });
    expect(made[4]).toEqual({ x: -1, y: Math.fround(Math.sin(Math.PI)), label: 0 });
    expect(made[5]).toEqual({ x: 0, y: 0.5, label: 1 });
    expect(made[7]).toEqual({ x: 1, y: -0.5, label: 1 });
  });

  test('shuffling mixes the classes and loses no point', () => {
    const order = (shuffle: boolean): string[] =>
      points(moons({ samples: 40, noise: 0, shuffle })).map((p) => JSON.stringify(p));
    expect(order(true)).not.toEqual(order(false));
    expect(order(true).toSorted()).toEqual(order(false).toSorted());
  });

  test('the noise is normal with the standard deviation asked for, within 5 standard errors', () => {
    const options = { samples: 5000, shuffle: false };
    const clean = moons({ ...options, noise: 0 }).inputs.data;
    const noisy = moons({ ...options, noise: 0.2 }).inputs.data;
    const errors = Array.from(noisy, (v, i) => v - clean[i]!);
    const variance = errors.reduce((sum, e) => sum + e * e, 0) / errors.length;
    expect(Math.abs(variance / 0.04 - 1)).toBeLessThan(5 * Math.sqrt(2 / errors.length));
  });

  test('a seed gives its data again, in values that float32 holds', () => {
    expect(moons({ seed: 3 })).toEqual(moons({ seed: 3 }));
    expect(moons({ seed: 3 })).not.toEqual(moons({ seed: 4 }));
    const { data } = moons().inputs;
    expect(data).toEqual(Float64Array.from(Float32Array.from(data)));
  });
});
