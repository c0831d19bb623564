import { formatNumber } from '../../src/report/format.ts';
import type { WorkloadId } from '../../src/training/workloads.ts';
import type { AccuracyFigures } from '../accuracy.ts';
import type { AgreementFigures } from '../agreement.ts';
import type { SectionResult } from '../section.ts';
import { quotientOf, ratioOf, type WorkloadSpeed } from '../speed/data.ts';
import type { VariantName } from '../speed/variants.ts';
import type { SpeedFigures } from '../speed.ts';

/** The results that the answer rests on. */
export interface SummaryResults {
  readonly speed: SectionResult<SpeedFigures>;
  readonly agreement: SectionResult<AgreementFigures>;
  readonly accuracy: SectionResult<AccuracyFigures>;
}

/** A ratio of times as it is written, or null where rows could not be compared. */
export type Times = string | null;

/** What the answer says, before any language. */
export interface AnswerFacts {
  readonly agreement: AgreementFigures;
  /** Comparisons that neither agree nor are undecided. */
  readonly wrong: number;
  /** The largest relative difference of a loss. */
  readonly loss: string;
  /** The typical error by hand, in units of the last digit. */
  readonly ulps: string;
  /** Over the workloads, to manual-fused. */
  readonly tape: readonly [low: Times, high: Times];
  readonly replay: readonly [low: Times, high: Times];
  /** Kernel calls of a step of the material's network. */
  readonly calls: { readonly manual: string; readonly tape: string };
  /** By hand in small pieces ÷ automatic in large ones: the material's network, the largest one. */
  readonly puzzle: Times;
  readonly puzzleOnLargest: Times;
  /** Whether the author's measurement was repeated: the first of these is above 1. */
  readonly slowerByHand: boolean;
  /** One change at a time, on the material's network. */
  readonly engine: Times;
  readonly pieces: Times;
  readonly cause: Cause | null;
}

/** Which of the two changes the time more; null where that is not clear. */
export type Cause = 'pieces-cost' | 'pieces-pay' | 'engine' | 'both';

export function answerFacts({ speed, agreement, accuracy }: SummaryResults): AnswerFacts {
  const { workloads } = speed.figures;
  const { comparisons, agreeing, unresolved, loss } = agreement.figures;
  const on = (id: WorkloadId): WorkloadSpeed => workloads.find((w) => w.id === id)!; // all five ran
  const calls = (name: VariantName): string => String(on('W1').calls.get(name));
  const puzzle = (id: WorkloadId): number | null =>
    quotientOf(on(id), 'manual-textbook', 'tape-fused');
  const engine = ratioOf(on('W1'), 'tape-fused');
  const pieces = ratioOf(on('W1'), 'manual-textbook');
  return {
    agreement: agreement.figures,
    wrong: comparisons - agreeing - unresolved,
    loss: formatNumber(loss, 'scientific'),
    ulps: formatNumber(accuracy.figures.manualMedianUlps, 'significant'),
    tape: range(workloads.map((w) => ratioOf(w, 'tape-fused'))),
    replay: range(workloads.map((w) => ratioOf(w, 'replay-fused'))),
    calls: { manual: calls('manual-textbook'), tape: calls('tape-fused') },
    puzzle: times(puzzle('W1')),
    puzzleOnLargest: times(puzzle('W4')),
    slowerByHand: (puzzle('W1') ?? 0) > 1,
    engine: times(engine),
    pieces: times(pieces),
    cause: causeOf(engine, pieces),
  };
}

const times = (ratio: number | null): Times =>
  ratio === null ? null : formatNumber(ratio, 'significant');

function range(ratios: readonly (number | null)[]): readonly [Times, Times] {
  const found = ratios.filter((ratio) => ratio !== null);
  if (found.length === 0) return [null, null];
  return [times(Math.min(...found)), times(Math.max(...found))];
}

function causeOf(engine: number | null, pieces: number | null): Cause | null {
  if (engine === null || pieces === null) return null;
  const [byEngine, byPieces] = [Math.abs(Math.log(engine)), Math.abs(Math.log(pieces))];
  // Twice as much, to be told from the scatter of a measurement.
  if (byPieces > 2 * byEngine) return pieces > 1 ? 'pieces-cost' : 'pieces-pay';
  return byEngine > 2 * byPieces ? 'engine' : 'both';
}
