import type { Told } from '../tell.ts';

/** Section 3: dying ReLU. */
export const dying: Told = {
  'bias-never-minus-eight': {
    en: {
      textSays: 'Biases start at −8, so the units die.',
      codeDoes: (e) => {
        e.given('off', 0);
        return `\`b_init\` is never used: the lowest bias is ${e.number('lowest')}, and the network is the same as without it. ${e.count('dead')} of ${e.count('units')} hidden units are dead on the training set, of the default's own making.`;
      },
      weDo: '`constant(-8)` for the biases really sets them.',
    },
    zh: {
      textSays: '偏置初始化为 −8，神经元因此死亡。',
      codeDoes: (e) => {
        e.given('off', 0);
        return `\`b_init\` 从未生效：最小的偏置为 ${e.number('lowest')}，网络与不传时完全相同。训练集上 ${e.count('units')} 个隐藏单元有 ${e.count('dead')} 个死亡，那是默认初始化造成的。`;
      },
      weDo: '对偏置用 `constant(-8)`，真的设置。',
    },
  },
  'dead-prints-no-zeros': {
    en: {
      textSays: 'The norms printed of gradients let one observe dead ReLU.',
      codeDoes: (e) =>
        `Weights are printed, and those are not 0. With weights of 0.01 and biases really −8, ${e.count('dead')} of ${e.count('units')} units are dead and every weight's gradient is ${e.exact('grads')}; \`print_grads\` would print ${e.number('printed')} or more.`,
      weDo: "The hook's `grads` hold the exact zeros; weights stand apart.",
    },
    zh: {
      textSays: '打印每层梯度的范数，观察死亡 ReLU 现象。',
      codeDoes: (e) =>
        `打印的是权重，并不为 0。若权重为 0.01 量级、偏置真为 −8，${e.count('units')} 个单元中 ${e.count('dead')} 个死亡，各层权重的梯度都是 ${e.exact('grads')}；\`print_grads\` 打印的最小值却是 ${e.number('printed')}。`,
      weDo: '钩子的 `grads` 中就是这些恰为 0 的梯度，权重另列。',
    },
  },
  'stale-optimiser': {
    en: {
      textSays: 'The models of section 3 are trained.',
      codeDoes: (e) =>
        `The optimiser is still that of 2.2.3's model. After ${e.count('epochs')} epochs 3.2's parameters have moved by ${e.exact('change')}, the old model's by ${e.exact('oldChange')}, and the dev loss takes ${e.count('losses')} value.`,
      weDo: "An optimiser's state is made from a layout inside the runner: it cannot belong to another model.",
    },
    zh: {
      textSays: '第三节的模型得到了训练。',
      codeDoes: (e) =>
        `优化器仍是 2.2.3 那个模型的。${e.count('epochs')} 轮之后，3.2 的参数变化 ${e.exact('change')}，旧模型的参数变化 ${e.exact('oldChange')}，验证损失只有 ${e.count('losses')} 个值。`,
      weDo: '优化器的状态由运行器按参数布局创建，不可能属于别的模型。',
    },
  },
  'gradients-pile-up': {
    en: {
      textSays: 'With leaky ReLU gradients are normal again and parameters are updated.',
      codeDoes: (e) =>
        `\`zero_grad\` too is the old optimiser's, so each epoch adds the same gradient once more: its norm grows from ${e.number('first')} to ${e.number('last')} in ${e.count('epochs')} epochs, ${e.number('ratio')} times.`,
      weDo: 'Gradients are overwritten, never added; a method that adds is found out, with the note `accumulates`.',
    },
    zh: {
      textSays: '换成 Leaky ReLU 后梯度恢复正常，参数正常更新。',
      codeDoes: (e) =>
        `\`zero_grad\` 清的也是旧优化器的，所以每轮又加上同一个梯度：${e.count('epochs')} 轮里范数由 ${e.number('first')} 增到 ${e.number('last')}，为 ${e.number('ratio')} 倍。`,
      weDo: '梯度总是覆盖，从不累加；会累加的方法能被查出（`accumulates`）。',
    },
  },
  'log-epochps': {
    en: {
      textSays: '`log_epochps=None` turns the log off.',
      codeDoes: (e) =>
        `Misspelt and silently ignored: ${e.count('logged')} line is logged, where \`log_epochs=None\` logs ${e.count('meant')}. Likewise \`num_epoch=10\` trains ${e.count('epochs')} epochs.`,
      weDo: 'An unknown option is an error that lists those there are.',
    },
    zh: {
      textSays: '`log_epochps=None` 关闭日志。',
      codeDoes: (e) =>
        `拼错的选项被悄悄忽略：打印了 ${e.count('logged')} 行日志，而 \`log_epochs=None\` 打印 ${e.count('meant')} 行。同样，\`num_epoch=10\` 会训练 ${e.count('epochs')} 轮。`,
      weDo: '未知选项即报错，并列出可用的选项。',
    },
  },
  'leaky-far-from-normal': {
    en: {
      textSays:
        'With biases of −8, leaky ReLU brings gradients back to normal, if smaller with every layer.',
      codeDoes: (e) =>
        `The biases were never −8. With weights of 0.01 and biases really −8 the first layer's gradient is ${e.number('first')}, the last one's ${e.number('last')}: not 0, but nothing to train by.`,
      weDo: '`constant(-8)` really sets the biases; the slope of `leaky_relu` is a field of the layer.',
    },
    zh: {
      textSays: '偏置为 −8 时，Leaky ReLU 使梯度恢复正常，只是随层数加深越来越小。',
      codeDoes: (e) =>
        `偏置从来不是 −8。若权重为 0.01 量级、偏置真为 −8，首层梯度为 ${e.number('first')}，末层为 ${e.number('last')}：虽不为 0，但远不足以训练。`,
      weDo: '`constant(-8)` 真的设置偏置；`leaky_relu` 的斜率是该层的一个字段。',
    },
  },
};
