import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { installed } from '../../../bench/checker/detection/ask.ts';
import { askTrials, assertSameLoss } from '../../../bench/checker/detection/ask-trials.ts';
import { jax } from '../../../bench/checker/detection/jax.ts';
import { OTHERS } from '../../../bench/checker/detection/others.ts';
import { problemOf, withError } from '../../../bench/checker/detection/problem.ts';
import {
  promised,
  promiseSentence,
  promiseTable,
} from '../../../bench/checker/detection/promise.ts';
import {
  changed,
  differing,
  realBlocks,
  realSentence,
} from '../../../bench/checker/detection/real-blocks.ts';
import { readRecorded } from '../../../bench/checker/detection/recorded.ts';
import type { Judge, Scheme } from '../../../bench/checker/detection/scheme.ts';
import {
  falseAlarmSentence,
  shareChart,
  shareTable,
  tightSentence,
} from '../../../bench/checker/detection/share-blocks.ts';
import {
  numpyRandomState,
  torchGenerator,
} from '../../../bench/checker/detection/their-directions.ts';
import { torchFast } from '../../../bench/checker/detection/torch-fast.ts';
import { torchSlow } from '../../../bench/checker/detection/torch-slow.ts';
import { TIGHT } from '../../../bench/checker/detection/torch-tolerances.ts';
import { runTrial, type Sighting } from '../../../bench/checker/detection/trial.ts';
import { type VerdictPair, verdictPairs } from '../../../bench/checker/detection/verdict-pairs.ts';
import { fingerprint } from '../../../src/gradients/pytorch/fingerprint.ts';
import { random } from '../../../src/numeric/random.ts';
import { layoutOf } from '../../../src/params/layout.ts';
import { renderMarkdown } from '../../../src/report/markdown.ts';
import type { Block } from '../../../src/report/report.ts';
import { test as property } from '../../property.ts';

const recorded = await readRecorded();

/** torch slow with the tolerances of torch tight. */
const torchTight: Scheme = (f, at): Judge => {
  const slow = torchSlow(f, at);
  return { calls: slow.calls, passes: (gradient) => slow.passes(gradient, TIGHT) };
};

/** Σ sin xᵢ over tensors of these sizes; judged with `error` in one entry. */
function passes(
  scheme: Scheme<'uniform' | 'normal'>,
  sizes: readonly number[],
  error: number,
  seed = 1,
): boolean {
  const { slots, size } = layoutOf(sizes.map((n, i) => ({ name: `t${i}`, shape: [n] })));
  const source = random(seed);
  const at = Float64Array.from({ length: size }, () => source.normal());
  const f = (x: Float64Array): number => x.reduce((sum, v) => sum + Math.sin(v), 0);
  const judge = scheme(f, at, slots, source);
  return judge.passes(withError(at.map(Math.cos), source.integer(size), error));
}

describe('re-implemented schemes', () => {
  const shapes = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 3 });

  property.prop([shapes, fc.integer()])(
    'pass a right gradient of a smooth function',
    (sizes, s) => {
      for (const scheme of [torchSlow, torchTight, torchFast])
        expect(passes(scheme, sizes, 0, s)).toBe(true);
    },
  );

  property.prop([shapes, fc.integer()])(
    'torch slow passes any entry off by less than atol, none by more than atol + rtol |n|',
    (sizes, seed) => {
      expect(passes(torchSlow, sizes, 0.99e-5, seed)).toBe(true);
      expect(passes(torchSlow, sizes, 1.02e-3, seed)).toBe(false);
      expect(passes(torchTight, sizes, 1.02e-6, seed)).toBe(false);
    },
  );

  test('torch fast passes an error in a large tensor that it finds in a small one', () => {
    // The derivatives add up too, and rtol with them: at most 1e-3 Σ uᵢ, about 0.03 of 1,000 entries.
    expect(passes(torchFast, [1000], 1e-2)).toBe(true);
    expect(passes(torchFast, [3], 1e-2)).toBe(false);
    expect(passes(torchFast, [1000, 3], 10)).toBe(false);
  });

  test('jax finds an error far above 1e-5, and none far below', () => {
    expect(passes(jax, [3], 1e-2)).toBe(false);
    expect(passes(jax, [3], 1e-9)).toBe(true);
  });

  property.prop([shapes])('count the calls that they make', (sizes) => {
    const { slots, size } = layoutOf(sizes.map((n, i) => ({ name: `t${i}`, shape: [n] })));
    for (const scheme of [torchSlow, torchFast, jax]) {
      let calls = 0;
      const judge = scheme(() => ++calls, new Float64Array(size), slots, random(0));
      judge.passes(new Float64Array(size));
      expect(judge.calls).toBe(calls);
    }
  });

  test('say what the real ones said, along their directions', async () => {
    const first = recorded.trials.filter((t) => t.trial < 1 && t.activation === 'relu');
    expect(first.map((t) => t.scheme).sort()).toEqual([...OTHERS].sort());
    const pairs = await verdictPairs(first);
    expect(pairs).toHaveLength(first.flatMap((t) => t.sizes).length);
    expect(pairs.filter(({ here, real }) => here !== real)).toEqual([]);
  });

  test('torchGenerator is torch.rand, numpyRandomState numpy.random.RandomState(0).randn', () => {
    // Printed by torch 2.13.0 and NumPy; the last lies beyond the first 624 numbers of 32 bits.
    const { uniform } = torchGenerator();
    expect([uniform(), uniform()]).toEqual([0.13836205913224875, 0.6823109470364002]);
    const { normal } = numpyRandomState();
    expect([normal(), normal(), normal()]).toEqual([
      1.764052345967664, 0.4001572083672233, 0.9787379841057392,
    ]);
    for (let i = 2; i < 999; i++) uniform();
    for (let i = 3; i < 999; i++) normal();
    expect([uniform(), normal()]).toEqual([0.8851584979293511, -0.35811407547985674]);
  });
});

describe('runTrial', () => {
  test('names the entry that is wrong, accuses no right gradient, and repeats itself', async () => {
    const sizes = [0, 1e-6];
    const sightings = await runTrial('tanh', 3, sizes);
    const ours = sightings.filter((s) => s.scheme === 'backproof');
    expect(ours.map((s) => [s.size, s.caught, s.named])).toEqual([
      [0, false, false],
      [1e-6, true, true],
    ]);
    expect(await runTrial('tanh', 3, sizes)).toEqual(sightings);
  });
});

/** What every scheme made of two trials, unless changed. */
function planted(change: (s: Sighting) => Partial<Sighting> = () => ({})): Sighting[] {
  return (['tanh', 'relu'] as const).flatMap((activation) =>
    [0, 1].flatMap((trial) =>
      (['torch fast', 'torch slow', 'torch tight', 'jax', 'backproof'] as const).flatMap((scheme) =>
        [0, 1e-6, 1].map((size) => {
          const caught = scheme === 'backproof' ? size > 0 : size === 1;
          const named = scheme === 'backproof' && caught;
          const sighting = { activation, trial, scheme, size, caught, named, unresolved: false };
          const plain: Sighting = { ...sighting, calls: 1000 + trial, gradients: 10 };
          return { ...plain, ...change(plain) };
        }),
      ),
    ),
  );
}

describe('the promise', () => {
  const kept = (change?: (s: Sighting) => Partial<Sighting>): boolean[] =>
    promised(planted(change)).map((p) => p.kept);
  const at = (s: Sighting, size: number): boolean =>
    s.scheme === 'backproof' && s.activation === 'tanh' && s.trial === 1 && s.size === size;

  test('is kept where every trial finds and names the entry', () => {
    expect(kept()).toEqual([true, true]);
    expect(promiseSentence(promised(planted())[0]!, 5829)).toBe(
      'one wrong entry of 1e-6 among 5,829, tanh: found in 2 of 2 trials, named in 2, in at most 1,001 calls of f and 10 of the gradient (limit: all, in under 2,000 of f: kept); false alarms on right gradients: 0',
    );
  });

  test('is broken by one trial that misses, does not name, takes 2,000 calls or raises an alarm', () => {
    expect(kept((s) => (at(s, 1e-6) ? { caught: false } : {}))).toEqual([false, true]);
    expect(kept((s) => (at(s, 1e-6) ? { named: false } : {}))).toEqual([false, true]);
    expect(kept((s) => (at(s, 1e-6) ? { calls: 2000 } : {}))).toEqual([false, true]);
    expect(kept((s) => (at(s, 0) ? { caught: true } : {}))).toEqual([false, true]);
  });
});

describe('blocks', () => {
  const page = (...blocks: Block[]): string =>
    renderMarkdown({ title: 'detection', quick: true, header: [], blocks });
  const tables = (sightings: readonly Sighting[]): string =>
    page(
      promiseTable(promised(sightings)),
      shareTable(sightings, 'tanh'),
      shareChart(sightings, 5829),
    );

  test('show each size with the shares of its trials', () => {
    const half = planted((s) => (s.trial === 1 && s.scheme === 'jax' ? { caught: false } : {}));
    expect(tables(half)).toContain('| 1e-6 | 0 | 0 | 0 | 0 | 100 | 100 | 0 | 1,001 | 1,001 | 10 |');
    expect(tables(half)).toContain(
      '| 1 | 100 | 100 | 100 | 50 | 100 | 100 | 0 | 1,001 | 1,001 | 10 |',
    );
    expect(tables(half)).toContain(
      '| 0 (right) | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 1,001 | 1,001 | 10 |',
    );
  });

  test('say which lines of the chart start at false alarms', () => {
    expect(falseAlarmSentence(planted())).toBeNull();
    const alarm = planted((s) =>
      s.scheme === 'jax' && s.activation === 'relu' && s.trial === 0 ? { caught: true } : {},
    );
    expect(falseAlarmSentence(alarm)).toContain('jax calls 1 of 2 right relu gradients wrong');
  });

  test('say what gradcheck finds with tolerances of its caller', () => {
    const half = planted((s) =>
      s.scheme === 'torch tight' && s.size === 1e-6 ? { caught: s.trial === 1 } : {},
    );
    expect(tightSentence(half)).toContain(
      'in 2 of 4 trials, and calls 0 of 4 right gradients wrong',
    );
  });

  const pair: VerdictPair = { scheme: 'torch fast', size: 1, here: true, real: true };
  const other: VerdictPair = { ...pair, here: false };

  test('count the verdicts in which the real ones differ', () => {
    expect([differing([pair, pair]), differing([pair, other])]).toEqual([0, 1]);
    expect(realSentence([pair, other])).toContain('1 of 2 (torch fast), 0 of 0 (torch slow)');
  });

  test('show the real ones beside the re-implementations', () => {
    const live = [{ tool: 'jax', kind: 'not asked', why: 'a test' }] as const;
    const text = page(...realBlocks([pair, other], recorded, live));
    expect(text).toContain('jax was not asked again: a test.');
    expect(text).toContain('1 of 2 (torch fast)');
    expect(page(...realBlocks([other, { ...other, size: 1e-2 }], recorded, live))).toMatch(
      /\| 1e-2 \| 0 \| 100 \| – not run/,
    );
  });
});

describe('gradcheck.json', () => {
  test('is of the networks and entries of the trials', async () => {
    expect(recorded.trials.length).toBeGreaterThan(0);
    for (const t of recorded.trials) {
      const { params, batch, entry } = await problemOf(t.activation, t.trial);
      expect([t.fingerprint, t.entry]).toEqual([fingerprint(params, batch), entry]);
      expect(t.caught).toHaveLength(t.sizes.length);
    }
    expect(recorded.costs.map(({ workload, rows }) => [workload, rows])).toEqual([
      ['W5', 32],
      ['W4', 4],
    ]);
  });

  test('refuses the loss of another network', async () => {
    const problem = await problemOf('tanh', 0);
    const loss = problem.f(Float64Array.from(problem.params.values));
    assertSameLoss(problem, { loss });
    expect(() => assertSameLoss(problem, { loss: loss * (1 + 1e-9) })).toThrow(
      'the other tool: got loss',
    );
  });

  // Loading torch takes most of it, several times that where the machine is shared.
  for (const [tool, scheme] of [
    ['torch', 'torch fast'],
    ['jax', 'jax'],
  ] as const) {
    test(`is what ${tool} says again, where its version is installed`, {
      timeout: 120_000,
    }, async () => {
      if ((await installed(tool)) !== recorded[tool].version) return;
      const { trials } = await askTrials(tool, [{ activation: 'relu', trial: 0, scheme }], [1e-1]);
      expect(changed(recorded.trials, trials)).toBe(0);
      expect(trials[0]!.caught).toEqual([true]);
      expect(changed(recorded.trials, [{ ...trials[0]!, caught: [false] }])).toBe(1);
    });
  }
});
