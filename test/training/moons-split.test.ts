import { expect, test } from 'vitest';
import { moons } from '../../src/training/moons.ts';
import { moonsSplit } from '../../src/training/moons-split.ts';

test('the parts are 640, 160 and 200 of 1,000 moons, each point once, in the order drawn', () => {
  const options = { seed: 5, noise: 0.2 };
  const { train, dev, test: rest } = moonsSplit(options);
  expect([train, dev, rest].map(({ inputs }) => inputs.rows)).toEqual([640, 160, 200]);
  const all = moons({ ...options, samples: 1000 });
  for (const part of ['inputs', 'targets'] as const) {
    const values = [train, dev, rest].flatMap((batch) => [...batch[part].data]);
    expect(values).toEqual([...all[part].data]);
  }
});
