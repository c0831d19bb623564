import { describe, expect, test } from 'vitest';
import { diagnose } from '../../../src/check/diagnosis/diagnose.ts';
import { random } from '../../../src/numeric/random.ts';
import { NAMELESS, PLANTED } from './mistakes.ts';
import { planted, randomLayout } from './planted.ts';

describe('a wrong gradient without a name', () => {
  test.each(Object.entries(NAMELESS))('%s is called nothing', (_, plant) => {
    const named: string[] = [];
    for (let seed = 0; seed < 20; seed++) {
      const rng = random(seed).fork(1);
      const layout = randomLayout(seed);
      const slot = rng.uniform() < 0.3 ? layout.slots[rng.integer(layout.slots.length)] : null;
      const evidence = planted(
        {
          seed,
          layout,
          points: 1 + rng.integer(4),
          apart: [0.3, 0.05, 1e-3][rng.integer(3)]!,
          precision: [1e-11, 1e-9, 1e-6, 1e-4, 1e-3][rng.integer(5)]!,
          cotangents: rng.uniform() < 0.3 ? 2 : 0,
          unknown: rng.uniform() < 0.3 ? 0.3 : 0,
          factors: { N: 32, C: 10 },
          only: (s) => !slot || s === slot,
        },
        plant(rng),
      );
      const { kind, message, confidence } = diagnose(evidence);
      if (kind === 'unrecognised') expect(confidence).toBe(0);
      else if (kind !== 'only-some-slots') named.push(`seed ${seed}: ${kind}: ${message}`);
    }
    expect(named).toEqual([]);
  });

  test('two mistakes at once are never called a third', () => {
    // What is 0 or added up stays so whatever else is done to it.
    const apart = PLANTED.filter(({ name }) => name !== '0' && name !== 'added up');
    const layout = randomLayout(1, [5, 7, 11]);
    for (const [a, first] of apart.entries()) {
      for (const [b, second] of apart.entries()) {
        if (first.kind === second.kind || (a + b) % 3 !== 0) continue;
        const [p, q] = [first.plant(random(a).fork(1)), second.plant(random(b).fork(1))];
        const evidence = planted(
          {
            seed: 100 * a + b,
            layout,
            factors: { N: 640 },
            only: ({ shape }) => shape.length === 2,
          },
          (got, site) => {
            p(got, site);
            q(got, { ...site, truth: got.slice() });
          },
        );
        const { kind, message } = diagnose(evidence);
        const told = [first.kind, second.kind, 'unrecognised', 'only-some-slots'];
        expect(told, `${first.name}, then ${second.name}: ${message}`).toContain(kind);
      }
    }
  });
});
