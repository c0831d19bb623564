import { formatNumber } from '../src/report/format.ts';
import { type Block, heading, number, paragraph, type Report, text } from '../src/report/report.ts';
import type { WorkloadId } from '../src/training/workloads.ts';
import type { AccuracyFigures } from './accuracy.ts';
import type { AgreementFigures } from './agreement.ts';
import type { SectionContext, SectionResult } from './section.ts';
import { quotientOf, ratioOf, type WorkloadSpeed } from './speed/data.ts';
import type { VariantName } from './speed/variants.ts';
import type { SpeedFigures } from './speed.ts';

/** The results that the answer rests on. */
export interface SummaryResults {
  readonly speed: SectionResult<SpeedFigures>;
  readonly agreement: SectionResult<AgreementFigures>;
  readonly accuracy: SectionResult<AccuracyFigures>;
}

/** The answer to the material's closing question; each sentence links the figure it rests on. */
export function summary(results: SummaryResults, { quick, header }: SectionContext): Report {
  return {
    title: 'By hand or automatic: which gradient is faster, which is right?',
    quick,
    header,
    blocks: [
      ...answer(results),
      heading(2, 'The reports'),
      {
        kind: 'list',
        items: [
          '[agreement.md](agreement.md): every two ways to differentiate, on every network, one number a pair.',
          '[speed.md](speed.md): what each way costs, and why the author of the material measured the opposite of what he expected.',
          '[accuracy.md](accuracy.md): how many digits each way gets right, and how symbolic derivatives swell.',
        ],
      },
      paragraph(
        'All of it is written by `npm run bench`; running it again changes only what was measured.',
      ),
      heading(2, 'The figures of the answer'),
      figures(results),
    ],
  };
}

const PUZZLE = 'speed.md#the-materials-puzzle';

/** At most 200 words, without jargon; true whatever was measured. */
function answer({ speed, agreement, accuracy }: SummaryResults): Block[] {
  const { workloads } = speed.figures;
  const { loss } = agreement.figures;
  const on = (id: WorkloadId): WorkloadSpeed => workloads.find((w) => w.id === id)!; // all five ran
  const times = (ratio: number | null): string =>
    ratio === null ? 'not comparably' : `${formatNumber(ratio, 'significant')} times`;
  const range = (f: (workload: WorkloadSpeed) => number | null): string => {
    const found = workloads.map(f).filter((ratio) => ratio !== null);
    if (found.length === 0) return times(null);
    const low = formatNumber(Math.min(...found), 'significant');
    return `${low} to ${times(Math.max(...found))}`;
  };
  const calls = (name: VariantName): string => String(on('W1').calls.get(name));
  const puzzle = (id: WorkloadId): number | null =>
    quotientOf(on(id), 'manual-textbook', 'tape-fused');
  const engine = ratioOf(on('W1'), 'tape-fused');
  const pieces = ratioOf(on('W1'), 'manual-textbook');
  return [
    paragraph(
      `**Which is right?** ${rightness(agreement.figures)} ` +
        `By hand, automatically and in PyTorch, losses differ by [at most ${formatNumber(loss, 'scientific')}](agreement.md#losses-first) of their size. ` +
        `Against a many-digit reference, the typical entry by hand is off by [${formatNumber(accuracy.figures.manualMedianUlps, 'significant')} units of its last digit](accuracy.md).`,
    ),
    paragraph(
      `**Which is faster?** On batches of 32 to 640 samples, doing the same in large pieces, the automatic way takes [${range((w) => ratioOf(w, 'tape-fused'))}](${PUZZLE}) as long as formulas by hand; recorded once and repeated, [${range((w) => ratioOf(w, 'replay-fused'))}](${PUZZLE}).`,
    ),
    paragraph(
      `**Then why was yours slower?** ${unlessSlower(puzzle('W1'))}Formulas typed symbol by symbol cut a step into small pieces: [${calls('manual-textbook')}, against ${calls('tape-fused')}](${PUZZLE}) large ones, on the material's network. ` +
        `Typed like that, gradients by hand take [${times(puzzle('W1'))}](${PUZZLE}) as long there as automatic ones in large pieces; on the largest network, [${times(puzzle('W4'))}](${PUZZLE}). ` +
        `One change at a time, on the material's: automatic instead of by hand, [${times(engine)}](${PUZZLE}); in small pieces, [${times(pieces)}](${PUZZLE})${cause(engine, pieces)}.`,
    ),
  ];
}

/** What the comparisons say of the ways to differentiate. */
function rightness({ comparisons, agreeing, unresolved, ways }: AgreementFigures): string {
  const wrong = comparisons - agreeing - unresolved;
  if (wrong > 0) {
    return `Not all that was compared: [${wrong} of ${comparisons} comparisons](agreement.md) of ${ways} ways to compute gradients disagree.`;
  }
  const open = unresolved === 0 ? '' : `; ${unresolved} remain undecided`;
  return (
    `Both, if the formulas are: in [${agreeing} of ${comparisons} comparisons](agreement.md) of ${ways} ways to compute them, gradients agree as closely as rounding allows${open}. ` +
    'So where two programs give very different results, [the way they differentiate](agreement.md) is not the reason.'
  );
}

/** What must be said first where the author's measurement was not repeated. */
const unlessSlower = (puzzle: number | null): string =>
  puzzle !== null && puzzle > 1 ? '' : `Measured here, [it was not](${PUZZLE}). `;

/** Which of the two changes the time more; nothing where that is not clear. */
function cause(engine: number | null, pieces: number | null): string {
  if (engine === null || pieces === null) return '';
  const [byEngine, byPieces] = [Math.abs(Math.log(engine)), Math.abs(Math.log(pieces))];
  // Twice as much, to be told from the scatter of a measurement.
  if (byPieces > 2 * byEngine) {
    return pieces > 1
      ? ': the pieces cost, not who derived the formula'
      : ': the pieces pay, not who derived the formula';
  }
  return byEngine > 2 * byPieces
    ? ': it matters who derived the formula, not the pieces'
    : ': both matter';
}

function figures({ speed, agreement, accuracy }: SummaryResults): Block {
  const pairs = speed.figures.workloads.flatMap((w) => {
    const ratio = ratioOf(w, 'tape-fused');
    const puzzle = quotientOf(w, 'manual-textbook', 'tape-fused');
    return [
      [text(`${w.id}: automatic ÷ by hand, same pieces`), number(ratio ?? Number.NaN, 'ratio')],
      [
        text(`${w.id}: by hand in small pieces ÷ automatic in large ones`),
        number(puzzle ?? Number.NaN, 'ratio'),
      ],
    ];
  });
  return {
    kind: 'table',
    name: 'figures',
    columns: [
      { key: 'what', title: 'what', align: 'left' },
      { key: 'value', title: 'measured', align: 'right' },
    ],
    rows: [
      [text('comparisons that agree'), number(agreement.figures.agreeing, 'count')],
      [text('comparisons made'), number(agreement.figures.comparisons, 'count')],
      [text('largest relative difference of a loss'), number(agreement.figures.loss, 'scientific')],
      [
        text('largest error of automatic against by hand, over its tolerance'),
        number(agreement.figures.manualAgainstTape, 'significant'),
      ],
      [
        text('error of gradients by hand, median, in units of the last place'),
        number(accuracy.figures.manualMedianUlps, 'significant'),
      ],
      ...pairs,
    ],
  };
}
