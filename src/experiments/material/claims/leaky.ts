import { isAscending } from '../ascending.ts';
import { type Claim, judged } from '../claim.ts';
import { count, list, sig } from '../write.ts';
import { isNormal, moves, NORMAL_DECADES, trainingOf } from './dying-moves.ts';

/** Sections 3.1 and 3.2: biases of −8, and Leaky ReLU. */
export const leakyClaims: readonly Claim[] = [
  {
    id: 'negative-bias-kills',
    section: '3.1',
    says: {
      en: 'Biases that are negative and large beside the weights make the outputs negative: ReLU dies.',
      zh: '偏置初始化为相对权重较大的负值时，输出为负，导致死亡 ReLU。',
    },
    source: 'dying-relu',
    judge({
      figures: {
        'dying-relu': { cases, seeds },
      },
    }) {
      const { seedsWithZero, median } = cases.relu;
      return judged({
        holds: seedsWithZero === seeds && median.every((norm) => norm === 0),
        evidence: {
          en: `Biases really −8: gradients of 0 in ${seedsWithZero} of ${seeds} seeds, in ${median.filter((norm) => norm === 0).length} of 5 layers. (In the material’s code \`b_init\` is never used.)`,
          zh: `偏置真为 −8：${seeds} 个种子中 ${seedsWithZero} 个出现 0 梯度，5 层中 ${median.filter((norm) => norm === 0).length} 层为 0。（原文代码中 \`b_init\` 从未生效。）`,
        },
      });
    },
  },
  {
    id: 'leaky-improves',
    section: '3.2',
    says: {
      en: 'With Leaky ReLU the problem of dead units is eased.',
      zh: '换成 Leaky ReLU 后，死亡 ReLU 问题得到了改善。',
    },
    source: 'dying-relu',
    judge({
      figures: {
        'dying-relu': { cases },
      },
    }) {
      const [relu, leaky] = [cases.relu, cases['leaky-0.01']];
      return judged({
        holds: leaky.seedsWithZero === 0 && leaky.median.every((norm, i) => norm > relu.median[i]!),
        evidence: {
          en: `Gradients with biases of −8, first layer to last, medians: ReLU ${list(relu.median)}; Leaky ReLU ${list(leaky.median)}.`,
          zh: `偏置为 −8 时的梯度，首层到末层（中位数）：ReLU ${list(relu.median)}；Leaky ReLU ${list(leaky.median)}。`,
        },
      });
    },
  },
  {
    id: 'gradients-normal',
    section: '3.2',
    says: {
      en: 'With Leaky ReLU gradients are back to normal.',
      zh: '换成 Leaky ReLU 后，梯度恢复正常。',
    },
    source: 'dying-relu',
    judge({
      figures: {
        'dying-relu': { leakyBelowDefault, cases },
      },
    }) {
      const [first, usual] = [cases['leaky-0.01'], cases['default-leaky-0.01']].map(
        ({ median }) => median[0]!,
      );
      return judged({
        holds: leakyBelowDefault < NORMAL_DECADES,
        evidence: {
          en: `The first layer’s is ${sig(first!)} with biases of −8, ${sig(usual!)} with the same activation from PyTorch’s default: ${leakyBelowDefault.toFixed(1)} powers of ten less.`,
          zh: `偏置为 −8 时首层为 ${sig(first!)}，同样的激活函数从 PyTorch 默认值开始为 ${sig(usual!)}，相差 ${leakyBelowDefault.toFixed(1)} 个数量级。`,
        },
      });
    },
  },
  {
    id: 'updates-normal',
    section: '3.2',
    says: {
      en: 'With Leaky ReLU parameters are updated normally, too.',
      zh: '换成 Leaky ReLU 后，参数也可以正常更新。',
    },
    source: 'dying-relu',
    judge({ figures: { 'dying-relu': dying } }) {
      const { moved, usual } = moves(dying, 'leaky-0.01');
      const single = trainingOf(dying, 'leaky-0.01-float32').changed;
      const epochs = count(trainingOf(dying, 'leaky-0.01').epochs);
      return judged({
        holds: isNormal(moved, usual),
        evidence: {
          en: `In ${epochs} epochs the first layer moves by ${sig(moved)}, from PyTorch’s default by ${sig(usual)}. In float32, which the material has, ${single} of ${dying.hiddenParameters} hidden parameters change at all.`,
          zh: `${epochs} 轮中首层移动 ${sig(moved)}，从 PyTorch 默认值开始则移动 ${sig(usual)}。在原文所用的 float32 中，${dying.hiddenParameters} 个隐藏层参数只有 ${single} 个有任何变化。`,
        },
      });
    },
  },
  {
    id: 'leaky-shrinks',
    section: '3.2',
    says: {
      en: 'Since the slope is only 0.01, the gradient gets smaller from layer to layer.',
      zh: '由于斜率只有 0.01，随着层数加深，梯度值越来越小。',
    },
    source: 'dying-relu',
    judge({
      figures: {
        'dying-relu': { cases },
      },
    }) {
      const { median, decades } = cases['leaky-0.01'];
      return judged({
        holds: isAscending(median) && decades.slopes < 0,
        evidence: {
          en: `First layer to last: ${list(median)}. Powers of ten lost through the slope: ${(-decades.slopes).toFixed(1)}; through the small weights, another ${(-decades.weights).toFixed(1)}.`,
          zh: `首层到末层：${list(median)}。经斜率损失 ${(-decades.slopes).toFixed(1)} 个数量级，经小权重又损失 ${(-decades.weights).toFixed(1)} 个。`,
        },
      });
    },
  },
  {
    id: 'larger-slope',
    section: '3.2',
    says: {
      en: 'If that is to improve, it is enough to make the slope larger.',
      zh: '想要改善这一现象，把斜率调大即可。',
    },
    source: 'dying-relu',
    judge({
      figures: {
        'dying-relu': { cases },
      },
    }) {
      const firsts = (['leaky-0.01', 'leaky-0.1', 'leaky-0.3', 'slope-1'] as const).map(
        (name) => cases[name].median[0]!,
      );
      const usual = cases['default-leaky-0.01'].median[0]!;
      return judged({
        holds: isAscending(firsts) && isNormal(firsts.at(-1)!, usual),
        onlyIf: {
          isMet: isAscending(firsts),
          en: '“improve” is all that is asked: the weights’ part stays',
          zh: '只求“改善”（权重造成的衰减仍在）',
        },
        evidence: {
          en: `The first layer’s gradient with slopes 0.01, 0.1, 0.3 and 1: ${list(firsts)}; from PyTorch’s default, with 0.01, ${sig(usual)}.`,
          zh: `斜率为 0.01、0.1、0.3、1 时的首层梯度：${list(firsts)}；PyTorch 默认值、斜率 0.01 时为 ${sig(usual)}。`,
        },
      });
    },
  },
];
