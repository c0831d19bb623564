import { describe, expect, it } from 'vitest';
import { type EntryError, entryErrors, measureErrors } from '../../bench/accuracy/errors.ts';
import { isProven, type Proof, provenDigits } from '../../bench/accuracy/proof.ts';
import { proofBlocks } from '../../bench/accuracy/proof-blocks.ts';
import { measureSaturation } from '../../bench/accuracy/saturation.ts';
import { type ErrorSummary, summariseErrors } from '../../bench/accuracy/summarise-errors.ts';
import { measureSwell, reverseRatio, swellOf } from '../../bench/accuracy/swell.ts';
import { accuracy } from '../../bench/accuracy.ts';
import { casesOf } from '../../bench/agreement/problems.ts';
import { toleranceOf } from '../../src/check/tolerance.ts';
import { exactReference } from '../../src/gradients/exact/reference.ts';
import { mlp } from '../../src/model/model.ts';
import { zeroParams } from '../../src/params/params.ts';
import { renderJson } from '../../src/report/json.ts';
import { renderMarkdown } from '../../src/report/markdown.ts';
import { fc, test } from '../property.ts';
import { smallProblem } from '../random-problem.ts';

const slice = casesOf(['W1'], true, 0).find(({ name }) => name === 'W1, 8 rows')!;

describe('entryErrors', () => {
  /** The exact gradient of a small network, rounded, then changed. */
  async function errorsOf(change: (values: Float64Array | Float32Array) => void) {
    const given = smallProblem(mlp([3, 2, 1], { hidden: 'tanh' }), 2, 7);
    const reference = (await exactReference(given.model))(given.params, given.batch);
    const grads = zeroParams(given.model.layout);
    grads.values.set(reference.params.map((v) => v.toNumber()));
    change(grads.values);
    const bars = zeroParams(given.model.layout);
    const tolerance = toleranceOf({ ...given, dtype: 'float64' });
    return entryErrors({ kind: 'gradient', grads, bars }, reference, tolerance);
  }

  it('finds the rounded exact gradient within ½ ULP, and within its tolerance', async () => {
    for (const { ulps, normalised } of await errorsOf(() => {})) {
      expect(ulps).toBeLessThanOrEqual(0.5);
      expect(normalised).toBeLessThan(1 / 64);
    }
  });

  it('finds the one entry that is wrong by a factor 1.000001', async () => {
    const errors = await errorsOf((values) => {
      values[3]! *= 1.000001;
    });
    const beyond = errors.filter(({ normalised }) => normalised > 1);
    expect(beyond.map(({ entry }) => entry)).toEqual([errors[3]!.entry]);
    // A relative error e is between e · 2⁵² and e · 2⁵³ ULP.
    expect(beyond[0]!.ulps).toBeGreaterThan(0.999e-6 * 2 ** 52);
    expect(beyond[0]!.ulps).toBeLessThan(1.001e-6 * 2 ** 53);
  });

  it('lets no NaN pass', async () => {
    const errors = await errorsOf((values) => {
      values[0] = Number.NaN;
    });
    const [summary] = summariseErrors([{ method: 'manual-fused', problem: 'p', entries: errors }]);
    expect(summary!.worst.entry).toBe(errors[0]!.entry);
    expect(summary!.worst.normalised).toBeNaN();
    expect(summary!.max).toBe(Number.POSITIVE_INFINITY);
  });
});

describe('summariseErrors', () => {
  const entry = (ulps: number | null, error = ulps ?? 0): EntryError => ({
    entry: `e[${ulps}]`,
    exact: ulps === null ? 0 : 1,
    ulps,
    error,
    tolerance: 10,
    normalised: error / 10,
  });
  const summaryOf = (...entries: EntryError[]): ErrorSummary =>
    summariseErrors([{ method: 'symbolic', problem: 'p', entries }])[0]!;

  test.prop([fc.array(fc.double({ min: 0, max: 1e9, noNaN: true }), { minLength: 1 })])(
    'orders median, 99th percentile and maximum, which is some entry',
    (ulps) => {
      const { median, percentile99, max, most } = summaryOf(...ulps.map((u) => entry(u)));
      expect(median).toBeLessThanOrEqual(percentile99);
      expect(percentile99).toBeLessThanOrEqual(max);
      expect(most?.ulps).toBe(max);
    },
  );

  it('counts entries that should be exactly 0 apart, and those that are not', () => {
    const summary = summaryOf(entry(null), entry(4), entry(null, 1e-20), entry(2));
    expect(summary).toMatchObject({ entries: 4, zeros: 2, missedZeros: 1, median: 3, max: 4 });
  });

  it('has no ULP of a gradient that is 0 everywhere', () => {
    expect(summaryOf(entry(null))).toMatchObject({ median: Number.NaN, most: null, zeros: 1 });
  });

  it('pools the problems of a method, and knows where the worst stands', () => {
    const [summary] = summariseErrors([
      { method: 'symbolic', problem: 'easy', entries: [entry(1)] },
      { method: 'symbolic', problem: 'hard', entries: [entry(7)] },
    ]);
    expect(summary).toMatchObject({ entries: 2, most: { problem: 'hard' }, max: 7 });
  });
});

describe('measureErrors', () => {
  it('holds every method but PyTorch, which recorded no slice, within its tolerance', async () => {
    const measured = await measureErrors(slice, []);
    if (measured.kind !== 'measured') throw new Error(measured.why);
    expect(measured.methods).toHaveLength(9);
    expect(measured.unasked.map(({ method }) => method)).toEqual(['pytorch']);
    for (const { worst } of summariseErrors(measured.methods)) {
      expect(worst.normalised).toBeLessThanOrEqual(1);
    }
  });

  it('says why there is no exact gradient of the large workloads', async () => {
    const [whole] = casesOf(['W4'], true, 0);
    expect(await measureErrors(whole!, [])).toMatchObject({
      kind: 'unmeasured',
      why: expect.stringContaining('15049344 multiplications'),
    });
  });
});

describe('saturation', () => {
  it.each(['tanh', 'sigmoid'] as const)(
    'of %s takes the digits of a slope computed from the activation, not of one from z',
    async (hidden) => {
      const [mild, deep] = await measureSaturation(hidden, [1, 16]);
      expect(mild!.errors['manual-fused'].max).toBeLessThan(100);
      expect(deep!.errors['manual-fused'].max).toBeGreaterThan(1000 * deep!.errors.symbolic.max);
      // What is lost belongs to entries that are small: the tolerance knows.
      expect(deep!.errors['manual-fused'].worst.normalised).toBeLessThan(1);
    },
  );
});

describe('expression swell', () => {
  it('grows with depth where reverse mode does not', async () => {
    const shallow = await measureSwell([2, 3, 1], 'sigmoid');
    const deep = await measureSwell([2, 3, 3, 3, 1], 'sigmoid');
    expect(swellOf(deep)).toBeGreaterThan(4 * swellOf(shallow)!);
    expect(reverseRatio(deep)).toBeLessThan(1.2 * reverseRatio(shallow));
  });

  it('has no figure for what the size limit refuses, but an estimate', async () => {
    const refused = await measureSwell([2, 32, 32, 1], 'relu');
    expect(refused).toMatchObject({ whole: null, parameters: 1185 });
    expect(swellOf(refused)).toBeNull();
    expect(refused.visits).toBeGreaterThan(1e7);
  });
});

describe('the proof of the reference', () => {
  const held = { kind: 'held', compared: 4, kinked: 0, digits: 50 } as const;
  const proof = (holding: Proof['holding']): Proof => ({
    case: slice,
    rows: 1,
    derivatives: 4,
    holding,
  });

  it('needs something compared, and 30 digits', () => {
    expect(isProven(proof(held))).toBe(true);
    expect(isProven(proof({ ...held, digits: 29 }))).toBe(false);
    expect(isProven(proof({ kind: 'nothing-compared', kinked: 4, zero: 0 }))).toBe(false);
  });

  it('fails where the differences contradict, and the report says where', () => {
    const contradicted = proof({
      kind: 'contradicted',
      row: 1,
      variable: 'fc1.weight[0,1]',
      got: '0.25',
      expected: '0.5',
    });
    expect(isProven(contradicted)).toBe(false);
    expect(provenDigits([proof(held), contradicted])).toBe(0);
    const blocks = proofBlocks([contradicted]);
    const report = renderMarkdown({ title: 'T', quick: false, header: [], blocks });
    expect(report).toContain('✗ contradicted: row 1, fc1.weight[0,1]: got 0.25, expected 0.5');
  });
});

describe('the accuracy report', () => {
  it('is the same, byte by byte, each time', async () => {
    const run = () =>
      accuracy.run({
        quick: true,
        workloads: ['W1'],
        seed: 0,
        header: [],
        progress: () => {},
      });
    const [first, second] = [await run(), await run()];
    expect(first.ok).toBe(true);
    expect(renderMarkdown(second.report)).toBe(renderMarkdown(first.report));
    expect(renderJson(second.report)).toBe(renderJson(first.report));
  });
});
