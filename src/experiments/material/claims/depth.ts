import { factorOf } from '../../backward-decades.ts';
import type { VanishingCase, VanishingFigures } from '../../vanishing-gradients/figures.ts';
import type { VanishingStart } from '../../vanishing-gradients/measure.ts';
import { type Claim, judged } from '../claim.ts';
import { sig } from '../write.ts';
import { settingOf } from './setting-of.ts';
import { firstOverLast, STARTS } from './starts.ts';

/** Section 2.2: what depth does, why gradients vanish, and the remedy named. */
export const depthClaims: readonly Claim[] = [
  {
    id: 'deeper-fits-better',
    section: '2.2',
    says: {
      en: 'In theory a network fits the better the more layers it has.',
      zh: '随着网络层数增加，理论上拟合能力越来越好。',
    },
    source: 'three-layer',
    judge({ figures: { 'three-layer': three } }) {
      const fitsBetter = (rate: number): number => {
        const shallow = settingOf(three, '2-5-1', rate).seeds;
        const deep = settingOf(three, '2-5-3-1', rate).seeds;
        return deep.filter(({ trainLoss }, i) => trainLoss < shallow[i]!.trainLoss).length;
      };
      const { length } = settingOf(three, '2-5-1', 5).seeds;
      const [slow, fast] = [fitsBetter(0.2), fitsBetter(5)];
      return judged({
        holds: slow > length / 2 && fast > length / 2,
        onlyIf: {
          isMet: fast > length / 2,
          en: 'training gets that far: here, at rate 5',
          zh: '训练得足够充分（这里是学习率 5）',
        },
        evidence: {
          en: `2-5-3-1 has a lower training loss than 2-5-1 after 1,000 epochs for ${slow} of ${length} seeds at rate 0.2, for ${fast} at rate 5.`,
          zh: `1,000 轮后 2-5-3-1 的训练损失低于 2-5-1 的种子：学习率 0.2 时 ${length} 个中有 ${slow} 个，学习率 5 时有 ${fast} 个。`,
        },
      });
    },
  },
  {
    id: 'deeper-is-harder',
    section: '2.2',
    says: {
      en: 'A deeper network is harder to train, and its gradient easily vanishes.',
      zh: '网络变深，参数学习更加困难，容易出现梯度消失。',
    },
    source: 'vanishing-gradients',
    judge({ figures: { 'vanishing-gradients': vanishing, 'three-layer': three } }) {
      const shallow = settingOf(three, '2-5-1', 0.2).seeds;
      const deep = settingOf(three, '2-5-3-1', 0.2).seeds;
      const behind = deep.filter(({ trainLoss }, i) => trainLoss > shallow[i]!.trainLoss).length;
      const ratios = STARTS.map((start) => firstOverLast(vanishing.cases[start].sigmoid.median));
      return judged({
        holds: behind > deep.length / 2 && ratios.every((ratio) => ratio < 1),
        evidence: {
          en: `Gradient of the first layer over that of the fifth, sigmoids, medians: ${sig(ratios[0]!)} from N(0, 0.01²), ${sig(ratios[1]!)} from N(0, 1), ${sig(ratios[2]!)} from PyTorch’s default. With only one layer more, at rate 0.2, the training loss is behind for ${behind} of ${deep.length} seeds.`,
          zh: `sigmoid 网络首层与第五层的梯度之比（中位数）：N(0, 0.01²) 为 ${sig(ratios[0]!)}，N(0, 1) 为 ${sig(ratios[1]!)}，PyTorch 默认为 ${sig(ratios[2]!)}。只多一层、学习率 0.2 时，${deep.length} 个种子中有 ${behind} 个训练损失落后。`,
        },
      });
    },
  },
  {
    id: 'sigmoid-is-why',
    section: '2.2',
    says: {
      en: 'The reason is the sigmoid: where it saturates its slope is near 0, and the error shrinks.',
      zh: '原因是 Sigmoid 的饱和性：饱和区导数接近 0，误差逐层衰减。',
    },
    source: 'vanishing-gradients',
    judge({ figures: { 'vanishing-gradients': vanishing } }) {
      const [small, , usual] = STARTS.map((start) => vanishing.cases[start].sigmoid.decades);
      const byTheSlopes = ({ slopes, weights }: VanishingCase['decades']): boolean =>
        slopes < weights;
      return judged({
        holds: byTheSlopes(small!),
        onlyIf: {
          isMet: byTheSlopes(usual!),
          en: 'the weights are not small: from PyTorch’s default, not from the start that the text announces',
          zh: '权重不小（从 PyTorch 默认值开始是这样，按文中所说的初始值则不然）',
        },
        evidence: {
          en: `Powers of ten lost through the slopes and through the weights: ${lost(small!.slopes)} and ${lost(small!.weights)} from N(0, 0.01²), ${lost(usual!.slopes)} and ${lost(usual!.weights)} from PyTorch’s default. The slopes make each step ${sig(factorOf(small!.slopes / STEPS))} times as large in the first case; the largest slope that a sigmoid has is 0.25.`,
          zh: `损失的数量级（10 的幂），经激活函数的导数与经权重：N(0, 0.01²) 为 ${lost(small!.slopes)} 与 ${lost(small!.weights)}，PyTorch 默认为 ${lost(usual!.slopes)} 与 ${lost(usual!.weights)}。前一种情形下，导数使每一步变为 ${sig(factorOf(small!.slopes / STEPS))} 倍；sigmoid 的导数最大也只有 0.25。`,
        },
      });
    },
  },
  {
    id: 'relu-remedy',
    section: '2.2',
    says: {
      en: 'A simple and effective remedy is an activation with a larger slope, such as ReLU.',
      zh: '简单有效的办法是换用导数较大的激活函数，如 ReLU。',
    },
    source: 'vanishing-gradients',
    judge({ figures: { 'vanishing-gradients': vanishing } }) {
      // Effective: at least half of the powers of ten come back.
      const isEffective = (start: VanishingStart): boolean =>
        vanishing.cases[start].relu.decades.all > vanishing.cases[start].sigmoid.decades.all / 2;
      const lostBy = lostPowers(vanishing);
      return judged({
        holds: STARTS.every(isEffective),
        onlyIf: {
          isMet: isEffective('default'),
          en: 'the weights are not small: those shrink it as well',
          zh: '权重不小（小权重同样使梯度衰减）',
        },
        evidence: {
          en: `Powers of ten lost from the last layer to the first, sigmoid and ReLU: ${lostBy('small')} from N(0, 0.01²), ${lostBy('unit')} from N(0, 1), ${lostBy('default')} from PyTorch’s default.`,
          zh: `从末层到首层损失的数量级（10 的幂），sigmoid 与 ReLU：N(0, 0.01²) 为 ${lostBy('small')}，N(0, 1) 为 ${lostBy('unit')}，PyTorch 默认为 ${lostBy('default')}。`,
        },
      });
    },
  },
];

/** From the last layer of five to the first. */
const STEPS = 4;

const lost = (decades: number): string => (-decades).toFixed(1);

/** `10.2, 7.5`. */
const lostPowers =
  ({ cases }: VanishingFigures) =>
  (start: VanishingStart): string =>
    `${lost(cases[start].sigmoid.decades.all)}, ${lost(cases[start].relu.decades.all)}`;
