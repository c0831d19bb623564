import type { Random } from '../../numeric/random.ts';
import { type BasePoint, inOrder, linearInto } from './base-point.ts';
import { branchesAt, isKinked } from './branches.ts';
import type { DifferencedGradient } from './contract.ts';
import type { Network, Stage } from './network.ts';
import { pointwiseInPlace } from './pointwise.ts';
import type { RoundingErrors } from './rounding-errors.ts';
import type { Deltas } from './shift.ts';
import { lossNoise } from './sweep.ts';

/** Parameters of each slot that are shifted, all at once. */
const CHOSEN = 64;
/** Unrelated steps: a kink within one of them is outside the next. */
const STEPS = [3.1e-4, 1.7e-5, 8.3e-7] as const;
/** Two contradict: one may have a kink in its way. */
const CONTRADICTIONS = 2;
/** As in `ladder`. */
const SAFETY = 3;
/** A difference blunter than this share of what is to be seen decides nothing. */
const SHARP = 1e-3;

/**
 * Is the gradient that the sweep and its contraction give that of the loss? For each linear layer one
 * direction through 64 random weights and as many biases: the whole batch is computed again from
 * there, without shifted units, with each branch as it falls, and differenced. Samples with a kink
 * that is undecided or within the step are left out. Says what contradicts, or null.
 */
export function slopesContradicted(
  network: Network,
  base: BasePoint,
  gradient: DifferencedGradient,
  deltas: readonly Deltas[],
  { kinks, sampleLoss }: Pick<RoundingErrors, 'kinks' | 'sampleLoss'>,
  random: Random,
): string | null {
  const noise = lossNoise(base, sampleLoss).reduce((sum, v) => sum + v, 0);
  const undecided = new Set<number>();
  for (const { layer, element } of kinks) {
    undecided.add(Math.floor(element / (base.branches[layer]!.length / network.rows)));
  }
  for (const [s, stage] of network.stages.entries()) {
    const direction = randomDirection(stage, random);
    const moves = movesAlong(network, base, s, direction);
    let against = '';
    let count = 0;
    let confirmed = false;
    for (const step of STEPS) {
      const left = new Set(undecided);
      const { slope, bar } = rawSlope(network, base, s, moves, step, left, noise);
      const claimed = along(network, base, s, direction, gradient, deltas[s]!, left);
      if (!(bar <= SHARP * claimed.size)) continue;
      if (Math.abs(slope - claimed.slope) <= bar + claimed.bar) confirmed = true;
      else {
        count++;
        against = `${stage.name}: raw differences along 64 random parameters a slot give ${slope} ± ${bar}, the sweep ${claimed.slope} ± ${claimed.bar}`;
      }
      if (confirmed) break;
    }
    if (!confirmed && count >= CONTRADICTIONS) return against;
  }
  return null;
}

/** Chosen parameters of a stage, by index in its weight and its bias, and how far each moves. */
interface Direction {
  readonly weights: readonly { readonly index: number; readonly by: number }[];
  readonly biases: readonly { readonly index: number; readonly by: number }[];
}

function randomDirection(stage: Stage, random: Random): Direction {
  const choose = (size: number): { index: number; by: number }[] =>
    Array.from({ length: Math.min(CHOSEN, size) }, () => ({
      index: random.integer(size),
      by: random.normal(),
    }));
  return { weights: choose(stage.weight.length), biases: stage.bias ? choose(stage.out) : [] };
}

/** The summed loss's slope that the gradient claims, without the undecided samples' share. */
function along(
  network: Network,
  base: BasePoint,
  s: number,
  direction: Direction,
  { value, bar }: DifferencedGradient,
  deltas: Deltas,
  undecided: ReadonlySet<number>,
): { slope: number; bar: number; size: number } {
  const stage = network.stages[s]!;
  const a = base.entering[s]!;
  let slope = 0;
  let uncertainty = 0;
  let squares = 0;
  const add = (entry: number, by: number, unit: number, input: number | null): void => {
    let claimed = value[entry]! * network.divisor;
    for (const n of undecided) {
      claimed -=
        deltas.value[n * stage.out + unit]! * (input === null ? 1 : a[n * stage.in + input]!);
    }
    slope += by * claimed;
    uncertainty += Math.abs(by) * bar[entry]! * network.divisor;
    squares += (by * claimed) ** 2;
  };
  for (const { index, by } of direction.weights) {
    add(stage.weightOffset + index, by, Math.floor(index / stage.in), index % stage.in);
  }
  for (const { index, by } of direction.biases) add(stage.biasOffset + index, by, index, null);
  return { slope, bar: uncertainty, size: Math.sqrt(squares) };
}

/** How far the direction takes a stage's pre-activations a unit of it: [rows, out]. */
function movesAlong(
  { rows, stages }: Network,
  base: BasePoint,
  s: number,
  { weights, biases }: Direction,
): Float64Array {
  const { in: width, out } = stages[s]!;
  const a = base.entering[s]!;
  const moves = new Float64Array(rows * out);
  for (let n = 0; n < rows; n++) {
    for (const { index, by } of weights) {
      moves[n * out + Math.floor(index / width)]! += by * a[n * width + (index % width)]!;
    }
    for (const { index, by } of biases) moves[n * out + index]! += by;
  }
  return moves;
}

/** The summed loss's slope without the samples in `left`, which those with a kink in their way join. */
function rawSlope(
  network: Network,
  base: BasePoint,
  s: number,
  moves: Float64Array,
  step: number,
  left: Set<number>,
  noise: number,
): { slope: number; bar: number } {
  const [up, down] = [step, -step].map((by) => rawLosses(network, base, s, moves, by, left));
  const [above, below] = [step / 2, -step / 2].map((by) =>
    rawLosses(network, base, s, moves, by, new Set()),
  );
  const sum = (losses: Float64Array): number =>
    losses.reduce((total, f, n) => (left.has(n) ? total : total + f), 0);
  const coarse = (sum(up!) - sum(down!)) / (2 * step);
  const fine = (sum(above!) - sum(below!)) / step;
  const slope = (4 * fine - coarse) / 3;
  return { slope, bar: SAFETY * (Math.abs(fine - coarse) + (4 * noise) / step) };
}

/**
 * Each sample's loss with a stage's pre-activations moved, all above from there, every branch as it
 * falls. Samples in which one falls otherwise join `crossing`: a kink lies in their way.
 */
function rawLosses(
  network: Network,
  base: BasePoint,
  s: number,
  moves: Float64Array,
  by: number,
  crossing: Set<number>,
): Float64Array {
  const { rows, stages } = network;
  const order = inOrder(rows);
  const from = base.z[s]!;
  let z = moves.map((move, i) => from[i]! + by * move);
  for (let k = s; k < stages.length; k++) {
    const { after, out: cols } = stages[k]!;
    for (const step of after) {
      const above = isKinked(step) ? branchesAt(z, []) : null;
      if (above) addCrossing(crossing, above, base.branches[step.layer]!, cols);
      pointwiseInPlace(step.spec, z, rows, cols, above, order);
    }
    const next = stages[k + 1];
    if (!next) break;
    const y = new Float64Array(rows * next.out);
    linearInto(y, z, rows, next);
    z = y;
  }
  const losses = new Float64Array(rows);
  base.losses(losses, z, rows, order);
  return losses;
}

/** Adds the samples, one a row, that differ in a branch. */
function addCrossing(into: Set<number>, a: Uint8Array, b: Uint8Array, cols: number): void {
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) into.add(Math.floor(i / cols));
}
