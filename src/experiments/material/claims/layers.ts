import { ELU_LINES } from '../../custom-or-automatic/aspects.ts';
import { byTorch, type Claim, judged } from '../claim.ts';
import { count } from '../write.ts';

/** Sections 1 to 1.2: ready-made layers, automatic gradients, the runner. */
export const layersClaims: readonly Claim[] = [
  {
    id: 'by-hand-error-prone',
    section: '1',
    says: {
      en: 'Working out every module’s gradient by hand is tedious and easy to get wrong.',
      zh: '每个模块都手工计算梯度，十分繁琐且容易出错。',
    },
    source: 'silent-mistakes',
    judge({ figures: { 'silent-mistakes': silent } }) {
      const { mistakes, fallsAtSome, normalAtSome } = silent;
      const { byHand, automatic } = ELU_LINES;
      return judged({
        holds: byHand > automatic && fallsAtSome > mistakes.length / 2 && normalAtSome > 0,
        evidence: {
          en: `Of ${mistakes.length} typical mistakes, the loss falls with ${fallsAtSome} all the same, and ${normalAtSome} look like a right training. ELU takes ${byHand} lines by hand, ${automatic} on the tape.`,
          zh: `${mistakes.length} 种典型错误中，损失照样下降的有 ${fallsAtSome} 种，训练看上去完全正常的有 ${normalAtSome} 种。ELU 手写要 ${byHand} 行，用自动梯度只要 ${automatic} 行。`,
        },
      });
    },
  },
  {
    id: 'no-need-to-derive',
    section: '1',
    says: {
      en: 'With automatic gradients one builds the model and need not compute gradients any more.',
      zh: '有了自动梯度，只需构建模型，不必再自己计算梯度。',
    },
    source: 'custom-or-automatic',
    judge({ figures: { 'custom-or-automatic': question } }) {
      const { compared, agreeing, disagreeing } = question.gradients;
      return judged({
        holds: agreeing > 0 && disagreeing === 0,
        evidence: {
          en: `Of ${count(compared)} comparisons with formulas by hand, ${count(agreeing)} agree and ${count(disagreeing)} disagree (the rest cannot be judged).`,
          zh: `与手推公式比较 ${count(compared)} 次：一致 ${count(agreeing)} 次，不一致 ${count(disagreeing)} 次（其余无法判断）。`,
        },
      });
    },
  },
  {
    id: 'extra-dimensions',
    section: '1.1',
    says: {
      en: '`Linear` takes inputs with any further dimensions and keeps them in its output.',
      zh: '`Linear` 的输入可以带任意的额外维度，输出保留这些维度。',
    },
    source: 'pytorch',
    judge: byTorch(({ inputs, outputs }) =>
      judged({
        holds: outputs === inputs.replace(/\d+\]$/, '5]'),
        evidence: {
          en: `\`nn.Linear(2, 5)\` makes ${outputs} of ${inputs}.`,
          zh: `\`nn.Linear(2, 5)\` 把 ${inputs} 变成 ${outputs}。`,
        },
      }),
    ),
  },
  {
    id: 'weight-shape',
    section: '1.1',
    says: {
      en: '`Linear` multiplies the input by a weight of shape [in, out].',
      zh: '`Linear` 把输入与形状为 [in, out] 的权重矩阵相乘。',
    },
    source: 'pytorch',
    judge: byTorch(({ weight: [rows, cols] }) =>
      judged({
        holds: rows === 2 && cols === 5,
        evidence: {
          en: `The weight of \`nn.Linear(2, 5)\` is [${rows}, ${cols}].`,
          zh: `\`nn.Linear(2, 5)\` 的权重是 [${rows}, ${cols}]。`,
        },
      }),
    ),
  },
  {
    id: 'bias-attr',
    section: '1.1',
    says: {
      en: '`Linear` has a bias unless `bias_attr=False` is given.',
      zh: '`Linear` 默认有偏置，可以用 `bias_attr=False` 去掉。',
    },
    source: 'pytorch',
    judge: byTorch(({ biasAttr, biasFalse }) =>
      judged({
        holds: !biasAttr.includes('Error'),
        onlyIf: {
          isMet: biasFalse,
          en: 'it is written `bias=False`',
          zh: '写成 `bias=False`',
        },
        evidence: { en: `\`${biasAttr}\``, zh: `\`${biasAttr}\`` },
      }),
    ),
  },
  {
    id: 'set-state-dict',
    section: '1.2',
    says: {
      en: 'A saved model is loaded by `set_state_dict`.',
      zh: '用 `set_state_dict` 加载保存的模型。',
    },
    source: 'pytorch',
    judge: byTorch(({ setStateDict }) =>
      judged({
        holds: !setStateDict.includes('Error'),
        evidence: { en: `\`${setStateDict}\``, zh: `\`${setStateDict}\`` },
      }),
    ),
  },
];
