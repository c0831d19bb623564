import { describe, expect, test } from 'vitest';
import { diagnose } from '../../../src/check/diagnosis/diagnose.ts';
import type { DiagnosisKind } from '../../../src/check/diagnosis/diagnosis.ts';
import { random } from '../../../src/numeric/random.ts';
import { PLANTED, type PlantedMistake } from './mistakes.ts';
import { networkLayout, planted, randomLayout, type Setting } from './planted.ts';

/** Large enough slots for every mistake to show what it is: signs, sides and orders are there. */
const AMPLE = [
  [5, 5, 7],
  [7, 11, 5],
  [4, 11, 11, 5],
  [11, 7, 7],
  [6, 13],
];

const isSilent = (kind: DiagnosisKind): boolean =>
  kind === 'unrecognised' || kind === 'only-some-slots';

function kindOf(
  { plant, weights = false, complete = false }: PlantedMistake,
  setting: Setting,
): DiagnosisKind | null {
  const evidence = planted(
    {
      factors: { N: 640, C: 10 },
      unknown: complete ? 0 : 0.3,
      only: ({ shape }) => !weights || shape.length === 2,
      ...setting,
    },
    plant(random(setting.seed).fork(1)),
  );
  const changed = evidence.observations.some(({ got, expected, uncertainty }) =>
    got.some((g, i) => Math.abs(g - expected[i]!) > uncertainty[i]!),
  );
  return changed ? diagnose(evidence).kind : null;
}

describe('a planted mistake', () => {
  test.each(PLANTED.map((mistake) => [`${mistake.name}: ${mistake.kind}`, mistake] as const))(
    '%s, in square and other networks',
    (_, mistake) => {
      for (let seed = 0; seed < 8; seed++) {
        const layout = networkLayout(AMPLE[seed % AMPLE.length]!);
        expect(kindOf(mistake, { seed, layout }), `seed ${seed}`).toBe(mistake.kind);
      }
    },
  );

  test('is named or nothing is, in slots of any size, of one entry too', () => {
    // What is planted may be another thing in few entries: all of them on one side of 0, say.
    const also: Readonly<Record<string, readonly DiagnosisKind[]>> = {
      masked: ['zero'],
      'slope 0.01 twice': ['factor'],
      'sides exchanged': ['factor'],
      '|g|': ['sign'],
      L1: ['constant-offset'],
      decay: ['constant-offset'],
      'less its mean': ['zero'],
    };
    const others: string[] = [];
    let [named, all] = [0, 0];
    for (const mistake of PLANTED) {
      for (let seed = 0; seed < 12; seed++) {
        const kind = kindOf(mistake, { seed, layout: randomLayout(seed) });
        if (kind === null) continue;
        all++;
        if (!isSilent(kind)) named++;
        const allowed = [mistake.kind, ...(also[mistake.name] ?? [])];
        if (!isSilent(kind) && !allowed.includes(kind))
          others.push(`${mistake.name} ${seed} ${kind}`);
      }
    }
    expect(others).toEqual([]);
    expect(named).toBeGreaterThan(0.85 * all);
  });

  test('is named with the error bars of float32 as well', () => {
    const layout = networkLayout([7, 11, 5]);
    // These bars leave less than four digits of a ratio of 1/N, and of a constant that is no known one.
    const blurred = ['1/N', 'a number', 'offset', 'sides exchanged'];
    const seen = PLANTED.filter(({ name }) => !blurred.includes(name));
    for (const mistake of seen) {
      const kind = kindOf(mistake, { seed: 3, layout, precision: 1e-5 });
      expect(kind, mistake.name).toBe(mistake.kind);
    }
  });

  test('is named beside many slots that are right', () => {
    const layout = networkLayout([7, 11, 5, 13]);
    const local = PLANTED.filter(
      ({ name, kind }) => kind !== 'accumulates' && !name.startsWith('the slots'),
    );
    for (const mistake of local) {
      const only: Setting['only'] = ({ name }) => name === 'fc2.weight';
      expect(kindOf(mistake, { seed: 5, layout, only }), mistake.name).toBe(mistake.kind);
    }
  });
});
