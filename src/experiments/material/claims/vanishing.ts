import type { VanishingStart } from '../../vanishing-gradients/measure.ts';
import { isAscending } from '../ascending.ts';
import { type Claim, judged } from '../claim.ts';
import { list, sig } from '../write.ts';
import { firstOverLast, STARTS } from './starts.ts';

/** Section 2.2.3: what the material reads from its figure of gradients. */
export const vanishingClaims: readonly Claim[] = [
  {
    id: 'shrinks-at-each-layer',
    section: '2.2.3',
    says: {
      en: 'With sigmoids the gradient shrinks at every layer that it passes.',
      zh: '使用 Sigmoid 时，梯度经过每一层都会不断衰减。',
    },
    source: 'vanishing-gradients',
    judge({ figures: { 'vanishing-gradients': vanishing } }) {
      const shrinks = (start: VanishingStart): boolean =>
        isAscending(vanishing.cases[start].sigmoid.median);
      const { small, default: usual } = vanishing.cases;
      return judged({
        holds: STARTS.every(shrinks),
        onlyIf: {
          isMet: shrinks('small'),
          en: 'the weights are as small as the text announces',
          zh: '权重像文中所说的那样小',
        },
        evidence: {
          en: `Medians, first layer to last: ${list(small.sigmoid.median)} from N(0, 0.01²); ${list(usual.sigmoid.median)} from PyTorch’s default, on which the code ran.`,
          zh: `中位数，首层到末层：N(0, 0.01²) 为 ${list(small.sigmoid.median)}；代码实际所用的 PyTorch 默认值为 ${list(usual.sigmoid.median)}。`,
        },
      });
    },
  },
  {
    id: 'nothing-left',
    section: '2.2.3',
    says: {
      en: 'In the first layer the gradient has vanished almost entirely.',
      zh: '传递到第一个神经层时，梯度几乎完全消失。',
    },
    source: 'vanishing-gradients',
    judge({ figures: { 'vanishing-gradients': vanishing } }) {
      const [small, usual] = (['small', 'default'] as const).map((start) =>
        firstOverLast(vanishing.cases[start].sigmoid.median),
      );
      return judged({
        holds: small! < HARDLY_ANY && usual! < HARDLY_ANY,
        onlyIf: {
          isMet: small! < HARDLY_ANY,
          en: 'the weights are as small as the text announces; the code’s own are not',
          zh: '权重像文中所说的那样小；代码实际的权重并不小',
        },
        evidence: {
          en: `First layer over last: ${sig(small!)} from N(0, 0.01²), ${sig(usual!)} from PyTorch’s default.`,
          zh: `首层与末层之比：N(0, 0.01²) 为 ${sig(small!)}，PyTorch 默认为 ${sig(usual!)}。`,
        },
      });
    },
  },
  {
    id: 'relu-eases',
    section: '2.2.3',
    says: {
      en: 'With ReLU instead, vanishing is eased.',
      zh: '改为 ReLU 后，梯度消失现象得到了缓解。',
    },
    source: 'vanishing-gradients',
    judge({ figures: { 'vanishing-gradients': vanishing } }) {
      const [sigmoid, relu] = (['sigmoid', 'relu'] as const).map((hidden) =>
        STARTS.map((start) => firstOverLast(vanishing.cases[start][hidden].median)),
      );
      return judged({
        holds: relu!.every((ratio, i) => ratio > sigmoid![i]!),
        evidence: {
          en: `First layer over last, medians, from N(0, 0.01²), N(0, 1) and PyTorch’s default: sigmoid ${list(sigmoid!)}; ReLU ${list(relu!)}.`,
          zh: `首层与末层之比（中位数），依次为 N(0, 0.01²)、N(0, 1)、PyTorch 默认：sigmoid ${list(sigmoid!)}；ReLU ${list(relu!)}。`,
        },
      });
    },
  },
  {
    id: 'every-layer-has-gradient',
    section: '2.2.3',
    says: {
      en: 'With ReLU every layer’s parameters have a gradient.',
      zh: '改为 ReLU 后，每一层的参数都具有梯度值。',
    },
    source: 'vanishing-gradients',
    judge({
      figures: {
        'vanishing-gradients': { cases, seeds },
      },
    }) {
      const zero = STARTS.map((start) => cases[start].relu.seedsWithZero);
      return judged({
        holds: zero.every((found) => found === 0),
        onlyIf: {
          isMet: zero.some((found) => found === 0),
          en: 'the start leaves no layer dead',
          zh: '初始值没有使某一层整层死亡',
        },
        evidence: {
          en: `Seeds of ${seeds} in which some layer’s gradient is exactly 0: ${zero[0]} from N(0, 0.01²) with biases 1, ${zero[1]} from N(0, 1) with biases 1, ${zero[2]} from PyTorch’s default, on which the code ran.`,
          zh: `${seeds} 个种子中某一层梯度恰为 0 的：N(0, 0.01²)、偏置 1 有 ${zero[0]} 个，N(0, 1)、偏置 1 有 ${zero[1]} 个，代码实际所用的 PyTorch 默认值有 ${zero[2]} 个。`,
        },
      });
    },
  },
];

/** Of a gradient, “almost entirely vanished”: a millionth is left. */
const HARDLY_ANY = 1e-6;
