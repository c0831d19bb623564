import { rules } from '../../gradients/tape/rules.ts';
import { count, sci, sig, times } from '../../report/format.ts';
import { type Block, text } from '../../report/report.ts';
import type { CustomOrAutomaticFigures } from './figures.ts';

/** Lines that ELU takes in the sources linked beside them; a test counts them. */
export const ELU_LINES = { byHand: 25, automatic: 1 } as const;

/** By hand and automatic in more than speed: each cell a figure, and where it is from. */
export function aspectsBlock(figures: CustomOrAutomaticFigures): Block {
  const { gradients, held, breaks, changes, drift, saturation } = figures;
  return {
    kind: 'table',
    name: 'aspects',
    columns: [
      { key: 'aspect', title: '', align: 'left' },
      { key: 'byHand', title: 'by hand', align: 'left' },
      { key: 'automatic', title: 'automatic', align: 'left' },
      { key: 'source', title: 'from', align: 'left' },
    ],
    rows: [
      ['speed', ...speedCells(figures), '[speed](../speed.md), W1, fused and textbook'],
      [
        'exactness',
        'exact but for rounding',
        `the same: at the same parameters, differences at most ${sig(gradients.worst)} of what rounding allows, in any training of this page; trained apart, within ${sci(drift.automatic)}`,
        'this page; [agreement](../agreement.md), where both agree with PyTorch too',
      ],
      [
        'memory held until the walk back',
        `${count(held['manual-fused'].forward)} numbers fused, ${count(held['manual-textbook'].forward)} textbook`,
        `${count(held['tape-fused'].forward)} fused, ${count(held['tape-textbook'].forward)} textbook`,
        'counted here, 2-5-1 on 640 samples',
      ],
      [
        'memory of the whole step',
        `${count(held['manual-fused'].step)} numbers fused, ${count(held['manual-textbook'].step)} textbook`,
        `${count(held['tape-fused'].step)} fused, ${count(held['tape-textbook'].step)} textbook`,
        'counted here, 2-5-1 on 640 samples',
      ],
      [
        'lines for a new layer, such as ELU, in textbook operations',
        `${ELU_LINES.byHand}, with a derivation to check`,
        `${ELU_LINES.automatic}, no derivative`,
        '[by hand](../../src/gradients/manual/textbook/layers.ts), [automatic](../../src/gradients/tape/compositions.ts)',
      ],
      [
        'ways to go wrong unseen',
        `a formula in every layer and loss: with a forgotten σ′ the median dev accuracy is ${sig(changes.mistake.medianScore)}, without the mistake ${sig(figures.base.medianScore)}`,
        `a pullback in each of ${count(Object.keys(rules).length)} operations, written once for all networks`,
        'this page; [silent mistakes](silent-mistakes.md)',
      ],
      [
        'stability',
        `as the formula is written: unclamped logarithms broke ${breaks.broken} of ${breaks.seeds} seeds`,
        `as the formula is written, too: differentiating 1/(1 + e⁻ᶻ) gives ${sig(saturation.tapeAt720)} at z = −720, by hand ${sig(saturation.byHandAt720)}; PyTorch’s floor gives ${sci(saturation.floorAt40)} at z = −40, y = 1, where −1 is right`,
        'this page',
      ],
    ].map((row) => row.map(text)),
  };
}

function speedCells({ speed }: CustomOrAutomaticFigures): [byHand: string, automatic: string] {
  if (!speed) return ['not recorded', 'not recorded'];
  const { ratios } = speed.workloads[0]!;
  return [
    `${times(ratios['manual-fused'])}, ${times(ratios['manual-textbook'])}`,
    `${times(ratios['tape-fused'])}, ${times(ratios['tape-textbook'])}`,
  ];
}
