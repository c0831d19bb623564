import { describe, expect, test } from 'vitest';
import { attempt } from '../../../bench/checker/mistakes/attempt.ts';
import { added, halves, ratio, scaled, within } from '../../../bench/checker/mistakes/compose.ts';
import { elsewhereCases, runElsewhere } from '../../../bench/checker/mistakes/elsewhere.ts';
import { beside, shows, wrongSlots } from '../../../bench/checker/mistakes/gradients.ts';
import { kindHolds } from '../../../bench/checker/mistakes/kind-holds.ts';
import {
  ACTIVATIONS,
  LOSSES,
  mixedNetworks,
  placedNetworks,
  randomNetwork,
} from '../../../bench/checker/mistakes/networks.ts';
import {
  blackBoxNetworks,
  type Extent,
  FULL,
  type MistakeFigures,
  runMistakes,
} from '../../../bench/checker/mistakes/run.ts';
import { isSameGradient } from '../../../bench/checker/mistakes/same-gradient.ts';
import { BESIDES, TYPICAL } from '../../../bench/checker/mistakes/typical.ts';
import { partOf } from '../../../bench/checker/mistakes.ts';
import type { DiagnosisKind } from '../../../src/check/diagnosis/diagnosis.ts';
import type { Mistake } from '../../../src/check/mistakes/mistake.ts';
import { mistakes } from '../../../src/check/mistakes/mistakes.ts';
import { planted } from '../../../src/check/mistakes/plant.ts';
import { fused } from '../../../src/gradients/manual/fused.ts';
import { manualFused } from '../../../src/gradients/manual/method.ts';
import type { GradientMethod } from '../../../src/gradients/method.ts';
import { mlp } from '../../../src/model/model.ts';
import { random } from '../../../src/numeric/random.ts';
import { renderMarkdown } from '../../../src/report/markdown.ts';
import { smallProblem } from '../../random-problem.ts';

const problem = smallProblem(
  mlp([3, 4, 5, 2], { hidden: 'tanh', output: 'identity', loss: 'mse' }),
  7,
  1,
);
const named = (name: string): Mistake => mistakes.find((m) => m.name === name)!;
const tried = (method: GradientMethod, names = [method.name]) =>
  attempt(problem, { names, method: () => method }, 0);

describe('what is planted', () => {
  test('every mistake of the bank is on the list of typical ones, and all names there are known', () => {
    const list = [...TYPICAL, ...BESIDES];
    const bank = new Set(list.flatMap((t) => t.bank));
    expect([...bank].sort()).toEqual(mistakes.map(({ name }) => name).sort());
    const elsewhere = elsewhereCases(problem).map(({ name }) => name);
    const said = new Set(list.flatMap((t) => t.elsewhere ?? []));
    expect([...said].sort()).toEqual(elsewhere.filter((n) => n !== 'batchnorm-right').sort());
    for (const { bank: names, elsewhere: others = [], says } of list) {
      expect(names.length + others.length, says).toBeGreaterThan(0);
    }
  });

  test('the small networks have every activation under every loss, and a place for every mistake', () => {
    const networks = placedNetworks(random(0));
    const pairs = networks.map((n) => `${n.activation} ${n.problem.model.loss.kind}`);
    const all = ACTIVATIONS.flatMap(({ kind }) => LOSSES.map((loss) => `${kind} ${loss}`));
    expect(new Set(pairs)).toEqual(new Set(all));
    for (const m of mistakes) {
      expect(
        networks.some((n) => m.applies(n.problem.model)),
        m.name,
      ).toBe(true);
    }
  });

  test('every mistake is tried in a function too, and with every activation beside it', () => {
    const functions = blackBoxNetworks(placedNetworks(random(0)), FULL.blackBoxNetworks);
    for (const networks of [functions, mixedNetworks(random(0))]) {
      const absent = mistakes.filter((m) => !networks.some(({ model }) => m.applies(model)));
      expect(absent).toEqual([]);
    }
  });

  test('a random network is the same for the same seed, and another for another', () => {
    const [a, b, c] = [3, 3, 4].map((seed) => randomNetwork(random(seed)));
    expect(a).toEqual(b);
    expect(a).not.toEqual(c);
  });
});

describe('two mistakes in one gradient', () => {
  const grads = async (method: GradientMethod) => (await beside(problem, method)).first.grads;
  const [transposed, zero] = [named('dw-transposed'), named('db-zero')];

  test('added: each differs from the right one as it does alone', async () => {
    const [right, a, b, both] = await Promise.all(
      [manualFused, transposed.method(), zero.method(), added(transposed, zero)].map(grads),
    );
    both!.forEach((g, i) => {
      expect(g).toBeCloseTo(a![i]! + b![i]! - right![i]!, 12);
    });
  });

  test('scaled: by what the factor makes of the right one, N·C for a missing mean', async () => {
    const [a, both] = await Promise.all(
      [transposed.method(), scaled(transposed, named('mean-missing'))].map(grads),
    );
    expect(ratio(both!, a!)).toBeCloseTo(14, 12);
  });

  test('halves and within: each in its own parameters, the right gradient in the others', async () => {
    const { slots, size } = problem.model.layout;
    const cut = slots.find(({ name }) => name === 'fc2.weight')!.offset;
    const [right, a, b, both, above] = await Promise.all(
      [
        manualFused,
        transposed.method(),
        zero.method(),
        halves(transposed, zero, cut),
        within(zero, cut, size),
      ].map(grads),
    );
    expect([...both!]).toEqual([...a!.slice(0, cut), ...b!.slice(cut)]);
    expect([...above!]).toEqual([...right!.slice(0, cut), ...b!.slice(cut)]);
  });

  test('who changes the params still does', async () => {
    const method = added(zero, named('params-updated-inside'));
    expect((await beside(problem, method)).first.changed).toBe('params');
  });
});

describe('what is said of it is held against the right gradient', () => {
  const unspoilt = planted({
    name: 'none',
    part: 'network',
    says: 'Nothing is wrong.',
    formula: 'g → g',
    applies: () => true,
    rules: () => ({ ...fused, sigmoidBce: null }),
  });

  test('a right method shows nothing, and passes', async () => {
    expect(await tried(unspoilt.method())).toMatchObject({ shows: false, verdict: 'agrees' });
  });

  test('a mistake that shows is caught, named, and found in its layer', async () => {
    expect(await tried(named('dx-zero').method())).toMatchObject({
      shows: true,
      verdict: 'disagrees',
      naming: 'named',
      layer: true,
    });
  });

  test('a name that is not the planted one is wrong, unless it has the same gradient', async () => {
    const method = named('mean-missing').method();
    // As if the checker had named it when another thing was planted.
    expect(await tried(method, ['mean-twice'])).toMatchObject({ naming: 'alike' });
    const is = (name: string, m: GradientMethod): Promise<boolean> =>
      isSameGradient(problem, name, () => m, 0);
    expect(await is('mean-missing', method)).toBe(true);
    expect(await is('mean-twice', method)).toBe(false);
    expect(await is('dw-transposed', method)).toBe(false);
    const pair = added(named('dw-transposed'), named('db-zero'));
    expect(await is('dw-transposed + db-zero', pair)).toBe(true);
    expect(await is('dw-transposed', pair)).toBe(false);
    const product = scaled(named('dx-zero'), named('sign-flipped'));
    expect(await is('dx-zero + sign-flipped', product)).toBe(true);
    expect(await is('dx-zero + mean-missing', product)).toBe(false);
  });

  test.each<[string, DiagnosisKind, DiagnosisKind]>([
    ['mean-missing', 'factor', 'sign'],
    ['sign-flipped', 'sign', 'zero'],
    ['db-zero', 'zero', 'sign'],
    ['dw-transposed', 'transpose', 'factor'],
    ['outputs-swapped', 'permutation', 'transpose'],
    ['db-one-scalar', 'sum-over-axis', 'constant-offset'],
    ['l2-extra', 'proportional-to-parameter', 'piecewise-ratio'],
    ['dx-zero', 'only-some-slots', 'sign'],
    ['accumulates', 'accumulates', 'not-finite'],
  ])('of %s it is so that it is %s, and not that it is %s', async (name, kind, other) => {
    const found = await beside(problem, named(name).method());
    expect(kindHolds(kind, '', found)).toBe(true);
    expect(kindHolds(other, '', found)).toBe(false);
    expect(kindHolds('unrecognised', '', found)).toBe(true);
  });

  test('a message in clauses is held against the slots of one of them', async () => {
    const found = await beside(problem, added(named('dw-transposed'), named('db-zero')));
    expect(wrongSlots(found)).toHaveLength(6);
    expect(kindHolds('zero', 'The gradient is 0', found)).toBe(false);
    const clauses = 'fc1.weight is turned; fc1.bias, fc2.bias and fc3.bias are 0';
    expect(kindHolds('zero', clauses, found)).toBe(true);
    expect(kindHolds('sign', clauses, found)).toBe(false);
  });

  test('rounding shows nothing, a relative error of 1e-9 does', async () => {
    const off = (by: number): GradientMethod => ({
      name: 'off',
      prepare: async (...given) => {
        const prepared = await manualFused.prepare(...given);
        if (prepared.kind === 'unsupported') return prepared;
        const { run } = prepared;
        return {
          kind: 'prepared',
          run: {
            valueAndGrad: (params, batch, into, extra) => {
              const loss = run.valueAndGrad(params, batch, into, extra);
              into.values[3]! *= 1 + by;
              return loss;
            },
          },
        };
      },
    });
    expect(shows(await beside(problem, off(2 ** -52)))).toBe(false);
    expect(shows(await beside(problem, off(1e-9)))).toBe(true);
  });
});

test('what has no place in our layers is caught in functions, batch normalisation right passes', async () => {
  for (const { name, expected, told, wrongly } of await runElsewhere(elsewhereCases(problem), 2)) {
    expect([name, told.verdict, wrongly]).toEqual([name, expected, false]);
  }
});

describe('the part of the page', () => {
  const SMALL: Extent = {
    everyPlaced: 100,
    randomNetworks: 3,
    everyPair: 400,
    randomPairs: 2,
    blackBoxNetworks: 0,
  };
  const run = (): Promise<MistakeFigures> => runMistakes(SMALL, 5, () => {});
  const once = run();
  const page = (part: ReturnType<typeof partOf>): string =>
    renderMarkdown({ title: 'b', quick: true, header: [], blocks: part.blocks });

  test('holds where all is caught and named; the same seed finds the same', async () => {
    const found = await once;
    expect(found).toEqual(await run());
    // Nothing was asked of functions here, and nothing planted is not all caught.
    expect(partOf(found).ok).toBe(false);
    const { placed } = found;
    expect(partOf({ ...found, blackBox: placed })).toMatchObject({ ok: true });
  });

  test.each([
    ['not caught', { verdict: 'agrees' }, /not caught: agrees/],
    ['not judged', { verdict: 'unresolved' }, /not caught: unresolved/],
    ['named wrongly', { naming: 'wrongly', said: 'nonsense' }, /named wrongly: nonsense/],
    ['in another layer', { layer: false }, /another layer told/],
    ['changes nothing, yet refused', { shows: false }, /changes nothing, but disagrees/],
  ] as const)('one that is %s makes it fail, and is written out', async (_what, change, line) => {
    const found = await once;
    const at = found.placed.findIndex(({ verdict }) => verdict === 'disagrees');
    const placed = found.placed.map((a, i) => (i === at ? { ...a, ...change } : a));
    const part = partOf({ ...found, placed, blackBox: found.placed });
    expect(part.ok).toBe(false);
    expect(page(part)).toMatch(line);
    expect(part.headline.join('\n')).toMatch(/missed: /);
  });
});
