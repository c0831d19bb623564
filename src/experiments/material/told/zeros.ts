import type { Told } from '../tell.ts';

/** Section 2.1: parameters of zero. */
export const zeros: Told = {
  'zeros-not-zero': {
    en: {
      textSays: 'All parameters are initialised to 0.',
      codeDoes: (e) =>
        `\`Model_MLP_L2_V4\` sets nothing: ${e.count('zeros')} of ${e.count('parameters')} parameters are 0. They are PyTorch's default, up to ${e.number('ofBound')} of 1/√in.`,
      weDo: '`zeros` really sets zero: `initialise(layout, { weight: zeros, bias: zeros })`.',
    },
    zh: {
      textSays: '两个线性层的参数全都初始化为 0。',
      codeDoes: (e) =>
        `\`Model_MLP_L2_V4\` 什么都没设：${e.count('parameters')} 个参数中为 0 的有 ${e.count('zeros')} 个，都是 PyTorch 的默认值，最大为 1/√in 的 ${e.number('ofBound')} 倍。`,
      weDo: '`zeros` 真的置零：`initialise(layout, { weight: zeros, bias: zeros })`。',
    },
  },
  'epoch-unused': {
    en: {
      textSays: 'The number of epochs is given: `epoch = 2000`.',
      codeDoes: (e) =>
        `The variable is never read (${e.count('named')} is its value): ${e.count('run')} epochs run, and \`log_epochs=50\` logs ${e.count('logged')} line.`,
      weDo: 'Epochs are the option `epochs` of `train`, and nothing else.',
    },
    zh: {
      textSays: '给出轮数：`epoch = 2000`。',
      codeDoes: (e) =>
        `这个变量（值为 ${e.count('named')}）从未用到：实际运行 ${e.count('run')} 轮，\`log_epochs=50\` 只打印 ${e.count('logged')} 行日志。`,
      weDo: '轮数只由 `train` 的选项 `epochs` 决定。',
    },
  },
  'half-right-from-five-epochs': {
    en: {
      textSays: 'About 50 % accuracy, so a model that starts from 0 has learnt nothing.',
      codeDoes: (e) => {
        e.ascending('codeFiveHigh', 'codeLaterLow');
        e.ascending('zerosFiveHigh', 'zerosLaterHigh');
        return `The network shown does not start from 0, and is trained for 5 epochs. Dev accuracy over ${e.count('seeds')} seeds: after 5 it has ${e.number('codeFiveLow')} to ${e.number('codeFiveHigh')}, after 1,000 ${e.number('codeLaterLow')} to ${e.number('codeLaterHigh')}. From real zeros it is ${e.number('zerosFiveLow')} to ${e.number('zerosFiveHigh')} after 5 and ${e.number('zerosLaterLow')} to ${e.number('zerosLaterHigh')} after 1,000, more than 0.8 for ${e.count('zerosLearnt')} seeds: hidden units that stay equal can still draw a line.`;
      },
      weDo: '`zeros` is exactly zero, and `epochs` says how long: the two can be told apart.',
    },
    zh: {
      textSays: '准确率为 50% 左右，说明从 0 开始的模型没有学到任何内容。',
      codeDoes: (e) => {
        e.ascending('codeFiveHigh', 'codeLaterLow');
        e.ascending('zerosFiveHigh', 'zerosLaterHigh');
        return `所示网络并非从 0 开始，而且只训练了 5 轮。${e.count('seeds')} 个种子的验证准确率：5 轮后 ${e.number('codeFiveLow')} 到 ${e.number('codeFiveHigh')}，1,000 轮后 ${e.number('codeLaterLow')} 到 ${e.number('codeLaterHigh')}。真正置零，5 轮后 ${e.number('zerosFiveLow')} 到 ${e.number('zerosFiveHigh')}，1,000 轮后 ${e.number('zerosLaterLow')} 到 ${e.number('zerosLaterHigh')}，其中 ${e.count('zerosLearnt')} 个种子超过 0.8：始终相同的隐藏单元仍能画出一条直线。`;
      },
      weDo: '`zeros` 恰为零，轮数由 `epochs` 给出，两种原因可以分开。',
    },
  },
  'updates-not-all-equal': {
    en: {
      textSays: 'With zeros, all weights get the same update.',
      codeDoes: (e) =>
        `Only the hidden units stay equal. Trained from real zeros, \`fc1.weight\` has ${e.count('rows')} distinct row for ${e.count('units')} units, with ${e.count('values')} distinct values: one for each input.`,
      weDo: '`perLayer` sets single slots to zero, so that it can be seen which units stay equal.',
    },
    zh: {
      textSays: '全零初始化时，所有权重的更新都相同。',
      codeDoes: (e) =>
        `相同的只是各隐藏单元之间。从真正的零训练后，\`fc1.weight\` 的 ${e.count('units')} 个单元只有 ${e.count('rows')} 种行，其中有 ${e.count('values')} 个不同的值：每个输入一个。`,
      weDo: '`perLayer` 可以只把某个参数置零，从而看出哪些单元始终相同。',
    },
  },
  'print-weights-twice': {
    en: {
      textSays: '`print_weights` prints the weights.',
      codeDoes: (e) =>
        `Twice: ${e.count('printed')} tensors for ${e.count('tensors')} at each epoch.`,
      weDo: 'The hook gets weights and gradients as data, once an epoch.',
    },
    zh: {
      textSays: '`print_weights` 打印权重。',
      codeDoes: (e) =>
        `打印了两遍：每轮 ${e.count('tensors')} 个张量打印 ${e.count('printed')} 个。`,
      weDo: '钩子每轮一次，以数据形式得到权重与梯度。',
    },
  },
  'printed-before-update': {
    en: {
      textSays: 'The weights printed are the result of training (训练权重结果).',
      codeDoes: (e) => {
        e.given('firstOff', 0);
        return `The hook runs before the update: the first of ${e.count('prints')} prints shows the initial weights, and the last update is never shown (off by up to ${e.number('lastOff')}).`;
      },
      weDo: 'The hook too gets weights from before the update, and says so; `params` gives the present ones.',
    },
    zh: {
      textSays: '打印出来的是训练后的权重（“训练权重结果”）。',
      codeDoes: (e) => {
        e.given('firstOff', 0);
        return `钩子在更新之前运行：${e.count('prints')} 次打印中第一次是初始权重，最后一次更新从未显示（最大相差 ${e.number('lastOff')}）。`;
      },
      weDo: '钩子得到的也是更新前的权重，文档写明；当前权重用 `params` 取得。',
    },
  },
  'torch-uniform': {
    en: {
      textSays: '`torch.uniform` draws the uniform samples, says the comment.',
      codeDoes: (e) => `There is none, ${e.code('error')}; the code uses \`Tensor.uniform_\`.`,
      weDo: '`uniform(low, high)` and `normal(mean, std)` are initialisers, seeded.',
    },
    zh: {
      textSays: '注释称用 `torch.uniform` 实现均匀分布采样。',
      codeDoes: (e) => `没有这个函数，${e.code('error')}；代码用的是 \`Tensor.uniform_\`。`,
      weDo: '`uniform(low, high)` 与 `normal(mean, std)` 就是初始化器，由种子决定。',
    },
  },
};
