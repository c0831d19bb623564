import { describe, expect, test } from 'vitest';
import { attempt, isCaught, namingOf } from '../../../bench/checker/mistakes/attempt.ts';
import { blackBoxNetworks } from '../../../bench/checker/mistakes/black-box.ts';
import { added, halves, ratio, scaled, within } from '../../../bench/checker/mistakes/compose.ts';
import { elsewhereCases, runElsewhere } from '../../../bench/checker/mistakes/elsewhere.ts';
import { beside, shows, wrongSlots } from '../../../bench/checker/mistakes/gradients.ts';
import { isSo } from '../../../bench/checker/mistakes/is-so.ts';
import { runLeftOut, without } from '../../../bench/checker/mistakes/left-out.ts';
import {
  ACTIVATIONS,
  LOSSES,
  mixedNetworks,
  placedNetworks,
  randomNetwork,
} from '../../../bench/checker/mistakes/networks.ts';
import {
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
    const pairs = networks.map((n) => `${n.activation} ${n.model.loss.kind}`);
    const all = ACTIVATIONS.flatMap(({ kind }) => LOSSES.map((loss) => `${kind} ${loss}`));
    expect(new Set(pairs)).toEqual(new Set(all));
    for (const m of mistakes) {
      expect(
        networks.some((n) => m.applies(n.model)),
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

  test('one false name is wrong, be the right one beside it', async () => {
    const missing = named('mean-missing');
    const found = await beside(problem, missing.method());
    const planted = { names: [missing.name], method: () => missing.method() };
    const naming = (...names: readonly string[]) =>
      namingOf(found, planted, { mistakes: names, diagnosis: null, verdict: 'disagrees' }, 0);
    expect(await naming('mean-missing')).toBe('named');
    expect(await naming('mean-missing', 'sign-flipped')).toBe('wrongly');
    expect(await naming('sign-flipped')).toBe('wrongly');
    const pair = { names: ['mean-missing', 'db-zero'], method: planted.method };
    const both = (verdict: 'disagrees' | 'not-deterministic', ...names: readonly string[]) =>
      namingOf(found, pair, { mistakes: names, diagnosis: null, verdict }, 0);
    expect(await both('disagrees', 'mean-missing')).toBe('in part');
    expect(await both('disagrees', 'db-zero')).toBe('wrongly');
    expect(await both('not-deterministic', 'db-zero')).toBe('in part');
  });

  const judged = async (name: string, kind: DiagnosisKind, said: string) =>
    isSo(kind, said, await beside(problem, named(name).method()));

  const FACTOR = 'The gradient is 14 times too large';
  const BIASES = 'fc1.bias, fc2.bias and fc3.bias';
  const WEIGHTS = 'fc1.weight, fc2.weight and fc3.weight';
  const DECAY = 'x the parameter: a decay (L2) term is';
  test.each<[string, DiagnosisKind, string, readonly string[]]>([
    [
      'mean-missing',
      'factor',
      `${FACTOR}, and N·C = 14 (or 2·N = 14: a mean and a 2)`,
      [
        'The gradient is 42 times too large, and N·C = 14',
        `${FACTOR}, and N·C = 42`,
        `${FACTOR}, and N = 14`,
        `${FACTOR}, and N = 7`,
        `${FACTOR} (or 2·C = 14: a mean and a 2)`,
      ],
    ],
    [
      'mean-missing',
      'factor',
      'The gradient is 14.0 times the truth, in every entry',
      [
        'The gradient is 13.0 times the truth, in every entry',
        'The gradient is 14 times too small, in every entry',
        'The gradient is of the wrong sign and 14 times too large, in every entry',
        'The gradient is half the truth, in every entry',
      ],
    ],
    [
      'sign-flipped',
      'sign',
      'The gradient is minus the truth, in every entry',
      ['The gradient is 0 in every entry'],
    ],
    [
      'db-zero',
      'zero',
      `${BIASES} are 0 in every entry`,
      ['fc1.bias is 0 in every entry', `${WEIGHTS} are 0 in every entry`],
    ],
    ['dw-transposed', 'transpose', `${WEIGHTS} are transposed`, [`${BIASES} are transposed`]],
    [
      'outputs-swapped',
      'permutation',
      'The gradient: 61 entries hold the right numbers in the wrong order',
      ['The gradient: 9 entries hold the right numbers in the wrong order'],
    ],
    [
      'db-one-scalar',
      'sum-over-axis',
      `${BIASES} are summed too far: every entry holds the sum of all`,
      [`${BIASES} are averaged too far: every entry holds the mean of all`],
    ],
    [
      'db-averaged',
      'factor',
      `${BIASES} are 7 times too small, and N = 7: it is divided by N once too often`,
      [`${BIASES} are 7 times too small, and N = 8: it is divided by N once too often`],
    ],
    [
      'l2-on-bias',
      'proportional-to-parameter',
      `${BIASES} are off by 0.0100·x, ${DECAY} added`,
      [
        `${BIASES} are off by 0.0200·x, ${DECAY} added`,
        `${BIASES} are off by 0.0100·x, ${DECAY} missing or subtracted`,
        `${BIASES} are off by 0.0100, the same number in every entry is added`,
      ],
    ],
  ])(
    '%s is %s, in the slots that are named and with the figures given',
    async (name, kind, said, others) => {
      expect(await judged(name, kind, `${said}; the rest is right`), said).toBe(true);
      for (const other of others) {
        expect(await judged(name, kind, `${other}; the rest is right`), other).toBe(false);
      }
    },
  );

  test('every clause must hold, one must be of the kind, and a guess is no clause', async () => {
    const found = await beside(problem, added(named('dw-transposed'), named('db-zero')));
    expect(wrongSlots(found)).toHaveLength(6);
    const zero = `${BIASES} are 0 in every entry`;
    const turned = `${WEIGHTS} are transposed`;
    expect(isSo('zero', `${turned}; ${zero}`, found)).toBe(true);
    expect(isSo('zero', `${turned}; ${zero}. Perhaps nothing is written`, found)).toBe(true);
    expect(isSo('zero', `${zero}; fc1.weight is minus the truth, in every entry`, found)).toBe(
      false,
    );
    expect(isSo('zero', `${zero}; the rest is right`, found)).toBe(false);
    expect(isSo('sign', `${turned}; ${zero}`, found)).toBe(false);
    const more = (n: number): string => `fc1.bias, fc2.bias and ${n} more are 0 in every entry`;
    expect(isSo('zero', `${turned}; ${more(1)}`, found)).toBe(true);
    expect(isSo('zero', `${turned}; ${more(2)}`, found)).toBe(false);
  });

  test('words that are not known are not judged, and not taken for true', async () => {
    const found = await beside(problem, named('sign-flipped').method());
    expect(isSo('elementwise-ratio', 'the ratio is a function of the input', found)).toBe(null);
    expect(isSo('sign', 'The gradient looks the other way', found)).toBe(null);
    const half = 'The gradient is half the truth, in every entry; fc1.bias looks the other way';
    expect(isSo('factor', half, found)).toBe(false);
  });

  test('a term that all share and a factor by the parameter are held against the figures', async () => {
    const base = await beside(problem, manualFused);
    const off = (by: (g: number, i: number) => number) => ({
      ...base,
      first: { ...base.first, grads: base.right.grads.map(by) },
    });
    const { values: x } = problem.params;
    const byX = off((g, i) => g * x[i]!);
    const times = (what: string): string =>
      `The gradient is the truth times ${what}, entry by entry, where x is the parameter`;
    expect(isSo('elementwise-ratio', times('x'), byX)).toBe(true);
    expect(isSo('elementwise-ratio', times('x or |x|'), byX)).toBe(false);
    expect(isSo('elementwise-ratio', times('2·x'), byX)).toBe(false);
    const shared = off((g) => g + 0.25);
    const says = 'is off by one number at each point, the same in every entry: a mean, say';
    expect(isSo('missing-term', `The gradient ${says}`, shared)).toBe(true);
    expect(isSo('missing-term', `The gradient ${says}`, byX)).toBe(false);
    const sides = 'is 3 times the truth where the parameter is > 0, and right where it is ≤ 0';
    const split = off((g, i) => (x[i]! > 0 ? 3 * g : g));
    expect(isSo('piecewise-ratio', `The gradient ${sides}`, split)).toBe(true);
    expect(isSo('piecewise-ratio', `The gradient ${sides.replace('3', '2')}`, split)).toBe(false);
    const one = off((g, i) => g + (i < 12 ? (1 + (i % 3)) * (2 + Math.floor(i / 3)) : 0));
    const product = 'fc1.weight is off by a single outer product';
    expect(isSo('missing-term', product, one)).toBe(true);
    expect(
      isSo(
        'missing-term',
        product,
        off((g, i) => g + (i < 12 ? i * i : 0)),
      ),
    ).toBe(false);
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

describe('a mistake that the bank does not have', () => {
  test('is not named, in its own words or another’s, and the bank is whole again after', async () => {
    const before = mistakes.map(({ name }) => name);
    const meanMissing = named('mean-missing');
    const told = await without(['mean-missing', 'dw-transposed'], async () => {
      expect(mistakes).toHaveLength(before.length - 2);
      return tried(meanMissing.method());
    });
    expect(told).toMatchObject({ verdict: 'disagrees', naming: 'described', names: [] });
    await expect(without(['db-zero'], () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(mistakes.map(({ name }) => name)).toEqual(before);
  });

  test('is caught, of a network every one, and nothing false is said', async () => {
    for (const a of await runLeftOut([problem], 0, () => {})) {
      if (!a.shows) continue;
      expect(a.names, a.said).not.toContain(a.planted[0]);
      expect(isCaught(a), a.planted[0]).toBe(true);
      expect(['described', 'silent', 'alike'], a.said).toContain(a.naming);
    }
  });
});

describe('the part of the page', () => {
  const SMALL: Extent = {
    everyPlaced: 100,
    randomNetworks: 3,
    everyPair: 400,
    randomPairs: 2,
    everyLeftOut: 150,
    randomLeftOut: 1,
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
    ['described in other words', { naming: 'not judged', said: 'odd' }, /not known here: odd/],
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
