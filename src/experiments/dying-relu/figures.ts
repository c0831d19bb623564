import { type Decades, meanDecades } from '../backward-decades.ts';
import { LAYERS, type PerLayer } from '../five-layer.ts';
import { median, rises, sum } from '../statistics.ts';
import type { RecordedNorms, TorchNorms } from '../torch-norms.ts';
import { CASES, type DyingCaseName, HIDDEN_PARAMETERS, UNITS_A_LAYER } from './cases.ts';
import { type CaseResult, resultOf, type Trained } from './measure.ts';
import type { Revivals } from './revivals.ts';

/** One activation and start. */
export interface DyingCaseFigures {
  /** L2 norms of the weights' gradients in the first epoch: of the page's seed. */
  readonly own: PerLayer;
  /** Medians over the seeds. */
  readonly median: PerLayer;
  /** Powers of ten from the last layer to the first: means over the seeds without a gradient of 0. */
  readonly decades: Decades;
  readonly seedsWithZero: number;
  /** The same norms in PyTorch; null where they were not recorded. */
  readonly torch: TorchNorms | null;
  /** The page's seed's training; null where only the first epoch was run. */
  readonly training: DyingTraining | null;
}

export interface DyingTraining {
  readonly epochs: number;
  /** The largest |change| of a weight or bias, first layer to last. */
  readonly moves: PerLayer;
  /** Parameters of the hidden layers, of `DyingFigures.hiddenParameters`, of which some bit changed. */
  readonly changed: number;
  readonly outputBias: { readonly grad: number; readonly last: number };
  readonly loss: { readonly first: number; readonly last: number };
  /** Epochs at which the loss did not fall. */
  readonly rises: number;
  readonly score: number;
}

/** What biases of −8 do to five layers of ReLU, and what its variants change. */
export interface DyingFigures {
  readonly seeds: number;
  /** Of how many seeds PyTorch's medians are, and of how many those whose range it gives. */
  readonly torch: { readonly seeds: number; readonly drawn: number } | null;
  readonly hiddenParameters: number;
  readonly cases: { readonly [C in DyingCaseName]: DyingCaseFigures };
  /** Units active for no training point at PyTorch's default start, over the seeds. */
  readonly deadAtDefault: {
    readonly meanUnits: number;
    readonly seedsWithOne: number;
    readonly seedsWithLayer: number;
  };
  readonly revivals: Revivals;
  /** By how many powers of ten the first layer's gradient of Leaky ReLU 0.01 at biases −8 is below that of the default start: medians. */
  readonly leakyBelowDefault: number;
}

export function dyingFigures(
  results: readonly CaseResult[],
  revivals: Revivals,
  torch: RecordedNorms | null,
): DyingFigures {
  const entries = CASES.map(({ name, start, hidden }) => {
    const inTorch = torch?.of(start, hidden) ?? null;
    return [name, caseFigures(resultOf(results, name), inTorch)] as const;
  });
  // `CASES` has each name once.
  const cases = Object.fromEntries(entries) as { [C in DyingCaseName]: DyingCaseFigures };
  const atDefault = resultOf(results, 'default-relu').firstEpochs;
  const dead = atDefault.map(({ deadUnits }) => deadUnits);
  return {
    seeds: atDefault.length,
    torch: torch && { seeds: torch.seeds, drawn: torch.drawn },
    hiddenParameters: HIDDEN_PARAMETERS,
    cases,
    deadAtDefault: {
      meanUnits: sum(dead.flat()) / dead.length,
      seedsWithOne: dead.filter((layers) => layers.some((units) => units > 0)).length,
      seedsWithLayer: dead.filter((layers) => layers.includes(UNITS_A_LAYER)).length,
    },
    revivals,
    leakyBelowDefault: Math.log10(
      cases['default-leaky-0.01'].median[0]! / cases['leaky-0.01'].median[0]!,
    ),
  };
}

const caseFigures = (
  { case: of, own, firstEpochs }: CaseResult,
  torch: TorchNorms | null,
): DyingCaseFigures => ({
  own: own.grads,
  median: LAYERS.map((_, i) => median(firstEpochs.map(({ grads }) => grads[i]!))),
  decades: meanDecades(firstEpochs.map(({ decades }) => decades)),
  seedsWithZero: firstEpochs.filter(({ grads }) => grads.includes(0)).length,
  torch,
  training: of.trains === 'none' ? null : training(own),
});

const training = (own: Trained): DyingTraining => ({
  epochs: own.losses.length,
  moves: own.moves,
  changed: own.changed,
  outputBias: { grad: own.outputBiasGrad, last: own.outputBias },
  loss: { first: own.losses[0]!, last: own.losses.at(-1)! },
  rises: rises(own.losses),
  score: own.score,
});
