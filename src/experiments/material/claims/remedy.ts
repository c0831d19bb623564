import { type Claim, judged } from '../claim.ts';
import { count, sig } from '../write.ts';
import { isNormal, moves, trainingOf, type Variant } from './dying-moves.ts';

/**
 * Whether a variant of ReLU is a remedy: with the biases of −8 the first layer moves as it does from
 * a sound start; or at least from that start, where ReLU leaves layers without a gradient, it leaves none.
 */
export const isRemedy =
  (variant: Variant, name: string): Claim['judge'] =>
  ({ figures: { 'dying-relu': dying } }) => {
    const { cases, seeds } = dying;
    const relu = cases['default-relu'].seedsWithZero;
    const { seedsWithZero, median } = cases[`default-${variant}`];
    const { moved, usual } = moves(dying, variant);
    const epochs = count(trainingOf(dying, variant).epochs);
    const negative = cases[variant].median[0]!;
    return judged({
      holds: isNormal(moved, usual),
      onlyIf: {
        isMet: relu > 0 && seedsWithZero === 0,
        en: 'the start is a sound one, and only some units are dead',
        zh: '初始值本身合理，只有部分单元死亡',
      },
      evidence: {
        en: `From PyTorch’s default, seeds with a gradient of exactly 0: ReLU ${relu} of ${seeds}, ${name} ${seedsWithZero}. With biases of −8 the first layer’s gradient is ${sig(negative)} (from PyTorch’s default ${sig(median[0]!)}), and no parameter of it moves by more than ${sig(moved)} in ${epochs} epochs (${sig(usual)}).`,
        zh: `从 PyTorch 默认值开始，某层梯度恰为 0 的种子：ReLU ${seeds} 个中 ${relu} 个，${name} ${seedsWithZero} 个。偏置为 −8 时，首层梯度为 ${sig(negative)}（PyTorch 默认值为 ${sig(median[0]!)}），${epochs} 轮中首层参数的移动不超过 ${sig(moved)}（${sig(usual)}）。`,
      },
    });
  };
