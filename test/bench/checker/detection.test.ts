import { test as property } from '@fast-check/vitest';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { torchVersion } from '../../../bench/checker/detection/gradcheck.ts';
import { jax } from '../../../bench/checker/detection/jax.ts';
import { problemOf, withError } from '../../../bench/checker/detection/problem.ts';
import {
  promised,
  promiseSentence,
  promiseTable,
} from '../../../bench/checker/detection/promise.ts';
import { changed, realBlocks } from '../../../bench/checker/detection/real-blocks.ts';
import {
  askTrials,
  assertSameLoss,
  type Recorded,
  readRecorded,
} from '../../../bench/checker/detection/recorded.ts';
import type { Scheme } from '../../../bench/checker/detection/scheme.ts';
import { shareChart, shareTable } from '../../../bench/checker/detection/share-table.ts';
import { torchFast } from '../../../bench/checker/detection/torch-fast.ts';
import { torchSlow } from '../../../bench/checker/detection/torch-slow.ts';
import { runTrial, type Sighting } from '../../../bench/checker/detection/trial.ts';
import { fingerprint } from '../../../src/gradients/pytorch/fingerprint.ts';
import { random } from '../../../src/numeric/random.ts';
import { layoutOf } from '../../../src/params/layout.ts';
import { renderMarkdown } from '../../../src/report/markdown.ts';

const recorded = await readRecorded();

/** Σ sin xᵢ over tensors of these sizes; judged with `error` in one entry. */
function passes(scheme: Scheme, sizes: readonly number[], error: number, seed = 1): boolean {
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
      for (const scheme of [torchSlow, torchFast]) expect(passes(scheme, sizes, 0, s)).toBe(true);
    },
  );

  property.prop([shapes, fc.integer()])(
    'torch slow passes any entry off by less than atol, none by more than atol + rtol |n|',
    (sizes, seed) => {
      expect(passes(torchSlow, sizes, 0.99e-5, seed)).toBe(true);
      expect(passes(torchSlow, sizes, 1.02e-3, seed)).toBe(false);
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

  test('torch slow says what PyTorch said', async () => {
    for (const { activation, trial, sizes, caught } of recorded.trials.filter((t) => t.trial < 1)) {
      const { f, gradient, params, entry } = await problemOf(activation, trial);
      const at = Float64Array.from(params.values);
      const judge = torchSlow(f, at, [], random(0));
      const said = sizes.map((size) => !judge.passes(withError(gradient(at), entry, size)));
      expect(said, `${activation} ${trial}`).toEqual(caught.slow);
    }
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
      (['torch fast', 'torch slow', 'jax', 'backproof'] as const).flatMap((scheme) =>
        [0, 1e-6, 1].map((size) => {
          const caught = scheme === 'backproof' ? size > 0 : size === 1;
          const named = scheme === 'backproof' && caught;
          const sighting = { activation, trial, scheme, size, caught, named, unresolved: false };
          const plain: Sighting = { ...sighting, calls: 1000 + trial };
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
      'one wrong entry of 1e-6 among 5,829, tanh: found in 2 of 2 trials, named in 2, in at most 1,001 calls of f (limit: all, in under 2,000: kept); false alarms on right gradients: 0',
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
  const live = { kind: 'not asked', why: 'a test' } as const;
  const page = (sightings: readonly Sighting[], from: Recorded = recorded): string =>
    renderMarkdown({
      title: 'detection',
      quick: true,
      header: [],
      blocks: [
        promiseTable(promised(sightings)),
        shareTable(sightings, 'tanh'),
        shareChart(sightings, 5829),
        ...realBlocks(sightings, from, live),
      ],
    });

  test('show each size with the shares of its trials', () => {
    const half = planted((s) => (s.trial === 1 && s.scheme === 'jax' ? { caught: false } : {}));
    expect(page(half)).toContain('| 1e-6 | 0 | 0 | 0 | 100 | 100 | 0 | 1,001 | 1,001 |');
    expect(page(half)).toContain('| 1 | 100 | 100 | 50 | 100 | 100 | 0 | 1,001 | 1,001 |');
    expect(page(half)).toContain('| 0 (right) | 0 | 0 | 0 | 0 | 0 | 0 | 1,001 | 1,001 |');
  });

  test('count the verdicts in which PyTorch differs', () => {
    const trials = [
      {
        ...recorded.trials[0]!,
        sizes: [0, 1],
        caught: { slow: [false, true], fast: [true, true] },
      },
    ];
    const text = page(planted(), { ...recorded, trials });
    expect(text).toContain('Of 2 verdicts of the slow mode 0 differ');
    expect(text).toContain('of 2 of the fast mode 1,');
  });
});

describe('gradcheck.json', () => {
  test('is of the networks and entries of the trials', async () => {
    expect(recorded.trials.length).toBeGreaterThan(0);
    for (const t of recorded.trials) {
      const { params, batch, entry } = await problemOf(t.activation, t.trial);
      expect([t.fingerprint, t.entry]).toEqual([fingerprint(params, batch), entry]);
      for (const caught of Object.values(t.caught)) expect(caught).toHaveLength(t.sizes.length);
    }
    expect(recorded.costs.map(({ workload, rows }) => [workload, rows])).toEqual([
      ['W5', 32],
      ['W4', 4],
    ]);
  });

  test('refuses the loss of another network', async () => {
    const problem = await problemOf('tanh', 0);
    const loss = problem.f(Float64Array.from(problem.params.values));
    assertSameLoss(problem, { loss, modes: {} });
    expect(() => assertSameLoss(problem, { loss: loss * (1 + 1e-9), modes: {} })).toThrow(
      'gradcheck.py: got loss',
    );
  });

  // Loading torch takes most of it, several times that where the machine is shared.
  test('is what PyTorch says again, where its version is installed', {
    timeout: 120_000,
  }, async () => {
    if ((await torchVersion()) !== recorded.torch) return;
    const { trials } = await askTrials([{ activation: 'relu', trial: 0 }], [1]);
    expect(changed(recorded.trials, trials)).toBe(0);
    const { slow, fast } = trials[0]!.caught;
    expect([slow, fast]).toEqual([[true], [true]]);
    const opposite = [{ ...trials[0]!, caught: { slow: [false], fast } }];
    expect(changed(recorded.trials, opposite)).toBe(1);
  });
});
