import type { Told } from '../tell.ts';

/** Section 1.4 and its addendum: the test set, and one layer more. */
export const evaluation: Told = {
  'last-model-judged': {
    en: {
      textSays: 'The best model is judged on the test set.',
      codeDoes: (e) =>
        `\`load_model\` is commented out, so the last model is: accuracy ${e.exact('lastScore')}, loss ${e.exact('lastLoss')}. The best, of epoch ${e.count('bestEpoch')}, has ${e.exact('bestScore')} and ${e.exact('bestLoss')}.`,
      weDo: '`best.params` or `loadModel` give the best model; `evaluate` judges what is loaded.',
    },
    zh: {
      textSays: '用测试数据评价训练得到的最优模型。',
      codeDoes: (e) =>
        `\`load_model\` 被注释掉了，评价的是最后的模型：准确率 ${e.exact('lastScore')}，损失 ${e.exact('lastLoss')}。最优模型（第 ${e.count('bestEpoch')} 轮）为 ${e.exact('bestScore')} 和 ${e.exact('bestLoss')}。`,
      weDo: '最优模型由 `best.params` 或 `loadModel` 得到；`evaluate` 评价当前载入的模型。',
    },
  },
  'evaluate-appends': {
    en: {
      textSays: '`evaluate` gives score and loss on the test set.',
      codeDoes: (e) =>
        `It also appends them to the dev histories: ${e.count('train')} train scores, ${e.count('dev')} dev scores. The plot made before no longer has one x for each y.`,
      weDo: '`evaluate` returns score and loss and writes no history.',
    },
    zh: {
      textSays: '`evaluate` 给出测试集上的得分与损失。',
      codeDoes: (e) =>
        `它还把结果追加到验证集的历史里：训练得分 ${e.count('train')} 个，验证得分 ${e.count('dev')} 个，再画图时横纵坐标数目不符。`,
      weDo: '`evaluate` 只返回得分与损失，不写任何历史。',
    },
  },
  'rate-not-layer': {
    en: {
      textSays:
        'With one more hidden layer, of 3, and learning rate 5, accuracy is 99.5 % and loss 0.009; the code shown still has 0.2.',
      codeDoes: (e) => {
        e.ascending('deepSlowReached', 'narrowFastReached');
        e.ascending('narrowFastLoss', 'deepSlowLoss');
        return `The rate does it, the layer alone does not. Of ${e.count('seeds')} seeds, so many have a test accuracy of at least 0.99 after 1,000 epochs (median test loss): 2-5-1 at 0.2 ${e.count('narrowSlowReached')} (${e.number('narrowSlowLoss')}), at 5 ${e.count('narrowFastReached')} (${e.number('narrowFastLoss')}); 2-5-3-1 at 0.2 ${e.count('deepSlowReached')} (${e.number('deepSlowLoss')}), at 5 ${e.count('deepFastReached')} (${e.number('deepFastLoss')}).`;
      },
      weDo: 'Network and learning rate are given apart, so one can be changed alone, over several seeds.',
    },
    zh: {
      textSays:
        '再增加一个 3 个神经元的隐藏层并把学习率调为 5，准确率 99.5%、损失 0.009；给出的代码学习率仍是 0.2。',
      codeDoes: (e) => {
        e.ascending('deepSlowReached', 'narrowFastReached');
        e.ascending('narrowFastLoss', 'deepSlowLoss');
        return `起作用的是学习率，单加一层没有效果。${e.count('seeds')} 个种子各训练 1,000 轮，测试准确率达到 0.99 的个数（测试损失中位数）：2-5-1 在 0.2 下 ${e.count('narrowSlowReached')} 个（${e.number('narrowSlowLoss')}），在 5 下 ${e.count('narrowFastReached')} 个（${e.number('narrowFastLoss')}）；2-5-3-1 在 0.2 下 ${e.count('deepSlowReached')} 个（${e.number('deepSlowLoss')}），在 5 下 ${e.count('deepFastReached')} 个（${e.number('deepFastLoss')}）。`;
      },
      weDo: '网络与学习率分开给出，可以只改其一，并用多个种子比较。',
    },
  },
  'class-redefined': {
    en: {
      textSays: 'Only the model class changes; the rest of the code stays.',
      codeDoes: (e) =>
        `The new class has the old one's name, ${e.count('layers')} linear layers under "L2", and the old call no longer works: ${e.code('error')}.`,
      weDo: 'Both networks are values, `mlp([2, 5, 1])` and `mlp([2, 5, 3, 1])`, side by side.',
    },
    zh: {
      textSays: '只修改模型类，其他代码不变。',
      codeDoes: (e) =>
        `新类沿用旧名，名为 L2 却有 ${e.count('layers')} 个线性层，原来的调用随之失效：${e.code('error')}。`,
      weDo: '两个网络都是值：`mlp([2, 5, 1])` 与 `mlp([2, 5, 3, 1])`，并存。',
    },
  },
  'best-file-overwritten': {
    en: {
      textSays: 'Each training saves its best model.',
      codeDoes: (e) =>
        `${e.count('models')} trainings share ${e.count('files')} file names, so each overwrites the one before. In the end \`best_model.pt\` is that of section ${e.code('owner')}; loading it into 1.3's network raises ${e.code('error')}.`,
      weDo: '`savePath` is one file a training, null for none; `best` keeps the model in memory, and `loadModel` refuses a file of another layout.',
    },
    zh: {
      textSays: '每次训练都保存各自的最优模型。',
      codeDoes: (e) =>
        `${e.count('models')} 次训练只用了 ${e.count('files')} 个文件名，后者覆盖前者。最后 \`best_model.pt\` 属于 ${e.code('owner')} 节的模型，载入 1.3 的网络时报错 ${e.code('error')}。`,
      weDo: '每次训练的 `savePath` 是一个文件，null 则不保存；`best` 把模型留在内存中，`loadModel` 拒绝结构不同的文件。',
    },
  },
};
