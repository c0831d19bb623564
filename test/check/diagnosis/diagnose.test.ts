import { describe, expect, test } from 'vitest';
import { diagnose } from '../../../src/check/diagnosis/diagnose.ts';
import type { Diagnosis } from '../../../src/check/diagnosis/diagnosis.ts';
import type { Evidence } from '../../../src/check/diagnosis/evidence.ts';
import { random } from '../../../src/numeric/random.ts';
import { layoutOf } from '../../../src/params/layout.ts';
import { fc, test as property } from '../../property.ts';
import { everyEntry, networkLayout, type Plant, planted, type Setting } from './planted.ts';

const NETWORK = networkLayout([7, 11, 5]);

const diagnosisOf = (plant: Plant, setting: Partial<Setting> = {}): Diagnosis =>
  diagnose(planted({ seed: 1, layout: NETWORK, ...setting }, plant));

const times = (factor: number): Plant => everyEntry((i, { truth }) => factor * truth[i]!);

const noisy = (seed: number): Plant => {
  const rng = random(seed).fork(1);
  return everyEntry((i, { truth }) => truth[i]! + rng.normal());
};

/** The entries' true values at other points of the evidence, changed in the last step. */
const withFirst = (evidence: Evidence, change: (got: Float64Array) => void): Evidence => {
  change(evidence.observations[0]!.got);
  return evidence;
};

describe('messages', () => {
  test('a factor has the name of the size it equals, and what that means', () => {
    const only: Setting['only'] = ({ name }) => name === 'fc1.weight';
    expect(diagnosisOf(times(640), { only, factors: { N: 640 } })).toMatchObject({
      kind: 'factor',
      message:
        'fc1.weight is 640 times too large, and N = 640: the mean over the batch is missing; the rest is right',
    });
    expect(diagnosisOf(times(1 / 640), { factors: { N: 640 } }).message).toBe(
      'The gradient is 640 times too small, and N = 640: it is divided by N once too often',
    );
    expect(diagnosisOf(times(-320), { factors: { N: 32, C: 10 } }).message).toBe(
      'The gradient is of the wrong sign and 320 times too large, and N·C = 320: the mean over N·C is missing',
    );
  });

  test('several sizes that fit are all listed', () => {
    const { message } = diagnosisOf(times(2), { factors: { N: 2 } });
    expect(message).toContain('N = 2: the mean over the batch is missing');
    expect(message).toContain('a ½ is forgotten');
    expect(diagnosisOf(times(11), { factors: { N: 11, C: 11 } }).message).toMatch(/N = 11.*C = 11/);
  });

  test('only a size that the user named is a cause, of any other number it is a guess', () => {
    const half = { layout: layoutOf([{ name: 'x', shape: [3] }]) };
    expect(diagnosisOf(times(1 / 2), half).message).toBe(
      'The gradient is half the truth, in every entry. Perhaps the 2 from the derivative of a square is forgotten',
    );
    expect(diagnosisOf(times(1 / 2), { ...half, factors: { N: 2 } }).message).toMatch(
      /^The gradient is half the truth, and N = 2: it is divided by N once too often \(or /,
    );
    expect(diagnosisOf(times(10), half).message).toBe(
      'The gradient is 10 times too large, in every entry',
    );
    const only: Setting['only'] = ({ name }) => name !== 'fc2.weight';
    const { message } = diagnosisOf((got, site) => {
      for (const { name, offset, size } of site.slots.filter(only)) {
        const factor = name.endsWith('bias') ? 2 : -1;
        for (let i = offset; i < offset + size; i++) got[i] = factor * site.truth[i]!;
      }
    });
    expect(message).toContain('2 times too large');
    expect(message).not.toContain('Perhaps');
  });

  test('what lies near one is told by its last digits', () => {
    const layout = layoutOf([{ name: 'x', shape: [2] }]);
    expect(diagnosisOf(times(1.00001), { layout, points: 1 }).message).toBe(
      '2 of 2 entries checked one by one are wrong, the error is 1.0e-5 times the gradient there; every entry checked is 1 + 1.0e-5 times the truth',
    );
  });

  test('the figures of a nameless mistake are those of the first point', () => {
    const evidence = planted({ seed: 1, layout: NETWORK }, (got, { k }) => {
      got[17]! *= 1.5 + k;
    });
    expect(diagnose(evidence).message).toMatch(/\(fc1\.weight\[2,3\]\), 1\.50 times the truth$/);
  });

  test('the extents of a slot are sizes too', () => {
    expect(diagnosisOf(times(23), { layout: layoutOf([{ name: 'x', shape: [23] }]) }).message).toBe(
      'The gradient is 23 times too large, in every entry. Perhaps a sum stands for a mean: the length of axis 0 of x is 23',
    );
  });

  test('slots with different mistakes are each said', () => {
    const { kind, message } = diagnosisOf((got, { slots, truth }) => {
      for (const { name, offset, size } of slots) {
        for (let i = offset; i < offset + size; i++) {
          got[i] = name.startsWith('fc1') ? -truth[i]! : name === 'fc2.weight' ? 0 : truth[i]!;
        }
      }
    });
    expect(kind).toBe('sign');
    expect(message).toBe(
      'fc1.weight and fc1.bias are minus the truth, in every entry: the sign is wrong; fc2.weight is 0 in every entry: nothing reaches there, or nothing is written',
    );
  });

  test('where one of two wrong slots has no name there is none, but what is known is said', () => {
    const noise = noisy(1);
    const { kind, message } = diagnosisOf((got, site) => {
      const named =
        (name: string): Plant =>
        (g, s) =>
          (name === 'fc1.weight' ? noise : times(2))(g, {
            ...s,
            slots: s.slots.filter((slot) => slot.name === name),
          });
      named('fc1.weight')(got, site);
      named('fc2.weight')(got, site);
    });
    expect(kind).toBe('only-some-slots');
    expect(message).toContain('fc2.weight is 2 times too large');
    expect(message).toContain('fc1.weight is wrong in a way without a name');
  });

  test('a wrong entry is said by name', () => {
    const evidence = planted({ seed: 1, layout: NETWORK }, (got) => {
      got[17]! += 1e-6;
    });
    expect(diagnose(evidence).message).toContain(
      '1 of 77 entries checked one by one is wrong (fc1.weight[2,3]), 1 + ',
    );
  });

  test('one number upstream that depends on the point is told from a factor', () => {
    const { kind, message } = diagnosisOf(
      everyEntry((i, { truth, x }) => truth[i]! * (2 + Math.sin(x[0]!))),
    );
    expect(kind).toBe('unrecognised');
    expect(message).toContain('one number upstream is wrong');
  });
});

describe('where to look, from the loss backwards', () => {
  const layout = networkLayout([3, 7, 5, 4]);
  const where = (wrong: (name: string) => boolean): string => {
    const diagnosis = diagnosisOf(noisy(2), { layout, only: ({ name }) => wrong(name) });
    expect(diagnosis.kind).toBe('only-some-slots');
    expect(diagnosis.confidence).toBeGreaterThan(0.9);
    return diagnosis.message;
  };

  test('all below a layer is wrong: what reaches it is', () => {
    expect(where((name) => !name.startsWith('fc3'))).toContain(
      'fc3 is right, fc2 and what lies below it are wrong: look at what reaches fc2',
    );
    expect(where((name) => name.startsWith('fc1'))).toContain(
      'fc2 and what lies above it are right, fc1 is wrong: look at what reaches fc1',
    );
  });

  test('one layer in the middle: its own gradients are', () => {
    expect(where((name) => name.startsWith('fc2'))).toContain('Only fc2 is wrong');
  });

  test('biases only, weights only, one slot of a layer', () => {
    expect(where((name) => name.endsWith('bias'))).toContain('Only the bias gradients are wrong');
    expect(where((name) => name.endsWith('weight'))).toContain(
      'Only the weight gradients are wrong',
    );
    expect(where((name) => name === 'fc2.weight')).toContain(
      'fc2 is reached by the right gradient, so look at the formula of fc2.weight',
    );
  });

  test('a right slot of which one entry was seen is not sure to be right', () => {
    const layoutOfTwo = networkLayout([5, 1]);
    const evidence = planted({ seed: 4, layout: layoutOfTwo, points: 1 }, noisy(3));
    const [{ expected, got }] = evidence.observations as [(typeof evidence.observations)[0]];
    got[5] = expected[5]!; // the bias, one entry
    expect(diagnose(evidence)).toMatchObject({ kind: 'only-some-slots', confidence: 0.5 });
  });
});

describe('error bars', () => {
  test('as large as what sets the ratio apart from 1, they leave no factor', () => {
    // Bars of 3e-3: 1.003 lies within some of them and hardly outside of others.
    expect(diagnosisOf(times(1.003), { precision: 1e-3 }).kind).toBe('unrecognised');
    expect(diagnosisOf(times(2), { precision: 0.2 }).kind).toBe('unrecognised');
    expect(diagnosisOf(times(2), { precision: 1e-5 }).kind).toBe('factor');
  });

  test('a ratio that is almost constant is no factor', () => {
    const rng = random(5).fork(1);
    const almost = everyEntry((i, { truth }) => truth[i]! * (640 + 1e-3 * rng.normal()));
    expect(diagnosisOf(almost, { factors: { N: 640 } }).kind).toBe('unrecognised');
  });

  test('at one point a number that nobody would write is not called a factor, N is', () => {
    expect(diagnosisOf(times(1.7320508), { points: 1 }).kind).toBe('unrecognised');
    expect(diagnosisOf(times(640), { points: 1, factors: { N: 640 } }).kind).toBe('factor');
    expect(diagnosisOf(times(1.7320508), { points: 2 }).kind).toBe('factor');
  });

  test('points as good as equal are one', () => {
    expect(diagnosisOf(times(1.7320508), { apart: 1e-9 }).kind).toBe('unrecognised');
  });

  test('three entries are too few for a factor', () => {
    const layout = layoutOf([{ name: 'x', shape: [3] }]);
    expect(diagnosisOf(times(2), { layout, points: 1 }).kind).toBe('unrecognised');
    expect(diagnosisOf(times(2), { layout, points: 2 }).kind).toBe('factor');
  });

  test('entries that were not differenced claim nothing', () => {
    const evidence = planted({ seed: 1, layout: NETWORK }, times(2));
    for (const { expected } of evidence.observations) expected.fill(Number.NaN, 3);
    expect(diagnose(evidence)).toMatchObject({ kind: 'factor' });
    for (const { expected } of evidence.observations) expected.fill(Number.NaN);
    expect(diagnose(evidence)).toMatchObject({
      kind: 'unrecognised',
      message: 'No entry that was differenced is wrong',
    });
  });

  test('true zeros neither break a factor nor make one', () => {
    const zeros = (evidence: Evidence): Evidence => {
      for (const { got, expected } of evidence.observations) {
        for (let i = 0; i < 40; i++) expected[i] = got[i] = 0;
      }
      return evidence;
    };
    expect(diagnose(zeros(planted({ seed: 1, layout: NETWORK }, times(2)))).kind).toBe('factor');
    expect(diagnose(zeros(planted({ seed: 1, layout: NETWORK }, noisy(1)))).kind).toBe(
      'unrecognised',
    );
  });
});

describe('not of the numbers alone', () => {
  test('a NaN is said with its entry, before any name', () => {
    const evidence = withFirst(planted({ seed: 1, layout: NETWORK }, times(2)), (got) => {
      got[17] = Number.NaN;
    });
    const { kind, message, confidence } = diagnose(evidence);
    expect({ kind, confidence }).toEqual({ kind: 'not-finite', confidence: 1 });
    expect(message).toMatch(/^fc1\.weight\[2,3\] is NaN where the truth is /);
  });

  test('NaN where x is 0 points at 0/0', () => {
    const evidence = planted({ seed: 1, layout: NETWORK, points: 1 }, () => {});
    for (const i of [3, 40]) {
      evidence.observations[0]!.x[i] = 0;
      evidence.observations[0]!.got[i] = Number.NaN;
    }
    expect(diagnose(evidence).message).toContain('each stands where x is 0');
  });

  property.prop([fc.integer({ min: 0, max: 1000 })], { numRuns: 20 })(
    'a vjp that ignores its cotangent is found by two cotangents at a point',
    (seed) => {
      const blind = everyEntry((i, { x }) => Math.cos(x[i]!));
      expect(diagnosisOf(blind, { seed, cotangents: 2 }).kind).toBe('upstream-ignored');
      // A wrong one that heeds it is something else.
      const heeding = everyEntry((i, { x, cotangent }) => Math.cos(x[i]!) * cotangent![0]!);
      expect(diagnosisOf(heeding, { seed, cotangents: 2 }).kind).toBe('unrecognised');
    },
  );

  test('namers that know more are asked first', () => {
    const known: Diagnosis = { kind: 'known-mistake', message: 'the bank knows', confidence: 0.9 };
    const evidence = planted({ seed: 1, layout: NETWORK }, times(2));
    expect(diagnose(evidence, [() => null, () => known])).toBe(known);
    expect(diagnose(evidence, [() => null]).kind).toBe('factor');
  });

  test('nothing of the evidence is changed', () => {
    const evidence = planted({ seed: 1, layout: NETWORK }, noisy(1));
    const before = structuredClone(evidence.observations);
    diagnose(evidence);
    expect(evidence.observations).toEqual(before);
  });
});

describe('where few entries were differenced at the further points', () => {
  /** All at the first point, every third one elsewhere. */
  const sparse = (plant: Plant): Evidence => {
    const evidence = planted({ seed: 4, layout: NETWORK }, plant);
    for (const { expected } of evidence.observations.slice(1)) {
      expected.forEach((_, i) => {
        if (i % 3 > 0) expected[i] = Number.NaN;
      });
    }
    return evidence;
  };
  const rotated: Plant = everyEntry((i, { truth }) => truth[(i + 39) % truth.length]!);

  test('a permutation seen whole at the first is named', () => {
    expect(diagnose(sparse(rotated)).kind).toBe('permutation');
  });

  test('one that those entries contradict is not', () => {
    const evidence = sparse((got, site) => {
      rotated(got, site);
      if (site.k > 0) got[3] = 2 * site.truth[3]!;
    });
    expect(diagnose(evidence).kind).toBe('unrecognised');
  });

  test('nor is one beside an entry that is unknown at the first: it could be anyone’s source', () => {
    const first20: Plant = everyEntry((i, { truth }) => truth[i < 20 ? (i + 9) % 20 : i]!);
    expect(diagnose(sparse(first20)).kind).toBe('permutation');
    const evidence = sparse(first20);
    evidence.observations[0]!.expected[30] = Number.NaN;
    expect(diagnose(evidence).kind).not.toBe('permutation');
  });

  test('one outer product seen whole at the first is named', () => {
    const outer: Plant = (got, { x }) => {
      for (const { offset, size, shape } of NETWORK.slots) {
        const width = shape[1] ?? 1;
        for (let i = 0; i < size; i++) {
          const delta = Math.sin(1 + Math.floor(i / width) + x[0]!);
          got[offset + i]! += delta * (shape.length === 1 ? 1 : 1.5 + Math.cos(i % width));
        }
      }
    };
    expect(diagnose(sparse(outer))).toMatchObject({ kind: 'missing-term' });
  });
});

describe('evidence that looks like a name', () => {
  test('ones are no sums of a truth that sums to one', () => {
    // As of max: 1 at the largest entry, 0 elsewhere.
    const layout = layoutOf([{ name: 'x', shape: [10] }]);
    const sums = (of: number): Evidence => {
      const evidence = planted({ seed: 3, layout }, () => {});
      evidence.observations.forEach(({ got, expected, uncertainty }, k) => {
        for (let i = 0; i < 10; i++) {
          got[i] = of;
          expected[i] = i === 3 * k ? of : 0;
          uncertainty[i] = 1e-9;
        }
      });
      return evidence;
    };
    expect(diagnose(sums(1)).kind).toBe('unrecognised');
    expect(diagnose(sums(0.7361)).kind).toBe('sum-over-axis');
  });

  test('a batch of one gives each row its own ratio: no factor, no piece by the sign of the truth', () => {
    // dW = δ xᵀ with inputs > 0: the sign of an entry is its row's.
    const layout = layoutOf([{ name: 'fc1.weight', shape: [2, 9] }]);
    const evidence = planted({ seed: 3, layout, points: 1 }, () => {});
    const [{ got, expected, uncertainty }] = evidence.observations as [
      (typeof evidence.observations)[0],
    ];
    for (let i = 0; i < 18; i++) {
      const input = 0.5 + (i % 9) / 9;
      expected[i] = (i < 9 ? 1.5 : -0.7) * input;
      got[i] = (i < 9 ? 3 : -0.07) * input;
      uncertainty[i] = 1e-9;
    }
    expect(diagnose(evidence).kind).toBe('unrecognised');
  });

  test('where parameters are all alike, decay is an offset as any other', () => {
    const evidence = planted({ seed: 3, layout: NETWORK, points: 1 }, () => {});
    const [{ x, got, expected }] = evidence.observations as [(typeof evidence.observations)[0]];
    x.fill(0.5);
    for (let i = 0; i < got.length; i++) got[i] = expected[i]! + 0.1 * x[i]!;
    expect(diagnose(evidence).kind).toBe('constant-offset');
  });

  test('two entries exchanged and negated share no term', () => {
    const layout = networkLayout([7, 2]);
    const evidence = planted({ seed: 3, layout }, (got, { truth }) => {
      got[14] = -truth[15]!;
      got[15] = -truth[14]!;
    });
    expect(diagnose(evidence).kind).toBe('only-some-slots');
  });

  test('two rows exchanged and something else is no outer product', () => {
    const layout = networkLayout([6, 2]);
    const evidence = planted({ seed: 3, layout }, (got, { truth }) => {
      for (let i = 0; i < 12; i++) got[i] = truth[(i + 6) % 12]!;
      got[12] = got[13] = (truth[12]! + truth[13]!) / 2;
    });
    expect(diagnose(evidence).kind).not.toBe('missing-term');
  });
});
