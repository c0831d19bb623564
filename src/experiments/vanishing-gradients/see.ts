import { formatNumber } from '../../report/format.ts';
import { LAYERS } from '../five-layer.ts';
import type { VanishingFigures } from './figures.ts';
import { HIDDEN, STARTS } from './measure.ts';

/** What a reader should take from the page; every number is computed. */
export function seeItems(figures: VanishingFigures, seed: number): readonly string[] {
  const { seeds, cases, changeInEpochs, lostInLastEpoch, weightsSpread } = figures;
  const { small, unit, default: usual } = cases;
  return [
    `**Both the activation and the weights shrink the gradient, and here the weights more.** With sigmoids and small weights it loses ${lost(small.sigmoid.decades.all)} powers of ten from the last layer to the first: ` +
      `${lost(small.sigmoid.decades.slopes)} through the slopes and ${lost(small.sigmoid.decades.weights)} through the weights. ` +
      'The slope of a sigmoid is never above 1/4, and 0.197 at 1, where the biases put every unit here: four such factors are that part.',
    `**ReLU gives back the slopes’ part and no more.** Its slope is 1 at this start, so it loses nothing there, but still ${lost(small.relu.decades.all)} powers of ten in all. With such weights the gradient vanishes with ReLU too: it “eases” the problem, as the material says, and does not solve it.`,
    `**Larger weights help more than the other activation.** With N(0, 1) in place of N(0, 0.01²), and nothing else changed, the sigmoid network loses ${lost(unit.sigmoid.decades.all)}, and ReLU ${lost(unit.relu.decades.all)}; with PyTorch’s default the sigmoid loses ${lost(usual.sigmoid.decades.all)}, of which ${lost(usual.sigmoid.decades.slopes)} are the slopes’.`,
    `**What the material ran is PyTorch’s default.** There ReLU loses ${lost(usual.relu.decades.all)} on average, but in ${usual.relu.seedsWithZero} of ${seeds} seeds some layer’s gradient is exactly 0: no way back passes through active units only ([dying ReLU](dying-relu.md)). That every layer has a gradient once the activation is ReLU does not hold in those.`,
    `**What the material prints cannot show any of this.** From layer to layer the norms of the weights differ by a factor of ${weightsSpread.toFixed(1)} at most, and before the first update they are the same for both activations, since they are the start itself.`,
    `The text announces one round of training, and the code runs ten. From the first epoch to the last a layer’s gradient norm changes by a factor of ${changeInEpochs.toFixed(1)} at most (small start, seed ${seed}); in the last the first layer’s is ${lostInLastEpoch.sigmoid.toFixed(1)} powers of ten below the fifth’s with sigmoids, ${lostInLastEpoch.relu.toFixed(1)} with ReLU.`,
    ...asInTorch(figures),
  ];
}

/** How far these medians can be trusted: they are of few seeds. */
function asInTorch({ cases, torch }: VanishingFigures): readonly string[] {
  const first = cases.small.sigmoid.torch;
  if (!torch || !first) return [];
  const all = STARTS.flatMap((start) =>
    HIDDEN.flatMap((hidden) => {
      const { median, torch: of } = cases[start][hidden];
      if (!of) return [];
      return LAYERS.map((_, i) => median[i]! >= of.low[i]! && median[i]! <= of.high[i]!);
    }),
  );
  const last = LAYERS.length - 1;
  return [
    `PyTorch’s medians are of ${torch.seeds} seeds: other draws from the same distributions. A median of ${torch.drawn} depends on which ${torch.drawn} those are: ` +
      `with sigmoids and small weights, 99 of 100 such medians lie between ${write(first.low[0]!)} and ${write(first.high[0]!)} in the first layer, whose gradient has passed through four layers of random weights, and between ${write(first.low[last]!)} and ${write(first.high[last]!)} in the last. ` +
      `Of the ${all.length} medians of gradients above, ${all.filter((isThere) => isThere).length} lie where 99 of 100 of PyTorch’s do.`,
  ];
}

const write = (value: number): string => formatNumber(value, 'significant');

/** Powers of ten, as a loss. */
const lost = (decades: number): string => (-decades).toFixed(1);
