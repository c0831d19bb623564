import type { VanishingFigures } from './figures.ts';

/** What a reader should take from the page; every number is computed. */
export function seeItems({
  seeds,
  cases,
  changeInEpochs,
  weightsSpread,
}: VanishingFigures): readonly string[] {
  const { small, unit, default: usual } = cases;
  return [
    `**Both the activation and the weights shrink the gradient, and here the weights more.** With sigmoids and small weights it loses ${lost(small.sigmoid.decades.all)} powers of ten from the last layer to the first: ` +
      `${lost(small.sigmoid.decades.slopes)} through the slopes and ${lost(small.sigmoid.decades.weights)} through the weights. ` +
      'The slope of a sigmoid is never above 1/4, and 0.197 at 1, where the biases put every unit here: four such factors are that part.',
    `**ReLU gives back the slopes’ part and no more.** Its slope is 1 at this start, so it loses nothing there, but still ${lost(small.relu.decades.all)} powers of ten in all. With such weights the gradient vanishes with ReLU too: it “eases” the problem, as the material says, and does not solve it.`,
    `**Larger weights help more than the other activation.** With N(0, 1) in place of N(0, 0.01²), and nothing else changed, the sigmoid network loses ${lost(unit.sigmoid.decades.all)}, and ReLU ${lost(unit.relu.decades.all)}; with PyTorch’s default the sigmoid loses ${lost(usual.sigmoid.decades.all)}, of which ${lost(usual.sigmoid.decades.slopes)} are the slopes’.`,
    `**What the material ran is PyTorch’s default.** There ReLU loses ${lost(usual.relu.decades.all)} on average, but in ${usual.relu.seedsWithZero} of ${seeds} seeds some layer’s gradient is exactly 0: no way back passes through active units only ([dying ReLU](dying-relu.md)). That every layer has a gradient once the activation is ReLU does not hold in those.`,
    `**What the material prints cannot show any of this.** From layer to layer the norms of the weights differ by a factor of ${weightsSpread.toFixed(1)} at most, and before the first update they are the same for both activations, since they are the start itself.`,
    `The text announces one round of training and the code runs ten; it matters little: from the first epoch to the last, the gradient’s norm changes by a factor of ${changeInEpochs.toFixed(1)} at most in any layer, against the powers of ten between layers.`,
  ];
}

/** Powers of ten, as a loss. */
const lost = (decades: number): string => (-decades).toFixed(1);
