import type { Recorded } from '../src/gradients/pytorch/recorded.ts';
import { type Block, heading, paragraph } from '../src/report/report.ts';
import { type CaseResult, measureCase } from './agreement/measure.ts';
import { isWrong, type PairSummary, summarisePairs } from './agreement/pairs.ts';
import { casesOf } from './agreement/problems.ts';
import { recordedWorkloads } from './agreement/recorded.ts';
import {
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
  /** Between hand-derived and automatic engines in float64: the largest error over its tolerance. */
  readonly manualAgainstTape: number;
  /** The largest relative difference of a loss among manual, tape and PyTorch, float64. */
  readonly loss: number;
  readonly torch: string;
}

/** Whether the methods agree, how exactly, and on what. */
export const agreement: Section<AgreementFigures> = {
  name: 'agreement',
  run: async ({ quick, workloads, seed, header, progress }) => {
    const recorded = await recordedWorkloads();
    const cases = casesOf(workloads, quick, seed);
    const results: CaseResult[] = [];
    for (const [i, c] of cases.entries()) {
      progress(i / cases.length, `agreement: ${c.name}`);
      results.push(await measureCase(c, recorded));
    }
    progress(1, 'agreement');

    const double = results.filter((r) => r.case.problem.dtype === 'float64');
    const single = results.filter((r) => r.case.problem.dtype === 'float32');
    const pairs = summarisePairs(double);
    const figures = figuresOf(results, double, pairs, recorded);
    const refused = results.flatMap(({ rows }) =>
      rows.filter((row) => row.kind === 'refused' && isWrong(row.verdict)),
    );
    const wrong = figures.comparisons - figures.agreeing - figures.unresolved;
    return {
      ok: wrong === 0 && refused.length === 0,
      headline: [
        `${figures.agreeing} of ${figures.comparisons} comparisons agree, ${wrong} disagree, ${figures.unresolved} unresolved`,
      ],
      figures,
      report: {
        title: 'Agreement',
        quick,
        header: [...header, { name: 'PyTorch values', value: figures.torch }],
        blocks: blocks(results, double, single, pairs),
      },
    };
  },
};

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
): Block[] => [
  paragraph(
    'Every two methods on every problem below, in float64. The number is the largest error of any output or gradient entry over the tolerance of that entry: 1 is the limit, and far below 1 is normal, since a tolerance is 64 standard deviations of the rounding that both ways of computing may show.',
  ),
  pairMatrix(pairs),
  errorChart(double),
  heading(2, 'The largest error beside its tolerance'),
  paragraph(
    'Tolerances are derived, not chosen: a variance is carried beside the forward and the backward pass, layer by layer. `caught from` is the smallest error in a single entry that the comparison could not have missed, as a share of the norm of the gradient. ULP are counted in the last place of the double and have no bound where terms cancel; they are for information. PyTorch on W4 is compared on 2,000 entries and 64 projections.',
  ),
  pairDetails(pairs),
  heading(2, 'Losses first'),
  paragraph(
    'Two gradients are only worth comparing if they belong to one loss. Each column is the largest relative difference from manual-fused. Oracles are complex step, finite differences, symbolic and exact.',
  ),
  lossTable(double),
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
    ['manual', 'its own', 'explicit formulas', 'the fast ones'],
    ['tape, replay', 'its own, in primitives', 'pullbacks', 'the fast ones'],
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
