import type { AnswerFacts, Cause, Times } from './facts.ts';
import { type Phrasing, PUZZLE, STARTS } from './phrasing.ts';

/** At most 200 words, without jargon; true whatever was measured. */
export const english: Phrasing = {
  title: 'By hand or automatic: which gradient is faster, which is right?',
  other: '[中文](README.zh-CN.md)',
  answer: (facts) => [
    `**Which is right?** ${rightness(facts)} ` +
      `By hand, automatically and in PyTorch, losses differ by [at most ${facts.loss}](agreement.md#losses-first) of their size. ` +
      `Against a many-digit reference, the typical entry by hand is off by [${facts.ulps} units of its last digit](accuracy.md).`,
    `**Which is faster?** On batches of 32 to 640 samples, doing the same in large pieces, the automatic way takes [${range(facts.tape)}](${PUZZLE}) as long as formulas by hand; recorded once and repeated, [${range(facts.replay)}](${PUZZLE}).`,
    `**Then why was yours slower?** ${facts.slowerByHand ? '' : `Measured here, [it was not](${PUZZLE}). `}Formulas typed symbol by symbol cut a step into small pieces: [${facts.calls.manual}, against ${facts.calls.tape}](${PUZZLE}) large ones, on the material's network. ` +
      `Typed like that, gradients by hand take [${times(facts.puzzle)}](${PUZZLE}) as long there as automatic ones in large pieces; on the largest network, [${times(facts.puzzleOnLargest)}](${PUZZLE}). ` +
      `One change at a time, on the material's: automatic instead of by hand, [${times(facts.engine)}](${PUZZLE}); in small pieces, [${times(facts.pieces)}](${PUZZLE})${facts.cause ? `: ${CAUSES[facts.cause]}` : ''}.`,
  ],
  reports: {
    heading: 'The reports',
    items: [
      '[agreement.md](agreement.md): every two ways to differentiate, on every network, one number a pair.',
      '[speed.md](speed.md): what each way costs, and why the author of the material measured the opposite of what he expected.',
      '[accuracy.md](accuracy.md): how many digits each way gets right, and how symbolic derivatives swell.',
      '[experiments](experiments/README.md): every experiment of the material, run both ways.',
      '[material.md](material.md): what the material claims, and what its code does.',
    ],
    written:
      'The first three, and this page, are written by `npm run bench`; running it again changes only what was measured. The others are written by `npx backproof experiment run --all`.',
  },
  figures: {
    heading: 'The figures of the answer',
    columns: ['what', 'measured'],
    agreeing: 'comparisons that agree',
    comparisons: 'comparisons made',
    loss: 'largest relative difference of a loss',
    manualAgainstTape: 'largest error of automatic against by hand, over its tolerance',
    ulps: 'error of gradients by hand, median, in units of the last place',
    engine: 'automatic ÷ by hand, same pieces',
    puzzle: 'by hand in small pieces ÷ automatic in large ones',
  },
};

const times = (ratio: Times): string => (ratio === null ? 'not comparably' : `${ratio} times`);
const range = ([low, high]: readonly [Times, Times]): string =>
  low === null ? times(null) : `${low} to ${times(high)}`;

const CAUSES: { readonly [C in Cause]: string } = {
  'pieces-cost': 'the pieces cost, not who derived the formula',
  'pieces-pay': 'the pieces pay, not who derived the formula',
  engine: 'it matters who derived the formula, not the pieces',
  both: 'both matter',
};

/** What the comparisons say of the ways to differentiate. */
function rightness({ agreement, wrong }: AnswerFacts): string {
  const { comparisons, agreeing, unresolved, ways } = agreement;
  if (wrong > 0) {
    return `Not all that was compared: [${wrong} of ${comparisons} comparisons](agreement.md) of ${ways} ways to compute gradients disagree.`;
  }
  const open = unresolved === 0 ? '' : `; ${unresolved} remain undecided`;
  return (
    `Both, if the formulas are: in [${agreeing} of ${comparisons} comparisons](agreement.md) of ${ways} ways to compute them, gradients agree as closely as rounding allows${open}. ` +
    `Very different results come from [different starts](${STARTS}) or wrong formulas: differentiation is not the reason.`
  );
}
