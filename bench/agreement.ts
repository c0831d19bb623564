import type { GradientMethod } from '../src/gradients/method.ts';
import { methods } from '../src/gradients/methods.ts';
import type { Recorded } from '../src/gradients/pytorch/recorded.ts';
import { type Block, heading, number, paragraph, text, verdict } from '../src/report/report.ts';
import { type CaseResult, measureCase } from './agreement/measure.ts';
import { isWrong, type PairSummary, summarisePairs } from './agreement/pairs.ts';
import { casesOf } from './agreement/problems.ts';
import { recordedWorkloads } from './agreement/recorded.ts';
import {
  deadEntries,
  errorChart,
  isEngine,
  lossDifferences,
  lossTable,
  pairDetails,
  pairMatrix,
  unsupportedTable,
} from './agreement/tables.ts';
import type { Section } from './section.ts';

/** What the summary says of agreement. */
export interface AgreementFigures {
  /** Comparisons of two methods on one problem: made, agreeing, undecided. */
  readonly comparisons: number;
  readonly agreeing: number;
  readonly unresolved: number;
  /** Ways to compute a gradient that were compared. */
  readonly ways: number;
  /** Between hand-derived and automatic engines in float64: the largest error over its tolerance. */
  readonly manualAgainstTape: number;
  /** The largest relative difference of a loss among manual, tape and PyTorch, float64. */
  readonly loss: number;
  readonly torch: string;
}

/** What is held against each other. */
export interface Contestants {
  readonly methods: readonly GradientMethod[];
  readonly recorded: () => Promise<readonly Recorded[]>;
}

/** How far the losses of manual, tape and PyTorch may differ in float64, as a share. */
const LOSS_LIMIT = 1e-14;

/** Whether these methods agree, how exactly, and on what. */
export const agreementOf = (contestants: Contestants): Section<AgreementFigures> => ({
  name: 'agreement',
  run: async ({ quick, workloads, seed, header, progress }) => {
    const recorded = await contestants.recorded();
    const cases = casesOf(workloads, quick, seed);
    const results: CaseResult[] = [];
    for (const [i, c] of cases.entries()) {
      progress(i / cases.length, `agreement: ${c.name}`);
      results.push(await measureCase(c, recorded, contestants.methods));
    }
    progress(1, 'agreement');

    const double = results.filter((r) => r.case.problem.dtype === 'float64');
    const single = results.filter((r) => r.case.problem.dtype === 'float32');
    const pairs = summarisePairs(double);
    const figures = figuresOf(results, double, pairs, recorded);
    const refused = results.flatMap(({ rows }) =>
      rows.flatMap((row) => (row.kind === 'refused' && isWrong(row.verdict) ? [row] : [])),
    );
    const { comparisons, agreeing, unresolved } = figures;
    const wrong = comparisons - agreeing - unresolved;
    const counts = `${agreeing} of ${comparisons} comparisons agree, ${unresolved} unresolved, ${wrong} disagree`;
    return {
      ok: comparisons > 0 && wrong === 0 && refused.length === 0 && isOneLoss(figures),
      headline: [
        counts,
        ...refused.map(({ method, verdict, why }) => `${method} ${verdict}: ${why}`),
        ...(isOneLoss(figures) ? [] : [`losses differ by ${figures.loss} of their size`]),
      ],
      figures,
      report: {
        title: 'Agreement',
        quick,
        header: [...header, { name: 'PyTorch values', value: figures.torch }],
        blocks: [
          paragraph(`${counts}, float32 among them.`),
          ...blocks(results, double, single, pairs, figures),
        ],
      },
    };
  },
});

/** Written so that NaN is not. */
const isOneLoss = ({ loss }: AgreementFigures): boolean => loss <= LOSS_LIMIT;

/** Every method of the project, and PyTorch. */
export const agreement: Section<AgreementFigures> = agreementOf({
  methods: Object.values(methods),
  recorded: recordedWorkloads,
});

function figuresOf(
  results: readonly CaseResult[],
  double: readonly CaseResult[],
  pairs: readonly PairSummary[],
  recorded: readonly Recorded[],
): AgreementFigures {
  const verdicts = results.flatMap((r) => r.pairs.map(({ verdict }) => verdict));
  const engines = pairs.filter(({ a, b }) => a.startsWith('manual') && /^(tape|replay)/.test(b));
  const losses = double
    .flatMap(lossDifferences)
    .filter(({ method }) => isEngine(method) || method === 'pytorch');
  return {
    comparisons: verdicts.length,
    agreeing: verdicts.filter((verdict) => verdict === 'agrees').length,
    unresolved: verdicts.filter((verdict) => verdict === 'unresolved').length,
    ways: new Set(pairs.flatMap(({ a, b }) => [a, b])).size,
    manualAgainstTape: Math.max(...engines.map(({ worst }) => worst.normalised)),
    loss: Math.max(...losses.map(({ relative }) => relative)),
    torch: recorded[0]?.torch ?? 'none recorded',
  };
}

const blocks = (
  results: readonly CaseResult[],
  double: readonly CaseResult[],
  single: readonly CaseResult[],
  pairs: readonly PairSummary[],
  figures: AgreementFigures,
): Block[] => [
  paragraph(
    'Every two methods on every problem below, in float64. The number is the largest error of the loss and of any output or gradient entry, by parameters and inputs, over its tolerance: 1 is the limit, and far below 1 is normal, since a tolerance is 64 standard deviations of the rounding that both ways of computing may show.',
  ),
  pairMatrix(pairs),
  ...deadEntries(double),
  errorChart(double),
  heading(2, 'The largest error beside its tolerance'),
  paragraph(
    'Tolerances are derived, not chosen: a variance is carried beside the forward and the backward pass, layer by layer. `caught from` is the smallest error in a single entry that the comparison could not have missed, as a share of the norm of the gradient. Where a tolerance could hide an error of a millionth of what it is for (of a tenth in float32), nothing can be judged and the verdict is `unresolved`. ULP are counted over the gradients only, in the last place of the double; they have no bound where terms cancel, and are for information. A comparison noted as `sampled` is that of PyTorch on W4: the loss, all outputs, 2,000 entries and 64 projections of the gradient; `flat` is a gradient no larger than its tolerance, `kink` one that rounding may take to the other branch of a ReLU, `varies` one that differs from call to call.',
  ),
  pairDetails(pairs),
  heading(2, 'Losses first'),
  paragraph(
    'Two gradients are only worth comparing if they belong to one loss. Each column is the largest relative difference from manual-fused. Oracles are complex step, finite differences, symbolic and exact.',
  ),
  lossTable(double),
  lossCheck(figures),
  heading(2, 'float32'),
  paragraph('The six engines in float32, judged by tolerances for its unit roundoff.'),
  pairDetails(summarisePairs(single)),
  heading(2, 'Why agreement means something'),
  paragraph(
    'Two methods that share a wrong kernel agree on the wrong answer. What each method shares with the others:',
  ),
  independence,
  heading(2, 'What was not compared'),
  paragraph(
    'A method that cannot do a problem says so; what would take too long is left out by name.',
  ),
  unsupportedTable(results),
];

const lossCheck = (figures: AgreementFigures): Block => ({
  kind: 'table',
  name: 'lossCheck',
  columns: [
    { key: 'check', title: 'check', align: 'left' },
    { key: 'measured', title: 'measured', align: 'right' },
    { key: 'limit', title: 'limit', align: 'right' },
    { key: 'verdict', title: '', align: 'left' },
  ],
  rows: [
    [
      text('largest relative difference of a loss among manual, tape and PyTorch, float64'),
      number(figures.loss, 'scientific'),
      number(LOSS_LIMIT, 'scientific'),
      isOneLoss(figures) ? verdict('met', 'good') : verdict('falls short', 'bad'),
    ],
  ],
});

const independence: Block = {
  kind: 'table',
  name: 'independence',
  columns: [
    { key: 'method', title: 'method', align: 'left' },
    { key: 'forward', title: 'forward', align: 'left' },
    { key: 'derivative', title: 'derivative', align: 'left' },
    { key: 'kernels', title: 'kernels', align: 'left' },
  ],
  rows: [
    ['manual', 'its own', 'explicit formulas', 'the fast ones; copies in and out as the tape'],
    [
      'tape, replay',
      'its own, in primitives',
      'pullbacks',
      'the fast ones; copies in and out as manual',
    ],
    ['finite differences', 'the definition, doubles', 'none', 'none'],
    ['complex step', 'the definition, complex numbers', "the elementary functions' own", 'none'],
    ['symbolic', 'the definition, expressions', 'mathjs, on the whole network', 'none'],
    [
      'exact',
      'the definition, decimals',
      'mathjs, layer by layer; held against differences',
      'none',
    ],
    ['PyTorch', "PyTorch's", "PyTorch's", "PyTorch's"],
  ].map((row) => row.map((content) => ({ kind: 'text', text: content }))),
};
