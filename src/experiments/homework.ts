import { agreed, measureAgreement } from '../check/agreement.ts';
import type { Verdict } from '../check/verdict.ts';
import { fused } from '../gradients/manual/fused.ts';
import { manualMethod } from '../gradients/manual/method.ts';
import type { LayerRule } from '../gradients/manual/rule.ts';
import type { GradientMethod } from '../gradients/method.ts';
import { methods } from '../gradients/methods.ts';
import type { Batch } from '../model/batch.ts';
import { type Model, mlp } from '../model/model.ts';
import { matrixOf } from '../numeric/matrix.ts';
import { type Params, zeroParams } from '../params/params.ts';
import { formatNumber } from '../report/format.ts';
import { type Block, heading, number, paragraph, text, verdict } from '../report/report.ts';
import { descend } from './descend.ts';
import type { StatedFigure } from './stated-figure.ts';
import { rises } from './statistics.ts';

/**
 * The course's exercise of backpropagation: 2-2-2 with sigmoids and without biases, one sample,
 * ½Σ(o − y)², rate 1. h₁ = σ(w₁x₁ + w₃x₂), h₂ = σ(w₂x₁ + w₄x₂), o₁ = σ(w₅h₁ + w₇h₂),
 * o₂ = σ(w₆h₁ + w₈h₂). The copied formula is that of, for one, bcxiaobai.eu.org/post/11874.html.
 */
export interface HomeworkFigures {
  /** ∂w₁ … ∂w₈ at the start. */
  readonly right: readonly number[];
  readonly automatic: readonly number[];
  readonly copied: readonly number[];
  /** The loss before any step, and after 1, 10, 100 and 1,000. */
  readonly rightLosses: readonly number[];
  readonly automaticLosses: readonly number[];
  readonly copiedLosses: readonly number[];
  /** Steps after which the copied formula's loss is not below that before. */
  readonly copiedRises: number;
  /** What the check says of the copied formula at the start, and of by hand against the tape. */
  readonly copiedVerdict: Verdict;
  readonly engines: 'agree' | 'do not agree';
}

const STEPS = 1000;
const SHOWN = [0, 1, 10, 100, STEPS];

/** Of the exercise's loss. Ours is Σ, not ½Σ: twice the gradient at half the rate, the same steps. */
const RATE = 1;
const HALF = 0.5;

const model: Model = mlp([2, 2, 2], { bias: false, loss: { kind: 'mse', reduction: 'sum' } });

const batch: Batch = { inputs: matrixOf([[0.5, 0.3]]), targets: matrixOf([[0.23, -0.07]]) };

/** Where w₁ … w₈ stand in the flat values: weights are [out, in]. */
const PLACES = [0, 2, 1, 3, 4, 6, 5, 7];
const START = [0.2, -0.4, 0.5, 0.6, 0.1, -0.5, -0.3, 0.8];

const start = (): Params => {
  const params = zeroParams(model.layout);
  PLACES.forEach((place, w) => {
    params.values[place] = START[w]!;
  });
  return params;
};

/**
 * dhⱼ = Σₖ ∂W₂[k,j] where Σₖ δₖ W₂[k,j] is right: the weight gradients of the layer above stand in
 * for deltas times weights, as in ∂w₁ = (∂w₅ + ∂w₆) h₁(1 − h₁) x₁.
 */
const copiedLinear: LayerRule<'linear'> = (site) => {
  const { kernels: k, dx, parameter } = site;
  const { forward, backward } = fused.layers.linear(site);
  return {
    forward,
    backward() {
      backward();
      if (dx) k.sumTo(dx, parameter('weight').gradient);
    },
  };
};

const copiedFormula: GradientMethod = manualMethod('copied-formula', {
  ...fused,
  layers: { ...fused.layers, linear: copiedLinear },
});

export async function homework(): Promise<HomeworkFigures> {
  const [byHand, byTape] = [methods['manual-fused'], methods['tape-textbook']];
  const right = await solve(byHand);
  const automatic = await solve(byTape);
  const copied = await solve(copiedFormula);
  const judged = await measureAgreement(model, start(), batch, [byHand, copiedFormula]);
  const losses = (all: readonly number[]): number[] => SHOWN.map((step) => all[step]!);
  return {
    right: right.first,
    automatic: automatic.first,
    copied: copied.first,
    rightLosses: losses(right.losses),
    automaticLosses: losses(automatic.losses),
    copiedLosses: losses(copied.losses),
    copiedRises: rises(copied.losses),
    copiedVerdict: judged.cells[0]!.comparison.verdict, // two methods that answered: one pair
    engines: agreed(await measureAgreement(model, start(), batch, [byHand, byTape]))
      ? 'agree'
      : 'do not agree',
  };
}

/** The exercise's losses before each step and after the last, and its gradient at the start. */
async function solve(
  method: GradientMethod,
): Promise<{ readonly losses: readonly number[]; readonly first: readonly number[] }> {
  let first: number[] = [];
  const { losses } = await descend(
    // One more: a loss is that before its step.
    {
      model,
      split: { train: batch },
      params: start(),
      learningRate: RATE * HALF,
      epochs: STEPS + 1,
    },
    method,
    {
      onEpoch: ({ epoch, grads }) => {
        if (epoch === 0) first = PLACES.map((place) => HALF * grads.values[place]!);
      },
    },
  );
  return { losses: losses.map((loss) => HALF * loss), first };
}

export const homeworkStated = ({
  rightLosses,
  copiedLosses,
  right,
  copied,
}: HomeworkFigures): StatedFigure[] => [
  {
    what: 'homework: loss after 1,000 steps, right formula',
    value: rightLosses.at(-1)!,
    over: 'all seeds',
    stated: [0.00315, 0.00325],
  },
  {
    what: 'homework: loss after 1,000 steps, copied formula',
    value: copiedLosses.at(-1)!,
    over: 'all seeds',
    stated: [0.00465, 0.00475],
  },
  {
    what: 'homework: weights whose gradient the copied formula turns round',
    value: copied.filter((g, w) => Math.sign(g) !== Math.sign(right[w]!)).length,
    over: 'all seeds',
    stated: [2, 2],
    format: 'count',
  },
];

export const homeworkBlocks = (figures: HomeworkFigures): Block[] => [
  heading(3, 'The homework'),
  paragraph(
    'For results that differ greatly the material points to a homework of the same course. As that exercise is commonly published it is a 2-2-2 network with sigmoids and no biases, ' +
      'eight given weights, one sample, ½Σ(o − y)², rate 1: nothing in it is drawn. ' +
      'A solution by hand that is widely copied has ∂w₁ = (∂w₅ + ∂w₆)·h₁(1 − h₁)·x₁, where ∂w₁ = (δ₁w₅ + δ₂w₆)·h₁(1 − h₁)·x₁ is right: ' +
      'it adds up weight gradients of the layer above where their deltas, times the weights, belong. Whether the author used it, the material does not say.',
  ),
  {
    kind: 'table',
    name: 'homeworkGradients',
    columns: [
      { key: 'way', title: 'gradient at the start', align: 'left' },
      ...START.map((_, w) => ({ key: `w${w + 1}`, title: `∂w${w + 1}`, align: 'right' as const })),
      { key: 'verdict', title: 'check', align: 'left' },
    ],
    rows: [
      [text('by hand'), ...figures.right.map((g) => number(g, 'significant')), engines(figures)],
      [
        text('automatic'),
        ...figures.automatic.map((g) => number(g, 'significant')),
        engines(figures),
      ],
      [
        text('copied formula'),
        ...figures.copied.map((g) => number(g, 'significant')),
        verdict(figures.copiedVerdict, figures.copiedVerdict === 'agrees' ? 'good' : 'bad'),
      ],
    ],
  },
  {
    kind: 'table',
    name: 'homeworkLosses',
    columns: [
      { key: 'way', title: 'loss after steps', align: 'left' },
      ...SHOWN.map((step) => ({
        key: `step${step}`,
        title: formatNumber(step, 'count'),
        align: 'right' as const,
      })),
    ],
    rows: [
      [text('by hand'), ...figures.rightLosses.map((loss) => number(loss, 'significant'))],
      [text('automatic'), ...figures.automaticLosses.map((loss) => number(loss, 'significant'))],
      [text('copied formula'), ...figures.copiedLosses.map((loss) => number(loss, 'significant'))],
    ],
  },
  paragraph(
    figures.copiedRises === 0
      ? 'The copied formula’s loss falls at every single step. That a loss falls is no proof of a gradient; holding it against another computation is.'
      : `The copied formula’s loss fails to fall at ${figures.copiedRises} of ${STEPS} steps.`,
  ),
];

const engines = ({ engines: found }: HomeworkFigures): ReturnType<typeof verdict> =>
  verdict(found, found === 'agree' ? 'good' : 'bad');
