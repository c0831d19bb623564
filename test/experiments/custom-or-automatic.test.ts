import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { ELU_LINES } from '../../src/experiments/custom-or-automatic/aspects.ts';
import { findBreaks } from '../../src/experiments/custom-or-automatic/breaks.ts';
import { type ChangeName, changes } from '../../src/experiments/custom-or-automatic/changes.ts';
import { driftOf, rungOf } from '../../src/experiments/custom-or-automatic/drift.ts';
import type { Rung } from '../../src/experiments/custom-or-automatic/ladder.ts';
import {
  alongs,
  type Measured,
  measure,
} from '../../src/experiments/custom-or-automatic/measure.ts';
import { statedFigures } from '../../src/experiments/custom-or-automatic/stated.ts';
import { baseTraining, outcomeOf } from '../../src/experiments/custom-or-automatic/training.ts';
import { resultOf } from '../../src/experiments/custom-or-automatic.ts';
import type { ExperimentContext } from '../../src/experiments/experiment.ts';
import { isInside } from '../../src/experiments/stated-figure.ts';
import { formatNumber } from '../../src/report/format.ts';
import { renderMarkdown } from '../../src/report/markdown.ts';

const speed: unknown = JSON.parse(readFileSync('reports/speed.json', 'utf8'));
const context: ExperimentContext = {
  seed: 0,
  seeds: [0, 1],
  header: [],
  recorded: { speed, material: null },
  progress: () => {},
};

const ratio = (value: number): string => formatNumber(value, 'ratio');

/** A tenth of the page's epochs: what is exact and what is rounding is so from the first step. */
const short = await measure(context, { ladder: 100, steep: 20 });

test('a change of engine alone, or to logits, changes not one bit', () => {
  expect(short.figures.changes.tape.highest).toBe(0);
  expect(short.figures.changes.tape.medianParams).toBe(0);
  expect(short.figures.changes.logits.highest).toBe(0);
});

test('automatic in textbook operations drifts by rounding, as the batch reversed does', () => {
  const { automatic, reversed } = short.figures.drift;
  expect(automatic).toBeGreaterThan(0);
  expect(automatic).toBeLessThan(1e-14);
  expect(reversed).toBeGreaterThan(0);
  expect(reversed).toBeLessThan(1e-14);
});

test('every change of mathematics outweighs every change of rounding', () => {
  const sizes = (kind: 'mathematics' | 'rounding'): number[] =>
    changes
      .filter((change) => change.kind === kind)
      .map(({ name }) => short.figures.changes[name].median);
  expect(Math.min(...sizes('mathematics'))).toBeGreaterThan(1e3 * Math.max(...sizes('rounding')));
});

test('float32 stands between: far above rounding in float64, far below another start', () => {
  const { float32, reversed, draw } = short.figures.changes;
  expect(float32.median).toBeGreaterThan(1e3 * reversed.median);
  expect(draw.median).toBeGreaterThan(1e3 * float32.median);
});

test('gradients were compared along every training by hand, and none disagrees', () => {
  const { compared, agreeing, disagreeing } = short.figures.gradients;
  expect(compared).toBeGreaterThanOrEqual(3 * (1 + changes.length - 2));
  expect(agreeing).toBeGreaterThan(0);
  expect(disagreeing).toBe(0);
});

test('unclamped logarithms in float32 at rate 5 break where the clamped loss is finite', async () => {
  const { unclamped } = await findBreaks({ ...context, seed: 5, seeds: [5] }, 1800);
  const [found] = unclamped;
  expect(found!.epoch).toBe(1671);
  expect(found!.gave).toBeNaN();
  expect(found!.before).toBeGreaterThan(0);
  expect(found!.clamped).toBeCloseTo(found!.before, 3);
});

test('in deep saturation PyTorch’s floor loses the gradient, and textbook operations overflow', () => {
  const { floorAt40, byHandAt720, tapeAt720 } = short.figures.saturation;
  expect(floorAt40).toBeCloseTo(-4.248e-6, 9);
  expect(byHandAt720).toBe(0);
  expect(tapeAt720).toBeNaN();
});

test('the whole is deterministic', async () => {
  const lengths = { ladder: 20, steep: 5 };
  const once = await measure({ ...context, seeds: [0] }, lengths);
  const twice = await measure({ ...context, seeds: [0] }, lengths);
  expect(twice.figures).toEqual(once.figures);
});

test('a figure outside its range is found out', () => {
  const outside = (
    figures: Measured['figures'],
    ladder = short.ladder,
    breaks = short.breaks,
  ): string[] =>
    statedFigures(figures, ladder, breaks)
      .filter((figure) => !isInside(figure))
      .map(({ what }) => what);
  const before = outside(short.figures);
  const drifting = { ...short.figures, drift: { automatic: 1e-3, reversed: 1e-15 } };
  expect(outside(drifting).length).toBe(before.length + 2);
  const adjusted = { ...short.figures, graph: { ...short.figures.graph, differing: 1 } };
  expect(outside(adjusted).length).toBe(before.length + 1);
  const { own } = short.breaks;
  const verdicts = new Map([...own.along.verdicts, ['disagrees', 1] as const]);
  const wrong = { ...own, along: { ...own.along, compared: own.along.compared + 1, verdicts } };
  expect(outside(short.figures, short.ladder, { ...short.breaks, own: wrong }).length).toBe(
    before.length + 1,
  );
  const withRung = (name: ChangeName, of: (rung: Rung) => Partial<Rung>): Measured['ladder'] => ({
    ...short.ladder,
    rungs: short.ladder.rungs.map((rung) =>
      rung.change.name === name ? { ...rung, ...of(rung) } : rung,
    ),
  });
  // A single bit, of the page's own seed or of another.
  const ownBit = withRung('tape', ({ ownEffect }) => ({
    ownEffect: { ...ownEffect, lossOnTheWay: 1e-17 },
  }));
  const otherBit = withRung('tape', ({ effects: [first, second] }) => ({
    effects: [first!, { ...second!, lossOnTheWay: 1e-17 }],
  }));
  for (const ladder of [ownBit, otherBit]) {
    expect(outside(short.figures, ladder).length).toBe(before.length + 1);
  }
});

test.each(['reversed', 'shuffled', 'tape-textbook', 'clamped', 'float32'] as const)(
  'that %s changes nothing at all is found out',
  (name) => {
    const rungs = short.ladder.rungs.map((rung) =>
      rung.change.name === name
        ? { ...rung, ownEffect: { loss: 0, lossOnTheWay: 0, score: 0, params: 0 } }
        : rung,
    );
    const figure = ({ rungs: of }: Measured['ladder']) =>
      statedFigures(short.figures, { ...short.ladder, rungs: of }, short.breaks).find(
        ({ what }) =>
          what === `largest |Δ loss| on the way: ${rungOf(short.ladder, name).change.says}`,
      )!;
    expect(isInside(figure(short.ladder))).toBe(true);
    expect(isInside(figure({ ...short.ladder, rungs }))).toBe(false);
  },
);

test('the other seeds’ trainings are theirs, of the base and of every change', async () => {
  const of = async (change: Rung['change'] | null) => {
    const base = { ...baseTraining(1), epochs: 100 };
    return (await outcomeOf(change ? change.of(base, 1) : base)).losses;
  };
  expect(short.ladder.bases[1]!.losses).toEqual(await of(null));
  for (const { change, outcomes } of short.ladder.rungs) {
    expect(outcomes[1]!.losses).toEqual(await of(change));
  }
  const [first, second] = short.breaks.unclamped;
  expect(second).toMatchObject({ seed: 1 });
  expect(second!.before).not.toBe(first!.before);
});

test('a drift is the largest on the way of the rung that has its name', () => {
  const largest = (name: ChangeName) =>
    Math.max(...driftOf(rungOf(short.ladder, name).own, short.ladder.base).params);
  expect(short.figures.drift).toEqual({
    automatic: largest('tape-textbook'),
    reversed: largest('reversed'),
  });
  expect(largest('reversed')).not.toBe(largest('tape-textbook'));
});

test('the tapes compared are those of the first epoch and of the last', () => {
  const { losses } = short.ladder.base.outcome;
  const [first, last] = short.figures.graph.losses;
  expect(first).toBeCloseTo(losses[0]!, 14);
  expect(last).toBeCloseTo(losses.at(-1)!, 14);
  expect(first).toBeGreaterThan(last);
});

const pageOf = (figures: Measured['figures']): string =>
  renderMarkdown(resultOf(context, { ...short, figures }).report, { charts: 'charts' });

test('the score with the mistake stands where the mistake is named', () => {
  const changed = { ...short.figures.changes.mistake, medianScore: 0.111 };
  const page = pageOf({
    ...short.figures,
    base: { ...short.figures.base, medianScore: 0.999 },
    changes: { ...short.figures.changes, mistake: changed },
  });
  expect(page).toContain('median dev accuracy is 0.111, without the mistake 0.999');
});

test('the largest difference is that of all trainings, and what was not resolved is told', () => {
  const { compared, agreeing, unresolved, disagreeing, worst } = short.figures.gradients;
  expect(agreeing + unresolved + disagreeing).toBe(compared);
  const all = alongs(short.ladder, short.breaks).map(({ along }) => along.worst);
  expect(worst).toBe(Math.max(...all));
  expect(worst).toBeGreaterThan(short.ladder.base.along.worst);
  const gradients = { ...short.figures.gradients, unresolved: 7 };
  expect(pageOf({ ...short.figures, gradients })).toContain('in 7 rounding leaves too little');
});

test('where formulas by hand were not the slower ones the answer does not say so', () => {
  const answerAt = (textbook: number): string => {
    const { workloads, batches } = short.figures.speed!;
    const [first, ...rest] = workloads;
    const ratios = { ...first!.ratios, 'manual-textbook': textbook, 'tape-fused': 1 };
    return pageOf({
      ...short.figures,
      speed: { batches, workloads: [{ ...first!, ratios }, ...rest] },
    });
  };
  expect(answerAt(2)).toContain('took them for engines');
  expect(answerAt(0.9)).not.toContain('took them for engines');
  expect(answerAt(0.9)).toContain('. Formulas by hand, symbol by symbol, take 0.900×');
});

// To renew it after a change that is meant: npx vitest run test/experiments/custom-or-automatic.test.ts -u
test('every figure is as recorded, but for speed, which a bench measures', async () => {
  const figures = { ...short.figures, speed: null };
  const stated = statedFigures(figures, short.ladder, short.breaks).map(
    ({ what, value, seeds }) => ({ what, value, seeds }),
  );
  const inWords = (_: string, value: unknown): unknown =>
    typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;
  await expect(
    `${JSON.stringify({ figures, stated, breaks: short.breaks.unclamped }, inWords, 2)}\n`,
  ).toMatchFileSnapshot('../fixtures/experiments/custom-or-automatic.json');
});

test('the answer is at most 200 words, and says what the figures say', () => {
  const page = renderMarkdown(resultOf(context, short).report, { charts: 'charts' });
  const answer = /## What to see\n\n([\s\S]*?)\n\n##/.exec(page)![1]!;
  expect(answer.split(/\s+/).length).toBeLessThanOrEqual(200);
  const { workloads } = short.figures.speed!;
  const engine = workloads.map(({ ratios }) => ratios['tape-fused']);
  expect(answer).toContain(`${ratio(Math.min(...engine))} to ${ratio(Math.max(...engine))}`);
  expect(answer).toContain(`${short.figures.gradients.disagreeing} disagree`);
});

test('without a recorded speed the page says how to get one', () => {
  const figures = { ...short.figures, speed: null };
  const page = renderMarkdown(resultOf(context, { ...short, figures }).report);
  expect(page).toContain('npm run bench');
  expect(page).not.toContain('undefined');
  expect(page).not.toContain('NaN×');
});

test('a graph that did change would be told', () => {
  const figures = { ...short.figures, graph: { ...short.figures.graph, differing: 4 } };
  const page = renderMarkdown(resultOf(context, { ...short, figures }).report);
  expect(page).toContain('✓ holds | The tapes');
  expect(page).toContain('4 of 29 nodes differ');
});

test('ELU takes as many lines as the page says', () => {
  const lines = (file: string, from: RegExp, to: RegExp): number => {
    const all = readFileSync(file, 'utf8').split('\n');
    const first = all.findIndex((line) => from.test(line));
    return all.slice(first).findIndex((line) => to.test(line)) + 1;
  };
  const byHand = 'src/gradients/manual/textbook/layers.ts';
  expect(lines(byHand, /^export const elu/, /^};/)).toBe(ELU_LINES.byHand);
  const automatic = 'src/gradients/tape/compositions.ts';
  expect(lines(automatic, /elu: .*expm1/, /,$/)).toBe(ELU_LINES.automatic);
});
