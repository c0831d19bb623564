import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { type CaseResult, measureCase, type PairResult } from '../../bench/agreement/measure.ts';
import { isWrong, summarisePairs } from '../../bench/agreement/pairs.ts';
import type { Case } from '../../bench/agreement/problems.ts';
import { deadEntries, lossDifferences, pairDetails } from '../../bench/agreement/tables.ts';
import { agreementOf } from '../../bench/agreement.ts';
import type { SectionContext } from '../../bench/section.ts';
import { sections } from '../../bench/sections.ts';
import type { Deviation } from '../../src/check/deviation.ts';
import { runProgram } from '../../src/cli/program.ts';
import { manualFused, manualTextbook } from '../../src/gradients/manual/method.ts';
import type { Extras, GradientMethod } from '../../src/gradients/method.ts';
import type { Recorded } from '../../src/gradients/pytorch/recorded.ts';
import { sampleGradient, sampleIndices } from '../../src/gradients/pytorch/samples.ts';
import { tapeFused } from '../../src/gradients/tape/method.ts';
import { batchShape } from '../../src/model/batch.ts';
import { mlp } from '../../src/model/model.ts';
import { zeros } from '../../src/numeric/matrix.ts';
import { random } from '../../src/numeric/random.ts';
import { type Params, zeroParams } from '../../src/params/params.ts';
import { problemOf } from '../random-problem.ts';

const r = random(4);
const model = mlp([4, 6, 3], { hidden: 'tanh', output: 'identity', loss: 'cross_entropy' });
const problem = problemOf(model, 5, r, 'float64', () => r.normal());
const small: Case = { name: 'small', workload: 'W4', what: 'small', problem, leftOut: {} };

/** The tape, with whatever this does to a call's results; it gives the loss. */
type Spoil = (loss: number, into: Params, extra?: Extras) => number;

const spoilt = (spoil: Spoil): GradientMethod => ({
  name: 'tape-fused',
  prepare: async (...args) => {
    const prepared = await tapeFused.prepare(...args);
    if (prepared.kind === 'unsupported') return prepared;
    const { run } = prepared;
    return {
      kind: 'prepared',
      run: {
        valueAndGrad: (params, batch, into, extra) =>
          spoil(run.valueAndGrad(params, batch, into, extra), into, extra),
      },
    };
  },
});

const wrongEntry = spoilt((loss, { values }) => {
  values[2]! += 1e-3;
  return loss;
});
const wrongLoss = spoilt(() => 3);
const broken = spoilt(() => {
  throw new Error('broken');
});

const only = async (method: GradientMethod): Promise<PairResult> =>
  (await measureCase(small, [], [manualFused, method])).pairs[0]!;

describe('the worst of a pair', () => {
  test('is of the part that failed, beyond its tolerance', async () => {
    const inputs = await only(
      spoilt((loss, _into, extra) => {
        if (extra?.inputs) extra.inputs.data[1]! += 1e-9;
        return loss;
      }),
    );
    expect(inputs).toMatchObject({ verdict: 'disagrees', worst: { entry: 'inputs[0,1]' } });
    expect(inputs.worst.normalised).toBeGreaterThan(1);

    const loss = await only(wrongLoss);
    expect(loss).toMatchObject({ verdict: 'disagrees', worst: { entry: 'loss', b: 3 } });
    expect(loss.worst.normalised).toBeGreaterThan(1);
  });

  test('is of all parts where they agree', async () => {
    const pair = await only(spoilt((loss) => loss * (1 + 4e-15)));
    expect(pair).toMatchObject({ verdict: 'agrees', worst: { entry: 'loss' } });
  });
});

describe('a gradient recorded as samples', () => {
  const recorded = async (change: Partial<Recorded> = {}): Promise<Recorded> => {
    const prepared = await manualTextbook.prepare(model, batchShape(problem.batch));
    if (prepared.kind === 'unsupported') throw new Error(prepared.why);
    const grads = zeroParams(model.layout);
    const outputs = zeros(5, 3);
    const loss = prepared.run.valueAndGrad(problem.params, problem.batch, grads, { outputs });
    const samples = sampleGradient(grads, sampleIndices(model.layout, 12));
    return {
      name: 'small',
      torch: '0',
      model,
      dtype: 'float64',
      fingerprint: '',
      loss,
      outputs,
      gradient: { kind: 'sampled', samples },
      lossAfterTen: null,
      given: null,
      ...change,
    };
  };
  const against = async (given: Recorded): Promise<PairResult> => {
    const { pairs } = await measureCase(small, [given], [manualFused]);
    expect(pairs).toHaveLength(1);
    return pairs[0]!;
  };
  const spoiltSamples = async (part: 'entries' | 'projections'): Promise<Recorded> => {
    const right = await recorded();
    if (right.gradient.kind !== 'sampled') throw new Error('recorded in full');
    const { samples } = right.gradient;
    const values = samples[part].slice();
    values[7]! += 1e-9;
    return { ...right, gradient: { kind: 'sampled', samples: { ...samples, [part]: values } } };
  };

  test('agrees where it is right, and says that it is sampled', async () => {
    const pair = await against(await recorded());
    expect(pair).toMatchObject({ verdict: 'agrees', notes: ['sampled'], b: 'pytorch' });
    expect(pair.worst.normalised).toBeLessThan(0.2);
  });

  test('disagrees by one wrong loss, output, entry or projection, named as the worst', async () => {
    const right = await recorded();
    const data = right.outputs.data.slice();
    data[4]! += 1e-9;
    const wrong: [Recorded, RegExp][] = [
      [{ ...right, loss: right.loss + 1e-9 }, /^loss$/],
      [{ ...right, outputs: { ...right.outputs, data } }, /^outputs\[1,1\]$/],
      [await spoiltSamples('entries'), /^fc/],
      [await spoiltSamples('projections'), /^projection 7$/],
    ];
    for (const [given, entry] of wrong) {
      const pair = await against(given);
      expect(pair.verdict).toBe('disagrees');
      expect(pair.worst.entry).toMatch(entry);
      expect(pair.worst.normalised).toBeGreaterThan(1);
    }
  });

  test('is no crash where no method answered', async () => {
    const { pairs, rows } = await measureCase(small, [await recorded()], [broken]);
    expect(pairs).toEqual([]);
    expect(rows).toMatchObject([{ kind: 'refused', verdict: 'threw' }]);
  });
});

describe('pairs over several problems', () => {
  const deviation = (normalised: number): Deviation => ({
    entry: 'fc1.bias[0]',
    a: 0,
    b: normalised,
    error: normalised,
    tolerance: 1,
    normalised,
  });
  const pair = (change: Partial<PairResult> & { normalised: number }): PairResult => ({
    a: 'manual-fused',
    b: 'tape-fused',
    verdict: 'agrees',
    notes: [],
    loss: deviation(0),
    worst: deviation(change.normalised),
    ulps: 1,
    caught: 1e-12,
    ...change,
  });
  const result = (name: string, found: PairResult): CaseResult => ({
    case: { ...small, name },
    rows: [],
    pairs: [found],
    leftOut: [],
  });

  test('what is wrong is neither an agreement nor undecided', () => {
    for (const verdict of ['disagrees', 'not-finite', 'threw', 'not-deterministic'] as const) {
      expect(isWrong(verdict)).toBe(true);
    }
    for (const verdict of ['agrees', 'unsupported', 'unresolved'] as const) {
      expect(isWrong(verdict)).toBe(false);
    }
  });

  test.each(['disagrees', 'unresolved'] as const)(
    'one verdict of %s outweighs agreement with a larger ratio, in either order',
    (verdict) => {
      const both = [
        result('calm', pair({ normalised: 0.9, notes: ['flat'] })),
        result('bad', pair({ normalised: 0.1, verdict, ulps: 7 })),
      ];
      for (const results of [both, both.toReversed()]) {
        const [summary] = summarisePairs(results);
        expect(summary).toMatchObject({ verdict, where: 'bad', problems: 2, ulps: 7 });
        expect(summary!.worst.normalised).toBe(0.1);
        expect(summary!.notes).toEqual(['flat: calm']);
      }
    },
  );

  test('of two that agree, the larger ratio stands for both', () => {
    const results = [
      result('near', pair({ normalised: 0.9 })),
      result('far', pair({ normalised: 0.1 })),
    ];
    expect(summarisePairs(results)[0]).toMatchObject({ where: 'near', problems: 2 });
  });

  test('notes stand in the table of details', () => {
    const table = pairDetails(
      summarisePairs([result('calm', pair({ normalised: 0, notes: ['kink'] }))]),
    );
    expect(table.rows[0]!.at(-1)).toEqual({ kind: 'text', text: 'kink: calm' });
  });
});

test('losses are told relative to that of manual-fused', async () => {
  const result = await measureCase(small, [], [manualFused, manualTextbook, wrongLoss]);
  const differences = lossDifferences(result);
  expect(differences.map(({ method }) => method)).toEqual(['manual-textbook', 'tape-fused']);
  const { answer } = result.rows.find((row) => row.kind === 'answered')!;
  expect(differences[1]!.relative).toBe(Math.abs(answer.loss - 3) / answer.loss);
});

test('a gradient that is mostly 0 is said to be, with its count', async () => {
  const dead = { ...problem, params: zeroParams(model.layout) };
  const name = 'dead';
  const results = [await measureCase({ ...small, name, problem: dead }, [], [manualFused])];
  expect(deadEntries(results)).toMatchObject([
    { text: expect.stringContaining(`48 of ${model.layout.size} entries of “dead”`) },
  ]);
  expect(deadEntries([await measureCase(small, [], [manualFused])])).toEqual([]);
});

describe('the section', () => {
  const context: SectionContext = {
    quick: true,
    workloads: ['W1'],
    seed: 0,
    header: [],
    progress: () => {},
  };
  const run = (...methods: GradientMethod[]) =>
    agreementOf({ methods, recorded: async () => [] }).run(context);

  test('all is well where methods agree, and its first sentence counts them', async () => {
    const { ok, figures, report } = await run(manualFused, tapeFused);
    expect(ok).toBe(true);
    expect(figures).toMatchObject({ comparisons: 3, agreeing: 3, unresolved: 0 });
    expect(report.blocks[0]).toMatchObject({
      text: expect.stringMatching(/^3 of 3 comparisons agree, 0 unresolved, 0 disagree/),
    });
  });

  test('it is not where one entry is wrong, a method throws, or nothing was compared', async () => {
    const wrong = await run(manualFused, wrongEntry);
    expect(wrong.ok).toBe(false);
    expect(wrong.headline[0]).toBe('0 of 3 comparisons agree, 0 unresolved, 3 disagree');

    const thrown = await run(manualFused, manualTextbook, broken);
    expect(thrown.figures).toMatchObject({ comparisons: 3, agreeing: 3 });
    expect(thrown).toMatchObject({ ok: false });
    expect(thrown.headline).toContain('tape-fused threw: broken');

    expect((await run(manualFused)).ok).toBe(false);
  });

  test('nor where a loss is off by more than 1e-14 of its size, though within its tolerance', async () => {
    const off = await run(
      manualFused,
      spoilt((loss, _into, extra) => loss * (extra?.outputs?.rows === 640 ? 1 + 2e-14 : 1)),
    );
    expect(off.figures).toMatchObject({ comparisons: 3, agreeing: 3 });
    expect(off.figures.loss).toBeGreaterThan(1e-14);
    expect(off.ok).toBe(false);
    const table = off.report.blocks.find((b) => b.kind === 'table' && b.name === 'lossCheck');
    expect(table).toMatchObject({ rows: [[{}, {}, {}, { verdict: 'falls short' }]] });
  });
});

const folder = await mkdtemp(join(tmpdir(), 'backproof-agreement-'));
afterAll(() => rm(folder, { recursive: true }));
vi.mock('../../src/node/environment.ts', async (original) => ({
  ...(await original<object>()),
  packageHome: () => folder,
}));

describe('backproof bench --only agreement --only W1', () => {
  test.each([
    [0, tapeFused],
    [1, wrongEntry],
  ])('exits with %d', async (expected, method) => {
    const planted = agreementOf({ methods: [manualFused, method], recorded: async () => [] });
    const spy = vi.spyOn(sections.agreement, 'run').mockImplementation(planted.run);
    const quiet = { write: () => true };
    const args = ['bench', '--quick', '--only', 'agreement', '--only', 'W1'];
    const code = await runProgram(args, { stdout: quiet, stderr: quiet });
    spy.mockRestore();
    expect(code).toBe(expected);
  });
});
