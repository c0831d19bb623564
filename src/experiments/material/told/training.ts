import type { Told } from '../tell.ts';

/** Section 1.3: the first training. */
export const training: Told = {
  'undefined-names': {
    en: {
      textSays:
        '`train([X_train, y_train], [X_dev, y_dev])` and `plt` are used as if they were there.',
      codeDoes: (e) =>
        `The data are never made, and matplotlib is never imported: ${e.code('error')}; ${e.code('plt')}. ${e.count('undefined')} names are used and not defined: X and y of train, dev and test, and \`plt\`.`,
      weDo: '`moonsSplit` makes the data from a seed, in 640, 160 and 200 points.',
    },
    zh: {
      textSays: '直接使用 `X_train`、`X_dev` 等数据和 `plt`。',
      codeDoes: (e) =>
        `数据从未生成，matplotlib 也从未导入：${e.code('error')}；${e.code('plt')}。共有 ${e.count('undefined')} 个名字用到而没有定义：训练、验证、测试集的 X 与 y，以及 \`plt\`。`,
      weDo: '`moonsSplit` 由种子生成数据，分为 640、160、200 个点。',
    },
  },
  'class-names': {
    en: {
      textSays: '1.3 and 3.1 instantiate `RunnerV2`; 2.1 defines `TwoLayerNet_Zeros`.',
      codeDoes: (e) =>
        `The classes are called \`RunnerV2_2\` and \`Model_MLP_L2_V4\`: ${e.code('runner')}; ${e.code('zeros')}.`,
      weDo: 'One `Runner`; networks are data: `mlp([2, 5, 1])`.',
    },
    zh: {
      textSays: '1.3 与 3.1 说实例化 `RunnerV2`，2.1 说定义 `TwoLayerNet_Zeros`。',
      codeDoes: (e) =>
        `代码中的类叫 \`RunnerV2_2\` 和 \`Model_MLP_L2_V4\`：${e.code('runner')}；${e.code('zeros')}。`,
      weDo: '只有一个 `Runner`；网络是数据：`mlp([2, 5, 1])`。',
    },
  },
  threshold: {
    en: {
      textSays: 'Class 1 where the probability is greater than 0.5, says the comment.',
      codeDoes: (e) =>
        `The code has ≥. With label 1, a probability of exactly 0.5 scores ${e.exact('atHalf')}, the next double below scores ${e.exact('below')}.`,
      weDo: '≥ 0.5 as well, and documented as such; a NaN predicts nothing and is wrong.',
    },
    zh: {
      textSays: '注释称概率大于 0.5 时类别为 1。',
      codeDoes: (e) =>
        `代码用的是 ≥。标签为 1 时，概率恰为 0.5 得分 ${e.exact('atHalf')}，比它小的下一个双精度数得分 ${e.exact('below')}。`,
      weDo: '同样取 ≥ 0.5，并在文档中写明；NaN 不算任何预测，判为错误。',
    },
  },
  'labels-broadcast': {
    en: {
      textSays: '`accuracy` compares predictions and labels.',
      codeDoes: (e) =>
        `It compares whatever shapes come. ${e.count('rows')} perfect predictions score ${e.exact('right')} with labels [N, 1], but ${e.number('binary')} with labels [N], where ${e.count('compared')} pairs are compared; with two columns and labels [N, 1] it is ${e.number('classes')}. In training the loss would refuse the first (${e.code('loss')}); the metric alone says nothing.`,
      weDo: 'Labels are [N] or [N, 1], never broadcast; any other shape is an error that names it.',
    },
    zh: {
      textSays: '`accuracy` 比较预测与标签。',
      codeDoes: (e) =>
        `什么形状都照样比较。${e.count('rows')} 个完全正确的预测，标签为 [N, 1] 时得分 ${e.exact('right')}；标签为 [N] 时因广播比较了 ${e.count('compared')} 对，只得 ${e.number('binary')}；两列输出配 [N, 1] 标签得 ${e.number('classes')}。训练时损失函数会拒绝前一种情况（${e.code('loss')}），单用这个指标则毫无提示。`,
      weDo: '标签只能是 [N] 或 [N, 1]，从不广播；其他形状报错并写明。',
    },
  },
  'can-cast': {
    en: {
      textSays: "`torch.can_cast` converts the predictions' type, says the comment.",
      codeDoes: (e) =>
        `The code uses \`.to\`. \`can_cast\` converts nothing: of two types it answers with a ${e.code('answer')}, of a tensor it raises ${e.code('error')}.`,
      weDo: 'Predicted classes are compared with labels as numbers; nothing is converted.',
    },
    zh: {
      textSays: '注释称用 `torch.can_cast` 转换数据类型。',
      codeDoes: (e) =>
        `代码用的是 \`.to\`。\`can_cast\` 不做转换：传入两个类型时返回 ${e.code('answer')}，传入张量时报错 ${e.code('error')}。`,
      weDo: '预测类别与标签直接按数值比较，不做类型转换。',
    },
  },
  'plot-shows-dev': {
    en: {
      textSays: 'Under the curves: accuracy rises on the training set and the test set (测试集).',
      codeDoes: (e) =>
        `The second curve is the dev set's: of its ${e.count('scores')} scores ${e.count('ofDev')} are multiples of 1/160, ${e.count('ofTest')} of 1/200. The test set has not been seen yet.`,
      weDo: '`History` has train and dev; test figures come only from `evaluate`.',
    },
    zh: {
      textSays: '曲线说明：训练集和测试集的精度都在上升。',
      codeDoes: (e) =>
        `第二条曲线是验证集：${e.count('scores')} 个得分中 1/160 的整数倍有 ${e.count('ofDev')} 个，1/200 的整数倍有 ${e.count('ofTest')} 个。此时还没有用过测试集。`,
      weDo: '`History` 只有训练与验证；测试指标只由 `evaluate` 给出。',
    },
  },
};
