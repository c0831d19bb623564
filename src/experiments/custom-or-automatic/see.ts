import { sci, sig, times } from '../../report/format.ts';
import type { CustomOrAutomaticFigures } from './figures.ts';
import { matrixClassRatio, puzzleRatio } from './speed-blocks.ts';

/** The answer to the closing question, an item a part of it. */
export const answer = (figures: CustomOrAutomaticFigures): string[] => [
  right(figures),
  different(figures),
  faster(figures),
];

const right = ({ gradients, drift }: CustomOrAutomaticFigures): string =>
  `**Which is right? Both.** They are one derivative: of ${gradients.compared} comparisons ${gradients.agreeing} agree and ${gradients.disagreeing} disagree; in ${gradients.unresolved} rounding leaves too little to judge by. ` +
  `Trained apart, no parameter differs by more than ${sci(drift.automatic)}; merely reversing the batch moves one by ${sci(drift.reversed)}.`;

const different = ({ changes, homework }: CustomOrAutomaticFigures): string =>
  '**Why did results differ? Start or formula, never the engine.** ' +
  `Another draw of the start moves parameters by ${sig(changes.draw.medianParams)}, the loss by ${sig(changes.draw.medianOnTheWay)} on the way and ${sig(changes.draw.median)} at the end; another engine with the same operations, by ${sig(changes.tape.highest)}. ` +
  `A forgotten factor moves the final loss by ${sig(changes.mistake.median)}, a sum for a mean by ${sig(changes.sum.median)}. The homework has a given start, but a widely copied formula for it is wrong and ends at ${sig(homework.copiedLosses.at(-1)!)} for ${sig(homework.rightLosses.at(-1)!)}.`;

function faster({ speed }: CustomOrAutomaticFigures): string {
  const question = '**Which is faster?** ';
  if (!speed) return `${question}Not recorded here: see the section on speed.`;
  const { workloads, batches } = speed;
  const [material] = workloads;
  const engine = workloads.map(({ ratios }) => ratios['tape-fused']);
  const one = batches.find(({ rows }) => rows === 1);
  const [symbols, matrices] = [puzzleRatio(material!), matrixClassRatio(material!)];
  return (
    `${question}With the same operations the tape takes ${times(Math.min(...engine))} to ${times(Math.max(...engine))} the time of the formulas by hand${one ? `, ${times(one.tape)} on a single sample` : ''}. ` +
    `${symbols > 1 ? 'But formulas' : 'Formulas'} by hand, symbol by symbol, take ${times(symbols)} the time of a tape of fused operations (2-5-1), in a textbook Matrix class ${times(matrices)}. ` +
    (symbols > 1
      ? 'Each operation is a pass over memory, and a framework brings few and fast ones: most likely the author compared operations, and took them for engines.'
      : 'Measured here, small operations do not make formulas slower than a tape: why the author’s were stays open.')
  );
}
