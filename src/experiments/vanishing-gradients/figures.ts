import { type Decades, meanDecades } from '../backward-decades.ts';
import { LAYERS, type PerLayer } from '../five-layer.ts';
import { median } from '../statistics.ts';
import type { RecordedNorms, TorchNorms } from '../torch-norms.ts';
import { type Case, caseOf, HIDDEN, type HiddenName, type VanishingStart } from './measure.ts';

/** Norms and decades of one start and activation, at the first epoch. */
export interface VanishingCase {
  /** L2 norms of the weights' gradients, first layer to last: of the page's seed. */
  readonly own: PerLayer;
  /** Medians over the seeds. */
  readonly median: PerLayer;
  readonly ownDecades: Decades;
  /** Means over the seeds in which no layer's gradient is exactly 0. */
  readonly decades: Decades;
  /** In how many seeds some layer's gradient is exactly 0. */
  readonly seedsWithZero: number;
  /** L2 norms of the weights, which the material's code prints: medians over the seeds. */
  readonly weights: PerLayer;
  /** The same gradients in PyTorch; null where they were not recorded. */
  readonly torch: TorchNorms | null;
}

/** What becomes of the gradient on its way back, by start and activation. */
export interface VanishingFigures {
  readonly seeds: number;
  /** Of how many seeds PyTorch's medians are, and of how many those whose range it gives. */
  readonly torch: { readonly seeds: number; readonly drawn: number } | null;
  readonly cases: {
    readonly [S in VanishingStart]: { readonly [H in HiddenName]: VanishingCase };
  };
  /** The largest factor by which a gradient's norm changes in the ten epochs of the page's seed, small start. */
  readonly changeInEpochs: number;
  /** By how many powers of ten the first layer's gradient is below the last's in the last epoch of the page's seed, small start. */
  readonly lostInLastEpoch: { readonly [H in HiddenName]: number };
  /** The largest factor between the weights' norms of two layers, of any start: of the medians. */
  readonly weightsSpread: number;
}

export function vanishingFigures(
  cases: readonly Case[],
  torch: RecordedNorms | null,
): VanishingFigures {
  const figures = (start: VanishingStart, hidden: HiddenName): VanishingCase =>
    caseFigures(caseOf(cases, start, hidden), torch?.of(start, hidden) ?? null);
  const of = (start: VanishingStart): { readonly [H in HiddenName]: VanishingCase } => ({
    sigmoid: figures(start, 'sigmoid'),
    relu: figures(start, 'relu'),
  });
  const byStart = { small: of('small'), unit: of('unit'), default: of('default') };
  return {
    seeds: cases[0]!.others.length,
    torch: torch && { seeds: torch.seeds, drawn: torch.drawn },
    cases: byStart,
    changeInEpochs: Math.max(...HIDDEN.map((hidden) => change(caseOf(cases, 'small', hidden)))),
    lostInLastEpoch: {
      sigmoid: lostAtEnd(caseOf(cases, 'small', 'sigmoid')),
      relu: lostAtEnd(caseOf(cases, 'small', 'relu')),
    },
    weightsSpread: Math.max(
      ...Object.values(byStart).map(
        ({ sigmoid: { weights } }) => Math.max(...weights) / Math.min(...weights),
      ),
    ),
  };
}

const caseFigures = ({ own, others }: Case, torch: TorchNorms | null): VanishingCase => ({
  own: own.grads[0]!,
  median: medians(others.map(({ grads }) => grads[0]!)),
  ownDecades: own.decades,
  decades: meanDecades(others.map(({ decades }) => decades)),
  seedsWithZero: others.filter(({ grads }) => grads[0]!.includes(0)).length,
  weights: medians(others.map(({ weights }) => weights[0]!)),
  torch,
});

/** Layer by layer. */
const medians = (of: readonly PerLayer[]): PerLayer =>
  LAYERS.map((_, i) => median(of.map((norms) => norms[i]!)));

function change({ own: { grads } }: Case): number {
  const [first, last] = [grads[0]!, grads.at(-1)!];
  return Math.max(...first.map((norm, i) => Math.max(last[i]! / norm, norm / last[i]!)));
}

function lostAtEnd({ own: { grads } }: Case): number {
  const last = grads.at(-1)!;
  return Math.log10(last.at(-1)! / last[0]!);
}
